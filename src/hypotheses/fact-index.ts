/** Facts by kind, and by kind and unit, so that a condition looks only at those that it can fit. */

import type { Fact } from '../evidence/fact.ts'
import { FACTS_LOOKED_AT } from '../limits.ts'

interface Index {
  readonly byKind: ReadonlyMap<string, readonly Fact[]>
  readonly byUnit: ReadonlyMap<string, readonly Fact[]>
}

const indices = new WeakMap<readonly Fact[], Index>()
const NONE: readonly Fact[] = []

/** In the order of the paste; of very many, the last. */
export function factsOfKind(facts: readonly Fact[], kind: string, unit: string | undefined): readonly Fact[] {
  const { byKind, byUnit } = indices.get(facts) ?? makeIndex(facts)
  const found = (unit === undefined ? byKind.get(kind) : byUnit.get(`${kind} ${unit}`)) ?? NONE
  return found.length > FACTS_LOOKED_AT ? found.slice(-FACTS_LOOKED_AT) : found
}

function makeIndex(facts: readonly Fact[]): Index {
  const byKind = new Map<string, Fact[]>()
  const byUnit = new Map<string, Fact[]>()
  const add = (map: Map<string, Fact[]>, key: string, fact: Fact) => {
    const list = map.get(key)
    if (list) list.push(fact)
    else map.set(key, [fact])
  }
  for (const fact of facts) {
    add(byKind, fact.kind, fact)
    if ('unit' in fact && fact.unit !== null) add(byUnit, `${fact.kind} ${fact.unit}`, fact)
  }
  const index = { byKind, byUnit }
  indices.set(facts, index)
  return index
}
