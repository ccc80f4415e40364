/** Everything that wants a job comes here. Mirrors manager_add_job() and its kin, src/core/manager.c (v255, v262). */

import type { JobMode, JobType } from '../systemd/job.ts'
import { jobTypeCollapse } from '../systemd/job.ts'
import { isInactiveOrDeactivating, isInactiveOrFailed } from '../systemd/unit.ts'
import type { BusError } from './bus-error.ts'
import { busError } from './bus-error.ts'
import type { Job } from './job.ts'
import { jobFinishAndInvalidate } from './job.ts'
import { emit, logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { managerCheckUnitName, managerLoadUnit } from './manager-load.ts'
import { inAnyOrder } from './order.ts'
import type { Transaction } from './transaction.ts'
import { transactionActivate, transactionFindJob, transactionNew } from './transaction.ts'
import { transactionAddJobAndDependencies, transactionAddPropagateReloadJobs } from './transaction-add.ts'
import type { AddFlags } from './transaction-wishes.ts'
import { unitActiveState } from './unit.ts'
import { deps } from './unit-dependency.ts'
import type { Unit } from './unit-vtable.ts'

export type Added = JobsAdded | { readonly error: BusError }

export interface JobsAdded {
  readonly job: Job
  /** The anchors, `job` the first of them. */
  readonly jobs: readonly Job[]
  /** Every job that the transaction installed, or merged one into. */
  readonly affected: ReadonlySet<Job>
}

export interface AddExtra {
  /** TRANSACTION_REENQUEUE_ANCHOR (v257): the anchor is not merged into a running job. */
  readonly reenqueueAnchor?: boolean
}

/** Mirrors manager_add_job(): the request is decided to the end, or refused as a whole. */
export function managerAddJob(m: Manager, type: JobType, u: Unit, mode: JobMode, extra: AddExtra = {}): Added {
  const invalid = checkMode(type, u, mode)
  if (invalid) return { error: invalid }
  emit(m, u.id, { kind: 'enqueue', type, mode })
  const collapsed = jobTypeCollapse(type, unitActiveState(u), m.features)
  const tr = transactionNew(mode === 'replace-irreversibly')
  const error = addAnchor(m, tr, collapsed, u, mode, extra)
  return error ? { error } : activate(m, tr, mode)
}

/**
 * Mirrors manager_add_jobs() (v262): several anchors in one transaction; the type is printed collapsed. `typeOf` is the
 * check of each unit's request, made when its turn comes.
 */
export function managerAddJobs(
  m: Manager,
  names: readonly string[],
  typeOf: (u: Unit) => { readonly type: JobType } | { readonly error: BusError },
  mode: JobMode,
): Added {
  const tr = transactionNew(mode === 'replace-irreversibly')
  for (const name of names) {
    const misnamed = managerCheckUnitName(name)
    if (misnamed) return { error: misnamed }
    const unit = managerLoadUnit(m, name)
    const checked = typeOf(unit)
    if ('error' in checked) return checked
    const invalid = checkMode(checked.type, unit, mode)
    if (invalid) return { error: invalid }
    const collapsed = jobTypeCollapse(checked.type, unitActiveState(unit), m.features)
    emit(m, unit.id, { kind: 'enqueue', type: collapsed, mode })
    const error = addAnchor(m, tr, collapsed, unit, mode, {})
    if (error) return { error }
  }
  return activate(m, tr, mode)
}

/** What manager_add_job() refuses before it looks any further. */
function checkMode(type: JobType, u: Unit, mode: JobMode): BusError | null {
  if (mode === 'isolate' && type !== 'start') return busError('InvalidArgs', 'Isolate is only valid for start.')
  if (mode === 'isolate' && !u.config.unit.allowIsolate) {
    return busError('NoIsolation', 'Operation refused, unit may not be isolated.')
  }
  if (mode === 'triggering' && type !== 'stop') {
    return busError('InvalidArgs', '--job-mode=triggering is only valid for stop.')
  }
  if (mode === 'restart-dependencies' && type !== 'start') {
    return busError('InvalidArgs', '--job-mode=restart-dependencies is only valid for start.')
  }
  return null
}

function addAnchor(
  m: Manager,
  tr: Transaction,
  type: JobType,
  u: Unit,
  mode: JobMode,
  extra: AddExtra,
): BusError | null {
  const flags: AddFlags = {
    matters: true,
    ignoreRequirements: mode === 'ignore-dependencies' || mode === 'ignore-requirements',
    ignoreOrder: mode === 'ignore-dependencies',
    propagateStartAsRestart: mode === 'restart-dependencies',
  }
  const error = transactionAddJobAndDependencies(m, tr, type, u, null, flags)
  if (error) return error
  const anchor = transactionFindJob(tr, type, u)
  if (!anchor) return null
  const restarts = mode === 'restart-dependencies' && m.features.restartDependenciesRefusesLateMerge
  if (restarts || (extra.reenqueueAnchor && m.features.reenqueueAnchor)) anchor.refuseLateMerge = true
  if (mode === 'isolate') transactionAddIsolateJobs(m, tr, anchor)
  if (mode === 'triggering') transactionAddTriggeringJobs(m, tr, anchor)
  return null
}

function activate(m: Manager, tr: Transaction, mode: JobMode): Added {
  const error = transactionActivate(m, tr, mode)
  if (error) return { error }
  const jobs = [...tr.anchors]
  const job = jobs[0]
  return job
    ? { job, jobs, affected: tr.affected }
    : { error: busError('LoadFailed', 'The transaction has no anchor.') }
}

/** Mirrors transaction_add_isolate_jobs(). */
function transactionAddIsolateJobs(m: Manager, tr: Transaction, anchor: Job): void {
  for (const u of inAnyOrder(new Set(m.units.values()))) {
    if (isInactiveOrFailed(unitActiveState(u)) && !u.job) continue
    if (!shallStopOnIsolate(tr, u) || keptByTrigger(m, tr, u)) continue
    const error = transactionAddJobAndDependencies(m, tr, 'stop', u, anchor, { matters: true })
    if (error) logUnit(m, u, 'transaction-isolate-ignored', { error: error.message })
  }
}

/** Mirrors shall_stop_on_isolate(). */
const shallStopOnIsolate = (tr: Transaction, u: Unit): boolean => !u.config.unit.ignoreOnIsolate && !tr.jobs.has(u)

/** Of transaction_add_isolate_jobs(): units whose trigger stays are kept. */
function keptByTrigger(m: Manager, tr: Transaction, u: Unit): boolean {
  if (!m.features.isolateKeepsTriggered) return false
  return deps(u, 'TriggeredBy').some((trigger) => {
    if (m.features.isolateTriggerMustBeUp) {
      if (isInactiveOrDeactivating(unitActiveState(trigger))) return false
      if (tr.jobs.get(trigger)?.some((j) => j.type === 'stop')) return false
    }
    return !shallStopOnIsolate(tr, trigger)
  })
}

/** Mirrors transaction_add_triggering_jobs(). */
function transactionAddTriggeringJobs(m: Manager, tr: Transaction, anchor: Job): void {
  for (const trigger of deps(anchor.unit, 'TriggeredBy')) {
    if (isInactiveOrFailed(unitActiveState(trigger)) && !trigger.job) continue
    if (tr.jobs.has(trigger)) continue
    const error = transactionAddJobAndDependencies(m, tr, 'stop', trigger, anchor, { matters: true })
    if (error) logUnit(m, anchor.unit, 'transaction-triggered-by-ignored', { error: error.message })
  }
}

/** Mirrors manager_propagate_reload(): a service that reloads by itself takes others along. */
export function managerPropagateReload(m: Manager, u: Unit, mode: JobMode): BusError | null {
  const tr = transactionNew(mode === 'replace-irreversibly')
  const flags = { ignoreRequirements: true, ignoreOrder: true }
  const error = transactionAddJobAndDependencies(m, tr, 'nop', u, null, flags)
  if (error) return error
  const anchor = [...tr.anchors][0]
  if (anchor) transactionAddPropagateReloadJobs(m, tr, u, anchor)
  if (m.features.propagatesReloadOnlyIfAny && tr.jobs.size <= 1) return null
  return transactionActivate(m, tr, mode)
}

/** Mirrors manager_clear_jobs(): `systemctl cancel` without arguments. Not recursive. */
export function managerClearJobs(m: Manager): void {
  for (const j of [...m.jobs.values()]) if (j.installed) jobFinishAndInvalidate(m, j, 'canceled', false, false)
}

/** Mirrors bus_job_method_cancel(): recursive, so dependents end as 'dependency'. */
export function busJobMethodCancel(m: Manager, j: Job): void {
  jobFinishAndInvalidate(m, j, 'canceled', true, false)
}
