/** Targets: up or down, at once. Mirrors src/core/target.c (v255). */

import type { ActiveState } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { unitStateChanged } from './unit.ts'
import { type JobMessages, type Outcome, Unit, type UnitVTable } from './unit-vtable.ts'

export type TargetState = 'dead' | 'active'

class Target extends Unit {
  state: TargetState = 'dead'
}

function activeState(u: Target): ActiveState {
  return u.state === 'active' ? 'active' : 'inactive'
}

/** Mirrors target_set_state(). */
function targetSetState(m: Manager, u: Target, state: TargetState): void {
  const old = u.state
  const oldActive = activeState(u)
  u.state = state
  unitStateChanged(m, u, old, oldActive)
}

/** Mirrors target_start(): the job ends inside, so no "Starting …" is printed. */
function targetStart(m: Manager, u: Target): Outcome {
  targetSetState(m, u, 'active')
  return 'begun'
}

/** Mirrors target_stop(). */
function targetStop(m: Manager, u: Target): Outcome {
  targetSetState(m, u, 'dead')
  return 'begun'
}

/** Mirrors target_coldplug(): to the log it goes from dead to its state again. */
function targetColdplug(m: Manager, u: Target): void {
  const { state } = u
  if (state === 'dead') return
  u.state = 'dead'
  targetSetState(m, u, state)
}

const JOB_MESSAGES: JobMessages = { 'start done': 'job-started-target', 'stop done': 'job-stopped-target' }

export const targetVTable: UnitVTable<Target> = {
  type: 'target',
  object: Target,
  activeState,
  subState: (u) => u.state,
  start: targetStart,
  stop: targetStop,
  coldplug: targetColdplug,
  jobMessages: () => JOB_MESSAGES,
}
