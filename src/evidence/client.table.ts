/** Sentences of systemctl's and of who speaks like it, as sentence.ts reads them. */

import type { JobResult } from '../systemd/job.ts'

export const RESULTS: readonly (readonly [result: JobResult, template: string])[] = [
  ['canceled', 'Job for {unit} canceled.'],
  ['timeout', 'Job for {unit} timed out.'],
  ['dependency', 'A dependency job for {unit} failed'],
  ['invalid', '{unit} is not active, cannot reload.'],
  // 219 to 227.
  ['invalid', 'Job for {unit} invalid.'],
  ['assert', 'Assertion failed on job for {unit}.'],
  ['unsupported', 'Operation on or unit type of {unit} not supported on this system.'],
  ['collected', 'Queued job for {unit} was garbage collected.'],
  ['once', "Unit {unit} was started already once and can't be started again."],
  ['frozen', 'Cannot perform operation on frozen unit {unit}.'],
  ['concurrency', 'Concurrency limit of a slice unit {unit} is contained in has been reached.'],
  ['failed', 'Job for {unit} failed because {reason}.'],
  ['failed', 'Job for {unit} failed.'],
  ['failed', 'Job failed. See "journalctl -xe" for details.'],
  ['failed', "Job failed. See system journal and 'systemctl status' for details."],
  // logind's, in its own words.
  ['canceled', "Job {id} for unit '{unit}' failed with 'canceled'"],
  ['timeout', "Job {id} for unit '{unit}' failed with 'timeout'"],
  ['dependency', "Job {id} for unit '{unit}' failed with 'dependency'"],
  ['failed', "Job {id} for unit '{unit}' failed with 'failed'"],
  // Up to 245, where the job may as well be a stop.
  ['canceled', "{verb} job for unit {unit} failed with 'canceled'"],
  ['timeout', "{verb} job for unit {unit} failed with 'timeout'"],
  ['dependency', "{verb} job for unit {unit} failed with 'dependency'"],
  ['failed', "{verb} job for unit {unit} failed with 'failed'"],
  // runc's and crun's, of the scope of a container that they create.
  ['canceled', 'error {verb} systemd unit `{unit}`: got `canceled`'],
  ['timeout', 'error {verb} systemd unit `{unit}`: got `timeout`'],
  ['dependency', 'error {verb} systemd unit `{unit}`: got `dependency`'],
  ['failed', 'error {verb} systemd unit `{unit}`: got `failed`'],
  // Of programs that wait for the manager's signal.
  ['canceled', 'failed to {verb} {unit}, result: canceled'],
  ['timeout', 'failed to {verb} {unit}, result: timeout'],
  ['dependency', 'failed to {verb} {unit}, result: dependency'],
  // Puppet's.
  ['failed', 'Systemd {verb} for {unit} failed!'],
  // invoke-rc.d's, of an init script or of the unit by its name.
  ['failed', 'initscript {unit}, action "{verb}" failed.'],
  ['done', 'Job for {unit} finished.'],
  ['skipped', 'Job for {unit} was skipped.'],
]

/** check_wait_response() explains a service's Result= in these words. */
export const EXPLANATIONS: readonly (readonly [string, string])[] = [
  ['unavailable resources', 'resources'],
  ['a configured resource limit was exceeded', 'resources'],
  ['did not take the steps required', 'protocol'],
  ['a timeout was exceeded', 'timeout'],
  ['exited with error code', 'exit-code'],
  ['causing the control process to dump core', 'core-dump'],
  ['a fatal signal was delivered', 'signal'],
  ['failed to send watchdog ping', 'watchdog'],
  ['attempted too often', 'start-limit-hit'],
  ['out-of-memory', 'oom-kill'],
]

/** That a request was refused. */
export const REFUSED: readonly (readonly [
  how: 'verb' | 'many' | 'cancel' | 'file' | 'transient' | 'bus',
  template: string,
])[] = [
  ['bus', 'Failed to get D-Bus connection: {text}'],
  ['cancel', 'Failed to cancel job {id}: {text}'],
  ['cancel', 'Failed to cancel job {id}, ignoring: {text}'],
  ['many', 'Failed to enqueue jobs: {text}'],
  ['transient', 'Failed to start transient {kind} unit: {text}'],
  ['file', 'Failed to {verb} unit: {text}'],
  ['verb', 'Failed to {verb} {unit}: {text}'],
]
