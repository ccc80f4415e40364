/**
 * What the manager does between two events. Mirrors manager_loop() and manager_dispatch_run_queue(),
 * src/core/manager.c (v255).
 */

import { QUEUE_TURNS, RUNS_PER_UNIT } from '../limits.ts'
import type { Job } from './job.ts'
import { jobFinishAndInvalidate, jobRunAndInvalidate } from './job.ts'
import { jobCompare } from './job-order.ts'
import type { Manager } from './manager.ts'
import { managerDispatchLoadQueue } from './manager-load.ts'
import { runQueueTake } from './run-queue.ts'
import { deps } from './unit-dependency.ts'
import { managerDispatchGcUnitQueue } from './unit-gc.ts'
import {
  managerDispatchStartWhenUpheldQueue,
  managerDispatchStopWhenBoundQueue,
  managerDispatchStopWhenUnneededQueue,
} from './unit-queues.ts'

/** Handles every event up to and including `untilUsec`, then leaves the clock there. */
export function managerLoop(m: Manager, untilUsec: number): void {
  while (hasStepsLeft(m)) {
    if (m.leaving === 'no') dispatchQueues(m)
    const event = m.pending.shift()
    if (event) {
      m.stepsLeft--
      if (m.leaving === 'no') event()
      m.clock.wake()
      continue
    }
    const next = m.clock.nextUsec() ?? Number.POSITIVE_INFINITY
    if (next > m.clock.now && m.leaving === 'no' && managerDispatchRunQueue(m)) continue
    if (next > untilUsec) break
    m.stepsLeft--
    m.clock.advance()
  }
  if (!hasStepsLeft(m)) m.exhausted = true
  if (m.clock.now < untilUsec) m.clock.now = untilUsec
}

const hasStepsLeft = (m: Manager): boolean => m.stepsLeft > 0 && m.workLeft > 0

/**
 * The work queues, in systemd's order; whenever one did something, from the top. Empty control groups are no queue but
 * an event: the next one, once there is nothing else to do.
 */
function dispatchQueues(m: Manager): void {
  for (let turn = 0; turn < QUEUE_TURNS; turn++) {
    if (m.workLeft <= 0) return
    if (managerDispatchLoadQueue(m)) continue
    if (managerDispatchGcJobQueue(m)) continue
    if (managerDispatchGcUnitQueue(m)) continue
    if (m.features.upholds && managerDispatchStartWhenUpheldQueue(m)) continue
    if (m.features.boundCheckInQueue && managerDispatchStopWhenBoundQueue(m)) continue
    if (managerDispatchStopWhenUnneededQueue(m)) continue
    if (managerDispatchStopNotifyQueue(m)) continue
    if (onCgroupEmptyEvent(m)) continue
    return
  }
  spin(m)
}

/**
 * Nothing waits for an event, and still there is no end: systemd itself would turn here for ever, at full load and
 * deaf to every request. Units that start each other by OnFailure= when a dependency of theirs fails can do it, for
 * no start limit counts a start that was never tried (observed, v254).
 */
function spin(m: Manager): void {
  m.spins = true
  m.exhausted = true
  m.stepsLeft = 0
}

/**
 * Mirrors manager_dispatch_run_queue(): until it is empty. True if a job was taken. Differs: there is no console, so
 * nothing is drawn while jobs are in progress.
 */
function managerDispatchRunQueue(m: Manager): boolean {
  let runs = 0
  for (let j = runQueueTake(m); j; j = runQueueTake(m)) {
    runs++
    m.stepsLeft--
    jobRunAndInvalidate(m, j)
    if (runs > RUNS_PER_UNIT * (m.units.size + RUNS_PER_UNIT)) spin(m)
    if (!hasStepsLeft(m)) break
  }
  return runs > 0
}

/** Mirrors manager_dispatch_gc_job_queue(). Last in, first out. */
function managerDispatchGcJobQueue(m: Manager): boolean {
  let worked = false
  for (let j = m.gcJobQueue.pop(); j; j = m.gcJobQueue.pop()) {
    worked = true
    j.inGcQueue = false
    if (j.installed && jobMayGc(j)) jobFinishAndInvalidate(m, j, 'collected', false, false)
  }
  return worked
}

/** Mirrors job_may_gc(). */
function jobMayGc(j: Job): boolean {
  if (!j.unit.vtable.gcJobs || j.type === 'nop' || j.clients > 0) return false
  const holdsBack = (direction: 'Before' | 'After') =>
    deps(j.unit, direction).some((other) => other.job && jobCompare(j, other.job, direction) < 0)
  return !holdsBack('Before') && !holdsBack('After')
}

/** Mirrors manager_dispatch_stop_notify_queue() (v258). Last in, first told. */
function managerDispatchStopNotifyQueue(m: Manager): boolean {
  const now = m.stopNotify === 'yes' || (m.stopNotify === 'if-idle' && m.jobs.size === 0)
  m.stopNotify = 'no'
  if (!now) return false
  return [...m.stopNotifyQueue].reverse().filter((u) => u.vtable.stopNotify?.(m, u)).length > 0
}

/** Mirrors on_cgroup_empty_event(): a unit whose last process is gone, after SIGCHLD was dealt with. */
function onCgroupEmptyEvent(m: Manager): boolean {
  if (m.cgroupEmptyQueue.length === 0) return false
  for (let u = m.cgroupEmptyQueue.shift(); u; u = m.cgroupEmptyQueue.shift()) {
    u.inCgroupEmptyQueue = false
    if (u.processes.length === 0) u.vtable.notifyCgroupEmpty?.(m, u)
  }
  return true
}
