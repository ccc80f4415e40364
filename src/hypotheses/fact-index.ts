/** Facts by kind, by unit, and by what a condition asks of them outright, so that each is looked at once. */

import type { Fact, FactKind } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { grouped } from '../evidence/grouped.ts'
import { onceFor } from '../evidence/once-for.ts'
import { FACTS_LOOKED_AT } from '../limits.ts'
import type { Fields } from './clause.ts'
import { mayFit, worded } from './clause.ts'
import type { Value } from './pattern.ts'

interface Index {
  /** By kind, then by unit. */
  readonly byUnit: Map<string, ReadonlyMap<string, readonly Fact[]>>
  /** By unit, then by condition. */
  readonly fitting: Map<string | undefined, Map<Fields, readonly Fact[]>>
  /** By kind and field, what all of them have there, in small letters. */
  readonly texts: Map<string, string>
}

const indexOf = onceFor((_: readonly Fact[]): Index => ({ byUnit: new Map(), fitting: new Map(), texts: new Map() }))
const NONE: readonly Fact[] = []

/** Those that may fit, whatever is bound, in the order of the paste; of very many, the last. */
export function factsFitting(
  facts: readonly Fact[],
  kind: string,
  unit: string | undefined,
  fields: Fields,
): readonly Fact[] {
  // Of most kinds a paste has nothing.
  if (factsOf(facts, kind as FactKind).length === 0) return NONE
  const index = indexOf(facts)
  const known = index.fitting.get(unit) ?? new Map<Fields, readonly Fact[]>()
  if (known.size === 0) index.fitting.set(unit, known)
  const before = known.get(fields)
  if (before) return before
  const all = factsOfKind(facts, index, kind, unit)
  const fitting =
    unit === undefined && !isWordThere(all, index, kind, fields)
      ? NONE
      : all.filter((fact) => mayFit(fields, fact, fieldOf))
  known.set(fields, fitting)
  return fitting
}

/** Whether any of them has a word that the fields ask for: a text is searched faster as a whole than line by line. */
function isWordThere(all: readonly Fact[], { texts }: Index, kind: string, fields: Fields): boolean {
  const asked = worded(fields)
  if (!asked || all.length === 0) return true
  const place = `${kind} ${asked.key}`
  const text =
    texts.get(place) ??
    all
      .map((fact) => fieldOf(fact, asked.key))
      .join('\n')
      .toLowerCase()
  texts.set(place, text)
  return asked.words.some((word) => text.includes(word))
}

function factsOfKind(
  facts: readonly Fact[],
  { byUnit }: Index,
  kind: string,
  unit: string | undefined,
): readonly Fact[] {
  const all = factsOf(facts, kind as FactKind)
  const units = unit === undefined ? undefined : (byUnit.get(kind) ?? unitsOf(all))
  if (units) byUnit.set(kind, units)
  const found = unit === undefined ? all : (units?.get(unit) ?? NONE)
  return found.length > FACTS_LOOKED_AT ? found.slice(-FACTS_LOOKED_AT) : found
}

/** Dots reach into fields: `params.state`. `as` is what a condition calls the fact itself. */
export function fieldOf(fact: Fact, path: string): Value {
  if (path === 'as') return fact.id
  if (!path.includes('.')) return (fact as unknown as Readonly<Record<string, Value>>)[path]
  let value: unknown = fact
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object') return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value as Value
}

function unitsOf(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const ofUnits = facts.filter((fact): fact is Fact & { unit: string } => 'unit' in fact && fact.unit !== null)
  return grouped(ofUnits, ({ unit }) => unit)
}
