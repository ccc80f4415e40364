/** Facts by kind, by unit, and by what a condition asks of them outright, so that each is looked at once. */

import type { Fact, FactKind } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { grouped } from '../evidence/grouped.ts'
import { FACTS_LOOKED_AT } from '../limits.ts'
import type { Fields } from './clause.ts'
import { mayFit } from './clause.ts'
import type { Value } from './pattern.ts'

interface Index {
  /** By kind, then by unit. */
  readonly byUnit: Map<string, ReadonlyMap<string, readonly Fact[]>>
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
  const index = indices.get(facts) ?? { byUnit: new Map(), fitting: new WeakMap() }
  indices.set(facts, index)
  const known = index.fitting.get(fields) ?? new Map<string | undefined, readonly Fact[]>()
  if (known.size === 0) index.fitting.set(fields, known)
  const fitting =
    known.get(unit) ??
    factsOfKind(facts, index, kind, unit).filter((fact) => mayFit(fields, (key) => fieldOf(fact, key)))
  known.set(unit, fitting)
  return fitting
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
