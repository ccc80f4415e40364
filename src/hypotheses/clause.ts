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

/** What something has by a name. It is handed along with the thing: no function is made for each of very many. */
type Reads<T> = (of: T, key: string) => Value
type FactsOf = () => readonly string[]
type Values = Readonly<Record<string, Value>>

const valueIn: Reads<Values> = (values, key) => values[key]

/** The match with what the fields add, and the facts that say so; none if a field does not fit. */
export function withFields(fields: Fields, values: Values, match: Match, facts: FactsOf): readonly Match[] {
  const bound = mayFit(fields, values, valueIn) ? withOpenFields(fields, values, valueIn, match.bound) : null
  return bound === null ? NONE : [{ bound, facts: [...match.facts, ...facts()] }]
}

const NONE: readonly never[] = []

/** The bindings with what is added where a variable has a part; null if a field does not fit. */
export function withOpenFields<T>(fields: Fields, of: T, read: Reads<T>, from: Bindings): Bindings | null {
  let bound: Bindings | null = from
  for (const { key, adds } of sorted(fields).open) {
    bound = adds(read(of, key), bound)
    if (bound === null) return null
  }
  return bound
}

/** False where it cannot fit whatever is bound. */
export function mayFit<T>(fields: Fields, of: T, read: Reads<T>): boolean {
  for (const { key, adds } of sorted(fields).closed) if (adds(read(of, key), UNBOUND) === null) return false
  return true
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
