/** FailureAction=, SuccessAction=, JobTimeoutAction=, StartLimitAction=. Mirrors src/core/emergency-action.c (v255). */

import { isActiveOrActivating } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { managerAddJob } from './manager-jobs.ts'
import { managerLoadUnit } from './manager-load.ts'
import { unitActiveState } from './unit.ts'

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
 * manager without a job. Differs: the end itself is only noted.
 */
export function emergencyAction(m: Manager, action: string, reason: string): void {
  if (action === 'none') return
  const name = TARGETS[action]
  if (name === undefined) {
    m.objective = `${action}: ${reason}`
    return
  }
  const shutdown = m.units.get('shutdown.target')
  if (shutdown && (isActiveOrActivating(unitActiveState(shutdown)) || shutdown.job?.type === 'start')) return
  managerAddJob(m, 'start', managerLoadUnit(m, name), 'replace-irreversibly')
}
