/** Edges between units. Mirrors the dependency part of src/core/unit.c (v255). */

import type { Atom, DependencyType } from '../systemd/atoms.ts'
import { INVERSE, kindsWithAtom } from '../systemd/atoms.ts'
import type { Manager } from './manager.ts'
import { inAnyOrder, orderSeed } from './order.ts'
import type { Unit } from './unit-vtable.ts'

const NONE: readonly Unit[] = []

interface Cached {
  readonly seed: number
  readonly units: readonly Unit[]
}

/** Sorting a target's thousands of dependencies once is enough; any change of the set forgets it. */
class UnitSet extends Set<Unit> {
  sorted: Cached | undefined = undefined
}

/** The units on the other end of one kind of dependency, in the order of the walk. */
export function deps(u: Unit, kind: DependencyType): readonly Unit[] {
  const set = u.dependencies.get(kind) as UnitSet | undefined
  if (set === undefined || set.size === 0) return NONE
  if (set.sorted?.seed === orderSeed()) return set.sorted.units
  const units = inAnyOrder(set)
  set.sorted = { seed: orderSeed(), units }
  return units
}

/** Mirrors unit_has_dependency() for one kind. */
export function hasDep(u: Unit, kind: DependencyType, other: Unit): boolean {
  return u.dependencies.get(kind)?.has(other) ?? false
}

/** Mirrors UNIT_FOREACH_DEPENDENCY(other, u, atom): each unit once for every kind that leads to it. */
export function unitsWithAtom(m: Manager, u: Unit, atom: Atom): readonly Unit[] {
  let only: DependencyType | undefined
  let several: DependencyType[] | undefined
  for (const kind of kindsWithAtom(atom, m.features)) {
    if ((u.dependencies.get(kind)?.size ?? 0) === 0) continue
    if (only === undefined) only = kind
    else if (several) several.push(kind)
    else several = [only, kind]
  }
  if (several) return inAnyOrder(several.flatMap((kind) => deps(u, kind)))
  return only === undefined ? NONE : deps(u, only)
}

/**
 * Adds one edge and its inverse. Mirrors unit_add_dependency(), rules 2 and 6 of spec 02, 2.1; others are the
 * loader's.
 */
export function unitAddDependency(u: Unit, kind: DependencyType, other: Unit, reference: boolean): void {
  if (u === other) return
  addEdge(u, kind, other)
  addEdge(other, INVERSE[kind], u)
  if (!reference) return
  addEdge(u, 'References', other)
  addEdge(other, 'ReferencedBy', u)
}

function addEdge(u: Unit, kind: DependencyType, other: Unit): void {
  let set = u.dependencies.get(kind) as UnitSet | undefined
  if (set === undefined) {
    set = new UnitSet()
    u.dependencies.set(kind, set)
  }
  set.add(other)
  if (set.sorted && set.sorted.units.length !== set.size) set.sorted = undefined
}

/** Takes a unit out of the graph, both directions. Returns those it referred to, which may be garbage now. */
export function unitClearDependencies(u: Unit): Unit[] {
  const referred = [...(u.dependencies.get('References') ?? [])]
  for (const [kind, set] of u.dependencies) {
    for (const other of set) removeEdge(other, INVERSE[kind], u)
  }
  u.dependencies.clear()
  return referred
}

function removeEdge(u: Unit, kind: DependencyType, other: Unit): void {
  const set = u.dependencies.get(kind) as UnitSet | undefined
  if (set?.delete(other)) set.sorted = undefined
}
