/**
 * A job and everything it brings along. Mirrors transaction_add_job_and_dependencies(), src/core/transaction.c (v255).
 * Differs: an explicit stack instead of recursion, as chains of thousands of units are legal.
 */

import type { Atom } from '../systemd/atoms.ts'
import type { JobType } from '../systemd/job.ts'
import { jobTypeCollapse } from '../systemd/job.ts'
import type { BusError } from './bus-error.ts'
import { busError } from './bus-error.ts'
import type { Job } from './job.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { retryLoad } from './manager-load.ts'
import { sliceConcurrencyHardMaxReached } from './slice.ts'
import type { Transaction } from './transaction.ts'
import { jobDependencyNew, transactionAddOneJob, transactionDeleteJob } from './transaction.ts'
import { unitActiveState, unitCanReload, unitCanStart, unitCanStop } from './unit.ts'
import { deps, unitsWithAtom } from './unit-dependency.ts'
import type { Unit } from './unit-vtable.ts'

/** TransactionAddFlags of src/core/transaction.h. */
export interface AddFlags {
  readonly matters?: boolean
  readonly conflicts?: boolean
  readonly ignoreRequirements?: boolean
  readonly ignoreOrder?: boolean
  readonly propagateStartAsRestart?: boolean
  readonly propagateStopGraceful?: boolean
}

/** What an error of a dependency means for the job that wants it. */
type OnError = 'fatal' | 'ignored' | 'ignored-warning' | 'ignored-reload' | 'fatal-keeps-job'

interface Wish {
  readonly type: JobType
  readonly unit: Unit
  readonly flags: AddFlags
  readonly onError: OnError
}

interface Frame {
  readonly job: Job
  readonly type: JobType
  readonly wishes: Iterator<Wish>
  /** How the parent takes an error of this job. */
  readonly onError: OnError
}

/** Adds the job, linked to the one that wants it (none for an anchor). Null on success. */
export function transactionAddJobAndDependencies(
  m: Manager,
  tr: Transaction,
  type: JobType,
  unit: Unit,
  by: Job | null,
  flags: AddFlags,
): BusError | null {
  const frames: Frame[] = []
  let error = enter(m, tr, { type, unit, flags, onError: 'fatal' }, by, frames)
  while (frames.length > 0) {
    const frame = frames[frames.length - 1] as Frame
    const next = frame.wishes.next()
    if (next.done) {
      frames.pop()
      continue
    }
    error = enter(m, tr, next.value, frame.job, frames)
    if (error) error = unwind(m, tr, error, next.value, frames)
  }
  return error
}

/** An error goes up from wish to wish until one ignores it; each fatal one may take its job along. */
function unwind(m: Manager, tr: Transaction, error: BusError, failed: Wish, frames: Frame[]): BusError | null {
  let onError = failed.onError
  let unit = failed.unit
  while (frames.length > 0) {
    if (onError === 'ignored' || onError === 'ignored-warning' || onError === 'ignored-reload') {
      logIgnored(m, unit, onError, error)
      return null
    }
    if (error.errno === 'EBADR') return null
    const frame = frames.pop() as Frame
    if (onError === 'fatal' && m.features.failedRequirementDropsJob) transactionDeleteJob(tr, frame.job, false)
    onError = frame.onError
    unit = frame.job.unit
  }
  return error
}

function logIgnored(m: Manager, u: Unit, onError: OnError, error: BusError): void {
  const args = { error: error.message }
  if (onError === 'ignored-reload') {
    logUnit(m, u, 'transaction-dependency-reload-ignored', args)
  } else if (onError === 'ignored' && ['ERFKILL', 'EBADR', 'ENOENT'].includes(error.errno)) {
    logUnit(m, u, 'transaction-dependency-ignored-debug', args)
  } else {
    logUnit(m, u, 'transaction-dependency-ignored', args)
  }
}

/** Steps 1 to 9 of spec 01, 3.5; pushes a frame where dependencies follow. */
function enter(m: Manager, tr: Transaction, wish: Wish, by: Job | null, frames: Frame[]): BusError | null {
  const { type, unit, flags } = wish
  const refused = refuse(m, type, unit)
  if (refused) return refused
  const [job, isNew] = transactionAddOneJob(m, tr, type, unit)
  if (flags.ignoreOrder) job.ignoreOrder = true
  if (by) jobDependencyNew(by, job, flags.matters ?? false, flags.conflicts ?? false)
  else tr.anchors.add(job)
  if (!isNew || flags.ignoreRequirements || type === 'nop') return null
  frames.push({ job, type, wishes: wishesOf(m, tr, job, type, by === null, flags), onError: wish.onError })
  return null
}

/** Steps 2 to 5: load state, applicability, slice limits. */
function refuse(m: Manager, type: JobType, u: Unit): BusError | null {
  if (u.loadState === 'stub' || u.loadState === 'merged') {
    return busError('LoadFailed', `Unit ${u.id} is not loaded properly.`)
  }
  if (type !== 'stop') {
    const bad = busUnitValidateLoadState(m, u)
    // The unit's file may have come since it was last looked for (v246).
    if (bad && !(retryLoad(m, u) && busUnitValidateLoadState(m, u) === null)) return bad
  }
  if (!unitJobIsApplicable(m, u, type)) {
    return busError('JobTypeNotApplicable', `Job type ${type} is not applicable for unit ${u.id}.`)
  }
  if (type === 'start' && u.slice && sliceConcurrencyHardMaxReached(m, u)) {
    const where = `the slice unit '${u.slice.id}' (or any of its parents) the unit '${u.id}' is contained in`
    return busError('ConcurrencyLimitReached', `Concurrency limit of ${where} has been reached, refusing start job.`)
  }
  return null
}

/** Mirrors bus_unit_validate_load_state(), src/core/dbus-unit.c. */
export function busUnitValidateLoadState(m: Manager, u: Unit): BusError | null {
  switch (u.loadState) {
    case 'loaded':
      return null
    case 'not-found':
      return busError('NoSuchUnit', `Unit ${u.id} not found.`)
    case 'bad-setting':
      return busError('BadUnitSetting', `Unit ${u.id} has a bad unit file setting.`)
    case 'error': {
      const advice = m.features.loadErrorAdvises ? ', please adjust/correct and reload service manager' : ''
      return busError('LoadFailed', `Unit ${u.id} failed to load properly${advice}: ${u.loadError ?? 'File exists'}`)
    }
    case 'masked':
      return busError('UnitMasked', `Unit ${u.id} is masked.`)
    default:
      return busError('LoadFailed', `Unexpected load state of unit ${u.id}`)
  }
}

/** Mirrors unit_job_is_applicable(). */
function unitJobIsApplicable(m: Manager, u: Unit, type: JobType): boolean {
  switch (type) {
    case 'start':
    case 'verify-active':
    case 'nop':
      return true
    case 'stop':
      return !u.perpetual
    case 'restart':
    case 'try-restart':
      return unitCanStop(u) && unitCanStart(u)
    case 'reload':
    case 'try-reload':
      return unitCanReload(m, u)
    case 'reload-or-start':
      return unitCanReload(m, u) && unitCanStart(u)
  }
}

/** Steps 11 to 15, lazily: later ones look at what earlier ones have added. */
function* wishesOf(
  m: Manager,
  tr: Transaction,
  job: Job,
  type: JobType,
  isAnchor: boolean,
  flags: AddFlags,
): Generator<Wish> {
  const u = job.unit
  const order = flags.ignoreOrder ? { ignoreOrder: true } : {}
  const matters = { ...order, matters: true }
  if (type === 'start' || type === 'restart') yield* startWishes(m, u, order)
  const asRestart = type === 'start' && flags.propagateStartAsRestart === true
  if (type === 'stop' || type === 'restart' || asRestart) {
    yield* stopWishes(m, u, type, matters)
    if (isAnchor || flags.propagateStopGraceful) {
      for (const other of unitsWithAtom(m, u, 'propagate-stop-graceful')) {
        const gentle = propagateStopGraceful(tr.jobs.get(other))
        const on = { ...matters, propagateStopGraceful: true }
        if (gentle !== 'nop') yield { type: gentle, unit: other, flags: on, onError: 'fatal-keeps-job' }
      }
    }
  }
  if (type === 'reload') yield* reloadWishes(m, u, order)
}

const START_WISHES: readonly (readonly [Atom, JobType, AddFlags, OnError])[] = [
  ['pull-in-start', 'start', { matters: true }, 'fatal'],
  ['pull-in-start-ignored', 'start', {}, 'ignored'],
  ['pull-in-verify', 'verify-active', { matters: true }, 'fatal'],
  ['pull-in-stop', 'stop', { matters: true, conflicts: true }, 'fatal'],
  ['pull-in-stop-ignored', 'stop', {}, 'ignored-warning'],
]

/** Step 11. */
function* startWishes(m: Manager, u: Unit, order: AddFlags): Generator<Wish> {
  for (const [atom, type, own, onError] of START_WISHES) {
    const others = unitsWithAtom(m, u, atom)
    if (others.length === 0) continue
    const flags = { ...order, ...own }
    for (const other of others) yield { type, unit: other, flags, onError }
  }
}

/** Step 12: a restart is passed on as try-restart, so that nothing that is down comes up by it. */
function* stopWishes(m: Manager, u: Unit, type: JobType, matters: AddFlags): Generator<Wish> {
  const atom = type === 'stop' ? 'propagate-stop' : 'propagate-restart'
  for (const other of unitsWithAtom(m, u, atom)) {
    const wanted = type === 'stop' ? 'stop' : 'try-restart'
    const passed = jobTypeCollapse(wanted, unitActiveState(other), m.features)
    if (passed !== 'nop') yield { type: passed, unit: other, flags: matters, onError: 'fatal-keeps-job' }
  }
}

/** Mirrors job_type_propagate_stop_graceful(): spec 01, 3.6. */
function propagateStopGraceful(jobs: readonly Job[] | undefined): 'nop' | 'stop' | 'restart' {
  if (jobs?.some((j) => j.type === 'stop' || j.type === 'restart')) return 'nop'
  return jobs?.some((j) => j.type === 'start') ? 'restart' : 'stop'
}

/** Step 14. Mirrors transaction_add_propagate_reload_jobs(). */
export function* reloadWishes(m: Manager, u: Unit, order: AddFlags): Generator<Wish> {
  for (const other of deps(u, 'PropagatesReloadTo')) {
    const type = jobTypeCollapse('try-reload', unitActiveState(other), m.features)
    if (type !== 'nop') yield { type, unit: other, flags: order, onError: 'ignored-reload' }
  }
}

/** Adds try-reload jobs of the units that a reload is passed on to, without a reload job of the unit itself. */
export function transactionAddPropagateReloadJobs(m: Manager, tr: Transaction, u: Unit, by: Job): void {
  for (const wish of reloadWishes(m, u, { ignoreOrder: true })) {
    const error = transactionAddJobAndDependencies(m, tr, wish.type, wish.unit, by, wish.flags)
    if (error) logIgnored(m, wish.unit, 'ignored-reload', error)
  }
}
