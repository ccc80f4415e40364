/** One job, from installation to its end. Mirrors src/core/job.c (v255). */

import { JOB_RECURSION } from '../limits.ts'
import type { Features } from '../systemd/features.ts'
import type { JobResult, JobType } from '../systemd/job.ts'
import { jobTypeCollapse, jobTypeIsConflicting, jobTypeIsSuperset, jobTypeLookupMerge } from '../systemd/job.ts'
import { isActiveOrReloading } from '../systemd/unit.ts'
import type { Timer } from './clock.ts'
import { disarm } from './clock.ts'
import { emergencyAction } from './emergency-action.ts'
import { managerCheckFinished } from './idle-pipe.ts'
import type { JobDependency } from './job-dependency.ts'
import { jobEmitDoneMessage, jobEmitStartMessage } from './job-message.ts'
import { jobIsRunnable } from './job-order.ts'
import { emit, logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { jobAddToRunQueue, jobRemoveFromRunQueue } from './run-queue.ts'
import { unitActiveState, unitReload, unitStart, unitStop } from './unit.ts'
import { deps, unitsWithAtom } from './unit-dependency.ts'
import { unitAddToGcQueue } from './unit-gc.ts'
import { unitStartOnTerminationDeps, unitTriggerNotify } from './unit-notify.ts'
import { unitSubmitToQueues } from './unit-queues.ts'
import type { ActivationDetails, Outcome, Unit } from './unit-vtable.ts'

export interface Job {
  readonly id: number
  readonly unit: Unit
  type: JobType
  state: 'waiting' | 'running'
  installed: boolean
  irreversible: boolean
  ignoreOrder: boolean
  refuseLateMerge: boolean
  mattersToAnchor: boolean
  /** Links in which it is the subject (what it pulls in) and the object (what pulls it in). */
  firstPull: JobDependency | null
  lastPull: JobDependency | null
  firstPulledBy: JobDependency | null
  lastPulledBy: JobDependency | null
  /** Marks of the cycle search. */
  generation: number
  marker: Job | null
  timer: Timer | null
  timerAtUsec: number
  /** When its timeouts began: with its installation, and with its last run. */
  beginUsec: number | null
  beginRunningUsec: number | null
  inRunQueue: boolean
  inGcQueue: boolean
  /** Clients that wait for it; a device's job without any may be collected. */
  clients: number
  /** Reload jobs: how the reload ended is the unit's to say. */
  result: JobResult | null
  activationDetails: ActivationDetails | null
}

/** Mirrors job_new(): not installed yet. */
export function jobNew(m: Manager, unit: Unit, type: JobType): Job {
  return {
    id: m.nextJobId++,
    unit,
    type,
    state: 'waiting',
    installed: false,
    irreversible: false,
    ignoreOrder: false,
    refuseLateMerge: false,
    mattersToAnchor: false,
    firstPull: null,
    lastPull: null,
    firstPulledBy: null,
    lastPulledBy: null,
    generation: 0,
    marker: null,
    timer: null,
    timerAtUsec: Number.POSITIVE_INFINITY,
    beginUsec: null,
    beginRunningUsec: null,
    inRunQueue: false,
    inGcQueue: false,
    clients: 0,
    result: null,
    activationDetails: null,
  }
}

/** Mirrors job_type_merge_and_collapse(). Null if the two cannot be merged. */
export function jobTypeMergeAndCollapse(a: JobType, b: JobType, u: Unit, features: Features): JobType | null {
  const merged = jobTypeLookupMerge(a, b)
  return merged === null ? null : jobTypeCollapse(merged, unitActiveState(u), features)
}

/** Mirrors job_install(). Returns the job that is in the slot now: `j`, or the one it was merged into. */
export function jobInstall(m: Manager, j: Job): Job {
  const u = j.unit
  const installed = j.type === 'nop' ? u.nopJob : u.job
  if (installed) {
    if (jobTypeIsConflicting(j.type, installed.type)) {
      jobFinishAndInvalidate(m, installed, 'canceled', false, false)
    } else {
      return jobMergeIntoInstalled(m, installed, j)
    }
  }
  if (j.type === 'nop') u.nopJob = j
  else u.job = j
  j.installed = true
  j.state = 'waiting'
  m.lastJobIds.set(u.id, j.id)
  emit(m, u.id, { kind: 'job-installed', type: j.type })
  jobAddToGcQueue(m, j)
  return j
}

/** Mirrors the second half of job_install() and job_merge_into_installed(). */
function jobMergeIntoInstalled(m: Manager, installed: Job, j: Job): Job {
  const u = j.unit
  const lateMerge = !j.refuseLateMerge && j.type !== 'reload' && jobTypeIsSuperset(installed.type, j.type)
  const quiet = installed.state === 'waiting' || lateMerge
  if (installed.type !== 'nop') {
    installed.type = jobTypeMergeAndCollapse(installed.type, j.type, u, m.features) ?? installed.type
  }
  installed.irreversible ||= j.irreversible
  installed.ignoreOrder ||= j.ignoreOrder
  if (quiet) {
    emit(m, u.id, { kind: 'job-merged', type: j.type, into: installed.type })
  } else {
    emit(m, u.id, { kind: 'job-rerun', type: installed.type })
    installed.state = 'waiting'
  }
  // As bus_job_send_change_signal() does, once everybody was told.
  if (m.features.gcOfToldJobs) jobAddToGcQueue(m, installed)
  return installed
}

/** Mirrors job_perform_on_unit(). */
function jobPerformOnUnit(m: Manager, { type, unit: u, activationDetails }: Job): Outcome {
  switch (type) {
    case 'start':
      return unitStart(m, u, activationDetails)
    case 'stop':
    case 'restart':
      return unitStop(m, u)
    case 'reload':
      return unitReload(m, u)
    case 'verify-active': {
      const state = unitActiveState(u)
      if (isActiveOrReloading(state)) return 'EALREADY'
      return state === 'activating' ? 'EAGAIN' : 'EBADR'
    }
    case 'nop':
      return 'EALREADY'
    default:
      throw new Error(`job type ${type} was not collapsed`)
  }
}

/** Mirrors job_run_and_invalidate(). */
export function jobRunAndInvalidate(m: Manager, j: Job): void {
  if (j.state !== 'waiting' || !jobIsRunnable(j)) return
  jobStartTimer(m, j, true)
  j.state = 'running'
  const { type, unit } = j
  const outcome = jobPerformOnUnit(m, j)
  // The operation may have finished the job, or put another into its slot.
  const current = type === 'nop' ? unit.nopJob : unit.job
  if (current !== j) return
  const waitsOnly = outcome === 'EBADR' && (type === 'start' || type === 'stop' || type === 'restart')
  if (outcome === 'begun' || (waitsOnly && m.features.beginLineWhenOnlyWaiting)) jobEmitStartMessage(m, unit, type)
  if (outcome === 'begun' || outcome === 'underway' || waitsOnly) return
  finishByErrno(m, j, outcome)
}

const RESULT_OF_ERRNO: Partial<Record<Outcome, JobResult>> = {
  ECOMM: 'done',
  EBADR: 'skipped',
  ENOEXEC: 'invalid',
  EPROTO: 'assert',
  EOPNOTSUPP: 'unsupported',
  ENOLINK: 'dependency',
  ESTALE: 'once',
  EDEADLK: 'frozen',
  ETOOMANYREFS: 'concurrency',
}

function finishByErrno(m: Manager, j: Job, errno: Outcome): void {
  if (errno === 'EAGAIN') {
    j.state = 'waiting'
    return
  }
  const already = errno === 'EALREADY'
  jobFinishAndInvalidate(m, j, already ? 'done' : (RESULT_OF_ERRNO[errno] ?? 'failed'), true, already)
}

/** Mirrors job_finish_and_invalidate(). */
export function jobFinishAndInvalidate(
  m: Manager,
  j: Job,
  result: JobResult,
  recursive: boolean,
  already: boolean,
): void {
  const u = j.unit
  const type = j.type
  j.result = result
  emit(m, u.id, { kind: 'job-finished', type, result })
  if (!already) jobEmitDoneMessage(m, u, type, result)
  if (type === 'restart' && result === 'done') {
    // Its second half: the same job once more, as a start.
    emit(m, u.id, { kind: 'job-converted' })
    j.type = 'start'
    j.state = 'waiting'
    jobAddToRunQueue(m, j)
    jobAddToGcQueue(m, j)
  } else {
    jobUninstall(m, j)
    if (recursive) nested(m, () => propagateFailure(m, u, type, result))
    if (result === 'timeout' || result === 'dependency') {
      logUnit(m, u, 'job-failed-with-result', { job: `${u.id}/${type}`, result })
      nested(m, () => unitStartOnTerminationDeps(m, u, 'OnFailure'))
    }
    unitTriggerNotify(m, u)
  }
  // Whose turn may have come.
  for (const other of deps(u, 'After')) if (other.job) jobAddToQueues(m, other.job)
  for (const other of deps(u, 'Before')) if (other.job) jobAddToQueues(m, other.job)
  if (m.features.checksRetriedWhenJobEnds) unitSubmitToQueues(m, u)
  if (m.stopNotify === 'no') m.stopNotify = 'if-idle'
  managerCheckFinished(m)
}

/** systemd itself has no bound here, and would run out of stack; a story that gets so deep ends. */
function nested(m: Manager, work: () => void): void {
  if (m.depth >= JOB_RECURSION) {
    m.stepsLeft = 0
    return
  }
  m.depth++
  work()
  m.depth--
}

function jobAddToQueues(m: Manager, j: Job): void {
  jobAddToRunQueue(m, j)
  jobAddToGcQueue(m, j)
}

/** What of job_finish_and_invalidate() goes on to the jobs of other units. */
function propagateFailure(m: Manager, u: Unit, type: JobType, result: JobResult): void {
  if (result !== 'done') {
    if (type === 'start' || type === 'verify-active') jobFailDependencies(m, u, 'propagate-start-failure')
    else if (type === 'stop') jobFailDependencies(m, u, 'propagate-stop-failure')
    return
  }
  if ((type === 'start' || type === 'reload') && !isActiveOrReloading(unitActiveState(u))) {
    jobFailDependencies(m, u, 'propagate-inactive-start-as-failure')
  }
}

/** Mirrors job_fail_dependencies(). */
function jobFailDependencies(
  m: Manager,
  u: Unit,
  atom: 'propagate-start-failure' | 'propagate-stop-failure' | 'propagate-inactive-start-as-failure',
): void {
  for (const other of unitsWithAtom(m, u, atom)) {
    const j = other.job
    if (j && (j.type === 'start' || j.type === 'verify-active')) jobFinishAndInvalidate(m, j, 'dependency', true, false)
  }
}

/** Mirrors job_uninstall(): frees the slot and tells the clients that wait. */
function jobUninstall(m: Manager, j: Job): void {
  const u = j.unit
  if (u.job === j) u.job = null
  if (u.nopJob === j) u.nopJob = null
  j.installed = false
  jobRemoveFromRunQueue(m, j)
  j.inGcQueue = false
  j.timer = disarm(j.timer)
  m.jobs.delete(j.id)
  unitAddToGcQueue(m, u)
  if (m.reloading) return
  for (const listener of [...m.jobListeners]) listener(j, j.result ?? 'done')
}

/** Mirrors job_start_timer(): JobTimeoutSec= from installation, JobRunningTimeoutSec= from the first run. */
export function jobStartTimer(m: Manager, j: Job, running: boolean): void {
  const { jobTimeoutUsec, jobRunningTimeoutUsec } = j.unit.config.unit
  if (!running && j.timer) return
  if (running) j.beginRunningUsec = m.clock.now
  else j.beginUsec = m.clock.now
  const atUsec = m.clock.now + (running ? jobRunningTimeoutUsec : jobTimeoutUsec)
  if (!Number.isFinite(atUsec) || (j.timer && j.timerAtUsec <= atUsec)) return
  armTimer(m, j, atUsec)
}

function armTimer(m: Manager, j: Job, atUsec: number): void {
  disarm(j.timer)
  j.timerAtUsec = atUsec
  j.timer = m.clock.armTimer(atUsec, () => jobDispatchTimer(m, j))
}

/**
 * Mirrors job_coldplug(): a waiting job gets another turn, and the new timeouts count from when the old ones did. That
 * clients of the private socket refer to a job is not serialized.
 */
export function jobColdplug(m: Manager, j: Job): void {
  j.clients = 0
  if (j.state === 'waiting') jobAddToRunQueue(m, j)
  jobAddToGcQueue(m, j)
  const { jobTimeoutUsec, jobRunningTimeoutUsec } = j.unit.config.unit
  const never = Number.POSITIVE_INFINITY
  const installed = j.beginUsec === null ? never : j.beginUsec + jobTimeoutUsec
  const running = j.beginRunningUsec === null ? never : j.beginRunningUsec + jobRunningTimeoutUsec
  armTimer(m, j, Math.min(installed, running))
}

/** Mirrors job_dispatch_timer(). */
function jobDispatchTimer(m: Manager, j: Job): void {
  const u = j.unit
  logUnit(m, u, 'job-timed-out', { job: `${u.id}/${j.type}` })
  const reason = `job ${u.id}/${j.type} timed out`
  jobFinishAndInvalidate(m, j, 'timeout', true, false)
  emergencyAction(m, u.config.unit.jobTimeoutAction, reason)
}

/** Mirrors job_add_to_gc_queue(): only device jobs can be garbage. */
function jobAddToGcQueue(m: Manager, j: Job): void {
  if (j.inGcQueue || !j.unit.vtable.gcJobs) return
  j.inGcQueue = true
  m.gcJobQueue.push(j)
}
