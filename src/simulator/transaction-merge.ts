/**
 * Folds a transaction's jobs to one per unit. Mirrors transaction_merge_jobs(), src/core/transaction.c (v255, v262).
 */

import { jobTypeIsMergeable } from '../systemd/job.ts'
import type { BusError } from './bus-error.ts'
import { busError } from './bus-error.ts'
import type { Job } from './job.ts'
import { jobTypeMergeAndCollapse } from './job.ts'
import { jobMoveDependencies } from './job-dependency.ts'
import type { Manager } from './manager.ts'
import type { Transaction } from './transaction.ts'
import { transactionDeleteJob, transactionUnits } from './transaction.ts'

/** 'again' after a job was dropped: the caller collects garbage and comes back. */
export function transactionMergeJobs(m: Manager, tr: Transaction): 'ok' | 'again' | BusError {
  transactionDropNop(tr)
  const passes = m.features.conflictsMatteringFirst ? [true, false] : [null]
  for (const matters of passes) {
    const result = transactionEnsureMergeable(m, tr, matters)
    if (result !== 'ok') return result
  }
  for (const list of tr.jobs.values()) if (list.length > 1) mergeList(m, tr, list)
  return 'ok'
}

/**
 * Mirrors transaction_drop_nop() (v262): only several anchors can bring a NOP and a regular job together. Of several
 * regular ones the last in the list, so the oldest, becomes the anchor.
 */
function transactionDropNop(tr: Transaction): void {
  if (tr.anchors.size < 2) return
  for (const list of [...tr.jobs.values()]) {
    const nop = list.find((j) => j.type === 'nop')
    const regular = list.findLast((j) => j.type !== 'nop')
    if (!nop || !regular) continue
    if (tr.anchors.delete(nop)) tr.anchors.add(regular)
    transactionDeleteJob(tr, nop, false)
  }
}

/** Mirrors transaction_ensure_mergeable() (v262), and the first step of transaction_merge_jobs() before. */
function transactionEnsureMergeable(m: Manager, tr: Transaction, matters: boolean | null): 'ok' | 'again' | BusError {
  for (const u of transactionUnits(tr)) {
    const list = tr.jobs.get(u)
    if (!list || list.length < 2) continue
    const [first, ...rest] = list as [Job, ...Job[]]
    if (matters !== null && list.some((j) => j.mattersToAnchor) !== matters) continue
    let type = first.type
    for (const k of rest) {
      const merged = jobTypeMergeAndCollapse(type, k.type, u, m.features)
      if (merged !== null) {
        type = merged
        continue
      }
      if (deleteOneUnmergeableJob(tr, list)) return 'again'
      const words = `Transaction contains conflicting jobs '${type}' and '${k.type}' for ${u.id}.`
      return busError(
        'TransactionJobsConflicting',
        `${words} Probably contradicting requirement dependencies configured.`,
      )
    }
  }
  return 'ok'
}

/** Mirrors delete_one_unmergeable_job(). False if both jobs matter. */
function deleteOneUnmergeableJob(tr: Transaction, list: readonly Job[]): boolean {
  for (const [i, j] of list.entries()) {
    for (const k of list.slice(i + 1)) {
      if (jobTypeIsMergeable(j.type, k.type)) continue
      if (j.mattersToAnchor && k.mattersToAnchor) return false
      transactionDeleteJob(tr, lesser(j, k), true)
      return true
    }
  }
  return false
}

/** Rather drop a stop than a start, unless the stop comes from a Conflicts=. */
function lesser(j: Job, k: Job): Job {
  if (j.mattersToAnchor !== k.mattersToAnchor) return j.mattersToAnchor ? k : j
  if (j.type === 'stop') return jobIsConflictedBy(j) ? k : j
  if (k.type === 'stop') return jobIsConflictedBy(k) ? j : k
  return j
}

/** Mirrors job_is_conflicted_by(). */
function jobIsConflictedBy(j: Job): boolean {
  for (let link = j.firstPulledBy; link; link = link.nextPulledBy) if (link.conflicts) return true
  return false
}

/** Mirrors the last step: the anchor survives, else the job added last. */
function mergeList(m: Manager, tr: Transaction, list: readonly Job[]): void {
  const [first, ...rest] = list
  if (!first || rest.length === 0) return
  let type = first.type
  for (const k of rest) type = jobTypeMergeAndCollapse(type, k.type, first.unit, m.features) ?? type
  const survivor = list.find((j) => tr.anchors.has(j)) ?? first
  survivor.type = type
  for (const other of [...list]) if (other !== survivor) transactionMergeAndDeleteJob(tr, survivor, other)
}

/** Mirrors transaction_merge_and_delete_job(). */
function transactionMergeAndDeleteJob(tr: Transaction, j: Job, other: Job): void {
  j.state = 'waiting'
  j.irreversible ||= other.irreversible
  j.mattersToAnchor ||= other.mattersToAnchor
  if (tr.anchors.delete(other)) tr.anchors.add(j)
  jobMoveDependencies(j, other)
  transactionDeleteJob(tr, other, true)
}
