/** Signals to a unit's processes: those that systemd sends to stop a unit, and those that users ask for. */

import { parseSignal } from '../systemd/signal.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Process } from './process.ts'
import { processKill } from './process.ts'
import type { Unit } from './unit-vtable.ts'

/** KillOperation, src/core/unit.h. */
export type KillOperation = 'terminate' | 'terminate-and-log' | 'restart' | 'kill' | 'watchdog'

/**
 * Mirrors unit_kill_context(), src/core/unit.c (v255): true if something was killed that is worth waiting for.
 * A main process that is not the manager's child is not, since nobody would hear of its end.
 */
export function unitKillContext(m: Manager, u: Unit, operation: KillOperation, mainIsAlien = false): boolean {
  const { kill } = u.config
  if (kill.killMode === 'none') return false
  const signal = operationToSignal(u, operation)
  const noteworthy =
    operation === 'kill' ||
    operation === 'watchdog' ||
    (operation === 'terminate-and-log' && m.features.killLogsTermination)
  const hangup = kill.sendSighup && operation.startsWith('terminate') && signal !== 'SIGHUP'
  const main = u.vtable.mainProcess?.(u) ?? null
  const control = u.vtable.controlProcess?.(u) ?? null
  let waits = false
  for (const p of [main, control]) {
    if (p === null) continue
    if (noteworthy) logKill(m, u, p, signal)
    if (p !== main || !mainIsAlien) waits = true
    tell(m, p, signal, hangup)
  }
  const everyone = kill.killMode === 'control-group' || (kill.killMode === 'mixed' && operation === 'kill')
  for (const p of everyone ? [...u.processes] : []) {
    if (p === main || p === control) continue
    if (noteworthy) logKill(m, u, p, signal)
    // Until v249 the answer was that of a second pass for threads, and that found nobody new.
    waits ||= signal !== 'SIGKILL' || m.features.waitsForKilledGroup
    tell(m, p, signal, hangup)
  }
  return waits
}

/** One that has been stopped is to go on, so that it hears of it. */
function tell(m: Manager, p: Process, signal: string, hangup: boolean): void {
  if (!processKill(m, p, signal)) return
  if (signal !== 'SIGKILL') processKill(m, p, 'SIGCONT')
  if (hangup) processKill(m, p, 'SIGHUP')
}

/** Mirrors operation_to_signal(). */
function operationToSignal(u: Unit, operation: KillOperation): string {
  const { killSignal, restartKillSignal, finalKillSignal, watchdogSignal } = u.config.kill
  switch (operation) {
    case 'terminate':
    case 'terminate-and-log':
      return killSignal
    case 'restart':
      return restartKillSignal ?? killSignal
    case 'kill':
      return finalKillSignal
    case 'watchdog':
      return watchdogSignal
  }
}

/** Mirrors log_kill(): the manager's own helpers are passed over in silence. */
function logKill(m: Manager, u: Unit, p: Process, signal: string): void {
  if (p.commandName.startsWith('(')) return
  logUnit(m, u, 'unit-killing', { pid: p.pid, command: p.commandName, signal })
}

const WHOM = /^(?:main|control|all|cgroup)(?:-fail)?$/

/** Of bus_unit_method_kill(), src/core/dbus-unit.c. */
const invalidWhom = ({ features }: Manager, whom: string): string =>
  features.killSaysWhom
    ? `Invalid whom argument: ${whom}`
    : `Invalid who argument${features.killSetsArgumentOff ? ':' : ''} ${whom}`

/**
 * Mirrors unit_kill(), src/core/unit.c (v257; unit_kill_common() before): what `systemctl kill` asks for. `whom` is
 * main, control, all, or one of them with -fail; since v258 cgroup as well. Null, or what the client is told.
 */
export function unitKill(m: Manager, u: Unit, whom: string, wanted: string): string | null {
  if (!WHOM.test(whom) || (whom.startsWith('cgroup') && !m.features.killsSubgroups)) return invalidWhom(m, whom)
  const signal = parseSignal(wanted) ?? wanted
  const { mainProcess, controlProcess } = u.vtable
  if (!mainProcess && !controlProcess && !KILLABLE.includes(u.type))
    return m.features.killNamesUnsupported ? 'Unit type does not support process killing.' : 'Operation not supported'
  const main = mainProcess?.(u) ?? null
  const control = controlProcess?.(u) ?? null
  const [kind] = whom.split('-')
  if (kind === 'main' && !mainProcess) return `${u.type} units have no main processes`
  if (kind === 'main' && !main) return 'No main process to kill'
  if (kind === 'control' && !controlProcess) return `${u.type} units have no control processes`
  if (kind === 'control' && !control) return 'No control process to kill'
  let killed = false
  if (kind !== 'main' && kind !== 'cgroup') killed = unitKillOne(m, u, control, 'control', signal) || killed
  if (kind !== 'control' && kind !== 'cgroup') killed = unitKillOne(m, u, main, 'main', signal) || killed
  if (kind === 'all' || kind === 'cgroup') killed = cgKillRecursive(m, u, kind, signal) || killed
  return killed || !whom.endsWith('-fail') ? null : 'No matching processes to kill'
}

/** Types with a control group of their own. */
const KILLABLE: readonly string[] = ['service', 'socket', 'mount', 'swap', 'scope', 'slice']

/** Mirrors unit_kill_one(). */
function unitKillOne(m: Manager, u: Unit, p: Process | null, kind: string, signal: string): boolean {
  if (p === null || !processKill(m, p, signal)) return false
  if (m.features.logsKillRequests) {
    logUnit(m, u, 'unit-sent-signal', { signal, kind, pid: p.pid, command: p.commandName })
  }
  return true
}

/**
 * Mirrors cg_kill_recursive() with kill_common_log(), a slice with all that is in it; since v257 the kernel kills a
 * whole group by itself, and (6.14 and later) whatever systemd puts into the group afterwards, as long as it exists.
 */
function cgKillRecursive(m: Manager, u: Unit, kind: 'all' | 'cgroup', signal: string): boolean {
  if (!hasGroup(u)) return false
  const inKernel = signal === 'SIGKILL' && m.features.killsGroupInKernel
  const told = [u.vtable.mainProcess?.(u), u.vtable.controlProcess?.(u)]
  for (const member of groupMembers(m, u)) {
    if (inKernel && member.type === 'service' && hasGroup(member)) m.processes.killedGroups.add(member)
    for (const p of [...member.processes]) {
      if (kind === 'all' && !inKernel && told.includes(p)) continue
      if (!processKill(m, p, signal) || inKernel || !m.features.logsKillRequests) continue
      logUnit(m, u, 'unit-sending-signal', { signal, pid: p.pid, command: p.commandName })
    }
  }
  if (inKernel) logUnit(m, u, 'unit-killed-group', { group: `/${u.slice?.id ?? 'system.slice'}/${u.id}` })
  return true
}

/** Those whose control groups are below, itself first. */
function groupMembers(m: Manager, u: Unit): Unit[] {
  if (u.type !== 'slice') return [u]
  const below = (unit: Unit | null): boolean => unit !== null && (unit === u || below(unit.slice))
  return [...m.units.values()]
    .filter((unit) => unit !== u && below(unit.slice))
    .concat(u)
    .reverse()
}

/** Without processes a control group is removed in these states, all that are down among them. */
const GROUPLESS: readonly string[] = ['exited', 'auto-restart', 'auto-restart-queued']

function hasGroup(u: Unit): boolean {
  if (u.processes.length > 0) return true
  return !['inactive', 'failed'].includes(u.vtable.activeState(u)) && !GROUPLESS.includes(u.vtable.subState(u))
}

/** Mirrors unit_prune_cgroup(): nothing is remembered of a group that is removed. */
export function unitPruneCgroup(m: Manager, u: Unit): void {
  if (!hasGroup(u)) m.processes.killedGroups.delete(u)
}
