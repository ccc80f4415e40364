/** Dependency kinds, their inverses and their atoms: src/basic/unit-def.h and src/core/unit-dependency-atom.c. */

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

/** Each kind with the one that the other unit gets. */
export const PAIRS: readonly (readonly [DependencyType, DependencyType])[] = [
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

/** Mirrors atom_map[] (v254). */
export const ATOMS: Partial<Record<DependencyType, readonly Atom[]>> = {
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
