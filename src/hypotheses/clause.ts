/** What every condition works with: bindings so far, the facts they rest on, and a clause's own fields. */

import type { Bindings, Value } from './pattern.ts'
import { fits } from './pattern.ts'
import type { Pattern } from './rule.ts'

export type Match = { readonly bound: Bindings; readonly facts: readonly string[] }
export type Fields = { readonly [key: string]: Pattern }

/** The one value that a pattern can only have: a plain word, or a variable that is bound. */
export function fixed(pattern: Pattern | undefined, match: Match): string | undefined {
  if (typeof pattern !== 'string') return undefined
  return pattern.startsWith('$') ? match.bound[pattern.slice(1)] : pattern
}

/** The match with what the fields add, and the facts that say so; none if a field does not fit. */
export function withFields(
  fields: Fields,
  values: Readonly<Record<string, Value>>,
  match: Match,
  facts: () => readonly string[],
): Match[] {
  let bound: Bindings | null = match.bound
  for (const [key, pattern] of Object.entries(fields)) {
    bound = fits(pattern, values[key], bound)
    if (bound === null) return []
  }
  return [{ bound, facts: [...match.facts, ...facts()] }]
}
