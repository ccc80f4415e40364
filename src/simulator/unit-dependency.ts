/** Edges between units. Mirrors the dependency part of src/core/unit.c (v255). */

import type { Atom, DependencyType } from '../systemd/atoms.ts'
import { inverseBits, KIND_BITS } from '../systemd/atoms.ts'
import type { Manager } from './manager.ts'
import { newSet, orderSeed, putInAnyOrder } from './order.ts'
import type { Unit } from './unit-vtable.ts'

/** All that two units are to each other: one object that both have. */
export interface Edge {
  readonly a: Unit
  readonly b: Unit
  /** The bits of the kinds that lead from `a` to `b`, and of their inverses. None: it is gone. */
  kinds: number
  inverse: number
}

/** The units that some kinds lead to, in the order of the walk. */
interface List {
  readonly kinds: number
  readonly units: readonly Unit[]
  readonly next: List | null
}

/** A unit's edges, both directions. */
export interface Dependencies {
  /** In the order of their coming; some may have gone since. */
  edges: Edge[]
  gone: number
  /** By the unit on the other end, once there are many and somebody has looked for one. */
  byOther: Map<Unit, Edge> | null
  /** The bits of all kinds that there are; some may have gone since. */
  kinds: number
  /** By the bits asked for: sorting a target's thousands of dependencies once is enough. */
  lists: List | null
  /** The order that the lists are in. */
  seed: number
}

export const noDependencies = (): Dependencies => ({
  edges: [],
  gone: 0,
  byOther: null,
  kinds: 0,
  lists: null,
  seed: 0,
})

const NONE: readonly Unit[] = []

/** Up to so many edges are looked through as fast as a map would find one. */
const FEW = 32

/** The unit on the other end. */
export const otherEnd = (u: Unit, edge: Edge): Unit => (edge.a === u ? edge.b : edge.a)

/** The bits of the kinds that lead there. */
export const kindsFrom = (u: Unit, edge: Edge): number => (edge.a === u ? edge.kinds : edge.inverse)

/** The units on the other end of one kind of dependency, in the order of the walk. */
export function deps(u: Unit, kind: DependencyType): readonly Unit[] {
  return unitsOfKinds(u, KIND_BITS[kind], false)
}

/** Mirrors unit_has_dependency() for one kind. */
export function unitHasDependency(u: Unit, kind: DependencyType, other: Unit): boolean {
  const edge = findEdge(u, other)
  return edge !== undefined && (kindsFrom(u, edge) & KIND_BITS[kind]) !== 0
}

/** Mirrors UNIT_FOREACH_DEPENDENCY(other, u, atom): each unit once for every kind that leads to it. */
export function unitsWithAtom(m: Manager, u: Unit, atom: Atom): readonly Unit[] {
  return unitsOfKinds(u, m.kindsOfAtoms[atom], m.features.dependencyKindsInAnyOrder)
}

function unitsOfKinds(u: Unit, asked: number, kindsInAnyOrder: boolean): readonly Unit[] {
  const d = u.dependencies
  const kinds = asked & d.kinds
  if (kinds === 0) return NONE
  if (d.seed !== orderSeed()) {
    d.lists = null
    d.seed = orderSeed()
  }
  for (let list = d.lists; list; list = list.next) if (list.kinds === kinds) return list.units
  const units = collect(u, kinds, kindsInAnyOrder)
  d.lists = { kinds, units, next: d.lists }
  return units
}

function collect(u: Unit, kinds: number, kindsInAnyOrder: boolean): readonly Unit[] {
  const set = newSet()
  let found = kinds
  if (!isOneKind(kinds)) {
    found = 0
    for (const edge of u.dependencies.edges) found |= kindsFrom(u, edge) & kinds
  }
  if (found === 0) return NONE
  return isOneKind(found) ? ofKind(u, found, set) : ofKinds(u, found, set, kindsInAnyOrder)
}

const isOneKind = (kinds: number): boolean => (kinds & (kinds - 1)) === 0

function ofKind(u: Unit, kind: number, set: number): readonly Unit[] {
  let units: Unit[] | null = null
  for (const edge of u.dependencies.edges) {
    if ((kindsFrom(u, edge) & kind) === 0) continue
    // Most often it is the only one: an array that has grown has room for many more.
    if (units === null) units = [otherEnd(u, edge)]
    else units.push(otherEnd(u, edge))
  }
  return units === null ? NONE : putInAnyOrder(units, set)
}

/** Kind by kind, as each has a hash table of its own; since v249 the kinds are in a hash table, too. */
function ofKinds(u: Unit, kinds: number, set: number, inAnyOrderOfKinds: boolean): readonly Unit[] {
  const each: { readonly id: string; readonly kind: number }[] = []
  for (let rest = kinds; rest !== 0; rest &= rest - 1) each.push({ id: String(rest & -rest), kind: rest & -rest })
  const ordered = inAnyOrderOfKinds && u.dependencies.seed !== 0 ? putInAnyOrder(each, set) : each
  return ordered.flatMap(({ kind }) => ofKind(u, kind, set))
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
  addKinds(u, kinds | (reference ? KIND_BITS.References : 0), other)
}

function addKinds(u: Unit, kinds: number, other: Unit): void {
  const edge = findEdge(u, other) ?? edgeNew(u, other)
  const before = kindsFrom(u, edge)
  const added = kinds & ~before
  if (added === 0) return
  const inverse = inverseBits(added)
  if (edge.a === u) {
    edge.kinds |= added
    edge.inverse |= inverse
  } else {
    edge.inverse |= added
    edge.kinds |= inverse
  }
  noteKinds(u.dependencies, added)
  noteKinds(other.dependencies, inverse)
}

function edgeNew(a: Unit, b: Unit): Edge {
  const edge: Edge = { a, b, kinds: 0, inverse: 0 }
  a.dependencies.edges.push(edge)
  a.dependencies.byOther?.set(b, edge)
  b.dependencies.edges.push(edge)
  b.dependencies.byOther?.set(a, edge)
  return edge
}

function noteKinds(d: Dependencies, added: number): void {
  d.kinds |= added
  forgetLists(d, added)
}

function forgetLists(d: Dependencies, kinds: number): void {
  let kept: List | null = null
  for (let list = d.lists; list; list = list.next) {
    if ((list.kinds & kinds) === 0) kept = { kinds: list.kinds, units: list.units, next: kept }
  }
  d.lists = kept
}

/** Where there are fewer to look through: both ends have it. */
function findEdge(u: Unit, other: Unit): Edge | undefined {
  const isShorter = u.dependencies.edges.length <= other.dependencies.edges.length
  return isShorter ? edgeTo(u, other) : edgeTo(other, u)
}

function edgeTo(u: Unit, other: Unit): Edge | undefined {
  const d = u.dependencies
  if (d.edges.length > FEW) {
    d.byOther ??= mapByOther(u)
    return d.byOther.get(other)
  }
  for (const edge of d.edges) if (edge.kinds !== 0 && (edge.a === other || edge.b === other)) return edge
  return undefined
}

const mapByOther = (u: Unit): Map<Unit, Edge> =>
  new Map(u.dependencies.edges.filter(({ kinds }) => kinds !== 0).map((edge) => [otherEnd(u, edge), edge]))

/** Mirrors unit_merge() as far as edges go: `u` hands its own to the unit that it is only a name of. */
export function unitMoveDependencies(main: Unit, u: Unit): void {
  for (const edge of u.dependencies.edges) {
    const other = otherEnd(u, edge)
    const kinds = kindsFrom(u, edge)
    if (kinds === 0) continue
    edgeFree(other, edge)
    if (other !== main) addKinds(main, kinds, other)
  }
  unitForgetDependencies(u)
}

/** For a unit whose files are read again; the other ends are to do the same. */
export function unitForgetDependencies({ dependencies: d }: Unit): void {
  d.edges = []
  d.gone = 0
  d.byOther = null
  d.kinds = 0
  d.lists = null
}

/** Mirrors unit_clear_dependencies(). Returns its neighbours of any kind, which may be garbage now. */
export function unitClearDependencies(u: Unit): Unit[] {
  const edges = u.dependencies.edges.filter(({ kinds }) => kinds !== 0)
  for (const edge of edges) edgeFree(otherEnd(u, edge), edge)
  unitForgetDependencies(u)
  return edges.map((edge) => otherEnd(u, edge))
}

/** On the one end, where the other is about to forget all that it has. */
function edgeFree(u: Unit, edge: Edge): void {
  const d = u.dependencies
  forgetLists(d, kindsFrom(u, edge))
  edge.kinds = 0
  edge.inverse = 0
  d.byOther?.delete(otherEnd(u, edge))
  d.gone++
  if (d.gone * 2 <= d.edges.length) return
  d.edges = d.edges.filter(({ kinds }) => kinds !== 0)
  d.gone = 0
}
