/** The run queue: which waiting job goes next. Mirrors job_add_to_run_queue() and compare_job_priority(), src/core/job.c (v255). */

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
function compareUnits(a: Unit, b: Unit): number {
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
  const heap = m.runQueue
  heap.push(j)
  if (!m.features.dispatchByPriority) return
  let i = heap.length - 1
  while (i > 0) {
    const parent = (i - 1) >> 1
    if (compareUnits(j.unit, (heap[parent] as Job).unit) >= 0) break
    heap[i] = heap[parent] as Job
    i = parent
  }
  heap[i] = j
}

/** Takes the next job off the queue; jobs that have ended meanwhile are dropped on the way. */
export function runQueueTake(m: Manager): Job | undefined {
  for (;;) {
    const j = m.features.dispatchByPriority ? popHeap(m.runQueue) : m.runQueue.shift()
    if (!j) return undefined
    if (!j.inRunQueue || !j.installed) continue
    j.inRunQueue = false
    return j
  }
}

function popHeap(heap: Job[]): Job | undefined {
  const top = heap[0]
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return top
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && compareUnits((heap[child + 1] as Job).unit, (heap[child] as Job).unit) < 0) child++
    if (compareUnits((heap[child] as Job).unit, last.unit) >= 0) break
    heap[i] = heap[child] as Job
    i = child
  }
  heap[i] = last
  return top
}
