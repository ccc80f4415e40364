/**
 * What a job brings along. Mirrors the second half of transaction_add_job_and_dependencies(), src/core/transaction.c
 * (v255).
 */

import type { Atom } from '../systemd/atoms.ts'
import type { JobType } from '../systemd/job.ts'
import { jobTypeCollapse } from '../systemd/job.ts'
import type { Job } from './job.ts'
import type { Manager } from './manager.ts'
import type { Transaction } from './transaction.ts'
import { unitActiveState } from './unit.ts'
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
export type OnError = 'fatal' | 'ignored' | 'ignored-warning' | 'ignored-reload' | 'fatal-keeps-job'

/** The units that a job wants jobs for, of which type, and how. */
export interface Step {
  readonly unitsOf: Atom | 'PropagatesReloadTo'
  readonly flags: AddFlags
  readonly onError: OnError
  /** By the state of that moment; 'nop' where none is wanted. */
  readonly typeFor: (m: Manager, tr: Transaction, other: Unit) => JobType
}

const PULL_IN: readonly Step[] = [
  step('pull-in-start', { matters: true }, 'fatal', () => 'start'),
  step('pull-in-start-ignored', {}, 'ignored', () => 'start'),
  step('pull-in-verify', { matters: true }, 'fatal', () => 'verify-active'),
  step('pull-in-stop', { matters: true, conflicts: true }, 'fatal', () => 'stop'),
  step('pull-in-stop-ignored', {}, 'ignored-warning', () => 'stop'),
]

const PROPAGATE_STOP = step('propagate-stop', { matters: true }, 'fatal-keeps-job', () => 'stop')

/** A restart is passed on as try-restart, so that nothing that is down comes up by it. */
const PROPAGATE_RESTART = step('propagate-restart', { matters: true }, 'fatal-keeps-job', (m, _, other) =>
  jobTypeCollapse('try-restart', unitActiveState(other), m.features),
)

const PROPAGATE_STOP_GRACEFUL = step(
  'propagate-stop-graceful',
  { matters: true, propagateStopGraceful: true },
  'fatal-keeps-job',
  (_, tr, other) => jobTypePropagateStopGraceful(tr.jobs.get(other)),
)

/** Mirrors transaction_add_propagate_reload_jobs(). */
export const PROPAGATE_RELOAD = step('PropagatesReloadTo', {}, 'ignored-reload', (m, _, other) =>
  jobTypeCollapse('try-reload', unitActiveState(other), m.features),
)

const STEPS = {
  start: PULL_IN,
  restart: [...PULL_IN, PROPAGATE_RESTART],
  restartAll: [...PULL_IN, PROPAGATE_RESTART, PROPAGATE_STOP_GRACEFUL],
  stop: [PROPAGATE_STOP],
  stopAll: [PROPAGATE_STOP, PROPAGATE_STOP_GRACEFUL],
  reload: [PROPAGATE_RELOAD],
}
const NO_STEPS: readonly Step[] = []

function step(unitsOf: Step['unitsOf'], flags: AddFlags, onError: OnError, typeFor: Step['typeFor']): Step {
  return { unitsOf, flags, onError, typeFor }
}

/** Mirrors job_type_propagate_stop_graceful(): what is started anyway is restarted. */
function jobTypePropagateStopGraceful(jobs: readonly Job[] | undefined): 'nop' | 'stop' | 'restart' {
  if (jobs?.some((j) => j.type === 'stop' || j.type === 'restart')) return 'nop'
  return jobs?.some((j) => j.type === 'start') ? 'restart' : 'stop'
}

/** A job that is being given what it wants. */
export interface Frame {
  readonly job: Job
  readonly ignoreOrder: boolean
  /** How whoever wants this job takes an error of it. */
  readonly onError: OnError
  readonly steps: readonly Step[]
  step: Step | undefined
  stepsBegun: number
  others: readonly Unit[]
  othersDone: number
}

const NONE: readonly Unit[] = []

/** At the first of its wishes. */
export function frameNew(
  job: Job,
  type: JobType,
  isAnchor: boolean,
  ignoreOrder: boolean,
  flags: AddFlags,
  onError: OnError,
): Frame {
  return {
    job,
    ignoreOrder,
    onError,
    steps: stepsOf(type, isAnchor || flags.propagateStopGraceful === true, flags.propagateStartAsRestart === true),
    step: undefined,
    stepsBegun: 0,
    others: NONE,
    othersDone: 0,
  }
}

function stepsOf(type: JobType, gracefully: boolean, startAsRestart: boolean): readonly Step[] {
  if (type === 'restart' || (type === 'start' && startAsRestart)) return gracefully ? STEPS.restartAll : STEPS.restart
  if (type === 'start') return STEPS.start
  if (type === 'stop') return gracefully ? STEPS.stopAll : STEPS.stop
  return type === 'reload' ? STEPS.reload : NO_STEPS
}

/** The unit whose turn is next, at `frame.step`: later steps look at what earlier ones have added. */
export function nextUnit(m: Manager, frame: Frame): Unit | undefined {
  while (frame.othersDone === frame.others.length) {
    frame.step = frame.steps[frame.stepsBegun++]
    if (!frame.step) return undefined
    const { unitsOf } = frame.step
    const { unit } = frame.job
    frame.others = unitsOf === 'PropagatesReloadTo' ? deps(unit, unitsOf) : unitsWithAtom(m, unit, unitsOf)
    frame.othersDone = 0
  }
  return frame.others[frame.othersDone++]
}
