/** Edges between units. Mirrors the dependency part of src/core/unit.c (v255). */

import type { Atom, DependencyType } from '../systemd/atoms.ts'
import { inverseBits, KIND_BITS } from '../systemd/atoms.ts'
import type { Manager } from './manager.ts'
import { inAnyOrder, newSet, orderSeed } from './order.ts'
import type { Unit } from './unit-vtable.ts'

/** A unit's edges, both directions. */
export interface Dependencies {
  /** The bits of all kinds that lead to each other unit. */
  readonly others: Map<Unit, number>
  /** The bits of all kinds that there are; some may have gone since. */
  kinds: number
  /** By the bits asked for: sorting a target's thousands of dependencies once is enough. */
  lists: Map<number, readonly Unit[]> | null
  /** The order that the lists are in. */
  seed: number
}

export const noDependencies = (): Dependencies => ({ others: new Map(), kinds: 0, lists: null, seed: 0 })

const NONE: readonly Unit[] = []

/** The units on the other end of one kind of dependency, in the order of the walk. */
export function deps(u: Unit, kind: DependencyType): readonly Unit[] {
  return unitsOfKinds(u.dependencies, KIND_BITS[kind], false)
}

/** Mirrors unit_has_dependency() for one kind. */
export function unitHasDependency(u: Unit, kind: DependencyType, other: Unit): boolean {
  return ((u.dependencies.others.get(other) ?? 0) & KIND_BITS[kind]) !== 0
}

/** Mirrors UNIT_FOREACH_DEPENDENCY(other, u, atom): each unit once for every kind that leads to it. */
export function unitsWithAtom(m: Manager, u: Unit, atom: Atom): readonly Unit[] {
  return unitsOfKinds(u.dependencies, m.kindsOfAtoms[atom], m.features.dependencyKindsInAnyOrder)
}

function unitsOfKinds(d: Dependencies, asked: number, kindsInAnyOrder: boolean): readonly Unit[] {
  const kinds = asked & d.kinds
  if (kinds === 0) return NONE
  if (d.seed !== orderSeed()) {
    d.lists = null
    d.seed = orderSeed()
  }
  return d.lists?.get(kinds) ?? collect(d, kinds, kindsInAnyOrder)
}

function collect(d: Dependencies, kinds: number, kindsInAnyOrder: boolean): readonly Unit[] {
  let found = 0
  for (const all of d.others.values()) found |= all & kinds
  const set = newSet()
  const isOneKind = (found & (found - 1)) === 0
  const list = found === 0 ? NONE : isOneKind ? ofKind(d, found, set) : ofKinds(d, found, set, kindsInAnyOrder)
  d.lists ??= new Map()
  d.lists.set(kinds, list)
  return list
}

function ofKind(d: Dependencies, kind: number, set: number): Unit[] {
  const units: Unit[] = []
  for (const [other, all] of d.others) if ((all & kind) !== 0) units.push(other)
  return inAnyOrder(units, set)
}

/** Kind by kind, as each has a hash table of its own; since v249 the kinds are in a hash table, too. */
function ofKinds(d: Dependencies, kinds: number, set: number, inAnyOrderOfKinds: boolean): Unit[] {
  const each: { readonly id: string; readonly kind: number }[] = []
  for (let rest = kinds; rest !== 0; rest &= rest - 1) each.push({ id: String(rest & -rest), kind: rest & -rest })
  const ordered = inAnyOrderOfKinds && d.seed !== 0 ? inAnyOrder(each, set) : each
  return ordered.flatMap(({ kind }) => ofKind(d, kind, set))
}

/**
 * Adds one edge and its inverse. Mirrors unit_add_dependency() as far as it joins two units: what it refuses was
 * refused by the loader (addDependencyOn()).
 */
export function unitAddDependency(u: Unit, kind: DependencyType, other: Unit, reference: boolean): void {
  unitAddDependencies(u, KIND_BITS[kind], other, reference)
}

/** The same for several kinds at once. */
export function unitAddDependencies(u: Unit, kinds: number, other: Unit, reference: boolean): void {
  if (u === other) return
  addEdges(u, kinds | (reference ? KIND_BITS.References : 0), other)
  addEdges(other, inverseBits(kinds) | (reference ? KIND_BITS.ReferencedBy : 0), u)
}

function addEdges({ dependencies: d }: Unit, kinds: number, other: Unit): void {
  const before = d.others.get(other) ?? 0
  const after = before | kinds
  if (after === before) return
  d.others.set(other, after)
  d.kinds |= kinds
  forget(d, after & ~before)
}

function forget({ lists }: Dependencies, kinds: number): void {
  if (lists) for (const key of lists.keys()) if ((key & kinds) !== 0) lists.delete(key)
}

/** Mirrors unit_merge() as far as edges go: `u` hands its own to the unit that it is only a name of. */
export function unitMoveDependencies(main: Unit, u: Unit): void {
  for (const [other, kinds] of u.dependencies.others) {
    removeEdges(other, inverseBits(kinds), u)
    if (other === main) continue
    addEdges(main, kinds, other)
    addEdges(other, inverseBits(kinds), main)
  }
  unitForgetDependencies(u)
}

/** For a unit whose files are read again; the other ends are to do the same. */
export function unitForgetDependencies({ dependencies: d }: Unit): void {
  d.others.clear()
  d.kinds = 0
  d.lists = null
}

/** Mirrors unit_clear_dependencies(). Returns its neighbours of any kind, which may be garbage now. */
export function unitClearDependencies(u: Unit): Unit[] {
  const others = [...u.dependencies.others.keys()]
  for (const [other, kinds] of u.dependencies.others) removeEdges(other, inverseBits(kinds), u)
  unitForgetDependencies(u)
  return others
}

function removeEdges({ dependencies: d }: Unit, kinds: number, other: Unit): void {
  const before = d.others.get(other) ?? 0
  const after = before & ~kinds
  if (after === before) return
  if (after === 0) d.others.delete(other)
  else d.others.set(other, after)
  forget(d, before & ~after)
}
