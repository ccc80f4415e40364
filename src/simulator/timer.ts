/** Timers: waiting for a moment, then starting a unit. Mirrors src/core/timer.c (v255). */

import { newTimer } from '../systemd/load-fragment-timer.ts'
import type { ActiveState } from '../systemd/unit.ts'
import { isInactiveOrFailed } from '../systemd/unit.ts'
import type { TimerSection } from '../systemd/unit-config.ts'
import type { Timer } from './clock.ts'
import { disarm } from './clock.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { managerAddJob } from './manager-jobs.ts'
import { bootUsec, realtimeOf, type TimerSpec, timerNextElapse, timerSpecs } from './timer-elapse.ts'
import { unitActiveState, unitLogFailure, unitLogSuccess, unitStateChanged, unitTrigger } from './unit.ts'
import {
  jobSetActivationDetails,
  testInStart,
  testStartable,
  unitStopPending,
  unitTestTriggerLoaded,
} from './unit-trigger.ts'
import { type Outcome, Unit, type UnitVTable } from './unit-vtable.ts'

export type TimerState = 'dead' | 'waiting' | 'running' | 'elapsed' | 'failed'
export type TimerResult = 'success' | 'resources' | 'start-limit-hit'

export class TimerUnit extends Unit {
  state: TimerState = 'dead'
  result: TimerResult = 'success'
  specs: TimerSpec[] = []
  /** When the unit was started last; by the wall clock too, since a stamp file may have kept it over a boot. */
  lastTriggerUsec: number | null = null
  lastTriggerRealtimeUsec: number | null = null
  monotonic: Timer | null = null
  realtime: Timer | null = null
}

const ACTIVE_STATE: Readonly<Record<TimerState, ActiveState>> = {
  dead: 'inactive',
  waiting: 'active',
  running: 'active',
  elapsed: 'active',
  failed: 'failed',
}

/** The settings; the defaults if the file of a live timer is gone after a daemon-reload. */
const DEFAULTS: TimerSection = newTimer()
const sectionOf = (t: TimerUnit): TimerSection => t.config.timer ?? DEFAULTS

/** Mirrors timer_set_state(). */
function timerSetState(m: Manager, t: TimerUnit, state: TimerState): void {
  const old = t.state
  t.state = state
  if (state !== 'waiting') {
    t.monotonic = disarm(t.monotonic)
    t.realtime = disarm(t.realtime)
  }
  unitStateChanged(m, t, old, ACTIVE_STATE[old])
}

/** Mirrors timer_enter_dead(). */
function timerEnterDead(m: Manager, t: TimerUnit, f: TimerResult): void {
  if (t.result === 'success' || (f === 'start-limit-hit' && m.features.startLimitOverridesResult)) t.result = f
  if (t.result === 'success') unitLogSuccess(m, t)
  else unitLogFailure(m, t, t.result)
  timerSetState(m, t, t.result === 'success' ? 'dead' : 'failed')
}

/** Mirrors timer_enter_elapsed(). */
function timerEnterElapsed(m: Manager, t: TimerUnit, leaveAround: boolean): void {
  if (sectionOf(t).remainAfterElapse || leaveAround) timerSetState(m, t, 'elapsed')
  else timerEnterDead(m, t, 'success')
}

/** Mirrors timer_enter_waiting(). Differs: RandomizedDelaySec= adds nothing. */
function timerEnterWaiting(m: Manager, t: TimerUnit, wasActive: boolean): void {
  const trigger = unitTrigger(t)
  if (!trigger) {
    logUnit(m, t, 'trigger-vanished')
    timerEnterDead(m, t, 'resources')
    return
  }
  const { onClockChange, onTimezoneChange, accuracyUsec } = sectionOf(t)
  const next = timerNextElapse(m, t, trigger, wasActive)
  if (next.monotonicUsec === null && next.realtimeUsec === null && !onClockChange && !onTimezoneChange) {
    timerEnterElapsed(m, t, next.leaveAround)
    return
  }
  const dispatch = () => timerDispatch(m, t)
  disarm(t.monotonic)
  disarm(t.realtime)
  t.monotonic = next.monotonicUsec === null ? null : m.clock.armTimer(next.monotonicUsec, dispatch, accuracyUsec)
  t.realtime = next.realtimeUsec === null ? null : m.clock.armTimer(next.realtimeUsec, dispatch, accuracyUsec)
  timerSetState(m, t, 'waiting')
}

/** Mirrors timer_dispatch(). */
function timerDispatch(m: Manager, t: TimerUnit): void {
  if (t.state === 'waiting') timerEnterRunning(m, t)
}

/** Mirrors timer_enter_running(). */
function timerEnterRunning(m: Manager, t: TimerUnit): void {
  if (unitStopPending(t)) return
  const trigger = unitTrigger(t)
  if (!trigger) {
    logUnit(m, t, 'trigger-vanished')
    timerEnterDead(m, t, 'resources')
    return
  }
  const added = managerAddJob(m, 'start', trigger, 'replace')
  if ('error' in added) {
    logUnit(m, t, 'trigger-queue-failed', { error: added.error.message })
    timerEnterDead(m, t, 'resources')
    return
  }
  t.lastTriggerUsec = m.clock.now
  t.lastTriggerRealtimeUsec = realtimeOf(m.clock.now)
  jobSetActivationDetails(added.job, t, {
    TRIGGER_TIMER_REALTIME_USEC: String(t.lastTriggerRealtimeUsec),
    TRIGGER_TIMER_MONOTONIC_USEC: String(m.clock.now - bootUsec(m)),
  })
  if (sectionOf(t).persistent) m.files.stamp(stampPath(m, t), t.lastTriggerRealtimeUsec)
  timerSetState(m, t, 'running')
}

/** Mirrors timer_setup_persistent(). */
function stampPath(m: Manager, t: TimerUnit): string {
  return `${m.kind === 'system' ? '/var/lib' : '/root/.local/share'}/systemd/timers/stamp-${t.id}`
}

const tests = (m: Manager, t: TimerUnit) =>
  [m, t, () => unitTestTriggerLoaded(m, t), () => timerEnterDead(m, t, 'start-limit-hit')] as const

/** Mirrors timer_start(). */
function timerStart(m: Manager, t: TimerUnit): Outcome {
  const outcome = testInStart(...tests(m, t))
  if (outcome !== 'ok') return outcome
  if (!m.features.timerKeepsLastTrigger) {
    t.lastTriggerUsec = null
    t.lastTriggerRealtimeUsec = null
  }
  for (const spec of t.specs) if (spec.value.base === 'OnActiveSec') spec.disabled = false
  if (sectionOf(t).persistent) readStamp(m, t)
  t.result = 'success'
  timerEnterWaiting(m, t, false)
  return 'begun'
}

/** A timer that never ran gets a stamp file without a say in when it elapses. */
function readStamp(m: Manager, t: TimerUnit): void {
  const stamped = m.files.stampOf(stampPath(m, t))
  const now = realtimeOf(m.clock.now)
  if (stamped === undefined) m.files.stamp(stampPath(m, t), now)
  else if (stamped < now) t.lastTriggerRealtimeUsec = stamped
}

/** Mirrors timer_stop(). */
function timerStop(m: Manager, u: TimerUnit): Outcome {
  timerEnterDead(m, u, 'success')
  return 'begun'
}

/** Mirrors timer_trigger_notify(). */
function timerTriggerNotify(m: Manager, t: TimerUnit, other: Unit): void {
  if (m.reloading) return
  if (m.features.triggerNotifyLoadedOnly && other.loadState !== 'loaded') return
  for (const spec of t.specs) {
    if (spec.value.base === 'OnUnitActiveSec' || spec.value.base === 'OnUnitInactiveSec') spec.disabled = false
  }
  switch (t.state) {
    case 'waiting':
    case 'elapsed':
      timerEnterWaiting(m, t, true)
      break
    case 'running':
      if (isInactiveOrFailed(unitActiveState(other))) timerEnterWaiting(m, t, true)
      break
    case 'dead':
    case 'failed':
      break
  }
}

/** Mirrors timer_coldplug(): comes from dead, and a timer that waits computes anew, as if just started. */
function timerColdplug(m: Manager, t: TimerUnit): void {
  const { state } = t
  t.state = 'dead'
  if (state === 'waiting') timerEnterWaiting(m, t, false)
  else if (state !== 'dead') timerSetState(m, t, state)
}

/** Mirrors timer_reset_failed(). */
function timerResetFailed(m: Manager, t: TimerUnit): void {
  if (t.state === 'failed') timerSetState(m, t, 'dead')
  t.result = 'success'
}

export const timerVTable: UnitVTable<TimerUnit> = {
  type: 'timer',
  object: TimerUnit,
  load: (_, u) => {
    u.specs = timerSpecs(sectionOf(u))
  },
  activeState: (u) => ACTIVE_STATE[u.state],
  subState: (u) => u.state,
  start: timerStart,
  stop: timerStop,
  testStartable: (m, u) => testStartable(...tests(m, u)),
  triggerNotify: timerTriggerNotify,
  resetFailed: timerResetFailed,
  coldplug: timerColdplug,
  result: (u) => u.result,
  canTrigger: true,
  done: (_, u) => {
    u.monotonic = disarm(u.monotonic)
    u.realtime = disarm(u.realtime)
  },
}
