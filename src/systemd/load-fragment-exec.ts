/** Settings of processes that several types of units share: execution, killing, control groups. */

import { parseUnsigned } from './exit-status.ts'
import {
  complain,
  type ExecContextDraft,
  type KeyParser,
  type LoadContext,
  type Mutable,
} from './load-fragment-draft.ts'
import {
  absolutePath,
  bool,
  oneOf,
  parseBoolean,
  path,
  removed,
  signal,
  simplifyPath,
  wasExpanded,
  wordsOf,
} from './load-fragment-values.ts'
import { ERRNO_TEXT, unitFullPrintf, unitNamePrintf, unitPathPrintf } from './specifiers.ts'
import { parseUnitName } from './unit.ts'
import type { KillContext } from './unit-config.ts'

export function newExecContext(): ExecContextDraft {
  return {
    environment: null,
    unsetEnvironment: [],
    environmentFiles: [],
    workingDirectoryMissingOk: false,
    workingDirectoryHome: false,
    directories: null,
    privateTmp: 'no',
    dynamicUser: false,
    ignoreSigpipe: true,
    standardInput: 'null',
    standardInputData: false,
    standardOutput: 'inherit',
    standardError: 'inherit',
    credentials: false,
    mountImages: false,
    privatePids: false,
    oomd: false,
    deviceAllow: false,
    devicePolicyAuto: true,
    privateDevices: false,
    delegate: false,
  }
}

/** Mirrors kill_context_init(), src/core/kill.c. */
export function newKillContext(): Mutable<KillContext> {
  return {
    killMode: 'control-group',
    killSignal: 'SIGTERM',
    finalKillSignal: 'SIGKILL',
    watchdogSignal: 'SIGABRT',
    sendSigkill: true,
    sendSighup: false,
  }
}

/** Mirrors config_parse_working_directory(). */
const workingDirectory: KeyParser = (c, value) => {
  const { exec } = c.draft
  if (value === '') {
    exec.workingDirectoryMissingOk = false
    exec.workingDirectoryHome = false
    delete exec.workingDirectory
    return undefined
  }
  const missingOk = value.startsWith('-')
  const rest = missingOk ? value.slice(1) : value
  exec.workingDirectoryHome = rest === '~'
  if (exec.workingDirectoryHome) delete exec.workingDirectory
  else {
    const expanded = unitPathPrintf(c.specifiers, rest)
    if ('error' in expanded) {
      const args = { value: rest, error: ERRNO_TEXT[expanded.error] }
      complain(c, missingOk ? 'load-working-directory-ignored' : 'load-working-directory', args)
      return missingOk ? undefined : 'ENOEXEC'
    }
    const checked = absolutePath(c, expanded.text, !missingOk)
    if (checked === null) return missingOk ? undefined : 'ENOEXEC'
    exec.workingDirectory = checked
  }
  exec.workingDirectoryMissingOk = missingOk
  return undefined
}

/** Mirrors config_parse_exec_directories(): `PATH` or `PATH:LINK`, below a directory of the manager's. */
const directories: KeyParser = (c, value) => {
  const { exec } = c.draft
  const lists = exec.directories ?? new Map<string, string[]>()
  exec.directories = lists
  if (value === '') {
    lists.delete(c.key)
    return
  }
  for (const word of wordsOf(c, value, { retainEscape: true })) {
    const source = c.features.directoryLinks ? (word.split(':')[0] ?? '') : word
    const expanded = unitPathPrintf(c.specifiers, source)
    if (!wasExpanded(c, source, expanded)) continue
    if (expanded.text.startsWith('/')) {
      complain(c, 'load-path-absolute', { key: c.key, value: expanded.text })
      continue
    }
    const simple = simplifyPath(expanded.text)
    if (simple.split('/').includes('..')) complain(c, 'load-path-not-normalized', { key: c.key, value: simple })
    else if (lists.has(c.key)) lists.get(c.key)!.push(simple)
    else lists.set(c.key, [simple])
  }
}

/** Mirrors config_parse_bool(), and config_parse_private_tmp() where there are more answers. */
const privateTmp: KeyParser = (c, value) => {
  const parsed = parseBoolean(value)
  if (parsed !== null) c.draft.exec.privateTmp = parsed ? 'connected' : 'no'
  else if (value === 'disconnected' && c.features.privateTmpDisconnected) c.draft.exec.privateTmp = 'disconnected'
  else complain(c, 'load-bool', { key: c.key, value, error: ERRNO_TEXT.EINVAL })
}

type OutputField = 'standardOutput' | 'standardError'

const OUTPUTS = [
  'inherit',
  'null',
  'tty',
  'kmsg',
  'kmsg+console',
  'journal',
  'journal+console',
  'socket',
  'syslog',
  'syslog+console',
]

/** Mirrors config_parse_exec_output(): only what leads to the journal matters here. */
function output(field: OutputField): KeyParser {
  return (c, value) => {
    const expanded = unitFullPrintf(c.specifiers, value)
    if (!wasExpanded(c, value, expanded)) return
    const kind = /^(fd|file|append|truncate):/.test(expanded.text) ? 'file' : expanded.text
    if (kind.startsWith('syslog') && OUTPUTS.includes(kind)) {
      const instead = kind.replace('syslog', 'journal')
      complain(c, 'load-output-obsolete', { type: kind, instead })
      c.draft.exec[field] = instead
    } else if (OUTPUTS.includes(kind)) c.draft.exec[field] = kind
    else if (kind === 'file' || kind === 'fd') c.draft.exec[field] = kind
    else complain(c, 'load-plain-value', { what: 'output specifier', value })
  }
}

const LOG_LEVELS = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug', ...'01234567'] as const

/** Mirrors config_parse_log_level(): by name or number. */
const logLevelMax = oneOf(LOG_LEVELS, 'log level', (c, level) => {
  c.draft.exec.logLevelMax = LOG_LEVELS.indexOf(level) % 8
})

const INPUTS = ['null', 'tty', 'tty-force', 'tty-fail', 'socket', 'fd', 'data', 'file']

/** Mirrors config_parse_exec_input(). */
const input: KeyParser = (c, value) => {
  const kind = /^(fd|file):/.exec(value)?.[1] ?? value
  if (INPUTS.includes(kind) && value !== 'file') c.draft.exec.standardInput = kind
  else complain(c, 'load-plain-value', { what: 'input specifier', value })
}

/** Must do for a part of a unit's name: log_namespace_name_valid(). */
const LOG_NAMESPACE = /^(?!\.{1,2}$)[A-Za-z0-9:_.@-]{1,200}$/

/** Mirrors config_parse_log_namespace(). */
const logNamespace: KeyParser = (c, value) => {
  if (value === '') {
    delete c.draft.exec.logNamespace
    return
  }
  const expanded = unitFullPrintf(c.specifiers, value)
  if (!wasExpanded(c, value, expanded)) return
  if (LOG_NAMESPACE.test(expanded.text)) c.draft.exec.logNamespace = expanded.text
  else complain(c, 'load-log-namespace', { value: expanded.text })
}

/** Whether there is something, no matter what. */
const given =
  (field: 'credentials' | 'mountImages' | 'standardInputData'): KeyParser =>
  (c, value) => {
    c.draft.exec[field] = value !== ''
  }

const pathField = (field: 'rootDirectory' | 'rootImage' | 'rootMStack'): KeyParser =>
  path((c, value) => {
    if (value === undefined) delete c.draft.exec[field]
    else c.draft.exec[field] = value
  }, true)

/** Mirrors config_parse_exec_nice(). */
const nice: KeyParser = (c, value) => {
  if (value === '') {
    c.draft.nice = 0
    return
  }
  const priority = /^[+-]?\d{1,9}$/.test(value) ? Number(value) : null
  if (priority === null) complain(c, 'load-nice', { value, error: ERRNO_TEXT.EINVAL })
  else if (priority < -20 || priority > 19) complain(c, 'load-nice-range', { value })
  else c.draft.nice = priority
}

const exec =
  <K extends keyof ExecContextDraft>(field: K) =>
  (c: LoadContext, value: ExecContextDraft[K]): void => {
    c.draft.exec[field] = value
  }

/** Mirrors config_parse_bool() where nothing less will do. */
const dynamicUser: KeyParser = (c, value) => {
  const parsed = parseBoolean(value)
  if (parsed === null) {
    complain(c, 'load-bool-fatal', { key: c.key, value, error: ERRNO_TEXT.EINVAL })
    return 'ENOEXEC'
  }
  c.draft.exec.dynamicUser = parsed
  return undefined
}

/** Keys of execution that mean something for jobs or dependencies; the others are only known. */
export const EXEC_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ['WorkingDirectory', workingDirectory],
  ['LogLevelMax', logLevelMax],
  ['RootDirectory', pathField('rootDirectory')],
  ['RootImage', pathField('rootImage')],
  ['RootMStack', pathField('rootMStack')],
  ['Nice', nice],
  ['PrivateTmp', privateTmp],
  ['DynamicUser', dynamicUser],
  ['PrivateDevices', bool(exec('privateDevices'))],
  ['IgnoreSIGPIPE', bool(exec('ignoreSigpipe'))],
  [
    'PrivatePIDs',
    (c, value) => {
      c.draft.exec.privatePids = parseBoolean(value) === true
    },
  ],
  ...['RuntimeDirectory', 'StateDirectory', 'CacheDirectory', 'LogsDirectory', 'ConfigurationDirectory'].map(
    (key) => [key, directories] as const,
  ),
  ['StandardInput', input],
  ['StandardInputText', given('standardInputData')],
  ['StandardInputData', given('standardInputData')],
  ['StandardOutput', output('standardOutput')],
  ['StandardError', output('standardError')],
  ['LogNamespace', logNamespace],
  ['PAMName', (c, value) => setOrDelete(c.draft.exec, value)],
  ['MountImages', given('mountImages')],
  ...['SetCredential', 'SetCredentialEncrypted', 'LoadCredential', 'LoadCredentialEncrypted', 'ImportCredential'].map(
    (key) => [key, given('credentials')] as const,
  ),
  ['Capabilities', removed],
])

function setOrDelete(exec: ExecContextDraft, value: string): void {
  if (value === '') delete exec.pamName
  else exec.pamName = value
}

const kill =
  <K extends keyof Mutable<KillContext>>(field: K) =>
  (c: LoadContext, value: Mutable<KillContext>[K]): void => {
    c.draft.kill[field] = value
  }

/** Mirrors config_parse_kill_mode(). */
const killMode: KeyParser = (c, value) => {
  const mode = (['control-group', 'mixed', 'process', 'none'] as const).find((m) => m === (value || 'control-group'))
  if (mode === undefined) return complain(c, 'load-plain-value', { what: 'kill mode specification', value })
  if (mode === 'none') complain(c, 'load-kill-mode-none')
  c.draft.kill.killMode = mode
}

export const KILL_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ['SendSIGKILL', bool(kill('sendSigkill'))],
  ['SendSIGHUP', bool(kill('sendSighup'))],
  ['KillMode', killMode],
  ['KillSignal', signal(kill('killSignal'))],
  ['RestartKillSignal', signal(kill('restartKillSignal'))],
  ['FinalKillSignal', signal(kill('finalKillSignal'))],
  ['WatchdogSignal', signal(kill('watchdogSignal'))],
])

/** Mirrors config_parse_unit_slice(). */
const slice: KeyParser = (c, value) => {
  const expanded = unitNamePrintf(c.specifiers, value)
  if (!wasExpanded(c, value, expanded, 'load-specifiers-bare')) return
  const parsed = parseUnitName(expanded.text)
  if (parsed === null || parsed.instance === '') {
    const error = parsed === null ? 'is not valid.' : 'is missing the instance name.'
    return complain(c, 'load-slice', { other: expanded.text, error: `Unit name ${expanded.text} ${error}` })
  }
  if (parsed.instance !== undefined && parsed.type === 'slice') {
    return complain(c, 'load-slice', { other: parsed.full, error: ERRNO_TEXT.EINVAL })
  }
  if (parsed.type !== 'slice' || c.draft.type === 'slice') {
    const args = { other: parsed.full, unit: c.draft.id, error: ERRNO_TEXT.EINVAL }
    return complain(c, 'load-slice-assign', args)
  }
  c.draft.slice = parsed.full
}

/** Mirrors config_parse_cg_cpu_weight(): `idle` is below every number. */
const cpuWeight: KeyParser = (c, value) => {
  if (value === '') c.draft.cpuWeight = 100
  else if (value === 'idle' && c.features.cpuWeightIdle) c.draft.cpuWeight = 0
  else {
    const weight = parseUnsigned(value, 10_000)
    if (typeof weight === 'number' && weight > 0) c.draft.cpuWeight = weight
    else complain(c, 'load-cpu-weight', { key: c.key, value, error: weightError(weight) })
  }
}

const weightError = (weight: number | 'EINVAL' | 'ERANGE'): string =>
  ERRNO_TEXT[typeof weight === 'number' ? 'ERANGE' : weight]

const delegate: KeyParser = (c, value) => {
  c.draft.exec.delegate = parseBoolean(value) ?? true
}

const managedOom = oneOf(['auto', 'kill'], 'managed OOM mode', (c, mode) => {
  if (mode === 'kill') c.draft.exec.oomd = true
})

export const CGROUP_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ['Slice', slice],
  ['CPUWeight', cpuWeight],
  ['Delegate', delegate],
  [
    'DeviceAllow',
    (c, value) => {
      c.draft.exec.deviceAllow = value !== ''
    },
  ],
  [
    'DevicePolicy',
    (c, value) => {
      c.draft.exec.devicePolicyAuto = value === 'auto'
    },
  ],
  ['ManagedOOMSwap', managedOom],
  ['ManagedOOMMemoryPressure', managedOom],
  ['NetClass', removed],
])
