/** Which of two jobs goes first. Mirrors job_compare() and job_is_runnable(), src/core/job.c (v255). */

import type { Job } from './job.ts'
import { deps } from './unit-dependency.ts'

/**
 * Mirrors job_compare(): -1 if `a` goes before `b`, 1 if after, 0 if they are unordered.
 * `direction` is how a's unit stands to b's: a Before= b, or a After= b.
 */
export function jobCompare(a: Job, b: Job, direction: 'Before' | 'After'): -1 | 0 | 1 {
  if (a.type === 'nop' || b.type === 'nop' || a.ignoreOrder || b.ignoreOrder) return 0
  if (direction === 'After') return -jobCompare(b, a, 'Before') as -1 | 0 | 1
  // a's unit is the earlier one: it goes first, unless the later unit is to be stopped.
  return b.type === 'stop' || b.type === 'restart' ? 1 : -1
}

/** Mirrors job_is_runnable(): nothing that is ordered before it has a job. */
export function jobIsRunnable(j: Job): boolean {
  if (j.ignoreOrder || j.type === 'nop') return true
  const { unit } = j
  for (const other of deps(unit, 'After')) {
    if (other.job && jobCompare(j, other.job, 'After') > 0) return false
  }
  for (const other of deps(unit, 'Before')) {
    if (other.job && jobCompare(j, other.job, 'Before') > 0) return false
  }
  return true
}
