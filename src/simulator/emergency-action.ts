/** FailureAction=, SuccessAction=, JobTimeoutAction=, StartLimitAction=. Mirrors src/core/emergency-action.c (v255). */

import { isActiveOrActivating } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { managerLeave } from './manager-exit.ts'
import { managerAddJob } from './manager-jobs.ts'
import { managerLoadUnit } from './manager-load.ts'
import { unitActiveState } from './unit.ts'

/** EMERGENCY_ACTION_SLEEP_5S. */
const SLEEP_USEC = 5_000_000

const TARGETS: Readonly<Record<string, string>> = {
  reboot: 'reboot.target',
  poweroff: 'poweroff.target',
  exit: 'exit.target',
  'soft-reboot': 'soft-reboot.target',
  kexec: 'kexec.target',
  halt: 'halt.target',
}

/**
 * Mirrors emergency_action(): the plain variants start a target, irreversibly; the -force and -immediate ones end the
 * manager without a job, since v258 after a pause in which the reason can be read, unless it is a success.
 */
export function emergencyAction(m: Manager, action: string, reason: string, sleeps = true): void {
  if (action === 'none') return
  const name = TARGETS[action]
  if (name === undefined) {
    managerLeave(m, `${action}: ${reason}`, sleeps && m.features.emergencySleeps ? SLEEP_USEC : 0)
    return
  }
  const shutdown = m.units.get('shutdown.target')
  if (shutdown && (isActiveOrActivating(unitActiveState(shutdown)) || shutdown.job?.type === 'start')) return
  managerAddJob(m, 'start', managerLoadUnit(m, name), 'replace-irreversibly')
}
