/** Commands of a service become processes. Mirrors service_spawn_internal(), src/core/service.c (v255). */

import type { ExecCommand, ServiceSection, SocketListener } from '../systemd/unit-config.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { DaemonKind, Process } from './process.ts'
import { processSpawn } from './process.ts'
import { isMissing, NO_FILE } from './process-exec.ts'
import { type RunningCommand, type Service, serviceVTable } from './service.ts'
import { serviceBusNameOwnerChange, serviceDispatchExecIo } from './service-events.ts'
import { serviceNotifyMessage } from './service-notify.ts'
import { section, serviceArmTimer } from './service-state.ts'
import { socketVTable } from './socket.ts'
import { deps } from './unit-dependency.ts'
import { isOf } from './unit-vtable.ts'

/** The command that runs now, in the settings of now; undefined if it is gone from them. */
export function commandOf(s: Service, running: RunningCommand | null): ExecCommand | undefined {
  return running === null ? undefined : section(s).exec[running.setting][running.index]
}

/** Mirrors command_next: what comes after it in its list. */
export function commandAfter(s: Service, running: RunningCommand | null): RunningCommand | null {
  if (running === null) return null
  const next = { setting: running.setting, index: running.index + 1 }
  return commandOf(s, next) ? next : null
}

/** Mirrors service_spawn(): null if that fails. Differs: only for want of a file of variables, as fork() never fails. */
export function serviceSpawn(m: Manager, s: Service, running: RunningCommand, timeoutUsec: number): Process | null {
  const config = section(s)
  const command = commandOf(s, running)
  if (!command) throw new Error(`${s.id} has no ${running.setting}[${running.index}]`)
  serviceArmTimer(m, s, timeoutUsec)
  s.commandsOf = config
  if (s.config.environmentFiles?.some((path) => isMissing(m, path))) {
    logUnit(m, s, 'exec-environment-missing', { error: NO_FILE })
    return null
  }
  const isControl = running.setting !== 'ExecStart'
  const access = notifyAccess(s)
  const heard = isControl ? access === 'exec' || access === 'all' : access !== 'none'
  return processSpawn(m, {
    unit: s,
    role: isControl || config.type === 'forking' ? 'control' : 'main',
    setting: running.setting,
    index: running.index,
    command,
    environment: environment(m, s, running),
    ...(isControl ? {} : { listeners: serviceCollectFds(s) }),
    idle: config.type === 'idle',
    daemon: daemonKind(config, isControl),
    ...(config.pidFile === undefined ? {} : { pidFile: config.pidFile }),
    onExec: (process) => void m.pending.push(() => serviceDispatchExecIo(m, s, process)),
    ...(heard ? { onNotify: (sender, tags) => serviceNotifyMessage(m, s, sender, tags) } : {}),
    onBusName: (owned) => void m.pending.push(() => serviceBusNameOwnerChange(m, s, owned)),
  })
}

/** Mirrors service_collect_fds(): what the sockets that trigger it have open. */
const serviceCollectFds = (s: Service): readonly SocketListener[] =>
  deps(s, 'TriggeredBy').flatMap((other) =>
    isOf(other, socketVTable) ? other.ports.filter(({ open }) => open).map(({ listener }) => listener) : [],
  )

/** What is logged where a command cannot be spawned. */
export function serviceSpawnFailed(m: Manager, s: Service, task: string): void {
  logUnit(m, s, 'service-spawn-failed', { task, error: NO_FILE })
}

/** Mirrors service_get_notify_access(), and what service_add_extras() makes of it if nothing is set. */
export function notifyAccess(s: Service): ServiceSection['notifyAccess'] {
  const { type, notifyAccess: set, watchdogUsec, fileDescriptorStoreMax } = section(s)
  if (s.notifyAccessOverride) return s.notifyAccessOverride
  if (set !== 'none') return set
  const needed = type === 'notify' || type === 'notify-reload' || watchdogUsec > 0 || fileDescriptorStoreMax > 0
  return needed ? 'main' : 'none'
}

function daemonKind({ type }: ServiceSection, isControl: boolean): DaemonKind {
  if (isControl) return 'helper'
  return type === 'forking' || type === 'notify' || type === 'notify-reload' || type === 'dbus' ? type : 'plain'
}

function environment(m: Manager, s: Service, { setting }: RunningCommand): Readonly<Record<string, string>> {
  const variables: Record<string, string> = { ...(m.features.tellsTriggeredService ? s.activationDetails : null) }
  if (s.main) variables.MAINPID = String(s.main.pid)
  const { pidFile } = section(s)
  if (pidFile !== undefined) variables.PIDFILE = pidFile
  if (setting === 'ExecStop' || setting === 'ExecStopPost') return { ...variables, ...resultVariables(s, '') }
  const trigger = setting === 'ExecStart' || BEFORE_START.includes(setting) ? serviceGetTriggeringService(m, s) : null
  if (trigger === null) return variables
  return { ...variables, ...resultVariables(trigger, 'MONITOR_'), MONITOR_UNIT: trigger.id }
}

const BEFORE_START: readonly string[] = ['ExecCondition', 'ExecStartPre']

/** Mirrors EXEC_SETENV_RESULT and EXEC_SETENV_MONITOR_RESULT: how a service ended. */
function resultVariables(s: Service, prefix: string): Readonly<Record<string, string>> {
  const variables: Record<string, string> = { [`${prefix}SERVICE_RESULT`]: s.result }
  if (s.mainExit) {
    variables[`${prefix}EXIT_CODE`] = s.mainExit.code
    variables[`${prefix}EXIT_STATUS`] = s.mainExit.signal?.replace(/^SIG/, '') ?? String(s.mainExit.status)
  }
  return variables
}

/** Mirrors service_get_triggering_service(): whose OnFailure= or OnSuccess= this is; null if not of exactly one. */
function serviceGetTriggeringService(m: Manager, s: Service): Service | null {
  if (!m.features.tellsHandlerOfResult) return null
  const all = [...deps(s, 'OnFailureOf'), ...deps(s, 'OnSuccessOf')]
  const [trigger, ...more] = m.features.countsTriggeringServicesOnce ? new Set(all) : all
  return isOf(trigger, serviceVTable) && more.length === 0 ? trigger : null
}
