/** The watchdog, the name's grace, and time that a service asks for. Mirrors src/core/service.c (v255, v262). */

import { formatTimespan } from '../systemd/format-timespan.ts'
import { disarm } from './clock.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Service } from './service.ts'
import { serviceEnterExitedOrStop } from './service-start.ts'
import { section, serviceArmTimerAt } from './service-state.ts'
import { serviceEnterSignal } from './service-stop.ts'

/** SERVICE_BUS_NAME_GRACE_USEC. */
const BUS_NAME_GRACE_USEC = 2_000_000

const watchdogUsec = (s: Service): number => s.watchdogOverrideUsec ?? section(s).watchdogUsec

/** Mirrors service_reset_watchdog(): a sign of life. */
export function serviceResetWatchdog(m: Manager, s: Service): void {
  s.watchdogBeginUsec = m.clock.now
  serviceStartWatchdog(m, s)
}

/** Mirrors service_start_watchdog(). */
export function serviceStartWatchdog(m: Manager, s: Service): void {
  serviceStopWatchdog(s)
  const usec = watchdogUsec(s)
  if (usec <= 0 || !Number.isFinite(usec)) return
  armWatchdogAt(m, s, s.watchdogBeginUsec + usec)
}

function armWatchdogAt(m: Manager, s: Service, atUsec: number): void {
  disarm(s.watchdogTimer)
  s.watchdogAtUsec = atUsec
  s.watchdogTimer = m.clock.armTimer(atUsec, () => serviceDispatchWatchdog(m, s))
}

/** Mirrors service_stop_watchdog(). */
export function serviceStopWatchdog(s: Service): void {
  s.watchdogTimer = disarm(s.watchdogTimer)
}

/** Mirrors service_dispatch_watchdog(). */
function serviceDispatchWatchdog(m: Manager, s: Service): void {
  s.watchdogTimer = null
  logUnit(m, s, 'service-watchdog-timeout', { limit: formatTimespan(watchdogUsec(s), 1) })
  serviceEnterSignal(m, s, 'stop-watchdog', 'watchdog')
}

/** Mirrors service_force_watchdog(). */
export function serviceForceWatchdog(m: Manager, s: Service): void {
  logUnit(m, s, 'service-watchdog-request', { status: s.statusText ?? '<unset>' })
  serviceEnterSignal(m, s, 'stop-watchdog', 'watchdog')
}

/** Mirrors service_override_watchdog_timeout(). */
export function serviceOverrideWatchdogTimeout(m: Manager, s: Service, usec: number): void {
  s.watchdogOverrideUsec = usec
  serviceResetWatchdog(m, s)
}

/** Mirrors service_extend_timeout(): never to an earlier time. */
export function serviceExtendTimeout(m: Manager, s: Service, usec: number): void {
  if (usec <= 0 || !Number.isFinite(usec)) return
  const extended = m.clock.now + usec
  if (s.timer && s.timerAtUsec < extended) serviceArmTimerAt(m, s, extended)
  if (s.watchdogTimer && s.watchdogAtUsec < extended) armWatchdogAt(m, s, extended)
}

/** Mirrors service_dispatch_bus_name_grace() (v262): the name has two seconds to come back. */
export function serviceArmBusNameTimer(m: Manager, s: Service): void {
  disarm(s.busNameTimer)
  s.busNameTimer = m.clock.armTimer(m.clock.now + BUS_NAME_GRACE_USEC, () => {
    s.busNameTimer = null
    logUnit(m, s, 'service-bus-name-given-up', { name: section(s).busName ?? '' })
    serviceEnterExitedOrStop(m, s)
  })
}
