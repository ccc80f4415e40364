/** What units that start other units have in common. Mirrors src/core/unit.c (v255). */

import type { Job } from './job.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { unitTestStartLimit, unitTrigger } from './unit.ts'
import type { ActivationDetails, Outcome, Unit } from './unit-vtable.ts'

/** Mirrors unit_test_trigger_loaded(). */
export function unitTestTriggerLoaded(m: Manager, u: Unit): 'ok' | 'ENOENT' {
  const trigger = unitTrigger(u)
  if (trigger?.loadState === 'loaded') return 'ok'
  if (trigger || !m.features.triggerNoneNamed) logUnit(m, u, 'trigger-not-loaded', { other: trigger?.id ?? '' })
  else logUnit(m, u, 'trigger-none')
  return 'ENOENT'
}

/** Mirrors activation_details_new() and job_set_activation_details(): what an unfinished job has been told stays. */
export function jobSetActivationDetails(j: Job, trigger: Unit, details: ActivationDetails): void {
  j.activationDetails ??= { TRIGGER_UNIT: trigger.id, ...details }
}

/** For types that need nothing else to be started. */
export const alwaysReady = (): 'ok' => 'ok'

/** Mirrors unit_stop_pending(). */
export const unitStopPending = (u: Unit): boolean => u.job?.type === 'stop'

/**
 * Mirrors …_can_start() (v250) and …_test_startable() (v262), for units that are started one by one: the start limit,
 * and since v262 what has to be there first. `hit` puts the unit into failed.
 */
export function testStartable(m: Manager, u: Unit, ready: () => 'ok' | Outcome, hit: () => void): 'ok' | Outcome {
  if (m.features.startLimitAfterStartable) {
    const outcome = ready()
    if (outcome !== 'ok') return outcome
  }
  if (unitTestStartLimit(m, u)) return 'ok'
  hit()
  return 'ECANCELED'
}

/** The same where it was part of the start hook itself: the test of the limit until v249, the other one until v261. */
export function testInStart(m: Manager, u: Unit, ready: () => 'ok' | Outcome, hit: () => void): 'ok' | Outcome {
  if (!m.features.startLimitAfterStartable) {
    const outcome = ready()
    if (outcome !== 'ok') return outcome
  }
  if (m.features.startLimitInUnitStart || unitTestStartLimit(m, u)) return 'ok'
  hit()
  return 'ECANCELED'
}
