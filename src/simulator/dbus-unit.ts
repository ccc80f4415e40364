/** What a bus request goes through before the job engine sees it. Mirrors src/core/dbus-unit.c (v255). */

import type { JobMode, JobType } from '../systemd/job.ts'
import { JOB_MODES, jobTypeCollapse } from '../systemd/job.ts'
import type { RequestType } from '../systemd/systemctl.ts'
import type { BusError } from './bus-error.ts'
import { busError } from './bus-error.ts'
import type { Manager } from './manager.ts'
import type { Added } from './manager-jobs.ts'
import { managerAddJob, managerAddJobs } from './manager-jobs.ts'
import { unitActiveState, unitCanReload } from './unit.ts'
import type { Unit } from './unit-vtable.ts'

/** Mirrors bus_unit_queue_job(). */
export function busUnitQueueJob(m: Manager, request: RequestType, u: Unit, mode: string): Added {
  const checked = unitQueueJobCheckAndMangleType(m, request, u, mode)
  return 'error' in checked ? checked : managerAddJob(m, checked.type, u, mode as JobMode)
}

/** Mirrors EnqueueUnitJobMany (v262): one transaction for all. */
export function busUnitQueueJobs(m: Manager, request: RequestType, names: readonly string[], mode: string): Added {
  return managerAddJobs(m, names, (u) => unitQueueJobCheckAndMangleType(m, request, u, mode), mode as JobMode)
}

/** Mirrors unit_queue_job_check_and_mangle_type() (v262). */
function unitQueueJobCheckAndMangleType(
  m: Manager,
  request: RequestType,
  u: Unit,
  mode: string,
): { readonly type: JobType } | { readonly error: BusError } {
  if (!isKnownMode(m, mode)) return { error: busError('InvalidArgs', `Job mode ${mode} invalid`) }
  const type = resolveReload(m, request, u)
  const broken = u.loadState === 'not-found' || u.loadState === 'error' || u.loadState === 'bad-setting'
  if (type === 'stop' && broken && unitActiveState(u) === 'inactive') {
    return { error: busError('NoSuchUnit', `Unit ${u.id} not loaded.`) }
  }
  const { refuseManualStart, refuseManualStop } = u.config.unit
  const collapsesToStart =
    type === 'reload-or-start' && jobTypeCollapse(type, unitActiveState(u), m.features) === 'start'
  const restarts = type === 'restart' || type === 'try-restart'
  if (
    ((type === 'start' || collapsesToStart) && refuseManualStart) ||
    (type === 'stop' && refuseManualStop) ||
    (restarts && (refuseManualStart || refuseManualStop))
  ) {
    const words = `Operation refused, unit ${u.id} may be requested by dependency only`
    const why = '(it is configured to refuse manual start/stop).'
    return { error: busError('OnlyByDependency', `${words} ${why}`) }
  }
  return dbusIsGoingDown(m, type, u) ?? { type }
}

function isKnownMode(m: Manager, mode: string): boolean {
  if (mode === 'lenient') return m.features.lenientMode
  if (mode === 'restart-dependencies') return m.features.restartDependenciesMode
  if (mode === 'triggering') return m.features.triggeringMode
  return (JOB_MODES as readonly string[]).includes(mode)
}

/** `reload-or-…` asks whether the unit can be reloaded, not what state it is in. */
function resolveReload(m: Manager, request: RequestType, u: Unit): JobType {
  if (request === 'reload-or-restart') return unitCanReload(m, u) ? 'reload-or-start' : 'restart'
  if (request === 'reload-or-try-restart') return unitCanReload(m, u) ? 'try-reload' : 'try-restart'
  return request
}

/** v254: a Type=dbus service is not started while the bus goes down. */
function dbusIsGoingDown(m: Manager, type: JobType, u: Unit): { readonly error: BusError } | null {
  if (!m.features.refusesStartWhileDbusStops || type !== 'start' || u.config.service?.type !== 'dbus') return null
  const goes = ['dbus.socket', 'dbus.service'].some((name) => m.units.get(name)?.job?.type === 'stop')
  const words = `Operation for unit ${u.id} refused, D-Bus is shutting down.`
  return goes ? { error: busError('ShuttingDown', words) } : null
}
