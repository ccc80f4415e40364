/** What is broadcast to all terminals when the system goes down: by logind, and by shutdown before it. */

import { type Desk, note, type Parser, take } from './desk.ts'
import type { Shutdown } from './fact.ts'
import { indentOf } from './page.ts'

const SOURCE = 'broadcast'

const HEAD = /^\s*Broadcast message from \S{1,100}(?: \(\S{1,100}\))?(?: on \S{1,40})? (?:\(|\S)/
const DOWN = /^\s*The system (?:will|is going down for) (power[ -]?off|reboot|halt|maintenance)\b.{0,80}(?:now|at)\b/i

/** At most these many lines lie between the head and what is broadcast. */
const REACH = 3

export const wall: Parser = {
  source: SOURCE,
  begins: 'BT',
  recognizes: (desk, at) => HEAD.test(desk.lines[at]!.text) || DOWN.test(desk.lines[at]!.text),
  parse: (desk, at) => {
    for (let i = at; i < desk.lines.length && i - at <= REACH; i++) {
      const what = DOWN.exec(desk.lines[i]!.text)?.[1]?.toLowerCase()
      if (what !== undefined) {
        noteShutdown(desk, i, what)
        return take(desk, SOURCE, at, i + 1)
      }
    }
    return take(desk, SOURCE, at, at + 1)
  },
}

function noteShutdown(desk: Desk, at: number, word: string): void {
  const line = desk.lines[at]!
  const common = { kind: 'shutdown' as const, source: SOURCE, certainty: 1, requester: null }
  note(desk, { ...common, what: wayDown(word), phase: 'going' }, line, indentOf(line.text))
}

/** `power off`, `powering down`, `rebooting`, in lower case. */
export const wayDown = (word: string): Shutdown['what'] =>
  WAYS.find(([begin]) => word.startsWith(begin))?.[1] ?? 'unknown'

const WAYS = [
  ['power', 'poweroff'],
  ['reboot', 'reboot'],
  ['halt', 'halt'],
] as const
