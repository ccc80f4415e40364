/**
 * Slices: up or down, at once, and the limits on how many units in them may run. Mirrors src/core/slice.c (v255,
 * v262).
 */

import type { ActiveState } from '../systemd/unit.ts'
import { isInactiveOrFailed } from '../systemd/unit.ts'
import type { SliceSection } from '../systemd/unit-config.ts'
import type { Manager } from './manager.ts'
import { jobAddToRunQueue } from './run-queue.ts'
import { unitActiveState, unitStateChanged } from './unit.ts'
import { deps } from './unit-dependency.ts'
import { type JobMessages, type Outcome, Unit, type UnitVTable } from './unit-vtable.ts'

export type SliceState = 'dead' | 'active'

class Slice extends Unit {
  state: SliceState = 'dead'
}

function activeState(u: Slice): ActiveState {
  return u.state === 'active' ? 'active' : 'inactive'
}

/** Mirrors slice_set_state(). */
function sliceSetState(m: Manager, u: Slice, state: SliceState): void {
  const old = u.state
  const oldActive = activeState(u)
  u.state = state
  unitStateChanged(m, u, old, oldActive)
}

/** Mirrors slice_enumerate_perpetual(). */
function sliceEnumeratePerpetual(m: Manager, u: Slice): void {
  sliceSetState(m, u, 'active')
}

/** Mirrors slice_start(). */
function sliceStart(m: Manager, u: Slice): Outcome {
  sliceSetState(m, u, 'active')
  return 'begun'
}

/** Mirrors slice_stop(). */
function sliceStop(m: Manager, u: Slice): Outcome {
  sliceSetState(m, u, 'dead')
  return 'begun'
}

/** Mirrors slice_coldplug(): to the log it goes from dead to its state again. */
function sliceColdplug(m: Manager, u: Slice): void {
  const { state } = u
  if (state === 'dead') return
  u.state = 'dead'
  sliceSetState(m, u, state)
}

const JOB_MESSAGES: JobMessages = { 'start done': 'job-started-slice', 'stop done': 'job-stopped-slice' }

export const sliceVTable: UnitVTable<Slice> = {
  type: 'slice',
  object: Slice,
  enumeratePerpetual: sliceEnumeratePerpetual,
  activeState,
  subState: (u) => u.state,
  start: sliceStart,
  stop: sliceStop,
  coldplug: sliceColdplug,
  jobMessages: () => JOB_MESSAGES,
}

/** Mirrors slice_get_currently_active(): units below the slice that are up in some way, or are about to be. */
function sliceGetCurrentlyActive(slice: Unit, ignore: Unit, withPending: boolean): number {
  let n = 0
  for (const member of deps(slice, 'SliceOf')) {
    if (member === ignore) continue
    const pending = withPending && member.job && ['start', 'restart', 'reload'].includes(member.job.type)
    if (!isInactiveOrFailed(unitActiveState(member)) || pending) n++
    if (member.type === 'slice') n += sliceGetCurrentlyActive(member, ignore, withPending)
  }
  return n
}

/** Mirrors slice_get_currently_activating(). */
function sliceGetCurrentlyActivating(slice: Unit, ignore: Unit): number {
  let n = 0
  for (const member of deps(slice, 'SliceOf')) {
    if (member !== ignore && unitActiveState(member) === 'activating') n++
    if (member.type === 'slice') n += sliceGetCurrentlyActivating(member, ignore)
  }
  return n
}

const limitsOf = (slice: Unit): SliceSection | undefined => slice.config.sliceSection

/** The first slice above `u` for which `reached` holds; bounded by the nesting of names. */
function sliceAbove(u: Unit, reached: (slice: Unit, limits: SliceSection, u: Unit) => boolean): Unit | null {
  for (let slice = u.slice; slice; slice = slice.slice) {
    const limits = limitsOf(slice)
    if (limits && reached(slice, limits, u)) return slice
  }
  return null
}

/** Mirrors slice_concurrency_hard_max_reached() for the slices above a unit. */
export const sliceConcurrencyHardMaxReached = (m: Manager, u: Unit): boolean =>
  m.features.sliceConcurrency && sliceAbove(u, isFull) !== null

const isFull = (slice: Unit, l: SliceSection, u: Unit): boolean =>
  Number.isFinite(l.concurrencyHardMax) && sliceGetCurrentlyActive(slice, u, true) >= l.concurrencyHardMax

/** Mirrors slice_concurrency_soft_max_reached() and (v262) slice_activating_concurrency_max_reached(). */
export function sliceConcurrencySoftMaxReached(m: Manager, u: Unit): boolean {
  if (!m.features.sliceConcurrency) return false
  const full = (slice: Unit, l: SliceSection) =>
    (Number.isFinite(l.concurrencySoftMax) && sliceGetCurrentlyActive(slice, u, false) >= l.concurrencySoftMax) ||
    (m.features.sliceActivatingConcurrency &&
      Number.isFinite(l.activatingConcurrencyMax) &&
      sliceGetCurrentlyActivating(slice, u) >= l.activatingConcurrencyMax)
  return sliceAbove(u, full) !== null
}

/** Mirrors unit_check_concurrency_limit(): waiting starts in limited slices above `u` get another turn. */
export function unitCheckConcurrencyLimit(m: Manager, u: Unit): void {
  if (!m.features.sliceConcurrency) return
  const limited = (_: Unit, l: SliceSection) =>
    Number.isFinite(l.concurrencySoftMax) ||
    (m.features.sliceActivatingConcurrency && Number.isFinite(l.activatingConcurrencyMax))
  for (let slice = sliceAbove(u, limited); slice; slice = sliceAbove(slice, limited)) {
    for (const member of deps(slice, 'SliceOf')) if (member !== u) unitRecursiveAddToRunQueue(m, member)
  }
}

/** Mirrors unit_recursive_add_to_run_queue(): a slice below that has no job of its own is not looked into. */
function unitRecursiveAddToRunQueue(m: Manager, u: Unit): void {
  if (u.job) jobAddToRunQueue(m, u.job)
  for (const child of deps(u, 'SliceOf')) if (child.job) unitRecursiveAddToRunQueue(m, child)
}
