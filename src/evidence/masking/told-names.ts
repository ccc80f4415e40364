/** Names in sentences that nobody has written down beforehand: what they are told by is a place and a strange word. */

import type { TextLine } from '../page.ts'
import { wordSet } from '../word-set.ts'
import { isStrange } from './known-words.ts'
import { isCommon, isNobody } from './nobody.ts'
import type { BlockHit } from './secret-blocks.ts'
import { UNIT_END } from './secret-keys.ts'
import {
  FIRST_NAMES,
  ANYWHERE as IN_ALL,
  LOGGED as IN_LOGS,
  PROSE as IN_PROSE,
  NAMED,
  NO_PERSON,
  NO_MACHINE as NONE,
  type Telling,
} from './told-names.table.ts'

type Add = (hit: BlockHit) => void

const TOLD_LENGTH = 2000
const HEAD_LENGTH = 120
const made = (rows: readonly Telling[]) =>
  rows.map((row) => ({ ...row, needs: new RegExp(row.needs, 'u'), pattern: new RegExp(row.pattern, 'gu') }))
const ANYWHERE = made(IN_ALL)
const PROSE = [...made(IN_PROSE), ...ANYWHERE]
const LOGGED = [...made(IN_LOGS), ...ANYWHERE]
const LOGS = new Set(['journal', 'console', 'systemctl status', 'ansible', 'ci', 'chef', 'salt'])

/** What a line tells, by what it was taken for. */
export function toldNames(line: TextLine, takenFor: string, isName: (name: string) => boolean, add: Add): void {
  if (line.text.includes('systemd[')) return
  // What a log has before the message has places of its own.
  const start = takenFor === 'journal' ? Math.max(0, line.text.slice(0, HEAD_LENGTH).indexOf(': ')) : 0
  const text = line.text.slice(start, start + TOLD_LENGTH)
  const isProse = takenFor === 'prose' || takenFor === 'quoted'
  const found = (name: string, at: number, kind: BlockHit['kind']) =>
    add({ line, from: start + at, to: start + at + name.length, kind })
  if (isProse) people(text, isName, found)
  for (const { kind, needs, pattern, wary } of isProse ? PROSE : LOGS.has(takenFor) ? LOGGED : ANYWHERE) {
    if (!needs.test(text)) continue
    pattern.lastIndex = 0
    // matchAll() would make a copy of the pattern for each line.
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const name = match[1]!
      // It ends the match, or stands before.
      if (wary ? isName(name) : isCalled(name))
        found(name, match.index + (match[0].endsWith(name) ? match[0].length : 0) - name.length, kind)
    }
  }
}

const isCalled = (name: string) => !NO_MACHINE.test(name) && !isNobody(name) && !UNIT_END.test(name)

/** Whether a word can be somebody's name and nothing else's: each is asked about once in a paste. */
export function nameJudge(isElse: (name: string) => boolean): (name: string) => boolean {
  const judged = new Map<string, boolean>()
  return (name) => {
    const known = judged.get(name)
    if (known !== undefined) return known
    const is = isCalled(name) && (name.includes(' ') ? isPerson(name) : isStrange(name) || COUNTED.test(name))
    judged.set(name, is && !isElse(name))
    return judged.get(name)!
  }
}

/** A product has a common word in its name, too; a person only for the first one. */
function isPerson(name: string): boolean {
  const [first = '', last = ''] = [name.slice(0, name.indexOf(' ')), name.slice(name.lastIndexOf(' ') + 1)]
  return isStrange(last) && (isStrange(first) || (isCommon(first) && !isNobody(first)))
}

/** Of three parts, the last of which is a number, no other word is. */
const COUNTED = /^[a-z]+-[a-z-]+-\d+$/
const NO_MACHINE = new RegExp(`${NONE}|${NO_PERSON}`)

const PEOPLE = wordSet(FIRST_NAMES)
const PERSON = new RegExp(NAMED, 'gu')

/** Who is called by a first name that means nothing else, with what follows it. */
function people(
  text: string,
  isName: (name: string) => boolean,
  found: (name: string, at: number, of: 'user') => void,
): void {
  PERSON.lastIndex = 0
  for (let match = PERSON.exec(text); match !== null; match = PERSON.exec(text)) {
    const [all, first = '', last = ''] = match
    // The next word may be one as well.
    if (last !== '') PERSON.lastIndex = match.index + first.length
    if (!PEOPLE.has(first.toLowerCase()) || !isName(first) || !isName(first.toLowerCase())) continue
    found(last !== '' && !isName(last.slice(1)) ? all.slice(0, -last.length) : all, match.index, 'user')
  }
}
