/** Which systemd wrote the paste: said outright, or narrowed down by its wording. */

import type { Fact } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { NEWEST } from '../systemd/versions.ts'

export interface VersionGuess {
  readonly version: number
  /** True where nothing says it outright. */
  readonly assumed: boolean
}

const FALLBACK = 252

/** The newest release that prints such text; the reference release where the wording fits any. */
export function guessVersion(facts: readonly Fact[], wanted: number | undefined): VersionGuess {
  if (wanted !== undefined) return { version: wanted, assumed: false }
  const versions = factsOf(facts, 'version')
  const said = versions.find((fact) => fact.said && fact.since !== null)
  if (said?.since) return { version: said.since, assumed: false }
  let since = 0
  let until = Number.POSITIVE_INFINITY
  for (const fact of versions) {
    since = Math.max(since, fact.since ?? 0)
    until = Math.min(until, fact.until ?? Number.POSITIVE_INFINITY)
  }
  if (since === 0 && until === Number.POSITIVE_INFINITY) return { version: NEWEST, assumed: true }
  if (since > until) return { version: FALLBACK, assumed: true }
  return { version: Math.min(until, NEWEST), assumed: true }
}
