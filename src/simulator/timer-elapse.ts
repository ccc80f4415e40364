/** When a timer elapses next. Mirrors timer_enter_waiting(), src/core/timer.c (v255; v262 for the calendar's base). */

import { type CalendarSpec, calendarSpecFromString } from '../systemd/calendar.ts'
import { calendarSpecNextUsec } from '../systemd/calendar-next.ts'
import { isInactiveOrFailed } from '../systemd/unit.ts'
import type { TimerSection, TimerValue } from '../systemd/unit-config.ts'
import type { Manager } from './manager.ts'
import type { TimerUnit } from './timer.ts'
import { unitActiveState } from './unit.ts'
import type { Unit } from './unit-vtable.ts'

/** One On…= line of a timer. */
export interface TimerSpec {
  readonly value: TimerValue
  readonly calendar: CalendarSpec | null
  /** A moment since boot or activation that has been, and will not come again. */
  disabled: boolean
  /** What was computed last; monotonic only. */
  nextUsec: number | null
}

/** A story's zero by the wall clock: Monday, 2024-01-01 12:00:00 UTC. Nobody sets the clock. */
const REALTIME_OF_ZERO_USEC = 1_704_110_400_000_000

/**
 * Machine and manager are taken to come up just before the story's zero; a user's manager on a machine that is long up,
 * but for releases that take the recordings' own small world for a container.
 */
const MANAGER_START_USEC = -500_000
const LONG_AGO_USEC = -86_400_000_000

/** When the machine came up. */
export const bootUsec = (m: Manager): number =>
  m.kind === 'system' || m.features.knowsForeignContainers ? MANAGER_START_USEC : LONG_AGO_USEC

export const realtimeOf = (usec: number): number => usec + REALTIME_OF_ZERO_USEC

/** None has a next time yet. */
export function timerSpecs(section: TimerSection): TimerSpec[] {
  return section.values.map((value) => ({
    value,
    calendar: value.calendar === undefined ? null : calendarSpecFromString(value.calendar),
    disabled: false,
    nextUsec: null,
  }))
}

export interface NextElapse {
  readonly monotonicUsec: number | null
  /** By the manager's clock, as the other. */
  readonly realtimeUsec: number | null
  /** Some value depends on the unit, so the timer may have something to do later. */
  readonly leaveAround: boolean
}

/**
 * `wasActive`: the timer was up already, so OnActiveSec= counts from when it came up. Differs: what elapses at this
 * very moment has elapsed, as here no time passes between the two.
 */
export function timerNextElapse(m: Manager, t: TimerUnit, trigger: Unit, wasActive: boolean): NextElapse {
  const monotonic: number[] = []
  const realtime: number[] = []
  for (const spec of t.specs) {
    if (spec.disabled) continue
    if (spec.value.base === 'OnCalendar') {
      const next = nextCalendarElapse(m, t, trigger, wasActive, spec)
      if (next !== null) realtime.push(next - REALTIME_OF_ZERO_USEC)
      continue
    }
    const base = baseOf(m, t, trigger, wasActive, spec.value.base)
    if (base === null) continue
    const known = m.features.timerKeepsElapse && isOnce(spec.value) && (t.lastTriggerUsec ?? base) > base
    const next = (known ? spec.nextUsec : null) ?? base + spec.value.usec
    spec.nextUsec = next
    if (isOnce(spec.value) && hasTriggered(t) && next <= m.clock.now) spec.disabled = true
    else monotonic.push(next)
  }
  return {
    monotonicUsec: monotonic.length === 0 ? null : Math.min(...monotonic),
    realtimeUsec: realtime.length === 0 ? null : Math.min(...realtime),
    leaveAround: t.specs.some(({ value, disabled }) => !disabled && isUnitRelative(value)),
  }
}

const hasTriggered = (t: TimerUnit): boolean => t.lastTriggerUsec !== null || t.lastTriggerRealtimeUsec !== null
const isOnce = ({ base }: TimerValue): boolean =>
  base === 'OnActiveSec' || base === 'OnBootSec' || base === 'OnStartupSec'
const isUnitRelative = ({ base }: TimerValue): boolean => base === 'OnUnitActiveSec' || base === 'OnUnitInactiveSec'

/** Null where the unit has not done yet what the value counts from. */
function baseOf(
  m: Manager,
  t: TimerUnit,
  trigger: Unit,
  wasActive: boolean,
  base: Exclude<TimerValue['base'], 'OnCalendar'>,
): number | null {
  const isUp = !isInactiveOrFailed(unitActiveState(trigger))
  switch (base) {
    case 'OnActiveSec':
      return wasActive ? t.inactiveExitUsec : m.clock.now
    case 'OnBootSec':
      return bootUsec(m)
    case 'OnStartupSec':
      return MANAGER_START_USEC
    case 'OnUnitActiveSec':
      return latest(timestamp(trigger.inactiveExitUsec, isUp), t.lastTriggerUsec)
    case 'OnUnitInactiveSec':
      return latest(timestamp(trigger.inactiveEnterUsec, false), t.lastTriggerUsec)
  }
}

/** A unit's timestamp is 0 if nothing has happened, or if it has at the story's zero: `known` tells the latter. */
function timestamp(usec: number, known: boolean): number | null {
  return usec === 0 && !known ? null : usec
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}

/** By the wall clock. */
function nextCalendarElapse(
  m: Manager,
  t: TimerUnit,
  trigger: Unit,
  wasActive: boolean,
  spec: TimerSpec,
): number | null {
  if (spec.calendar === null) return null
  const now = realtimeOf(m.clock.now)
  const deactivated = timestamp(trigger.inactiveEnterUsec, false)
  const ownStart = timestamp(t.inactiveExitUsec, wasActive)
  let base = now
  let stale = true
  if (t.config.timer?.deferReactivation && deactivated !== null) {
    base = Math.max(realtimeOf(deactivated), t.lastTriggerRealtimeUsec ?? 0)
    stale = false
  } else if (t.lastTriggerRealtimeUsec !== null) {
    base = t.lastTriggerRealtimeUsec
    stale = t.lastTriggerUsec === null || t.lastTriggerUsec < MANAGER_START_USEC
  } else if (ownStart !== null && (wasActive || m.features.timerCalendarFromLastStart)) {
    base = realtimeOf(ownStart)
    stale = false
  }
  const next = calendarSpecNextUsec(spec.calendar, base)
  const clamps = m.features.timerCalendarClampedIfStale ? stale : m.features.timerCalendarClamped
  if (next === null || !clamps) return next
  return Math.max(next, realtimeOf(MANAGER_START_USEC))
}
