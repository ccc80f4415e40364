/** Automount points: an access to the folder starts its mount. Mirrors src/core/automount.c (v255). */

import type { ActiveState } from '../systemd/unit.ts'
import type { Timer } from './clock.ts'
import { disarm } from './clock.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { managerAddJob } from './manager-jobs.ts'
import { unitLogFailure, unitLogSuccess, unitStateChanged, unitTrigger } from './unit.ts'
import { testInStart, testStartable, unitStopPending, unitTestTriggerLoaded } from './unit-trigger.ts'
import { type JobMessages, type Outcome, Unit, type UnitVTable } from './unit-vtable.ts'

export type AutomountState = 'dead' | 'waiting' | 'running' | 'failed'
export type AutomountResult = 'success' | 'resources' | 'start-limit-hit' | 'mount-start-limit-hit' | 'unmounted'

class Automount extends Unit {
  state: AutomountState = 'dead'
  result: AutomountResult = 'success'
  /** TimeoutIdleSec=: when the kernel is asked next whether the mount is in use. */
  expire: Timer | null = null
  /** The last access; what the kernel would know. */
  usedUsec = Number.NEGATIVE_INFINITY
}

const ACTIVE_STATE: Readonly<Record<AutomountState, ActiveState>> = {
  dead: 'inactive',
  waiting: 'active',
  running: 'active',
  failed: 'failed',
}

const whereOf = (a: Automount): string => a.config.automount?.where ?? '/'
const isUp = (a: Automount): boolean => a.state === 'waiting' || a.state === 'running'

/** Mirrors automount_set_state(). */
function automountSetState(m: Manager, a: Automount, state: AutomountState): void {
  const old = a.state
  a.state = state
  if (state !== 'running') a.expire = disarm(a.expire)
  if (!isUp(a)) m.files.untrap(whereOf(a))
  unitStateChanged(m, a, old, ACTIVE_STATE[old])
}

/** Mirrors automount_enter_dead(). */
function automountEnterDead(m: Manager, a: Automount, f: AutomountResult): void {
  const limit = f === 'start-limit-hit' || f === 'mount-start-limit-hit'
  if (a.result === 'success' || (limit && m.features.startLimitOverridesResult)) a.result = f
  if (a.result === 'success') unitLogSuccess(m, a)
  else unitLogFailure(m, a, a.result)
  automountSetState(m, a, a.result === 'success' ? 'dead' : 'failed')
}

/** Mirrors automount_trigger_notify(). Who waits for the folder is not shown. */
function automountTriggerNotify(m: Manager, a: Automount, other: Unit): void {
  if (m.reloading || !isUp(a)) return
  if (other.startLimitHit) {
    automountEnterDead(m, a, 'mount-start-limit-hit')
    return
  }
  if (other.job) return
  switch (other.vtable.subState(other)) {
    case 'mounted':
    case 'remounting':
      automountStartExpire(m, a)
      automountSetState(m, a, 'running')
      break
    case 'dead':
    case 'unmounting':
    case 'remounting-sigterm':
    case 'remounting-sigkill':
    case 'unmounting-sigterm':
    case 'unmounting-sigkill':
    case 'failed':
      automountSetState(m, a, 'waiting')
      break
  }
}

/** Mirrors automount_start_expire(). */
function automountStartExpire(m: Manager, a: Automount): void {
  const { timeoutIdleUsec = 0 } = a.config.automount ?? {}
  if (timeoutIdleUsec === 0 || !Number.isFinite(timeoutIdleUsec)) return
  disarm(a.expire)
  const everyUsec = Math.max(timeoutIdleUsec / 3, 1_000_000)
  a.expire = m.clock.armTimer(m.clock.now + everyUsec, () => automountDispatchExpire(m, a, timeoutIdleUsec))
}

/**
 * Mirrors automount_dispatch_expire(), the kernel's answer included. Differs: whoever uses the folder is done at
 * once.
 */
function automountDispatchExpire(m: Manager, a: Automount, timeoutIdleUsec: number): void {
  a.expire = null
  automountStartExpire(m, a)
  const trigger = unitTrigger(a)
  if (trigger?.vtable.activeState(trigger) !== 'active') return
  if (m.clock.now - Math.max(a.usedUsec, trigger.activeEnterUsec) < timeoutIdleUsec) return
  a.expire = disarm(a.expire)
  const added = managerAddJob(m, 'stop', trigger, 'replace')
  if (!('error' in added)) return
  logUnit(m, a, 'automount-queue-unmount-failed', { error: added.error.message })
  automountEnterDead(m, a, 'resources')
}

/** Mirrors automount_dispatch_io() for a request to mount. */
function automountDispatchIo(m: Manager, a: Automount): void {
  a.usedUsec = m.clock.now
  if (m.files.isMountPoint(whereOf(a))) return
  m.pending.push(() => {
    if (!isUp(a)) return
    const args = { where: whereOf(a), pid: 1, command: 'sh' }
    logUnit(m, a, 'automount-request', args)
    automountEnterRunning(m, a)
  })
}

/** Mirrors automount_enter_running(). */
function automountEnterRunning(m: Manager, a: Automount): void {
  if (a.loadState !== 'loaded') {
    logUnit(m, a, 'automount-not-loaded')
    automountEnterDead(m, a, 'resources')
    return
  }
  if (unitStopPending(a)) return
  if (m.files.isMountPoint(whereOf(a))) {
    logUnit(m, a, 'automount-already-active')
    return
  }
  const trigger = unitTrigger(a)
  if (!trigger) {
    logUnit(m, a, 'trigger-vanished')
    automountEnterDead(m, a, 'resources')
    return
  }
  const added = managerAddJob(m, 'start', trigger, 'replace')
  if ('error' in added) {
    logUnit(m, a, 'automount-queue-mount-failed', { error: added.error.message })
    automountEnterDead(m, a, 'resources')
    return
  }
  automountSetState(m, a, 'running')
}

const tests = (m: Manager, a: Automount) =>
  [m, a, () => unitTestTriggerLoaded(m, a), () => automountEnterDead(m, a, 'start-limit-hit')] as const

/** Mirrors automount_start() and automount_enter_waiting(). */
function automountStart(m: Manager, a: Automount): Outcome {
  const where = whereOf(a)
  if (m.files.isMountPoint(where)) {
    logUnit(m, a, 'automount-is-mount-point', { where })
    return 'EEXIST'
  }
  const outcome = testInStart(...tests(m, a))
  if (outcome !== 'ok') return outcome
  a.result = 'success'
  m.files.mkdirParents(where)
  if (!m.files.isEmptyDirectory(where)) logUnit(m, a, 'mount-overmounting', { where })
  m.files.trap(where, () => automountDispatchIo(m, a))
  automountSetState(m, a, 'waiting')
  return 'begun'
}

/** Mirrors automount_stop(). */
function automountStop(m: Manager, u: Automount): Outcome {
  automountEnterDead(m, u, 'success')
  return 'begun'
}

/** Mirrors automount_coldplug(): a failure is not restored. */
function automountColdplug(m: Manager, a: Automount): void {
  const { state } = a
  a.state = 'dead'
  if (state === 'running') automountStartExpire(m, a)
  if (state === 'waiting' || state === 'running') automountSetState(m, a, state)
}

/** Mirrors automount_reset_failed(). */
function automountResetFailed(m: Manager, a: Automount): void {
  if (a.state === 'failed') automountSetState(m, a, 'dead')
  a.result = 'success'
}

const JOB_MESSAGES: JobMessages = {
  'start done': 'job-started-automount',
  'start failed': 'job-start-failed-automount',
  'stop done': 'job-stopped-automount',
  'stop failed': 'job-stop-failed-automount',
}

export const automountVTable: UnitVTable<Automount> = {
  type: 'automount',
  object: Automount,
  activeState: (u) => ACTIVE_STATE[u.state],
  subState: (u) => u.state,
  start: automountStart,
  stop: automountStop,
  testStartable: (m, u) => testStartable(...tests(m, u)),
  triggerNotify: automountTriggerNotify,
  resetFailed: automountResetFailed,
  coldplug: automountColdplug,
  result: (u) => u.result,
  canTrigger: true,
  jobMessages: () => JOB_MESSAGES,
  mayGc: (u) => {
    const trigger = unitTrigger(u)
    return trigger?.vtable.mayGc?.(trigger) ?? true
  },
  done: (_, u) => {
    u.expire = disarm(u.expire)
  },
}
