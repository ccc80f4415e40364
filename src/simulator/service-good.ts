/** Is anybody there? Mirrors main_pid_good() and its kin, src/core/service.c (v262). */

import type { Service } from './service.ts'
import { section } from './service-state.ts'

/** Mirrors main_pid_good(): undefined if nobody knows which process it is. Of another's child no end is heard. */
export function mainPidGood(s: Service): boolean | undefined {
  if (!s.mainKnown) return undefined
  return s.main !== null && (!s.mainAlien || s.main.alive)
}

/** Mirrors control_pid_good(). */
export const controlPidGood = (s: Service): boolean => s.control !== null

/** Mirrors cgroup_good(): not empty. */
export const cgroupGood = (s: Service): boolean => s.processes.length > 0

/** Mirrors service_good_except_bus_name(). */
export function serviceGoodExceptBusName(s: Service): boolean {
  const main = mainPidGood(s)
  if (main === true) return true
  if (main === false && section(s).exitType === 'main') return false
  return cgroupGood(s)
}

/** Mirrors service_good(). */
export function serviceGood(s: Service): boolean {
  if (section(s).type === 'dbus' && !s.busNameGood) return false
  return serviceGoodExceptBusName(s)
}
