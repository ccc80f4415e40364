/** Facts by kind, by unit, and by what a condition asks of them outright, so that each is looked at once. */

import type { Fact } from '../evidence/fact.ts'
import { grouped } from '../evidence/grouped.ts'
import { FACTS_LOOKED_AT } from '../limits.ts'
import type { Fields } from './clause.ts'
import { mayFit } from './clause.ts'
import type { Value } from './pattern.ts'

interface Index {
  readonly byKind: ReadonlyMap<string, readonly Fact[]>
  readonly byUnit: ReadonlyMap<string, readonly Fact[]>
  /** By condition, then by unit. */
  readonly fitting: WeakMap<Fields, Map<string | undefined, readonly Fact[]>>
}

const indices = new WeakMap<readonly Fact[], Index>()
const NONE: readonly Fact[] = []

/** Those that may fit, whatever is bound, in the order of the paste; of very many, the last. */
export function factsFitting(
  facts: readonly Fact[],
  kind: string,
  unit: string | undefined,
  fields: Fields,
): readonly Fact[] {
  const index = indices.get(facts) ?? makeIndex(facts)
  const known = index.fitting.get(fields) ?? new Map<string | undefined, readonly Fact[]>()
  if (known.size === 0) index.fitting.set(fields, known)
  const fitting =
    known.get(unit) ?? factsOfKind(index, kind, unit).filter((fact) => mayFit(fields, (key) => fieldOf(fact, key)))
  known.set(unit, fitting)
  return fitting
}

function factsOfKind({ byKind, byUnit }: Index, kind: string, unit: string | undefined): readonly Fact[] {
  const found = (unit === undefined ? byKind.get(kind) : byUnit.get(`${kind} ${unit}`)) ?? NONE
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

function makeIndex(facts: readonly Fact[]): Index {
  const ofUnits = facts.filter((fact): fact is Fact & { unit: string } => 'unit' in fact && fact.unit !== null)
  const index: Index = {
    byKind: grouped(facts, ({ kind }) => kind),
    byUnit: grouped(ofUnits, ({ kind, unit }) => `${kind} ${unit}`),
    fitting: new WeakMap(),
  }
  indices.set(facts, index)
  return index
}
