/**
 * Finds ordering cycles and says which job is dropped to break them.
 * Mirrors transaction_verify_order(), src/core/transaction.c (v255, v262).
 * Differs: an explicit stack instead of recursion, as chains of thousands of units are legal.
 */

import type { BusError } from './bus-error.ts'
import { busError } from './bus-error.ts'
import type { Job } from './job.ts'
import { jobCompare } from './job-order.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Transaction } from './transaction.ts'
import { transactionDeleteJob, transactionUnits } from './transaction.ts'
import { deps } from './unit-dependency.ts'
import type { Unit } from './unit-vtable.ts'

/** 'again' after a job was dropped. */
export function transactionVerifyOrder(m: Manager, tr: Transaction): 'ok' | 'again' | BusError {
  const generation = ++m.orderGeneration
  for (const u of transactionUnits(tr)) {
    const j = tr.jobs.get(u)?.[0]
    if (!j) continue
    const result = transactionVerifyOrderOne(m, tr, j, generation)
    if (result !== 'ok') return result
  }
  return 'ok'
}

interface Frame {
  readonly job: Job
  readonly before: readonly Unit[]
  readonly after: readonly Unit[]
  at: number
}

function transactionVerifyOrderOne(
  m: Manager,
  tr: Transaction,
  start: Job,
  generation: number,
): 'ok' | 'again' | BusError {
  if (start.generation === generation) return 'ok'
  const path: Frame[] = [enter(start, start, generation)]
  while (path.length > 0) {
    const frame = path[path.length - 1] as Frame
    const next = nextAfter(tr, frame)
    if (!next) {
      frame.job.marker = null
      path.pop()
    } else if (next.generation !== generation) {
      path.push(enter(next, frame.job, generation))
    } else if (next.marker) {
      return breakCycle(m, tr, next, frame.job, generation)
    }
  }
  return 'ok'
}

function enter(j: Job, from: Job, generation: number): Frame {
  j.marker = from
  j.generation = generation
  return { job: j, before: deps(j.unit, 'Before'), after: deps(j.unit, 'After'), at: 0 }
}

/** The next job that has to wait for this one: of a unit in the transaction that of the transaction, else the installed. */
function nextAfter(tr: Transaction, frame: Frame): Job | undefined {
  const { job, before, after } = frame
  while (frame.at < before.length + after.length) {
    const isBefore = frame.at < before.length
    const u = (isBefore ? before[frame.at] : after[frame.at - before.length]) as Unit
    frame.at++
    const other = tr.jobs.get(u)?.[0] ?? u.job
    if (other && jobCompare(job, other, isBefore ? 'Before' : 'After') < 0) return other
  }
  return undefined
}

/**
 * Mirrors the cycle branch of transaction_verify_order_one(): walks back and drops the first unit that does not
 * matter.
 */
function breakCycle(m: Manager, tr: Transaction, j: Job, from: Job, generation: number): 'again' | BusError {
  const cycle = walkBack(j, from, generation)
  const doomed = cycle.find((k) => tr.jobs.get(k.unit)?.every((job) => !job.mattersToAnchor))
  m.metCycle = true
  logCycle(m, j, cycle)
  const start = `${j.unit.id}/${j.type}`
  if (!doomed) {
    logUnit(m, j.unit, 'transaction-cycle-unbreakable', { start })
    return busError('TransactionOrderIsCyclic', 'Transaction order is cyclic. See system logs for details.')
  }
  const first = tr.jobs.get(doomed.unit)?.[0] ?? doomed
  logUnit(m, j.unit, 'transaction-cycle-deleted', { job: `${doomed.unit.id}/${first.type}`, start })
  for (const job of [...(tr.jobs.get(doomed.unit) ?? [])]) transactionDeleteJob(tr, job, true)
  return 'again'
}

function walkBack(j: Job, from: Job, generation: number): Job[] {
  const cycle: Job[] = []
  let k: Job | null = from
  while (k) {
    cycle.push(k)
    if (k === j) break
    k = k.generation === generation && k.marker !== k ? k.marker : null
  }
  return cycle
}

function logCycle(m: Manager, j: Job, cycle: readonly Job[]): void {
  const words = cycle.map((k) => `${k.unit.id}/${k.type}`)
  if (m.features.cycleInOneLine) {
    const path = [...words, cycle[0]?.unit.id ?? ''].map((word, i) => (i === 0 ? word : `after ${word}`))
    const last = path.pop() ?? ''
    logUnit(m, j.unit, 'transaction-cycle-path', { path: `${path.join(' ')} - ${last}` })
    return
  }
  for (const [i, job] of words.entries()) {
    logUnit(m, j.unit, i === 0 ? 'transaction-cycle-found' : 'transaction-cycle-dependency', { job })
  }
}
