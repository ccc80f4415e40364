/** Job types, modes and results, and the merge table: src/core/job.h and src/core/job.c (v247 to v262). */

import type { Features } from './features.ts'
import type { ActiveState } from './unit.ts'
import { isActiveOrActivating, isActiveOrReloading, isInactiveOrFailed } from './unit.ts'

/** The types that can be installed. `try-restart`, `try-reload` and `reload-or-start` exist until they collapse. */
export const JOB_TYPES = [
  'start',
  'verify-active',
  'stop',
  'reload',
  'restart',
  'nop',
  'try-restart',
  'try-reload',
  'reload-or-start',
] as const
export type JobType = (typeof JOB_TYPES)[number]

export const JOB_MODES = [
  'fail',
  'lenient',
  'replace',
  'replace-irreversibly',
  'isolate',
  'flush',
  'ignore-dependencies',
  'ignore-requirements',
  'triggering',
  'restart-dependencies',
] as const
export type JobMode = (typeof JOB_MODES)[number]

export const JOB_RESULTS = [
  'done',
  'canceled',
  'timeout',
  'failed',
  'dependency',
  'skipped',
  'invalid',
  'assert',
  'unsupported',
  'collected',
  'once',
  'frozen',
  'concurrency',
] as const
export type JobResult = (typeof JOB_RESULTS)[number]

type MergingType = 'start' | 'verify-active' | 'stop' | 'reload' | 'restart'

/** Mirrors job_merging_table[], src/core/job.c: its lower triangle; the rest is symmetry. Null: cannot be merged. */
const MERGING: Readonly<Record<MergingType, Partial<Record<MergingType, JobType | null>>>> = {
  start: { start: 'start' },
  'verify-active': { start: 'start', 'verify-active': 'verify-active' },
  stop: { start: null, 'verify-active': null, stop: 'stop' },
  reload: { start: 'reload-or-start', 'verify-active': 'reload', stop: null, reload: 'reload' },
  restart: { start: 'restart', 'verify-active': 'restart', stop: null, reload: 'restart', restart: 'restart' },
}

/** Mirrors job_type_lookup_merge(). Null if no single job can stand for both. */
export function jobTypeLookupMerge(a: JobType, b: JobType): JobType | null {
  const row = MERGING[a as MergingType]?.[b as MergingType]
  if (row !== undefined) return row
  return MERGING[b as MergingType]?.[a as MergingType] ?? null
}

/** Mirrors job_type_is_mergeable(). */
export const jobTypeIsMergeable = (a: JobType, b: JobType): boolean => jobTypeLookupMerge(a, b) !== null

/** Mirrors job_type_is_conflicting(). */
export const jobTypeIsConflicting = (a: JobType, b: JobType): boolean =>
  a !== 'nop' && b !== 'nop' && !jobTypeIsMergeable(a, b)

/** Mirrors job_type_is_superset(): does `a` cover `b`? Before collapsing, so start does not cover reload. */
export function jobTypeIsSuperset(a: JobType, b: JobType): boolean {
  if (b === 'nop') return true
  if (a === 'nop') return false
  return a === jobTypeLookupMerge(a, b)
}

/** Mirrors job_type_collapse(): pseudo types become real ones by the unit's state at this instant. */
export function jobTypeCollapse(t: JobType, state: ActiveState, features: Features): JobType {
  switch (t) {
    case 'try-restart': {
      const up = features.tryRestartWhileActivating ? isActiveOrActivating(state) : isActiveOrReloading(state)
      return up ? 'restart' : 'nop'
    }
    case 'try-reload':
      return isActiveOrReloading(state) ? 'reload' : 'nop'
    case 'reload-or-start':
      return isActiveOrReloading(state) ? 'reload' : 'start'
    default:
      return t
  }
}

/** Mirrors job_type_is_redundant(): the unit is already where the job would bring it. */
export function jobTypeIsRedundant(t: JobType, state: ActiveState, features: Features): boolean {
  switch (t) {
    case 'start':
    case 'verify-active':
      return isActiveOrReloading(state)
    case 'stop':
      return isInactiveOrFailed(state)
    case 'reload':
      return features.reloadRedundantWhileReloading && state === 'reloading'
    case 'restart':
      return features.restartRedundantWhileActivating && state === 'activating'
    case 'nop':
      return true
    default:
      throw new Error(`job type ${t} was not collapsed`)
  }
}
