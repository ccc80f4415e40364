/** A unit while its files are read, and what every parser of a setting may do. */

import type { DependencyType } from './atoms.ts'
import { KIND_BITS } from './atoms.ts'
import type { Features } from './features.ts'
import { type MessageArgs, type MessageKey, printMessage } from './messages.ts'
import type { SpecifierContext } from './specifiers.ts'
import type { UnitName, UnitType } from './unit.ts'
import type {
  AutomountSection,
  ConfiguredDependency,
  ConfiguredKinds,
  DependencyOrigin,
  Diagnostic,
  ExecCommand,
  ExecSetting,
  KillContext,
  MountSection,
  PathSection,
  ScopeSection,
  ServiceSection,
  ServiceType,
  SliceSection,
  SocketSection,
  SwapSection,
  TimerSection,
  UnitSection,
} from './unit-config.ts'

/** The same fields, for as long as a unit is being read. Lists grow in place: there may be thousands of lines. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }

/** Settings of a unit's processes that lead to dependencies; everything else about execution is only checked. */
export interface ExecContextDraft {
  /** Null while there is none. */
  environment: Map<string, string> | null
  readonly unsetEnvironment: string[]
  readonly environmentFiles: string[]
  logLevelMax?: number
  user?: string
  workingDirectory?: string
  workingDirectoryMissingOk: boolean
  workingDirectoryHome: boolean
  rootDirectory?: string
  rootImage?: string
  rootMStack?: string
  directories: Map<string, string[]> | null
  privateTmp: 'no' | 'connected' | 'disconnected'
  dynamicUser: boolean
  ignoreSigpipe: boolean
  standardInput: string
  standardInputData: boolean
  standardOutput: string
  standardError: string
  logNamespace?: string
  pamName?: string
  credentials: boolean
  mountImages: boolean
  privatePids: boolean
  oomd: boolean
  deviceAllow: boolean
  devicePolicyAuto: boolean
  privateDevices: boolean
  delegate: boolean
}

/** A service's settings, with those that were not given told from the defaults. */
export interface ServiceDraft extends Omit<Mutable<ServiceSection>, 'type' | 'oomPolicy' | 'exec'> {
  exec: Record<ExecSetting, readonly ExecCommand[]>
  type: ServiceType | undefined
  oomPolicy: ServiceSection['oomPolicy'] | undefined
}

export interface SocketDraft extends Omit<Mutable<SocketSection>, 'exec'> {
  exec: Record<keyof SocketSection['exec'], readonly ExecCommand[]>
  symlinks: number
  bindToDevice?: string
}

export interface UnitDraft {
  readonly name: UnitName
  readonly id: string
  readonly type: UnitType
  readonly names: readonly string[]
  readonly fragmentPath: string | undefined
  readonly unit: Mutable<UnitSection>
  jobRunningTimeoutSet: boolean
  /** Of a service what only matters while it is read. */
  startTimeoutDefined: boolean
  runtimeRandomizedExtraUsec: number
  usbFunctionDescriptors: boolean
  usbFunctionStrings: boolean
  readonly service?: ServiceDraft
  readonly socket?: SocketDraft
  readonly timer?: Mutable<TimerSection>
  readonly path?: Mutable<PathSection>
  readonly mount?: Mutable<MountSection>
  readonly automount?: Mutable<AutomountSection> & { extraOptions: string }
  readonly swap?: Mutable<SwapSection> & { options: string[] }
  readonly scope?: Mutable<ScopeSection>
  readonly sliceSection?: Mutable<SliceSection>
  readonly kill: Mutable<KillContext>
  readonly exec: ExecContextDraft
  /** The unit that `Unit=` of a timer or path named, or `Service=` of a socket. */
  trigger?: string
  slice?: string
  cpuWeight: number
  nice: number
  readonly mountsFor: { readonly path: string; readonly type: 'Requires' | 'Wants' }[]
  readonly dependencies: ConfiguredDependency[]
  /** Those that they lead to. */
  readonly others: OtherUnit[]
  /** So that none is kept twice. */
  knownPaths: Set<string> | null
  readonly diagnostics: Diagnostic[]
}

/** A name that dependencies lead to. The same ones come again and again, so that much of it is found out once. */
export interface OtherUnit {
  readonly name: string
  /** It is valid and means what it says: no template, no specifier. Found out when first asked for. */
  isPlain: boolean | null
  /** Of the unit that had a dependency on it last, see OtherUnits, the bits of its kinds. */
  by: number
  kinds: number
  /** One object for all units that have the same. A list that is made anew with each, as most stay short. */
  dependencies: readonly ConfiguredDependency[]
  /** As it was made last: most units have the same kinds. */
  allKinds: ConfiguredKinds | null
}

/** Of all units that one loader reads. */
export interface OtherUnits {
  readonly byName: Map<string, OtherUnit>
  /** Which unit is being read: the first, the second and so on. */
  reading: number
  /** The last list, if it is of plain names: Wants= and After= most often have the same. */
  lastList: { readonly text: string; readonly units: readonly OtherUnit[] | null }
}

/** What a parser of a setting sees: the unit, where the assignment stands, and the release that reads it. */
export interface LoadContext {
  readonly draft: UnitDraft
  readonly manager: 'system' | 'user'
  readonly version: number
  readonly features: Features
  /** Is there a fragment for this name, and which? Asked for dependencies of a template upon itself. */
  readonly fragmentOf: (name: string) => string | undefined
  readonly others: OtherUnits
  specifiers: SpecifierContext
  file: string
  line: number
  section: string
  key: string
}

/** errno of what ends the loading of a unit: ENOEXEC makes it bad-setting, anything else an error. */
export type Fatal = 'ENOEXEC' | 'EINVAL' | undefined
/** A result of Fatal ends the loading; any other means nothing: what cannot be read was complained about. */
export type KeyParser = (c: LoadContext, value: string) => unknown
export type KeyTable = ReadonlyMap<string, KeyParser>

/** Mirrors log_syntax(): a complaint about the line at hand. */
export function complain(c: LoadContext, key: MessageKey, args: MessageArgs = {}): void {
  const printed = printMessage(key, args, c.version)
  if (printed === null) return
  c.draft.diagnostics.push({ file: c.file, line: c.line, level: printed.level, text: printed.text })
}

/** Mirrors log_unit_…(): a complaint about the unit as a whole, printed behind its name. */
export function complainOfUnit(c: LoadContext, key: MessageKey, args: MessageArgs = {}): void {
  const printed = printMessage(key, args, c.version)
  if (printed === null) return
  const file = c.draft.fragmentPath ?? c.draft.id
  c.draft.diagnostics.push({ file, line: 0, level: printed.level, text: printed.text })
}

/** The kinds whose loss systemd mentions when a unit has them on itself: unit_should_warn_about_dependency(). */
const WARNED_OF: ReadonlySet<DependencyType> = new Set<DependencyType>([
  'Conflicts',
  'ConflictedBy',
  'Before',
  'After',
  'OnSuccess',
  'OnFailure',
  'Triggers',
  'TriggeredBy',
])

/** Types whose units can fail: the `can_fail` field of the vtables. */
const CAN_FAIL: ReadonlySet<UnitType> = new Set<UnitType>([
  'service',
  'socket',
  'mount',
  'automount',
  'swap',
  'timer',
  'path',
  'scope',
  'target',
])

/** Mirrors unit_add_dependency_by_name(), src/core/unit.c (v252), as far as one end can tell. */
export function addDependency(c: LoadContext, type: DependencyType, other: string, origin: DependencyOrigin): void {
  addDependencyOn(c, type, otherUnit(c, other), origin)
}

const NONE: readonly never[] = []

/** One object for each name, however many units speak of it. */
export function otherUnit({ others: { byName } }: LoadContext, name: string): OtherUnit {
  const known = byName.get(name)
  if (known) return known
  const made: OtherUnit = { name, isPlain: null, by: 0, kinds: 0, dependencies: NONE, allKinds: null }
  byName.set(name, made)
  return made
}

/** Mirrors unit_add_dependency(), src/core/unit.c (v252), as far as one end can tell. */
export function addDependencyOn(c: LoadContext, type: DependencyType, on: OtherUnit, origin: DependencyOrigin): void {
  const { draft } = c
  const other = on.name
  if (draft.names.includes(other)) {
    const merged = other !== draft.id
    if (WARNED_OF.has(type))
      complainOfUnit(c, merged ? 'load-merged-dependency' : 'load-self-dependency', { type, other, unit: draft.id })
    return
  }
  if (type === 'Before' && other.endsWith('.device')) {
    complainOfUnit(c, 'load-before-device', { other })
    return
  }
  if (type === 'OnFailure' && c.features.onFailureNeedsFailure && !CAN_FAIL.has(draft.type)) {
    complainOfUnit(c, 'load-cannot-fail', { other, type: draft.type })
    return
  }
  if (on.by !== c.others.reading) {
    on.by = c.others.reading
    on.kinds = 0
    draft.others.push(on)
  }
  // What the unit has already is not added again.
  if ((on.kinds & KIND_BITS[type]) !== 0) return
  on.kinds |= KIND_BITS[type]
  draft.dependencies.push(dependencyOf(on, type, origin))
}

function dependencyOf(on: OtherUnit, type: DependencyType, origin: DependencyOrigin): ConfiguredDependency {
  for (const made of on.dependencies) if (made.type === type && made.origin === origin) return made
  const made: ConfiguredDependency = { type, other: on.name, origin }
  on.dependencies = [...on.dependencies, made]
  return made
}

/** What the unit that was read last has on it, taken together. */
export function allKindsOf(on: OtherUnit): ConfiguredKinds {
  if (on.allKinds?.kinds !== on.kinds) on.allKinds = { other: on.name, kinds: on.kinds }
  return on.allKinds
}

/** Mirrors unit_add_two_dependencies_by_name(). */
export function addTwoDependencies(
  c: LoadContext,
  first: DependencyType,
  second: DependencyType,
  other: string,
  origin: DependencyOrigin,
): void {
  addDependency(c, first, other, origin)
  addDependency(c, second, other, origin)
}

/** Mirrors unit_require_mounts_for() and unit_add_mounts_for(), src/core/unit.c. */
export function addMountsFor(c: LoadContext, path: string, type: 'Requires' | 'Wants'): void {
  const { draft } = c
  const { mountsFor } = draft
  const key = `${type} ${path}`
  const knownPaths = draft.knownPaths ?? new Set()
  draft.knownPaths = knownPaths
  if (knownPaths.has(key)) return
  knownPaths.add(key)
  mountsFor.push({ path, type })
}
