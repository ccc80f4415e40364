/**
 * `systemctl reload-or-restart --marked`, with which packages restart what they brought anew. Mirrors
 * enqueue_marked_jobs() of systemctl-start-unit.c, src/systemctl/ (v257).
 */

import type { SystemctlDeed } from '../systemd/scenario.ts'
import { ERRNO_TEXT } from '../systemd/specifiers.ts'
import type { RequestType } from '../systemd/systemctl.ts'
import type { BusError } from './bus-error.ts'
import { busUnitQueueJob } from './dbus-unit.ts'
import type { Job } from './job.ts'
import { logManager } from './log.ts'
import type { Manager } from './manager.ts'
import { managerAddJob } from './manager-jobs.ts'
import { inAnyOrder } from './order.ts'
import type { Marker } from './unit-markers.ts'

/** Asks for the jobs of all marked units, by the option or by the verb that took its place. */
export const asksForMarked = ({ verb, flags }: SystemctlDeed): boolean =>
  verb === 'enqueue-marked' || flags.includes('--marked')

const OLD_SPELLING = "--marked is deprecated. Please use 'systemctl enqueue-marked' instead."

export const markedWarnings = (m: Manager, { flags }: SystemctlDeed): readonly string[] =>
  flags.includes('--marked') && m.features.marksStartAndStop ? [OLD_SPELLING] : []

/** Mirrors the checks of --marked in systemctl_parse_argv(). */
export function misreadMarked({ verb, units, flags }: SystemctlDeed): string | null {
  if (!flags.includes('--marked')) return null
  if (verb !== 'reload-or-restart') return "--marked may only be used with 'reload-or-restart'."
  return units.length > 0 ? "No additional arguments allowed with 'reload-or-restart --marked'." : null
}

const ERROR_TEXT: Partial<Record<BusError['errno'], string>> = ERRNO_TEXT

export function markedRefusedLine({ errno }: BusError): string {
  return `Failed to start jobs: Failed to enqueue some jobs, see logs for details: ${ERROR_TEXT[errno] ?? errno}`
}

/** What is asked for of a marked unit: the first of its markers counts. */
const REQUESTS: readonly (readonly [Marker, RequestType])[] = [
  ['needs-restart', 'try-restart'],
  ['needs-reload', 'reload-or-try-restart'],
  ['needs-stop', 'stop'],
  ['needs-start', 'start'],
]

/**
 * Mirrors method_enqueue_marked_jobs(), src/core/dbus-manager.c: each by itself, in mode fail. `refused` is the error
 * of the first that got no job; the others have theirs all the same.
 */
export function managerEnqueueMarkedJobs(m: Manager): { jobs: readonly Job[]; refused: BusError | null } {
  logManager(m, 'manager-marked')
  const jobs: Job[] = []
  let refused: BusError | null = null
  for (const u of inAnyOrder(new Set(m.units.values()))) {
    const request = REQUESTS.find(([marker]) => u.markers?.has(marker))?.[1]
    if (request === undefined) continue
    // Before, neither what can be reloaded nor what refuses to be asked was looked at.
    const added = m.features.marksAreChecked
      ? busUnitQueueJob(m, request, u, 'fail')
      : managerAddJob(m, 'try-restart', u, 'fail')
    if ('error' in added) refused ??= added.error
    else jobs.push(added.job)
  }
  return { jobs, refused }
}
