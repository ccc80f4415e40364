/** What systemctl prints about jobs. Mirrors src/shared/bus-wait-for-jobs.c and src/systemctl/ (v255). */

import { isActiveOrReloading } from '../systemd/unit.ts'
import type { BusError, BusErrorName } from './bus-error.ts'
import type { Manager } from './manager.ts'
import type { JobsAdded } from './manager-jobs.ts'
import { managerLoadUnit } from './manager-load.ts'
import { unitActiveState } from './unit.ts'
import { deps } from './unit-dependency.ts'
import type { Unit } from './unit-vtable.ts'

/** Mirrors translate_bus_error_to_exit_status(). */
export function exitStatusOf(error: BusError): number {
  const statuses: Partial<Record<BusErrorName, number>> = {
    OnlyByDependency: 4,
    NoIsolation: 4,
    TransactionIsDestructive: 4,
    NoSuchUnit: 5,
    JobTypeNotApplicable: 3,
    NotSupported: 3,
    LoadFailed: 6,
  }
  return statuses[error.name] ?? 1
}

/** Mirrors the failure branch of start_unit_one(). */
export function enqueueErrorLines(m: Manager, verb: string, name: string, error: BusError): string[] {
  const lines = [`Failed to ${verb} ${name}: ${error.message}`]
  if (error.name === 'NoSuchUnit' || error.name === 'UnitMasked' || error.name === 'JobTypeNotApplicable') return lines
  const user = m.kind === 'user' ? ' --user' : ''
  const dashes = name.startsWith('-') ? ' --' : ''
  lines.push(`See ${m.kind} logs and 'systemctl${user} status${dashes} ${name}' for details.`)
  return lines
}

const WORDS: Readonly<Record<string, (name: string) => string>> = {
  canceled: (name) => `Job for ${name} canceled.`,
  timeout: (name) => `Job for ${name} timed out.`,
  dependency: (name) => `A dependency job for ${name} failed. See 'journalctl -xe' for details.`,
  invalid: (name) => `${name} is not active, cannot reload.`,
  assert: (name) => `Assertion failed on job for ${name}.`,
  unsupported: (name) => `Operation on or unit type of ${name} not supported on this system.`,
  collected: (name) => `Queued job for ${name} was garbage collected.`,
  once: (name) => `Unit ${name} was started already once and can't be started again.`,
  frozen: (name) => `Cannot perform operation on frozen unit ${name}.`,
  concurrency: (name) => `Concurrency limit of a slice unit ${name} is contained in has been reached.`,
}

/** Mirrors check_wait_response(). Null if the result counts as success. */
export function jobResultLines(m: Manager, u: Unit, result: string): string[] | null {
  if (result === 'done' || result === 'skipped') return null
  const words = WORDS[result]
  if (words) return [words(u.id)]
  if (u.type !== 'service') return ['Job failed. See "journalctl -xe" for details.']
  return serviceErrorLines(m, u)
}

/** Mirrors the log lines of start_unit_one() for --show-transaction. */
export function transactionLines({ job, affected }: JobsAdded): string[] {
  return [job, ...[...affected].filter((other) => other !== job)].map(
    (one) => `Enqueued ${one === job ? 'anchor' : 'auxiliary'} job ${one.id} ${one.unit.id}/${one.type}.`,
  )
}

/** What check_wait_response() says of success where the transaction is to be shown. */
export function finishedLines(m: Manager, u: Unit, result: string): string[] {
  if (!m.features.clientTellsFinishedJobs || (result !== 'done' && result !== 'skipped')) return []
  return [`Job for ${u.id} ${result === 'done' ? 'finished' : 'was skipped'}.`]
}

/** Mirrors explanations[] of bus-wait-for-jobs.c. */
function explanation(m: Manager, result: string): string | undefined {
  if (result === 'start-limit-hit' && !m.features.clientKnowsStartLimitHit) return undefined
  if (result === 'oom-kill') {
    if (!m.features.clientKnowsOomKill) return undefined
    return `of an out-of-memory (OOM) ${m.features.clientSpellsSituation ? 'situation' : 'siutation'}`
  }
  const texts: Readonly<Record<string, string>> = {
    resources: 'of unavailable resources or another system error',
    protocol: 'the service did not take the steps required by its unit configuration',
    timeout: 'a timeout was exceeded',
    'exit-code': 'the control process exited with error code',
    signal: 'a fatal signal was delivered to the control process',
    'core-dump': 'a fatal signal was delivered causing the control process to dump core',
    watchdog: 'the service failed to send watchdog ping',
    'start-limit-hit': 'start of the service was attempted too often',
  }
  return texts[result]
}

/** Mirrors log_job_error_with_service_result(). */
function serviceErrorLines(m: Manager, u: Unit): string[] {
  const result = u.vtable.result?.(u) ?? 'success'
  const because = explanation(m, result)
  const user = m.kind === 'user' ? ' --user' : ''
  const name = shellQuoted(u.id)
  const journal = m.features.clientHintNamesUnit ? `journalctl${user} -xeu ${name}` : `journalctl${user} -xe`
  const lines = [
    because === undefined ? `Job for ${u.id} failed.` : `Job for ${u.id} failed because ${because}.`,
    `See "systemctl${user} status ${name}" and "${journal}" for details.`,
  ]
  if (result === 'start-limit-hit' && m.features.clientKnowsStartLimitHit) {
    lines.push(
      `To force a start use "systemctl${user} reset-failed ${name}"`,
      `followed by "systemctl${user} start ${name}" again.`,
    )
  }
  return lines
}

/** Mirrors shell_maybe_quote() for unit names. */
function shellQuoted(name: string): string {
  return /^[A-Za-z0-9@%_+=:,./-]*$/.test(name) ? name : `"${name.replace(/["\\$`]/g, '\\$&')}"`
}

/** Mirrors need_daemon_reload() and warn_unit_file_changed(). */
export function changedOnDiskLines(m: Manager, u: Unit): string[] {
  if (!u.changedOnDisk && !(m.install.outdated && m.features.linksOutdateUnits)) return []
  const command = m.kind === 'user' ? 'systemctl --user daemon-reload' : 'systemctl daemon-reload'
  const what = `The unit file, source configuration file or drop-ins of ${u.id} changed on disk.`
  return [`Warning: ${what} Run '${command}' to reload units.`]
}

/** Mirrors verb_edit(): whoever runs by a timeline sits at no terminal. */
export const noTerminalLine = (m: Manager): string =>
  `Cannot edit units ${m.features.clientEditsInput ? 'interactively ' : ''}if not on a tty.`

/**
 * Mirrors warn_triggering_units() (check_triggering_units() until v253): printed after a successful stop, for one. It
 * asks by name, as the unit may have been unloaded since.
 */
export function triggeringUnitsLines(m: Manager, name: string, operation = 'Stopping'): string[] {
  const u = managerLoadUnit(m, name)
  const active = deps(u, 'TriggeredBy').filter((other) => isActiveOrReloading(unitActiveState(other)))
  if (active.length === 0) return []
  const names = active.map((other) => other.id)
  if (m.features.triggerWarningInOneLine) {
    return [`${operation} '${u.id}', but its triggering units are still active:`, names.join(', ')]
  }
  return [`Warning: Stopping ${u.id}, but it can still be activated by:`, ...names.map((name) => `  ${name}`)]
}

/** Mirrors the end of verb_enable(): there is nothing to enable. */
export function installTextLines(m: Manager): string[] {
  const { disableTellsInstallInfo, upholdsFolders, installTextOfKinds } = m.features
  const able = disableTellsInstallInfo ? 'enabled or disabled' : 'enabled'
  const kinds = installTextOfKinds ? 'these kinds' : 'this kind'
  const settings = upholdsFolders
    ? ['UpheldBy=,', 'Also=, or Alias= settings in the [Install] section, and DefaultInstance= for', 'template']
    : ['Also=,', 'Alias= settings in the [Install] section, and DefaultInstance= for template', '']
  const [first, second, third] = settings
  const folders = upholdsFolders ? '.wants/, .requires/, or .upholds/' : '.wants/ or .requires/'
  return [
    `The unit files have no installation config (WantedBy=, RequiredBy=, ${first}`,
    `${second}`,
    `${third} units). This means they are not meant to be ${able} using systemctl.`.trimStart(),
    ' ',
    `Possible reasons for having ${kinds} of units are:`,
    "• A unit may be statically enabled by being symlinked from another unit's",
    `  ${folders} directory.`,
    "• A unit's purpose may be to act as a helper for some other unit which has",
    '  a requirement dependency on it.',
    '• A unit may be started when needed via activation (socket, path, timer,',
    '  D-Bus, udev, scripted systemctl call, ...).',
    '• In case of template units, the unit is meant to be enabled with some',
    '  instance name specified.',
  ]
}
