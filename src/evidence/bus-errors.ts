/** What the manager answers when it refuses a request; clients, tools and other daemons repeat it word for word. */

import { baseName } from '../systemd/path-util.ts'
import { BUS_ERRORS, HINT } from './bus-errors.table.ts'
import type { Refusal } from './fact.ts'
import { findSentence, sentence } from './sentence.ts'

export interface BusError {
  readonly error: Refusal
  /** Of the request, where the text names it. */
  readonly unit: string | null
  readonly type: string | null
  readonly other: string | null
  readonly queued: string | null
  readonly included: string | null
  readonly text: string
  readonly index: number
}

const ROWS = BUS_ERRORS.map(([error, template]) => sentence(error, template))

/** Whether a text may have one: most have not. */
const BUS_ERROR_HINT = new RegExp(HINT)

/** The refusal in a text, wherever it begins; null if there is none. */
export function busErrorIn(text: string): BusError | null {
  if (!BUS_ERROR_HINT.test(text)) return null
  const found = findSentence(ROWS, text)
  if (!found) return null
  const { unit = null, type = null, included = null } = found.args
  // Some name the file.
  const other = found.args.other === undefined ? null : baseName(found.args.other)
  // What is in the way and not said to go down is to come up.
  const queued = found.args.queued ?? (found.key === 'destructive' && other !== null ? 'start' : null)
  const words = text.slice(found.index, found.end)
  return { error: found.key, unit, type, other, queued, included, text: words, index: found.index }
}
