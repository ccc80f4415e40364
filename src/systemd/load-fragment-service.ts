/** [Service], less what it shares with other types of units. */

import { addCommands, NO_COMMANDS } from './exec-command.ts'
import { addToStatusSet, NO_STATUS } from './exit-status.ts'
import { splitWords } from './extract-word.ts'
import {
  addDependency,
  addTwoDependencies,
  complain,
  type KeyParser,
  type LoadContext,
  type ServiceDraft,
} from './load-fragment-draft.ts'
import { resolveTemplate, START_LIMIT_KEYS } from './load-fragment-unit.ts'
import {
  absolutePath,
  accepted,
  bool,
  oneOf,
  removed,
  sec,
  secFix0,
  signal,
  unsigned,
  wasExpanded,
} from './load-fragment-values.ts'
import { parseSec, parseSecFix0 } from './parse-time.ts'
import { directoryOf, ERRNO_TEXT, unitFullPrintf, unitNamePrintf, unitPathPrintf } from './specifiers.ts'
import { type ExecSetting, INFINITY_USEC, type ServiceType } from './unit-config.ts'

const SERVICE_TYPES = ['simple', 'exec', 'forking', 'oneshot', 'dbus', 'notify', 'idle'] as const
const RESTARTS = ['no', 'on-success', 'on-failure', 'on-abnormal', 'on-watchdog', 'on-abort', 'always'] as const
const FAILURE_MODES = ['terminate', 'abort', 'kill'] as const

const EXEC_SETTINGS: readonly ExecSetting[] = [
  'ExecCondition',
  'ExecStartPre',
  'ExecStart',
  'ExecStartPost',
  'ExecReload',
  'ExecReloadPost',
  'ExecStop',
  'ExecStopPost',
]

/** How systemd starts out before it reads a file: service_init(), src/core/service.c (v262). */
export function newService(): ServiceDraft {
  return {
    type: undefined,
    oomPolicy: undefined,
    exitType: 'main',
    exec: {
      ExecCondition: NO_COMMANDS,
      ExecStartPre: NO_COMMANDS,
      ExecStart: NO_COMMANDS,
      ExecStartPost: NO_COMMANDS,
      ExecReload: NO_COMMANDS,
      ExecReloadPost: NO_COMMANDS,
      ExecStop: NO_COMMANDS,
      ExecStopPost: NO_COMMANDS,
    },
    remainAfterExit: false,
    guessMainPid: true,
    restart: 'no',
    restartUsec: DEFAULT_RESTART_USEC,
    restartSteps: 0,
    restartMaxDelayUsec: INFINITY_USEC,
    restartMode: 'normal',
    restartPreventStatus: NO_STATUS,
    restartForceStatus: NO_STATUS,
    successStatus: NO_STATUS,
    timeoutStartUsec: DEFAULT_TIMEOUT_USEC,
    timeoutStopUsec: DEFAULT_TIMEOUT_USEC,
    timeoutStartFailureMode: 'terminate',
    timeoutStopFailureMode: 'terminate',
    runtimeMaxUsec: INFINITY_USEC,
    watchdogUsec: 0,
    notifyAccess: 'none',
    reloadSignal: 'SIGHUP',
    sockets: [],
    fileDescriptorStoreMax: 0,
  }
}

/** DefaultTimeoutStartSec= and its siblings, and DefaultRestartSec=: what systemd is built with. */
export const DEFAULT_TIMEOUT_USEC = 90_000_000
const DEFAULT_RESTART_USEC = 100_000

/** Where a setting's value goes. */
const service =
  <K extends keyof ServiceDraft>(field: K) =>
  (c: LoadContext, value: ServiceDraft[K]): void => {
    c.draft.service![field] = value
  }

const serviceType: KeyParser = (c, value) => {
  const service = c.draft.service!
  const known: readonly ServiceType[] = c.features.serviceNotifyReload
    ? [...SERVICE_TYPES, 'notify-reload']
    : SERVICE_TYPES
  return oneOf(known, 'service type', (_, type) => {
    service.type = type
  })(c, value)
}

const restartMode: KeyParser = (c, value) => {
  const known = c.features.restartModeDebug ? (['normal', 'direct', 'debug'] as const) : (['normal', 'direct'] as const)
  return oneOf(known, 'service restart mode', (_, mode) => {
    c.draft.service!.restartMode = mode
  })(c, value)
}

const exec =
  (setting: ExecSetting): KeyParser =>
  (c, value) =>
    addCommands(c, value, c.draft.service!.exec, setting)

/** Mirrors config_parse_service_timeout(): TimeoutSec= and TimeoutStartSec=. */
const startTimeout: KeyParser = (c, value) => {
  const usec = parseSecFix0(value)
  if (typeof usec !== 'number') return complain(c, 'load-parameter', { key: c.key, value })
  const service = c.draft.service!
  c.draft.startTimeoutDefined = true
  service.timeoutStartUsec = usec
  if (c.key === 'TimeoutSec') service.timeoutStopUsec = usec
}

/** Mirrors config_parse_service_timeout_abort(): an empty assignment gives the choice back to TimeoutStopSec=. */
const abortTimeout: KeyParser = (c, value) => {
  if (value === '') {
    delete c.draft.service!.timeoutAbortUsec
    return
  }
  const usec = parseSec(value)
  if (typeof usec === 'number') c.draft.service!.timeoutAbortUsec = usec
  else complain(c, 'load-setting', { key: c.key, value })
}

type StatusField = 'restartPreventStatus' | 'restartForceStatus' | 'successStatus'

function statusSet(field: StatusField): KeyParser {
  return (c, value) => {
    const service = c.draft.service!
    if (value === '') {
      service[field] = NO_STATUS
      return
    }
    const { set, refused } = addToStatusSet(service[field], value)
    service[field] = set
    for (const word of refused) complain(c, 'load-status', { value: word })
  }
}

/** Mirrors config_parse_pid_file(): a relative one is in the runtime directory. */
const pidFile: KeyParser = (c, value) => {
  if (value === '') {
    delete c.draft.service!.pidFile
    return undefined
  }
  const expanded = unitPathPrintf(c.specifiers, value)
  if (!wasExpanded(c, value, expanded)) return undefined
  const full = expanded.text.startsWith('/') ? expanded.text : `${directoryOf(c, 't')}/${expanded.text}`
  const path = absolutePath(c, full)
  if (path === null) return 'EINVAL'
  const patched = path.startsWith('/var/run/') ? path.slice('/var'.length) : path
  if (patched !== path) complain(c, 'load-var-run', { key: c.key, value: path, patched })
  c.draft.service!.pidFile = patched
  return undefined
}

const BUS_NAME = /^(?=.{1,255}$)[A-Za-z_-][A-Za-z0-9_-]*(?:\.[A-Za-z_-][A-Za-z0-9_-]*)+$/

/** Mirrors config_parse_bus_name(). */
const busName: KeyParser = (c, value) => {
  const expanded = unitFullPrintf(c.specifiers, value)
  if (!wasExpanded(c, value, expanded, 'load-specifiers-bare')) return
  if (BUS_NAME.test(expanded.text)) c.draft.service!.busName = expanded.text
  else complain(c, 'load-bus-name', { value: expanded.text })
}

/** Mirrors config_parse_service_sockets(). */
const sockets: KeyParser = (c, value) => {
  const service = c.draft.service!
  for (const word of splitWords(value)) {
    const expanded = unitNamePrintf(c.specifiers, word)
    if (!wasExpanded(c, word, expanded)) continue
    const name = expanded.text
    if (!name.endsWith('.socket')) {
      complain(c, 'load-not-socket', { value: name })
      continue
    }
    const socket = resolveTemplate(c, name)
    if (socket === null) {
      complain(c, 'load-dependency-add', { other: name, error: ERRNO_TEXT.EINVAL })
      continue
    }
    addTwoDependencies(c, 'Wants', 'After', socket, 'file')
    addDependency(c, 'TriggeredBy', socket, 'file')
    if (!service.sockets.includes(socket)) service.sockets.push(socket)
  }
}

const failureMode = (field: 'timeoutStartFailureMode' | 'timeoutStopFailureMode'): KeyParser =>
  oneOf(FAILURE_MODES, 'timeout failure mode', service(field))

export const SERVICE_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ...EXEC_SETTINGS.map((setting) => [setting, exec(setting)] as const),
  ...START_LIMIT_KEYS,
  ['Type', serviceType],
  ['ExitType', oneOf(['main', 'cgroup'], 'service exit type', service('exitType'))],
  ['PIDFile', pidFile],
  ['BusName', busName],
  ['RemainAfterExit', bool(service('remainAfterExit'))],
  ['GuessMainPID', bool(service('guessMainPid'))],
  ['Restart', oneOf(RESTARTS, 'service restart specifier', service('restart'))],
  ['RestartSec', sec(service('restartUsec'))],
  ['RestartSteps', unsigned(service('restartSteps'))],
  ['RestartMaxDelaySec', sec(service('restartMaxDelayUsec'))],
  ['RestartMode', restartMode],
  ['RestartPreventExitStatus', statusSet('restartPreventStatus')],
  ['RestartForceExitStatus', statusSet('restartForceStatus')],
  ['SuccessExitStatus', statusSet('successStatus')],
  ['TimeoutSec', startTimeout],
  ['TimeoutStartSec', startTimeout],
  ['TimeoutStopSec', secFix0(service('timeoutStopUsec'))],
  ['TimeoutAbortSec', abortTimeout],
  ['TimeoutStartFailureMode', failureMode('timeoutStartFailureMode')],
  ['TimeoutStopFailureMode', failureMode('timeoutStopFailureMode')],
  ['RuntimeMaxSec', sec(service('runtimeMaxUsec'))],
  [
    'RuntimeRandomizedExtraSec',
    sec((c, usec) => {
      c.draft.runtimeRandomizedExtraUsec = usec
    }),
  ],
  ['WatchdogSec', sec(service('watchdogUsec'))],
  ['NotifyAccess', oneOf(['none', 'main', 'exec', 'all'], 'notify access specifier', service('notifyAccess'))],
  ['ReloadSignal', signal(service('reloadSignal'))],
  ['Sockets', sockets],
  ['FileDescriptorStoreMax', unsigned(service('fileDescriptorStoreMax'))],
  ['OOMPolicy', oneOf(['continue', 'stop', 'kill'], 'OOM policy', service('oomPolicy'))],
  [
    'USBFunctionDescriptors',
    (c, value) => {
      c.draft.usbFunctionDescriptors = value !== ''
    },
  ],
  [
    'USBFunctionStrings',
    (c, value) => {
      c.draft.usbFunctionStrings = value !== ''
    },
  ],
  ['SysVStartPriority', removed],
  ['BusPolicy', removed],
  ['RefreshOnReload', accepted],
])
