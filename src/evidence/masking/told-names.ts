/** Names in sentences that nobody has written down beforehand: what they are told by is a place and a strange word. */

import type { TextLine } from '../page.ts'
import { isStrange } from './known-words.ts'
import { isNobody } from './nobody.ts'
import type { BlockHit } from './secret-blocks.ts'
import { UNIT_END } from './secret-keys.ts'
import {
  ANYWHERE as IN_ALL,
  LOGGED as IN_LOGS,
  PROSE as IN_PROSE,
  NO_MACHINE as NONE,
  type Telling,
} from './told-names.table.ts'

type Add = (hit: BlockHit) => void

const TOLD_LENGTH = 2000
const HEAD_LENGTH = 120
const made = (rows: readonly Telling[]) => rows.map((row) => ({ ...row, pattern: new RegExp(row.pattern, 'gu') }))
const PROSE = made(IN_PROSE)
const LOGGED = made(IN_LOGS)
const ANYWHERE = made(IN_ALL)
const LOGS = new Set(['journal', 'console', 'systemctl status', 'ansible', 'ci', 'chef', 'salt'])

/** What a line tells, by what it was taken for. */
export function toldNames(line: TextLine, takenFor: string, isElse: (name: string) => boolean, add: Add): void {
  if (line.text.includes('systemd[')) return
  // What a log has before the message has places of its own.
  const start = takenFor === 'journal' ? Math.max(0, line.text.slice(0, HEAD_LENGTH).indexOf(': ')) : 0
  const text = line.text.slice(start, start + TOLD_LENGTH)
  const more = takenFor === 'prose' || takenFor === 'quoted' ? PROSE : LOGS.has(takenFor) ? LOGGED : []
  for (const tellings of [more, ANYWHERE]) {
    for (const { kind, needs, pattern, wary } of tellings) {
      if (!text.includes(needs)) continue
      pattern.lastIndex = 0
      // matchAll() would make a copy of the pattern for each line.
      for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        const name = match[1]!
        const from = start + match.index + match[0].length - name.length
        if (NO_MACHINE.test(name) || isNobody(name) || UNIT_END.test(name)) continue
        if (!wary || ((isStrange(name) || COUNTED.test(name)) && !isElse(name)))
          add({ line, from, to: from + name.length, kind })
      }
    }
  }
}
/** Of three parts, the last of which is a number, no other word is. */
const COUNTED = /^[a-z]+-[a-z-]+-\d+$/
const NO_MACHINE = new RegExp(NONE)
