/** What journalctl, pagers and chats put between the lines of a log or around it. */

import { type Desk, note, type Parser, take } from './desk.ts'
import type { Boundary } from './fact.ts'
import { indentOf, type TextLine } from './page.ts'

const BOOT = /^\s*-- (?:Boot ([0-9a-f]{32}) --|Reboot --)/
const RANGE = /^\s*-- (?:Logs begin|Journal begins) at .* --/
const EMPTY = /^\s*-- No entries --/
const CURSOR = /^\s*-- cursor: /
const ROTATED = /^\s*(?:Notice|Warning): (?:journal has been rotated|some journal files were not opened)/i
const SUPPRESSED = /^\s*(?:\.\.\.|…|\[\.\.\.\]|\[…\]|\(\.\.\.\)|<snip>|\[snip\]|--- ?8< ?---)\s*$/i

const separator = (what: Boundary['what'], begins: string, pattern: RegExp) => ({ what, begins, pattern })
const KINDS = [
  separator('boot', '-', BOOT),
  separator('range', '-', RANGE),
  separator('empty', '-', EMPTY),
  separator('rotated', 'NWnw', ROTATED),
  separator('gap', '-.…[(<', SUPPRESSED),
]

export const journalSeparator: Parser = {
  source: 'journal',
  begins: '-.…[(<NWnw',
  recognizes: (desk, at) => kindOf(desk.lines[at]!) !== null || isCursor(desk.lines[at]!),
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const what = kindOf(line)
    if (what === 'boot') {
      desk.boots++
      desk.boot = BOOT.exec(line.text)?.[1] ?? `#${desk.boots + 1}`
    }
    if (what) note(desk, { kind: 'boundary', source: 'journal', certainty: 1, what, text: line.text.trim() }, line)
    return take(desk, 'journal', at, at + 1)
  },
}

function kindOf({ text }: TextLine): Boundary['what'] | null {
  const first = text.charAt(indentOf(text))
  for (const { what, begins, pattern } of KINDS) if (begins.includes(first) && pattern.test(text)) return what
  return null
}

const isCursor = ({ text }: TextLine) => text.includes('-- cursor: ') && CURSOR.test(text)

const FENCE = new RegExp(
  [
    String.raw`^\s*(?:\x60{3,}|~{3,})[\w+-]*\s*$|^\s*\{(?:code|noformat)(?::[^}]{0,40})?\}\s*$|`,
    String.raw`^\s*<\/?(?:pre|code|details|summary)\b[^>]{0,80}>\s*$|^\s*\[\/?code\]\s*$`,
  ].join(''),
)

/** Marks of Markdown, Jira and forums around code. */
export const fence: Parser = {
  source: 'code mark',
  begins: '`~{<[',
  recognizes: (desk, at) => FENCE.test(desk.lines[at]!.text),
  parse: (desk: Desk, at) => take(desk, 'code mark', at, at + 1),
}
