/** What every condition works with: bindings so far, the facts they rest on, and a clause's own fields. */

import { onceFor } from '../evidence/once-for.ts'
import type { Bindings, Fit, Value } from './pattern.ts'
import { fitOf, isOpen, wordsOf } from './pattern.ts'
import type { Pattern } from './rule.ts'

export type Match = { readonly bound: Bindings; readonly facts: readonly string[] }
export type Fields = { readonly [key: string]: Pattern }
interface Field {
  readonly key: string
  readonly adds: Fit
}

/** The one value that a pattern can only have: a plain word, or a variable that is bound. */
export function fixed(pattern: Pattern | undefined, match: Match): string | undefined {
  if (typeof pattern !== 'string') return undefined
  return pattern.startsWith('$') ? match.bound[pattern.slice(1)] : pattern
}

type ValueAt = (key: string) => Value
type FactsOf = () => readonly string[]

/** The match with what the fields add, and the facts that say so; none if a field does not fit. */
export function withFields(
  fields: Fields,
  values: Readonly<Record<string, Value>>,
  match: Match,
  facts: FactsOf,
): Match[] {
  const valueAt = (key: string) => values[key]
  const bound = mayFit(fields, valueAt) ? withOpenFields(fields, valueAt, match.bound) : null
  return bound === null ? [] : [{ bound, facts: [...match.facts, ...facts()] }]
}

/** The bindings with what is added where a variable has a part; null if a field does not fit. */
export function withOpenFields(fields: Fields, valueAt: ValueAt, from: Bindings): Bindings | null {
  let bound: Bindings | null = from
  for (const { key, adds } of sorted(fields).open) {
    bound = adds(valueAt(key), bound)
    if (bound === null) return null
  }
  return bound
}

/** False where it cannot fit whatever is bound. */
export function mayFit(fields: Fields, valueAt: ValueAt): boolean {
  return sorted(fields).closed.every(({ key, adds }) => adds(valueAt(key), UNBOUND) !== null)
}

/** A field whose value has to have one of these words, in small letters, for the fields to fit. */
export const worded = (fields: Fields): Worded | undefined => sorted(fields).worded

const UNBOUND: Bindings = {}

interface Worded {
  readonly key: string
  readonly words: readonly string[]
}

interface Sorted {
  /** What has to fit whatever is bound. */
  readonly closed: readonly Field[]
  /** What a variable has a part in. */
  readonly open: readonly Field[]
  readonly worded: Worded | undefined
}

/** The same fields are asked for each candidate in a row. */
let lastFields: Fields | undefined
let lastSorted: Sorted | undefined

function sorted(fields: Fields): Sorted {
  if (fields !== lastFields || lastSorted === undefined) {
    lastFields = fields
    lastSorted = sortedOnce(fields)
  }
  return lastSorted
}

const sortedOnce = onceFor((fields: Fields): Sorted => {
  const entries = Object.entries(fields)
  return {
    closed: entries.flatMap(([key, pattern]) => closedParts(pattern).map((part) => ({ key, adds: fitOf(part) }))),
    open: entries.filter(([, pattern]) => isOpen(pattern)).map(([key, pattern]) => ({ key, adds: fitOf(pattern) })),
    worded: entries
      .flatMap(([key, pattern]) => ({ key, words: wordsOf(pattern) ?? [] }))
      .find(({ words }) => words.length > 0),
  }
})

/** Of `{in: failed, as: $result}` the first half. */
function closedParts(pattern: Pattern): Pattern[] {
  if (!isOpen(pattern)) return [pattern]
  if (pattern === null || typeof pattern !== 'object' || Array.isArray(pattern)) return []
  const parts = Object.entries(pattern).filter(([word, argument]) => word !== 'as' && !isOpen(argument))
  return parts.length === 0 ? [] : [Object.fromEntries(parts) as Pattern]
}
