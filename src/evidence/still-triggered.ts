/** What systemctl warns of when it stops a unit that others can start again, in the log of whoever called it. */

import { unitOf } from './command.ts'
import { type Desk, noteLines } from './desk.ts'
import { type Prefix, readPrefix } from './journal-prefix.ts'
import { namesIn } from './names-in.ts'

const SAID =
  /^\s*(?:Warning: Stopping (\S+), but it can still be activated by:|Stopping '(\S+?)', but its triggering units)/
/** As many triggers as anybody has. */
const ROWS = 40

/** The warning as entries of a log, one per line of it; the index of the first entry behind it, or null. */
export function readStillTriggered(desk: Desk, at: number, prefix: Prefix): number | null {
  const match = SAID.exec(desk.lines[at]!.text.slice(prefix.body))
  const unit = match ? unitOf(match[1] ?? match[2]!) : null
  if (!unit) return null
  const triggers: string[] = []
  let next = at + 1
  while (next < desk.lines.length && next - at <= ROWS) {
    const { text } = desk.lines[next]!
    const other = readPrefix(text)
    const names = other?.identifier === prefix.identifier ? namesIn(text.slice(other.body)) : null
    if (!names) break
    triggers.push(...names)
    next++
  }
  noteLines(desk, { kind: 'still-triggered', source: 'journal', certainty: 1, unit, triggers }, at, next - 1)
  return next
}
