/**
 * A job and everything it brings along. Mirrors transaction_add_job_and_dependencies(), src/core/transaction.c (v255).
 * Differs: an explicit stack instead of recursion, as chains of thousands of units are legal; no unit follows another,
 * as several units of one device do.
 */

import type { JobType } from '../systemd/job.ts'
import type { BusError } from './bus-error.ts'
import { busError } from './bus-error.ts'
import type { Job } from './job.ts'
import { jobDependencyNew } from './job-dependency.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { retryLoad } from './manager-load.ts'
import { sliceConcurrencyHardMaxReached } from './slice.ts'
import type { Transaction } from './transaction.ts'
import { transactionAddOneJob, transactionDeleteJob, transactionFindJob } from './transaction.ts'
import type { AddFlags, Frame, OnError } from './transaction-wishes.ts'
import { frameNew, nextUnit, PROPAGATE_RELOAD } from './transaction-wishes.ts'
import { unitCanReload, unitCanStart, unitCanStop } from './unit.ts'
import { deps } from './unit-dependency.ts'
import type { Unit } from './unit-vtable.ts'

interface Adding {
  readonly m: Manager
  readonly tr: Transaction
  readonly frames: Frame[]
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
  const add: Adding = { m, tr, frames }
  let error = enter(add, type, unit, by, flags, flags.ignoreOrder === true, 'fatal')
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    const other = nextUnit(m, frame)
    const { step } = frame
    if (!other || !step) {
      frames.pop()
      continue
    }
    const wanted = step.typeFor(m, tr, other)
    if (wanted === 'nop') continue
    error = enter(add, wanted, other, frame.job, step.flags, frame.ignoreOrder, step.onError)
    if (error) error = unwind(add, error, other, step.onError)
  }
  return error
}

/** An error goes up from wish to wish until one ignores it; each fatal one may take its job along. */
function unwind({ m, tr, frames }: Adding, error: BusError, failed: Unit, how: OnError): BusError | null {
  let onError = how
  let unit = failed
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

/** The first half of transaction_add_job_and_dependencies(): one job; pushes a frame where dependencies follow. */
function enter(
  { m, tr, frames }: Adding,
  type: JobType,
  unit: Unit,
  by: Job | null,
  flags: AddFlags,
  ignoreOrder: boolean,
  onError: OnError,
): BusError | null {
  m.workLeft--
  const refused = refuse(m, type, unit)
  if (refused) return refused
  const found = transactionFindJob(tr, type, unit)
  const job = found ?? transactionAddOneJob(m, tr, type, unit)
  if (ignoreOrder) job.ignoreOrder = true
  if (by) jobDependencyNew(by, job, flags.matters === true, flags.conflicts === true)
  else tr.anchors.add(job)
  if (found || flags.ignoreRequirements || type === 'nop') return null
  frames.push(frameNew(job, type, by === null, ignoreOrder, flags, onError))
  return null
}

/** Load state, applicability, limits of slices: in that order. */
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
    case 'error':
      return loadError(m, u)
    case 'masked':
      return busError('UnitMasked', `Unit ${u.id} is masked.`)
    default:
      return busError('LoadFailed', `Unexpected load state of unit ${u.id}`)
  }
}

/** What stopped the loader, as strerror() has it. */
const LOAD_ERRORS: Readonly<Record<string, string>> = {
  EINVAL: 'Invalid argument',
  EBADMSG: 'Bad message',
  ENOBUFS: 'No buffer space available',
}

/** The error's name on the bus is that of its number. */
function loadError(m: Manager, u: Unit): BusError {
  const text = LOAD_ERRORS[u.loadError ?? ''] ?? 'File exists'
  const words = m.features.loadErrorAdvises
    ? `, please adjust/correct and reload service manager: ${text}`
    : `: ${text}.`
  const name = u.loadError === 'EINVAL' ? 'InvalidArgs' : 'System'
  return busError(name, `Unit ${u.id} failed to load properly${words}`)
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

/**
 * Mirrors transaction_add_propagate_reload_jobs(), for a reload without a job of the unit itself. Such jobs keep their
 * order: only the anchor is without.
 */
export function transactionAddPropagateReloadJobs(m: Manager, tr: Transaction, u: Unit, by: Job): void {
  for (const other of deps(u, 'PropagatesReloadTo')) {
    const type = PROPAGATE_RELOAD.typeFor(m, tr, other)
    if (type === 'nop') continue
    const error = transactionAddJobAndDependencies(m, tr, type, other, by, {})
    if (error) logIgnored(m, other, 'ignored-reload', error)
  }
}
