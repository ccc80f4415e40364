/** A set of jobs that is applied as a whole or not at all. Mirrors src/core/transaction.c (v255). */

import { TRANSACTION_ROUNDS } from '../limits.ts'
import type { JobMode, JobType } from '../systemd/job.ts'
import { jobTypeIsConflicting, jobTypeIsRedundant } from '../systemd/job.ts'
import { isActiveOrActivating } from '../systemd/unit.ts'
import type { BusError } from './bus-error.ts'
import { busError } from './bus-error.ts'
import { managerAllocateIdlePipe } from './idle-pipe.ts'
import type { Job } from './job.ts'
import { jobFinishAndInvalidate, jobInstall, jobNew, jobStartTimer } from './job.ts'
import { jobDependencyFree, jobForgetDependencies } from './job-dependency.ts'
import { logManager } from './log.ts'
import type { Manager } from './manager.ts'
import { inAnyOrder, newSet } from './order.ts'
import { jobAddToRunQueue } from './run-queue.ts'
import { transactionMergeJobs } from './transaction-merge.ts'
import { transactionVerifyOrder } from './transaction-order.ts'
import { unitActiveState } from './unit.ts'
import type { Unit } from './unit-vtable.ts'

export interface Transaction {
  /** Per unit, the job added last comes first. */
  readonly jobs: Map<Unit, Job[]>
  /** Its units in order, made when first asked for; some may have lost their jobs since. */
  units: readonly Unit[] | null
  /** Whose order it is. */
  readonly set: number
  readonly anchors: Set<Job>
  /** What was installed of it, or merged into: what a client that asks is shown. */
  readonly affected: Set<Job>
  readonly irreversible: boolean
}

export const transactionNew = (irreversible: boolean): Transaction => ({
  jobs: new Map(),
  units: null,
  set: newSet(),
  anchors: new Set(),
  affected: new Set(),
  irreversible,
})

/** The units in the order of systemd's walk over tr->jobs. */
export function transactionUnits(tr: Transaction): readonly Unit[] {
  if (!tr.units) tr.units = inAnyOrder(tr.jobs.keys(), tr.set)
  else if (tr.units.length !== tr.jobs.size) tr.units = tr.units.filter((u) => tr.jobs.has(u))
  return tr.units
}

/** The first half of transaction_add_one_job(): one job of each type per unit. */
export function transactionFindJob(tr: Transaction, type: JobType, u: Unit): Job | null {
  const list = tr.jobs.get(u)
  if (list) for (const j of list) if (j.type === type) return j
  return null
}

/** The second half of transaction_add_one_job(), where there is none of that type yet. */
export function transactionAddOneJob(m: Manager, tr: Transaction, type: JobType, u: Unit): Job {
  const j = jobNew(m, u, type)
  j.irreversible = tr.irreversible
  const list = tr.jobs.get(u)
  if (list) {
    list.unshift(j)
  } else {
    tr.jobs.set(u, [j])
    tr.units = null
  }
  return j
}

/** Mirrors transaction_delete_job() and transaction_unlink_job(). With `dependents`, those it matters to go as well. */
export function transactionDeleteJob(tr: Transaction, job: Job, dependents: boolean): void {
  const doomed = [job]
  const seen = new Set(doomed)
  for (let i = 0; i < doomed.length; i++) {
    const j = doomed[i] as Job
    removeFromUnit(tr, j)
    for (let link = j.firstPull; link; link = j.firstPull) jobDependencyFree(link)
    for (let link = j.firstPulledBy; link; link = j.firstPulledBy) {
      jobDependencyFree(link)
      if (!dependents || !link.matters || seen.has(link.subject)) continue
      seen.add(link.subject)
      doomed.push(link.subject)
    }
  }
}

function removeFromUnit(tr: Transaction, j: Job): void {
  const list = tr.jobs.get(j.unit)
  const at = list?.indexOf(j) ?? -1
  if (!list || at < 0) return
  list.splice(at, 1)
  if (list.length === 0) tr.jobs.delete(j.unit)
}

/** Mirrors transaction_find_jobs_that_matter_to_anchor(). */
function transactionFindJobsThatMatterToAnchor(tr: Transaction): void {
  const stack = [...tr.anchors]
  for (const j of stack) j.mattersToAnchor = true
  while (stack.length > 0) {
    const j = stack.pop() as Job
    for (let link = j.firstPull; link; link = link.nextPull) {
      if (!link.matters || link.object.mattersToAnchor) continue
      link.object.mattersToAnchor = true
      stack.push(link.object)
    }
  }
}

/** Mirrors transaction_minimize_impact(): modes fail and lenient. */
function transactionMinimizeImpact(tr: Transaction, mode: JobMode): BusError | null {
  if (mode !== 'fail' && mode !== 'lenient') return null
  for (let round = 0; round < TRANSACTION_ROUNDS; round++) {
    const j = findImpact(tr, mode)
    if (!j) return null
    if (j.mattersToAnchor) {
      const words = `${j.unit.id}/${j.type} would stop a running unit or change existing job, bailing`
      return busError('TransactionIsDestructive', words)
    }
    transactionDeleteJob(tr, j, true)
  }
  return null
}

function findImpact(tr: Transaction, mode: JobMode): Job | undefined {
  for (const u of transactionUnits(tr)) {
    for (const j of tr.jobs.get(u) ?? []) {
      if (j.mattersToAnchor && mode !== 'lenient') continue
      const stopsRunning = j.type === 'stop' && isActiveOrActivating(unitActiveState(u))
      const changesJob = u.job !== null && jobTypeIsConflicting(j.type, u.job.type)
      if (stopsRunning || changesJob) return j
    }
  }
  return undefined
}

/** Mirrors transaction_drop_redundant(): one pass will do, as a unit's redundancy is its own affair. */
function transactionDropRedundant(m: Manager, tr: Transaction): void {
  for (const [u, list] of tr.jobs) {
    if (areRedundant(m, tr, list, u)) for (const j of [...list]) transactionDeleteJob(tr, j, false)
  }
}

function areRedundant(m: Manager, tr: Transaction, list: readonly Job[], u: Unit): boolean {
  for (const j of list) if (!isRedundant(m, tr, j, u)) return false
  return true
}

function isRedundant(m: Manager, tr: Transaction, j: Job, u: Unit): boolean {
  if (tr.anchors.has(j) || !jobTypeIsRedundant(j.type, unitActiveState(u), m.features)) return false
  return u.job === null || !jobTypeIsConflicting(j.type, u.job.type)
}

/**
 * Mirrors transaction_collect_garbage(): jobs that nothing pulls in any more, to the end of each chain. Of a unit only
 * the job added last is looked at, so that one behind it stays, with all it pulls in.
 */
function transactionCollectGarbage(tr: Transaction): void {
  const candidates = [...tr.jobs.keys()]
  while (candidates.length > 0) {
    const u = candidates.pop() as Unit
    const j = tr.jobs.get(u)?.[0]
    if (!j || tr.anchors.has(j) || j.firstPulledBy) continue
    candidates.push(u)
    for (let link = j.firstPull; link; link = link.nextPull) candidates.push(link.object.unit)
    transactionDeleteJob(tr, j, true)
  }
}

/** Mirrors transaction_is_destructive(). */
function transactionIsDestructive(m: Manager, tr: Transaction, mode: JobMode): BusError | null {
  const refuses = mode === 'fail' || mode === 'lenient'
  for (const u of transactionUnits(tr)) {
    const j = tr.jobs.get(u)?.[0]
    const installed = u.job
    if (!j || !installed || !(refuses || installed.irreversible)) continue
    if (!jobTypeIsConflicting(installed.type, j.type)) continue
    const anchors = [...tr.anchors].map((a) => `${a.unit.id}/${a.type}`).join(', ')
    const clash = `(${u.id} has '${installed.type}' job queued, but '${j.type}' is included in transaction)`
    const words = m.features.destructiveNamesUnits
      ? `Transaction for ${anchors} is destructive ${clash}.`
      : 'Transaction is destructive.'
    return busError('TransactionIsDestructive', words)
  }
  return null
}

/** Mirrors transaction_apply(). Differs: nothing is flushed to disk before a shutdown, as job_shutdown_magic() does. */
function transactionApply(m: Manager, tr: Transaction, mode: JobMode): void {
  if (mode === 'isolate' || mode === 'flush') {
    const doomed = [...m.jobs.values()].filter((j) => !j.unit.config.unit.ignoreOnIsolate && !tr.jobs.has(j.unit))
    // Not recursive: dependents' OnFailure= is not to be triggered.
    for (const j of doomed) if (j.installed) jobFinishAndInvalidate(m, j, 'canceled', false, false)
  }
  const jobs = transactionUnits(tr).flatMap((u) => tr.jobs.get(u)?.[0] ?? [])
  for (const j of jobs) m.jobs.set(j.id, j)
  for (const j of jobs) {
    jobForgetDependencies(j)
    const installed = jobInstall(m, j)
    if (installed !== j) {
      if (tr.anchors.delete(j)) tr.anchors.add(installed)
      m.jobs.delete(j.id)
    }
    tr.affected.add(installed)
    jobAddToRunQueue(m, installed)
    jobStartTimer(m, installed, false)
  }
  tr.jobs.clear()
}

/** Mirrors transaction_activate(), its ten steps numbered. Null on success; a refused transaction leaves no trace. */
export function transactionActivate(m: Manager, tr: Transaction, mode: JobMode): BusError | null {
  transactionFindJobsThatMatterToAnchor(tr) // 1
  const bailed = transactionMinimizeImpact(tr, mode) // 2
  if (bailed) return bailed
  transactionDropRedundant(m, tr) // 3
  for (let round = 0; round < TRANSACTION_ROUNDS; round++) {
    if (mode !== 'isolate') transactionCollectGarbage(tr) // 4
    const cyclic = transactionVerifyOrder(m, tr) // 5
    if (cyclic === 'ok') break
    if (cyclic === 'again') continue
    logManager(m, 'transaction-cyclic', { error: cyclic.message })
    return cyclic
  }
  for (let round = 0; round < TRANSACTION_ROUNDS; round++) {
    const unmergeable = transactionMergeJobs(m, tr) // 6
    if (unmergeable === 'ok') break
    if (unmergeable !== 'again') {
      logManager(m, 'transaction-unmergeable', { error: unmergeable.message })
      return unmergeable
    }
    if (mode !== 'isolate') transactionCollectGarbage(tr) // 7
  }
  transactionDropRedundant(m, tr) // 8
  const destructive = transactionIsDestructive(m, tr, mode) // 9
  if (destructive) {
    logManager(m, 'transaction-contradicts', { error: destructive.message })
    return destructive
  }
  transactionApply(m, tr, mode) // 10
  managerAllocateIdlePipe(m)
  return null
}
