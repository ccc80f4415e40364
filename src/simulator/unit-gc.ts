/**
 * Units that nobody refers to are unloaded, and forget their restart counters and rate limits.
 * Mirrors unit_may_gc(), src/core/unit.c, and manager_dispatch_gc_unit_queue(), src/core/manager.c (v255).
 */

import { KIND_BITS } from '../systemd/atoms.ts'
import { isInactiveOrFailed } from '../systemd/unit.ts'
import { disarm } from './clock.ts'
import type { Manager } from './manager.ts'
import { unitActiveState, unitCanStart } from './unit.ts'
import { deps, type Edge, kindsFrom, otherEnd, unitClearDependencies } from './unit-dependency.ts'
import type { Unit } from './unit-vtable.ts'

/** Mirrors unit_add_to_gc_queue(). */
export function unitAddToGcQueue(m: Manager, u: Unit): void {
  if (u.inGcQueue || !unitMayGc(m, u)) return
  u.inGcQueue = true
  m.gcUnitQueue.push(u)
}

/** Mirrors unit_may_gc(): true if nothing but references could keep it. */
function unitMayGc(m: Manager, u: Unit): boolean {
  if (u.job || u.nopJob || u.perpetual || u.inLoadQueue) return false
  const state = unitActiveState(u)
  const collected =
    u.config.unit.collectMode === 'inactive-or-failed' ? isInactiveOrFailed(state) : state === 'inactive'
  if (!collected || u.processes.length > 0 || (u.markers?.has('needs-start') && unitCanStart(u))) return false
  if (m.features.onSuccess && (hasJob(deps(u, 'OnFailure')) || hasJob(deps(u, 'OnSuccess')))) return false
  return u.vtable.mayGc?.(u) ?? true
}

const hasJob = (units: readonly Unit[]): boolean => units.some(({ job, nopJob }) => job || nopJob)

/** What a sweep knows of a unit, added to the collection's marker. Unsure: all that it found leads back to the path. */
const IN_PATH = 0
const UNSURE = 1
const GOOD = 2
const MARKS = 3

/**
 * Mirrors manager_dispatch_gc_unit_queue() and manager_dispatch_cleanup_queue(): sweeps, then frees. True if there was
 * something to do.
 */
export function managerDispatchGcUnitQueue(m: Manager): boolean {
  if (m.gcUnitQueue.length === 0) return false
  m.gcMarker += MARKS
  const swept: Unit[] = []
  for (let u = m.gcUnitQueue.pop(); u; u = m.gcUnitQueue.pop()) {
    if (u.gcMarker < m.gcMarker) unitGcSweep(m, u, swept)
    u.inGcQueue = false
  }
  m.workLeft -= swept.length
  const isGood = (u: Unit) => u.gcMarker < m.gcMarker || u.gcMarker === m.gcMarker + GOOD
  for (const u of swept) {
    if (isGood(u)) continue
    for (const other of unitFree(m, u)) if (isGood(other)) unitAddToGcQueue(m, other)
  }
  return true
}

interface Frame {
  readonly unit: Unit
  edgesDone: number
}

/**
 * Mirrors unit_gc_sweep(): a unit stays if one that stays refers to it. Every unit that was looked at is added to
 * `swept`. Differs: an explicit stack instead of recursion.
 */
function unitGcSweep(m: Manager, start: Unit, swept: Unit[]): void {
  const path: Frame[] = []
  for (let u: Unit | undefined = start; u; u = nextReferrer(m, path)) {
    if (u.gcMarker === m.gcMarker + GOOD || (u.gcMarker < m.gcMarker && !unitMayGc(m, u))) {
      u.gcMarker = m.gcMarker + GOOD
      for (const { unit } of path) unitGcMarkGood(m, unit)
      return
    }
    if (u.gcMarker >= m.gcMarker) continue
    u.gcMarker = m.gcMarker + IN_PATH
    path.push({ unit: u, edgesDone: 0 })
    swept.push(u)
  }
}

/** Back to where there is one left; whoever has none led nowhere. */
function nextReferrer(m: Manager, path: Frame[]): Unit | undefined {
  for (let frame = path.at(-1); frame; frame = path.at(-1)) {
    const { unit } = frame
    const { edges } = unit.dependencies
    while (frame.edgesDone < edges.length) {
      const edge = edges[frame.edgesDone++] as Edge
      if ((kindsFrom(unit, edge) & KIND_BITS.ReferencedBy) !== 0) return otherEnd(unit, edge)
    }
    unit.gcMarker = m.gcMarker + UNSURE
    path.pop()
  }
  return undefined
}

/** Mirrors unit_gc_mark_good(): so are those that it refers to, where that was not known yet. */
function unitGcMarkGood(m: Manager, start: Unit): void {
  const stack = [start]
  start.gcMarker = m.gcMarker + GOOD
  for (let u = stack.pop(); u; u = stack.pop()) {
    for (const edge of u.dependencies.edges) {
      if ((kindsFrom(u, edge) & KIND_BITS.References) === 0) continue
      const other = otherEnd(u, edge)
      if (other.gcMarker !== m.gcMarker + UNSURE) continue
      other.gcMarker = m.gcMarker + GOOD
      stack.push(other)
    }
  }
}

/** Mirrors unit_free() for a unit without job. Returns its neighbours. */
function unitFree(m: Manager, u: Unit): readonly Unit[] {
  u.autoStartStopTimer = disarm(u.autoStartStopTimer)
  u.vtable.done?.(m, u)
  const neighbours = unitClearDependencies(u)
  for (const name of u.names) if (m.units.get(name) === u) m.units.delete(name)
  u.loadState = 'stub'
  return neighbours
}
