/** In which order a shell runs what one line asks for. */

import { type Desk, isNoted, type Noted } from './desk.ts'

/** A command put in the background or piped into the next runs beside it; `&&`, `||`, `2>&1` and `;` are none of these. */
const BESIDE = /(?<![&|>])[&|](?![&|])/

/**
 * A shell waits for each command. What stands behind one that ended badly was asked for after that, or never: it is
 * kept as written down, so that nobody takes it for what came in between.
 */
export function putOff({ typed }: Desk, answered: Noted): void {
  if (typed?.by !== 'prompt' || !isNoted(answered, 'request') || answered.draft.noBlock) return
  const { command } = answered.draft
  const [first, ...later] = typed.calls.slice(typed.calls.findIndex((call) => written(typed.text, call) === command))
  if (!first) return
  const next = later.findIndex((call) => BESIDE.test(typed.text.slice(first.to, call.from)))
  const after = new Set((next < 0 ? later : later.slice(0, next)).map((call) => written(typed.text, call)))
  after.delete(command)
  for (const noted of typed.noted.slice(typed.noted.indexOf(answered) + 1)) {
    if (!isNoted(noted, 'request') || !after.has(noted.draft.command)) continue
    noted.draft = { ...noted.draft, tense: 'written' }
  }
}

const written = (text: string, { from, to }: { from: number; to: number }) => text.slice(from, to)
