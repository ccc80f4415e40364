/** The sentences of refusals, as sentence.ts reads them, and what each means. */

import type { Refusal } from './fact.ts'

type Row = readonly [error: Refusal, template: string]

const rows = (error: Refusal, ...templates: string[]): Row[] => templates.map((template) => [error, template])

/** `other` is the unit in the way, which is the one asked for where the text names no second one. */
export const BUS_ERRORS: readonly Row[] = [
  ...rows(
    'destructive',
    "Transaction for {unit}/{type} is destructive ({other} has '{queued}' job queued, but '{included}' is".concat(
      ' included in transaction).',
    ),
    // Cut short, cut at its front, or typed anew.
    "{unit}/{type} is destructive ({other} has '{queued}' job",
    '{unit}/{type} is destructive',
    // The end alone, of what is cut or mistyped at its front.
    "{other} has '{queued}' job queued, but '{included}' is included in transaction",
    "ransaction is destructive: {other} has '{queued}' job",
    'Transaction is destructive.',
    'would stop a running unit or change existing job, bailing',
    // As Debian 8 has it.
    '{other} is queued, ignoring {type} request for unit {unit}',
  ),
  ...rows(
    'jobs-conflict',
    "Transaction contains conflicting jobs '{queued}' and '{included}' for {other}. Probably contradicting",
    "Transaction contains conflicting jobs '{queued}' and '{included}' for {other}.",
  ),
  ...rows('cyclic', 'Transaction order is cyclic. See system logs for details.', 'Transaction order is cyclic.'),
  ...rows('masked', 'Unit {unit} failed to load: Unit {other} is masked.'),
  ...rows('masked', 'service {unit}: Failed to execute operation: Unit file is masked'),
  ...rows('masked', 'Unit file {other} is masked.', 'Unit file is masked', 'Unit {other} is masked.'),
  // Logind, of the target that it was to start.
  ...rows('masked', 'Unit {other} is masked, refusing operation'),
  ...rows('not-found', 'Unit {other} is not-found, refusing operation'),
  ...rows('not-found', 'Unit {other} not found.', 'Unit {other} does not exist.', 'Unit file {other} does not exist.'),
  ...rows('not-found', 'Unit {other} failed to load: No such file or directory.', 'Unknown unit: {other}'),
  ...rows('bad-setting', 'Unit {other} has a bad unit file setting.'),
  ...rows('bad-setting', 'Unit {other} failed to load: Invalid argument.'),
  ...rows('bad-setting', 'Unit {other} failed to load: Exec format error.'),
  ...rows('bad-setting', 'Unit is not loaded properly: {reason}.', 'Unit is not loaded properly'),
  ...rows('load-failed', 'Unit {other} failed to load: {reason}.', 'Unit {other} is not loaded properly'),
  ...rows('load-failed', 'Unit {other} failed to load properly'),
  ...rows('exists', 'Unit {other} was already loaded or has a fragment file.', 'Unit {other} already exists.'),
  ...rows('not-loaded', 'Unit {other} not loaded.', 'Unit {other} is not loaded.'),
  ...rows('only-by-dependency', 'Operation refused, unit {other} may be requested by dependency only'),
  ...rows('only-by-dependency', 'Operation refused, {other} may be requested by dependency only'),
  // As much of it as is quoted.
  ...rows('only-by-dependency', 'may be requested by dependency only'),
  ...rows('not-applicable', 'Job type {type} is not applicable for unit {other}.'),
  // As much of it as is quoted.
  ...rows('not-applicable', 'ailed to {type} {unit}: Job type {text} is not applicable'),
  ...rows('not-applicable', 'Job type {type} is not applicable'),
  ...rows(
    'isolate',
    'Operation refused, unit may not be isolated.',
    'Operation refused, unit {other} may not be isolated.',
  ),
  // Up to 230 some did not name the unit.
  ...rows('not-found', 'ailed to {type} {unit}: Unit not found.'),
  ...rows('masked', 'ailed to {type} {unit}: Unit is masked.'),
  // Typed anew.
  ...rows('not-found', 'ailed to {type} {unit}: unit {other} not found'),
  ...rows('masked', 'ailed to {type} {unit}: unit {other} is masked'),
  ...rows('not-loaded', 'ailed to {type} {unit}: Unit not loaded.', 'ailed to {type} {unit}: Unit is not loaded.'),
  ...rows('load-failed', 'ailed to {type} {unit}: Unit is not loaded properly: {reason}.'),
  ...rows('shutting-down', 'Operation for unit {other} refused, D-Bus is shutting down.'),
  ...rows('shutting-down', 'Refusing activation, D-Bus is shutting down.', 'Shutdown is already active.'),
  ...rows('shutting-down', 'Action {text} refused, {reason} in progress'),
  ...rows(
    'concurrency',
    "Concurrency limit of the slice unit '{other}' (or any of its parents) the unit '{unit}' is contained in",
    'Concurrency limit of a slice unit {other} is contained in has been reached.',
  ),
  ...rows('frozen', 'Cannot perform operation on frozen unit {other}.', 'Unit is frozen by a parent slice'),
  ...rows('no-such-job', 'Job {job} does not exist.', 'No job queued for unit {other}'),
  ...rows('access-denied', 'Access denied', 'Interactive authentication required.', 'Permission denied'),
  ...rows('access-denied', 'SELinux policy denies access'),
  ...rows(
    'timeout',
    'Connection timed out',
    'Method call timed out',
    'Activation of org.freedesktop.systemd1 timed out',
  ),
  ...rows('timeout', "Failed to activate service 'org.freedesktop.systemd1': timed out"),
  ...rows('disconnected', 'Connection reset by peer', 'Transport endpoint is not connected'),
  ...rows('disconnected', 'Message recipient disconnected from message bus without replying'),
  ...rows('no-bus', 'The name org.freedesktop.systemd1 was not provided', 'Failed to connect to bus'),
  // Until 229.
  ...rows('no-bus', 'Failed to get D-Bus connection'),
  ...rows('no-bus', 'Failed to connect to system scope bus', 'Failed to connect to user scope bus'),
]

/** Enough of each row to leave most texts alone. */
export const HINT = [
  'is destructive|conflicting jobs|order is cyclic|bailing|is masked|not found|not exist|failed to load',
  'bad unit file|not loaded|peration refused|by dependency only|not applicable|may not be isolated|shutting down|Shutdown is',
  'refused|Concurrency limit|frozen|No job queued|denie[ds]|uthentication required|timed out|reset by peer',
  'not connected|without replying|not provided|connect to|D-Bus connection|already exists|already loaded',
  "Unknown unit: |is queued, ignoring|' job queued, but",
].join('|')
