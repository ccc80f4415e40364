/** Begin and end lines of jobs. Mirrors job_emit_start_message() and job_emit_done_message(), src/core/job.c (v255). */

import type { JobResult, JobType } from '../systemd/job.ts'
import type { MessageKey } from '../systemd/messages.ts'
import { logUnit, unitStatusString } from './log.ts'
import type { Manager } from './manager.ts'
import type { Unit } from './unit-vtable.ts'

const BEGIN: Partial<Record<JobType, MessageKey>> = {
  start: 'job-starting',
  stop: 'job-stopping',
  restart: 'job-stopping',
  reload: 'job-reloading',
}

/** "Starting …", "Stopping …", "Reloading …". A restart's first half is a stop. */
export function jobEmitStartMessage(m: Manager, u: Unit, type: JobType): void {
  const generic = BEGIN[type]
  if (!generic) return
  const verb = type === 'restart' ? 'stop' : type
  const own = u.vtable.jobMessages?.(u)[verb]
  logUnit(m, u, own ?? generic, { unit: unitStatusString(m, u) })
}

/** Generic end lines by type and result; a combination that is missing prints nothing, `canceled` among them. */
const END: Readonly<Record<string, MessageKey>> = {
  'start done': 'job-started',
  'start timeout': 'job-start-timeout',
  'start failed': 'job-start-failed',
  'start dependency': 'job-start-dependency',
  'start assert': 'job-start-assert',
  'start unsupported': 'job-start-unsupported',
  'start collected': 'job-start-collected',
  'start once': 'job-start-once',
  'start frozen': 'job-start-frozen',
  'start concurrency': 'job-start-concurrency',
  'stop done': 'job-stopped',
  'stop timeout': 'job-stop-timeout',
  'stop failed': 'job-stop-failed',
  'stop frozen': 'job-stop-frozen',
  'reload done': 'job-reloaded',
  'reload timeout': 'job-reload-timeout',
  'reload failed': 'job-reload-failed',
  'reload frozen': 'job-reload-frozen',
  'verify-active skipped': 'job-verify-skipped',
}

/** "Started …", "Stopped …", "Failed to start …" and so on. */
export function jobEmitDoneMessage(m: Manager, u: Unit, type: JobType, result: JobResult): void {
  const skippedByCondition = type === 'start' && result === 'done' && !u.conditionResult
  const skippedByExecCondition = type === 'start' && result === 'skipped' && m.features.execConditionSkipsJob
  if (skippedByCondition || skippedByExecCondition) {
    emitConditionMessage(m, u)
    return
  }
  const verb = type === 'restart' ? 'stop' : type
  const own = u.vtable.jobMessages?.(u)[`${verb} ${result}`]
  const key = own ?? END[`${verb} ${result}`]
  if (key) logUnit(m, u, key, { unit: unitStatusString(m, u) })
}

/** Mirrors the end of job_emit_done_message(): which condition was not met, where one is on record. */
function emitConditionMessage(m: Manager, u: Unit): void {
  const unit = unitStatusString(m, u)
  const condition = m.features.conditionNamedWhenSkipped ? u.failedCondition : undefined
  if (condition === undefined) logUnit(m, u, 'job-skipped', { unit })
  else if (condition === '|') logUnit(m, u, 'job-trigger-conditions-skipped', { unit })
  else logUnit(m, u, 'job-condition-skipped', { unit, condition })
}
