/** What systemctl warns of when it stops a unit that others can start again, in a log or in somebody's words. */

import { unitOf } from './command.ts'
import { type Desk, noteLines } from './desk.ts'
import { readPrefix } from './journal-prefix.ts'
import { namesIn } from './naming/names-in.ts'

const SAID =
  /Stopping '?([\w@.:\\-]{1,256}?)'?, but it(?: can still be activated by:|s triggering units are still active:)/
/** As many triggers as anybody has. */
const ROWS = 40

/** Whether the line has the warning, wherever in it. */
export const warnsOfTriggers = (text: string): boolean => text.includes(', but it') && SAID.test(text)

/**
 * The warning and its triggers: behind it in its line, or in the next ones, which in a log are entries of the same
 * program. The index of the first line behind it; null if it is not there.
 */
export function readStillTriggered(desk: Desk, at: number): number | null {
  const { text } = desk.lines[at]!
  const match = warnsOfTriggers(text) ? SAID.exec(text) : null
  const unit = match ? unitOf(match[1]!) : null
  if (!match || !unit) return null
  const behind = namesIn(text.slice(match.index + match[0].length).replace(/[`'"”’.]+\s*$/, ''))
  const triggers = behind ?? []
  let next = at + 1
  const program = readPrefix(text)?.identifier ?? null
  while (!behind && next < desk.lines.length && next - at <= ROWS) {
    const line = desk.lines[next]!.text
    const prefix = readPrefix(line)
    const names = (prefix?.identifier ?? null) === program ? namesIn(line.slice(prefix?.body ?? 0)) : null
    if (!names) break
    triggers.push(...names)
    next++
  }
  const source = program === null ? 'quoted' : 'journal'
  noteLines(
    desk,
    { kind: 'still-triggered', source, certainty: program === null ? 0.9 : 1, unit, triggers },
    at,
    next - 1,
  )
  return next
}
