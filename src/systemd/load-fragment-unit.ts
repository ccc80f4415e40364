/** [Unit] and [Install]: dependencies, conditions, timeouts of jobs, emergency actions. */

import type { DependencyType } from './atoms.ts'
import { parseUnsigned } from './exit-status.ts'
import { splitWords } from './extract-word.ts'
import { JOB_MODES, type JobMode } from './job.ts'
import {
  addDependency,
  addDependencyOn,
  addMountsFor,
  complain,
  type KeyParser,
  type LoadContext,
  type Mutable,
  type OtherUnit,
  otherUnit,
} from './load-fragment-draft.ts'
import {
  absolutePath,
  bool,
  oneOf,
  parseBoolean,
  path,
  removed,
  sec,
  text,
  unsigned,
  wasExpanded,
  wordsOf,
} from './load-fragment-values.ts'
import { parseSecFix0 } from './parse-time.ts'
import { ERRNO_TEXT, nameWithoutType, unitFullPrintf, unitNamePrintf, unitPathPrintf } from './specifiers.ts'
import { parseUnitName, type UnitName, type UnitType } from './unit.ts'
import type { ConfiguredCondition, UnitSection } from './unit-config.ts'

/** Keys of [Unit] that name units, old spellings included. */
const DEPENDENCY_KEYS: readonly (readonly [string, DependencyType])[] = [
  ['Requires', 'Requires'],
  ['Requisite', 'Requisite'],
  ['Wants', 'Wants'],
  ['BindsTo', 'BindsTo'],
  ['BindTo', 'BindsTo'],
  ['Upholds', 'Upholds'],
  ['Conflicts', 'Conflicts'],
  ['Before', 'Before'],
  ['After', 'After'],
  ['OnSuccess', 'OnSuccess'],
  ['OnFailure', 'OnFailure'],
  ['PropagatesReloadTo', 'PropagatesReloadTo'],
  ['PropagateReloadTo', 'PropagatesReloadTo'],
  ['ReloadPropagatedFrom', 'ReloadPropagatedFrom'],
  ['PropagateReloadFrom', 'ReloadPropagatedFrom'],
  ['PropagatesStopTo', 'PropagatesStopTo'],
  ['StopPropagatedFrom', 'StopPropagatedFrom'],
  ['PartOf', 'PartOf'],
  ['JoinsNamespaceOf', 'JoinsNamespaceOf'],
]

/** Mirrors config_parse_unit_deps(). An empty assignment does nothing: dependencies cannot be taken back. */
function dependencies(type: DependencyType): KeyParser {
  return (c, value) => {
    const { others } = c
    if (others.lastList.text !== value) others.lastList = { text: value, units: plainUnits(c, value) }
    const { units } = others.lastList
    if (units === null) for (const word of splitWords(value)) dependency(c, type, word)
    else for (const on of units) addDependencyOn(c, type, on, 'file')
  }
}

/** The units of a list; null where a word of it has to be looked at for each unit and each kind. */
function plainUnits(c: LoadContext, value: string): readonly OtherUnit[] | null {
  const units: OtherUnit[] = []
  for (const word of splitWords(value)) {
    const on = otherUnit(c, word)
    on.isPlain ??= !word.includes('%') && resolveTemplate(c, word) === word
    if (!on.isPlain) return null
    units.push(on)
  }
  return units
}

/** One word of a list. */
function dependency(c: LoadContext, type: DependencyType, word: string): void {
  const expanded = unitNamePrintf(c.specifiers, word)
  if (!wasExpanded(c, word, expanded)) return
  if (isRecursiveTemplateDependency(c, expanded.text, word)) {
    complain(c, 'load-dependency-recursive', { type, other: word })
    return
  }
  const other = resolveTemplate(c, expanded.text)
  if (other === null) complain(c, 'load-dependency-add', { other: expanded.text, error: ERRNO_TEXT.EINVAL })
  else addDependency(c, type, other, 'file')
}

const INSTANTIABLE: ReadonlySet<UnitType> = new Set<UnitType>(['service', 'socket', 'target', 'timer', 'path'])

/**
 * Mirrors unit_type_may_template(), src/basic/unit-file.c. No unit of other types can be made of an instance's name.
 */
export function mayHaveInstances({ instance, type }: UnitName): boolean {
  return instance === undefined || INSTANTIABLE.has(type)
}

/** Mirrors resolve_template(), src/core/unit.c: a template takes this unit's instance, or its prefix for one. */
export function resolveTemplate(c: LoadContext, name: string): string | null {
  const parsed = parseUnitName(name)
  if (parsed === null || !mayHaveInstances(parsed)) return null
  if (parsed.instance !== '') return name
  const instance = c.draft.name.instance || c.draft.name.prefix
  const full = `${parsed.prefix}@${instance}.${parsed.type}`
  return parseUnitName(full) === null ? null : full
}

/** Mirrors unit_is_likely_recursive_template_dependency(), src/core/load-fragment.c (v252). */
function isRecursiveTemplateDependency(c: LoadContext, name: string, format: string): boolean {
  if (!c.features.recursiveTemplatesDropped || !format.includes('%')) return false
  const { draft } = c
  const other = parseUnitName(name)
  if (other === null || !other.instance || other.prefix !== draft.name.prefix || other.type !== draft.type) return false
  if (c.fragmentOf(name) !== draft.fragmentPath) return false
  const stem = format.slice(format.indexOf('@') + 1, format.lastIndexOf('.'))
  return stem !== '%i' && /%[nNi]/.test(stem.replaceAll('%%', ''))
}

/** Mirrors config_parse_unit_mounts_for(). */
function mountsFor(type: 'Requires' | 'Wants'): KeyParser {
  return (c, value) => {
    for (const word of wordsOf(c, value)) {
      const expanded = unitPathPrintf(c.specifiers, word)
      if (!wasExpanded(c, word, expanded)) continue
      const checked = absolutePath(c, expanded.text)
      if (checked !== null) addMountsFor(c, checked, type)
    }
  }
}

const PATH_CONDITIONS = [
  'PathExists',
  'PathExistsGlob',
  'PathIsDirectory',
  'PathIsSymbolicLink',
  'PathIsMountPoint',
  'PathIsReadWrite',
  'PathIsEncrypted',
  'PathIsSocket',
  'DirectoryNotEmpty',
  'FileNotEmpty',
  'FileIsExecutable',
  'NeedsUpdate',
]

const STRING_CONDITIONS = [
  'FirstBoot',
  'Architecture',
  'Firmware',
  'Virtualization',
  'Host',
  'KernelCommandLine',
  'KernelVersion',
  'KernelModuleLoaded',
  'Version',
  'Credential',
  'Security',
  'Capability',
  'ACPower',
  'Memory',
  'CPUFeature',
  'CPUs',
  'Environment',
  'User',
  'Group',
  'ControlGroupController',
  'OSRelease',
  'MemoryPressure',
  'CPUPressure',
  'IOPressure',
  'Fraction',
  'MachineTag',
  'Null',
]

const BLANKS = /^[ \t\n\r]+/

/** Mirrors config_parse_unit_condition_path() and …_string(): an empty value for any empties the whole list. */
function condition(setting: string, isPath: boolean): KeyParser {
  const list = setting.startsWith('Assert') ? 'asserts' : 'conditions'
  return (c, value) => {
    const { unit } = c.draft
    if (value === '') {
      unit[list] = []
      return
    }
    const trigger = value.startsWith('|')
    let rest = trigger ? value.slice(1) : value
    if (trigger && !isPath) rest = rest.replace(BLANKS, '')
    const negate = rest.startsWith('!')
    if (negate) rest = rest.slice(1)
    if (negate && !isPath) rest = rest.replace(BLANKS, '')
    const expanded = isPath ? unitPathPrintf(c.specifiers, rest) : unitFullPrintf(c.specifiers, rest)
    if (!wasExpanded(c, rest, expanded, isPath ? 'load-specifiers-bare' : 'load-specifiers')) return
    const parameter = isPath ? absolutePath(c, expanded.text) : expanded.text
    if (parameter === null) return
    const added: ConfiguredCondition = { setting, trigger, negate, parameter }
    unit[list].push(added)
  }
}

type BooleanField =
  | 'stopWhenUnneeded'
  | 'refuseManualStart'
  | 'refuseManualStop'
  | 'defaultDependencies'
  | 'allowIsolate'
  | 'ignoreOnIsolate'

const flag = (field: BooleanField): KeyParser =>
  bool((c, value) => {
    c.draft.unit[field] = value
  })

/** Mirrors config_parse_job_timeout_sec(): for compatibility it stands for both timeouts, unless the other is given. */
const jobTimeout: KeyParser = (c, value) => {
  const usec = parseSecFix0(value)
  if (typeof usec !== 'number') return complain(c, 'load-parameter', { key: 'JobTimeoutSec', value })
  c.draft.unit.jobTimeoutUsec = usec
  if (!c.draft.jobRunningTimeoutSet) c.draft.unit.jobRunningTimeoutUsec = usec
}

/** Mirrors config_parse_job_running_timeout_sec(). */
const jobRunningTimeout: KeyParser = (c, value) => {
  const usec = parseSecFix0(value)
  if (typeof usec !== 'number') return complain(c, 'load-parameter', { key: 'JobRunningTimeoutSec', value })
  c.draft.unit.jobRunningTimeoutUsec = usec
  c.draft.jobRunningTimeoutSet = true
}

/** Mirrors config_parse_job_mode_isolate(). */
const onFailureIsolate: KeyParser = (c, value) => {
  const parsed = parseBoolean(value)
  if (parsed === null) return complain(c, 'load-plain-value', { what: 'boolean', value })
  complain(c, 'load-deprecated-isolate', { key: c.key })
  c.draft.unit.onFailureJobMode = parsed ? 'isolate' : 'replace'
}

const USER_ACTIONS = ['none', 'exit', 'exit-force']
const SYSTEM_ACTIONS = [
  'reboot',
  'reboot-force',
  'reboot-immediate',
  'poweroff',
  'poweroff-force',
  'poweroff-immediate',
]
const LATER_ACTIONS = [
  'soft-reboot',
  'soft-reboot-force',
  'kexec',
  'kexec-force',
  'halt',
  'halt-force',
  'halt-immediate',
]

type ActionField = 'jobTimeoutAction' | 'startLimitAction' | 'failureAction' | 'successAction'

/** Mirrors config_parse_emergency_action() and parse_emergency_action(): a user's manager cannot end the system. */
function emergencyAction(field: ActionField): KeyParser {
  return (c, value) => {
    const ofSystem = SYSTEM_ACTIONS.includes(value) || (c.features.emergencyHalt && LATER_ACTIONS.includes(value))
    const tooMuch = ofSystem && !(c.features.emergencyHaltOfUsers && LATER_ACTIONS.includes(value))
    if (c.manager === 'user' && tooMuch) {
      if (c.features.emergencyExitInstead) {
        complain(c, 'load-emergency-compat', { key: c.key, value })
        c.draft.unit[field] = 'exit-force'
        return
      }
      complain(c, 'load-emergency-scope', { key: c.key, scope: 'user', value })
      return
    }
    if (ofSystem || USER_ACTIONS.includes(value)) c.draft.unit[field] = value
    else complain(c, 'load-key-value', { key: c.key, value })
  }
}

/** Modes that came later, as rows of versions.table.ts. */
const LATER_MODES = { 'restart-dependencies': 'restartDependenciesMode', lenient: 'lenientMode' } as const

function jobMode(field: 'onFailureJobMode' | 'onSuccessJobMode'): KeyParser {
  const anyMode = oneOf<JobMode>(JOB_MODES, 'job mode', (c, mode) => {
    const row = mode === 'restart-dependencies' || mode === 'lenient' ? LATER_MODES[mode] : undefined
    if (row === undefined || c.features[row]) c.draft.unit[field] = mode
    else complain(c, 'load-value', { what: 'job mode', key: c.key, value: mode, error: ERRNO_TEXT.EINVAL })
  })
  return anyMode
}

/** Mirrors config_parse_exit_status(). */
const exitStatus: KeyParser = (c, value) => {
  if (value === '') return
  const code = parseUnsigned(value, 255)
  if (typeof code !== 'number') complain(c, 'load-exit-status', { value, error: ERRNO_TEXT[code] })
}

/** The start limit's settings have an older home in [Service]. */
export const START_LIMIT_KEYS: readonly (readonly [string, KeyParser])[] = [
  [
    'StartLimitInterval',
    sec((c, usec) => {
      c.draft.unit.startLimitIntervalUsec = usec
    }),
  ],
  [
    'StartLimitBurst',
    unsigned((c, burst) => {
      c.draft.unit.startLimitBurst = burst
    }),
  ],
  ['StartLimitAction', emergencyAction('startLimitAction')],
  ['FailureAction', emergencyAction('failureAction')],
]

const description = text((c, value) => {
  const unit: Mutable<UnitSection> = c.draft.unit
  if (value === undefined) delete (unit as { description?: string }).description
  else unit.description = value
})

const sourcePath = path((c, value) => {
  const unit: Mutable<UnitSection> = c.draft.unit
  if (value === undefined) delete (unit as { sourcePath?: string }).sourcePath
  else unit.sourcePath = value
})

const URL = /^(?:https?:\/\/.|file:\/.|info:.|man:.)/

/** Mirrors config_parse_documentation(). */
const documentation: KeyParser = (c, value) => {
  for (const word of splitWords(value)) if (!URL.test(word)) complain(c, 'load-documentation', { value: word })
}

export const UNIT_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ['Description', description],
  ['Documentation', documentation],
  ['SourcePath', sourcePath],
  ...DEPENDENCY_KEYS.map(([key, type]) => [key, dependencies(type)] as const),
  ['RequiresOverridable', obsolete('Requires')],
  ['RequisiteOverridable', obsolete('Requisite')],
  ['RequiresMountsFor', mountsFor('Requires')],
  ['WantsMountsFor', mountsFor('Wants')],
  ['StopWhenUnneeded', flag('stopWhenUnneeded')],
  ['RefuseManualStart', flag('refuseManualStart')],
  ['RefuseManualStop', flag('refuseManualStop')],
  ['AllowIsolate', flag('allowIsolate')],
  ['DefaultDependencies', flag('defaultDependencies')],
  ['IgnoreOnIsolate', flag('ignoreOnIsolate')],
  ['OnSuccessJobMode', jobMode('onSuccessJobMode')],
  ['OnFailureJobMode', jobMode('onFailureJobMode')],
  ['OnFailureIsolate', onFailureIsolate],
  ['IgnoreOnSnapshot', removed],
  ['JobTimeoutSec', jobTimeout],
  ['JobRunningTimeoutSec', jobRunningTimeout],
  ['JobTimeoutAction', emergencyAction('jobTimeoutAction')],
  ...START_LIMIT_KEYS,
  ['StartLimitIntervalSec', START_LIMIT_KEYS[0]![1]],
  ['SuccessAction', emergencyAction('successAction')],
  ['FailureActionExitStatus', exitStatus],
  ['SuccessActionExitStatus', exitStatus],
  [
    'CollectMode',
    oneOf(['inactive', 'inactive-or-failed'], 'garbage collection mode', (c, mode) => {
      c.draft.unit.collectMode = mode
    }),
  ],
  ...['Condition', 'Assert'].flatMap((kind) => [
    ...PATH_CONDITIONS.map((what) => [`${kind}${what}`, condition(`${kind}${what}`, true)] as const),
    ...STRING_CONDITIONS.map((what) => [`${kind}${what}`, condition(`${kind}${what}`, false)] as const),
  ]),
])

/** Mirrors config_parse_obsolete_unit_deps(). */
function obsolete(type: DependencyType): KeyParser {
  const parse = dependencies(type)
  return (c, value) => {
    complain(c, 'load-dependency-obsolete', { key: c.key, type })
    return parse(c, value)
  }
}

/** `%N` of the unit at hand, for whoever builds related names. */
export function relatedUnit(c: LoadContext, type: string): string {
  return `${nameWithoutType(c.draft.name)}.${type}`
}
