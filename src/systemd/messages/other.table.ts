/**
 * What the manager says of itself and of things that no job hangs on: src/core/main.c, manager.c, dbus-manager.c,
 * emergency-action.c, and lines of the unit types that only a reader needs.
 */

import type { MessageSpec, Wording } from '../messages.ts'

type Level = MessageSpec['level']

const manager = (level: Level, ...wordings: readonly (string | Wording)[]): MessageSpec => ({
  level,
  prefixed: false,
  wordings: wordings.map((w) => (typeof w === 'string' ? { text: w } : w)),
})
const unit = (level: Level, ...wordings: readonly (string | Wording)[]): MessageSpec => ({
  ...manager(level, ...wordings),
  prefixed: true,
})

const STARTUP_FINISHED = 'b07a249cd024414a82dd00cd181378ff'
const USER_STARTUP_FINISHED = 'eed00a68ffd84e31882105fd973abdd1'

/** Who asked, as far as it is known; at info level when it was new. */
const requested = (text: string): Wording[] => [
  { text, since: 253, until: 256, level: 'info' },
  { text, since: 257 },
]

export const OTHER_MESSAGES = {
  // Whole-manager requests.
  'manager-requested-by-unit': manager(
    'notice',
    ...requested("{what} requested from client PID {pid} ('{comm}') (unit {client})..."),
  ),
  'manager-requested-by-process': manager(
    'notice',
    ...requested("{what} requested from client PID {pid} ('{comm}')..."),
  ),
  'manager-requested-by-pid': manager('notice', ...requested('{what} requested from client PID {pid}...')),
  'manager-requested-by-unknown': manager('notice', {
    text: '{what} requested from unknown client PID...',
    since: 258,
  }),
  'manager-reloading': manager('info', { text: 'Reloading.', until: 253 }, { text: 'Reloading...', since: 254 }),
  'manager-reload-finished': manager('info', { text: 'Reloading finished in {ms} ms.', since: 254 }),
  'manager-reexecuting': manager('notice', 'Reexecuting.'),
  'manager-reload-rejected': manager('warning', {
    text: 'Reloading request rejected due to rate limit.',
    since: 253,
  }),
  'manager-reexec-rejected': manager('warning', {
    text: 'Reexecution request rejected due to rate limit.',
    since: 257,
  }),
  'manager-running-in': manager(
    'info',
    { text: 'systemd {release} running in {mode} mode. ({features})', until: 248 },
    { text: 'systemd {release} running in {mode} mode ({features})', since: 249 },
  ),
  'manager-startup-finished': {
    ...manager('info', 'Startup finished in {parts} = {total}.'),
    messageId: STARTUP_FINISHED,
  },
  'manager-user-startup-finished': {
    ...manager('info', 'Startup finished in {total}.'),
    messageId: USER_STARTUP_FINISHED,
  },
  'manager-queued-default': manager('info', {
    text: 'Queued {type} job for default target {target}.',
    since: 246,
  }),
  'manager-activating-special': manager(
    'info',
    { text: 'Activating special unit {special}', until: 249, level: 'debug' },
    { text: 'Activating special unit {special}...', since: 250 },
  ),
  'manager-special-failed': manager(
    'warning',
    { text: 'Failed to enqueue {mode} job for {special}: {error}', until: 257 },
    { text: 'Failed to enqueue job {special}/{mode}: {error}', since: 258 },
  ),
  'manager-marked': manager('info', {
    text: 'Queuing reload/restart jobs for marked units…',
    since: 248,
  }),
  'manager-ctrl-alt-del': manager('notice', 'Ctrl-Alt-Del was pressed more than 7 times within 2s'),
  'manager-looping': manager('warning', 'Looping too fast. Throttling execution a little.'),
  'manager-time-changed': manager('debug', 'Time has been changed'),
  'manager-shutting-down': manager('notice', 'Shutting down.'),
  'manager-switching-root': manager('notice', 'Switching root.'),
  'manager-soft-rebooting': manager('notice', { text: 'Soft-rebooting.', since: 254 }),
  'manager-transaction-failed': manager('warning', 'Failed to apply transaction: {error}'),
  'manager-leftovers-not-moved': manager('warning', "Couldn't move remaining userspace processes, ignoring: {error}"),
  'manager-freezing': manager('err', 'Freezing execution.'),

  // Compiled in by some distributions only.
  'transaction-pulling-in': manager('debug', 'Pulling in {job} from {by}'),
  'transaction-added': manager('debug', 'Added job {job} to transaction.'),
  'transaction-redundant': manager('debug', 'Found redundant job {job}, dropping from transaction.'),
  'transaction-collecting': manager('debug', 'Garbage collecting job {job}'),
  'transaction-keeping': manager('debug', 'Keeping job {job} because of {by}'),
  'bus-direct-connection': manager('debug', {
    text: 'Accepting direct incoming connection from {pid} ({comm}) [{client}]',
    since: 254,
  }),

  // On the console only.
  'console-job-running': manager('info', 'A {type} job is running for {unit} ({time} / {limit})'),
  'console-one-of-many': manager('info', '({number} of {jobs}) A {type} job is running for {unit} ({time} / {limit})'),
  'console-cycle-skipped': manager('info', 'Ordering cycle found, skipping {unit}'),

  // Emergency actions.
  'emergency-rebooting': manager('warning', 'Rebooting: {reason}'),
  'emergency-powering-off': manager('warning', 'Powering off: {reason}'),
  'emergency-exiting': manager('warning', 'Exiting: {reason}'),
  'emergency-forcibly': manager('warning', 'Forcibly {action}: {reason}'),
  'emergency-skipped': manager('notice', {
    text: 'Shutdown is already active. Skipping emergency action request {action}.',
    since: 246,
  }),

  // Units.
  'condition-failed': unit('debug', 'Condition{check}={parameter} failed.'),
  'condition-succeeded': unit('debug', 'Condition{check}={parameter} succeeded.'),
  'assert-failed': unit('debug', 'Assert{check}={parameter} failed.'),
  'assert-succeeded': unit('debug', 'Assert{check}={parameter} succeeded.'),
  'verify-failed': unit('err', 'Failed to create {job}: {error}'),
  'service-no-delay': unit('debug', 'Service has no hold-off time (RestartSec=0), scheduling restart.'),
  'automount-requested': unit('info', 'Got automount request for {path}, triggered by {pid} ({comm})'),
  'mount-set-up-failed': manager(
    'warning',
    { text: 'Failed to set up mount unit: {error}', since: 220, until: 245 },
    { text: "Failed to set up mount unit for '{where}': {error}", since: 246 },
  ),
  'mount-not-empty': unit('notice', 'Directory {path} to mount over is not empty, mounting anyway.'),
  'device-duplicate': unit('warning', 'Dev {dev} appeared twice with different sysfs paths {a} and {b}'),
  'device-reload-propagation-failed': unit('warning', 'Failed to propagate reload, ignoring: {error}'),
  'unit-dependency-not-delayed': unit('warning', 'Dependency Before={other} ignored (.device units cannot be delayed)'),
  'unit-dependency-dropped': unit('warning', 'Dependency {kind}={other} dropped'),
  'unit-consumed': {
    ...unit('info', 'Consumed {usage} CPU time{rest}'),
    messageId: 'ae8f7b866b0347b9af31fe1c80b127c0',
  },
  'bus-name-watching': unit('debug', "Watching D-Bus name '{name}'."),
  'bus-name-owner-lost': unit(
    'debug',
    { text: 'D-Bus name {name} no longer registered by {owner}', until: 244 },
    { text: 'D-Bus name {name} now not owned by anyone.', since: 245 },
  ),
  'bus-name-owner-new': unit(
    'debug',
    { text: 'D-Bus name {name} now registered by {owner}', until: 244 },
    { text: 'D-Bus name {name} now owned by {owner}', since: 245 },
  ),
  'bus-name-owner-changed': unit('debug', { text: 'D-Bus name {name} changed owner from {old} to {new}', until: 244 }),
  'bus-activation-failed': manager('debug', 'D-Bus activation failed for {unit}: {error}'),
  'bus-not-activatable': manager('debug', 'Refusing activation, D-Bus is shutting down.'),
} as const satisfies Record<string, MessageSpec>
