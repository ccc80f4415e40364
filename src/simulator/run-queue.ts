/**
 * The run queue: which waiting job goes next. Mirrors job_add_to_run_queue() and compare_job_priority(),
 * src/core/job.c (v255).
 */

import type { UnitType } from '../systemd/unit.ts'
import type { Job } from './job.ts'
import type { Manager } from './manager.ts'
import type { Unit } from './unit-vtable.ts'

/** unit_compare_priority() prefers larger values of UnitType in this sense: scopes first, services last. */
const TYPE_ORDER: readonly UnitType[] = [
  'scope',
  'slice',
  'path',
  'timer',
  'automount',
  'device',
  'target',
  'socket',
  'swap',
  'mount',
  'service',
]
const RANK = new Map(TYPE_ORDER.map((type, i) => [type, i]))

/** Mirrors unit_compare_priority(): type, CPU weight (larger first), nice level (smaller first), name. */
function unitComparePriority(a: Unit, b: Unit): number {
  const byType = (RANK.get(a.type) ?? 0) - (RANK.get(b.type) ?? 0)
  if (byType !== 0) return byType
  const byWeight = b.config.cpuWeight - a.config.cpuWeight
  if (byWeight !== 0) return byWeight
  const byNice = a.config.nice - b.config.nice
  if (byNice !== 0) return byNice
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** Puts a job into the queue, once. */
export function jobAddToRunQueue(m: Manager, j: Job): void {
  if (j.inRunQueue || !j.installed) return
  j.inRunQueue = true
  // Until v242 a plain list, last in, first out.
  if (!m.features.dispatchByPriority) {
    m.runQueue.unshift(j)
    return
  }
  m.runQueue.push(j)
  shuffleUp(m.runQueue, m.runQueue.length - 1)
}

/** Takes the next job off the queue. */
export function runQueueTake(m: Manager): Job | undefined {
  const j = m.runQueue[0]
  if (j) jobRemoveFromRunQueue(m, j)
  return j
}

/**
 * At once, as what follows decides between jobs of one unit: they are equal. Mirrors prioq_remove(),
 * src/basic/prioq.c.
 */
export function jobRemoveFromRunQueue(m: Manager, j: Job): void {
  if (!j.inRunQueue) return
  j.inRunQueue = false
  const heap = m.runQueue
  const at = heap.indexOf(j)
  if (!m.features.dispatchByPriority) {
    heap.splice(at, 1)
    return
  }
  const last = heap.pop() as Job
  if (last === j) return
  heap[at] = last
  shuffleUp(heap, shuffleDown(heap, at))
}

const isBefore = (heap: readonly Job[], a: number, b: number): boolean =>
  unitComparePriority((heap[a] as Job).unit, (heap[b] as Job).unit) < 0

function swap(heap: Job[], a: number, b: number): void {
  const job = heap[a] as Job
  heap[a] = heap[b] as Job
  heap[b] = job
}

/** Mirrors shuffle_up(). */
function shuffleUp(heap: Job[], from: number): void {
  let at = from
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!isBefore(heap, at, parent)) return
    swap(heap, at, parent)
    at = parent
  }
}

/** Mirrors shuffle_down(). Returns where the job has come to lie. */
function shuffleDown(heap: Job[], from: number): number {
  let at = from
  for (;;) {
    const [left, right] = [2 * at + 1, 2 * at + 2]
    let least = at
    if (left < heap.length && isBefore(heap, left, least)) least = left
    if (right < heap.length && isBefore(heap, right, least)) least = right
    if (least === at) return at
    swap(heap, at, least)
    at = least
  }
}
