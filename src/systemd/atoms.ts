/** What each kind of dependency does, as masks of bits: src/core/unit-dependency-atom.c. */

import { ATOMS, type Atom, DEPENDENCY_TYPES, type DependencyType, PAIRS } from './atoms.table.ts'
import type { Features } from './features.ts'

export { type Atom, DEPENDENCY_TYPES, type DependencyType } from './atoms.table.ts'

/** The kind that the other unit gets when this one is configured. */
export const INVERSE: Readonly<Record<DependencyType, DependencyType>> = Object.fromEntries(
  PAIRS.flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]),
) as Record<DependencyType, DependencyType>

/** One bit for each kind: what a unit is to another fits into a number. */
export const KIND_BITS = Object.fromEntries(DEPENDENCY_TYPES.map((kind, i) => [kind, 1 << i])) as Readonly<
  Record<DependencyType, number>
>

/** The bits of the inverse kinds. */
export function inverseBits(bits: number): number {
  let inverse = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) inverse |= INVERSE_BITS[31 - Math.clz32(rest & -rest)] ?? 0
  return inverse
}

const INVERSE_BITS = DEPENDENCY_TYPES.map((kind) => KIND_BITS[INVERSE[kind]])

/** The dependency kinds that carry each atom in this release, as a mask of their bits. */
export function kindsOfAtoms(features: Features): Readonly<Record<Atom, number>> {
  const cached = masks.get(features.version)
  if (cached) return cached
  const made = { ...NO_KINDS }
  for (const kind of DEPENDENCY_TYPES) for (const atom of atomsOf(kind, features)) made[atom] |= KIND_BITS[kind]
  masks.set(features.version, made)
  return made
}

const masks = new Map<number, Readonly<Record<Atom, number>>>()

const NO_KINDS = Object.fromEntries(Object.values(ATOMS).flatMap((atoms) => atoms.map((atom) => [atom, 0]))) as Record<
  Atom,
  number
>

/** The atoms of one kind in this release. */
function atomsOf(kind: DependencyType, features: Features): readonly Atom[] {
  const atoms = ATOMS[kind] ?? []
  if (kind !== 'PropagatesStopTo') return atoms
  // v249 to v253 passed the stop on as RequiredBy= does, at any depth.
  return features.propagatesStopToGraceful ? atoms : ['retroactive-stop-on-stop', 'propagate-stop']
}
