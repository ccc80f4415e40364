/**
 * Dependency kinds, their inverses, and the atoms that say what each kind does:
 * src/basic/unit-def.h and atom_map[] of src/core/unit-dependency-atom.c.
 */

import type { Features } from './features.ts'

export const DEPENDENCY_TYPES = [
  'Requires',
  'Requisite',
  'Wants',
  'BindsTo',
  'PartOf',
  'Upholds',
  'RequiredBy',
  'RequisiteOf',
  'WantedBy',
  'BoundBy',
  'ConsistsOf',
  'UpheldBy',
  'Conflicts',
  'ConflictedBy',
  'Before',
  'After',
  'OnSuccess',
  'OnSuccessOf',
  'OnFailure',
  'OnFailureOf',
  'Triggers',
  'TriggeredBy',
  'PropagatesReloadTo',
  'ReloadPropagatedFrom',
  'PropagatesStopTo',
  'StopPropagatedFrom',
  'JoinsNamespaceOf',
  'References',
  'ReferencedBy',
  'InSlice',
  'SliceOf',
] as const
export type DependencyType = (typeof DEPENDENCY_TYPES)[number]

const PAIRS: readonly (readonly [DependencyType, DependencyType])[] = [
  ['Requires', 'RequiredBy'],
  ['Requisite', 'RequisiteOf'],
  ['Wants', 'WantedBy'],
  ['BindsTo', 'BoundBy'],
  ['PartOf', 'ConsistsOf'],
  ['Upholds', 'UpheldBy'],
  ['Conflicts', 'ConflictedBy'],
  ['Before', 'After'],
  ['OnSuccess', 'OnSuccessOf'],
  ['OnFailure', 'OnFailureOf'],
  ['Triggers', 'TriggeredBy'],
  ['PropagatesReloadTo', 'ReloadPropagatedFrom'],
  ['PropagatesStopTo', 'StopPropagatedFrom'],
  ['JoinsNamespaceOf', 'JoinsNamespaceOf'],
  ['References', 'ReferencedBy'],
  ['InSlice', 'SliceOf'],
]

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

/** What one unit's dependency makes systemd do; names as in unit-dependency-atom.h, without their prefix. */
export type Atom =
  | 'pull-in-start'
  | 'pull-in-start-ignored'
  | 'pull-in-verify'
  | 'pull-in-stop'
  | 'pull-in-stop-ignored'
  | 'propagate-stop'
  | 'propagate-stop-graceful'
  | 'propagate-restart'
  | 'propagate-start-failure'
  | 'propagate-stop-failure'
  | 'propagate-inactive-start-as-failure'
  | 'retroactive-start-replace'
  | 'retroactive-start-fail'
  | 'retroactive-stop-on-start'
  | 'retroactive-stop-on-stop'
  | 'cannot-be-active-without'
  | 'add-stop-when-unneeded-queue'
  | 'add-start-when-upheld-queue'
  | 'add-cannot-be-active-without-queue'
  | 'pins-stop-when-unneeded'
  | 'start-steadily'
  | 'default-target-dependencies'
  | 'add-default-target-dependency-queue'

const ATOMS: Partial<Record<DependencyType, readonly Atom[]>> = {
  Requires: [
    'pull-in-start',
    'retroactive-start-replace',
    'add-stop-when-unneeded-queue',
    'add-default-target-dependency-queue',
  ],
  Requisite: ['pull-in-verify', 'add-stop-when-unneeded-queue', 'add-default-target-dependency-queue'],
  Wants: [
    'pull-in-start-ignored',
    'retroactive-start-fail',
    'add-stop-when-unneeded-queue',
    'add-default-target-dependency-queue',
  ],
  BindsTo: [
    'pull-in-start',
    'retroactive-start-replace',
    'cannot-be-active-without',
    'add-stop-when-unneeded-queue',
    'add-default-target-dependency-queue',
  ],
  PartOf: ['add-default-target-dependency-queue'],
  Upholds: [
    'pull-in-start-ignored',
    'retroactive-start-replace',
    'add-start-when-upheld-queue',
    'add-stop-when-unneeded-queue',
    'add-default-target-dependency-queue',
  ],
  RequiredBy: [
    'propagate-stop',
    'propagate-restart',
    'propagate-start-failure',
    'pins-stop-when-unneeded',
    'default-target-dependencies',
  ],
  RequisiteOf: [
    'propagate-stop',
    'propagate-restart',
    'propagate-start-failure',
    'propagate-inactive-start-as-failure',
    'pins-stop-when-unneeded',
    'default-target-dependencies',
  ],
  WantedBy: ['default-target-dependencies', 'pins-stop-when-unneeded'],
  BoundBy: [
    'retroactive-stop-on-stop',
    'propagate-stop',
    'propagate-restart',
    'propagate-start-failure',
    'pins-stop-when-unneeded',
    'add-cannot-be-active-without-queue',
    'default-target-dependencies',
  ],
  UpheldBy: ['start-steadily', 'default-target-dependencies', 'pins-stop-when-unneeded'],
  ConsistsOf: ['propagate-stop', 'propagate-restart'],
  Conflicts: ['pull-in-stop', 'retroactive-stop-on-start'],
  ConflictedBy: ['pull-in-stop-ignored', 'retroactive-stop-on-start', 'propagate-stop-failure'],
  PropagatesStopTo: ['retroactive-stop-on-stop', 'propagate-stop-graceful'],
}

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
