/**
 * Sentences that no simulated release prints, but older ones do whose logs are still pasted (v219 to v238). In v219
 * the unit's name stands within the sentence; since v220 it is put in front.
 */

import type { MessageSpec } from '../messages.ts'

type Words = MessageSpec['wordings']

/** v219 only. */
const first = (level: MessageSpec['level'], ...texts: string[]): MessageSpec => ({
  level,
  prefixed: false,
  wordings: texts.map((text) => ({ text, until: 219 })),
})
/** v219, where it looks like a prefix. */
const behindName = (level: MessageSpec['level'], text: string): MessageSpec => ({
  level,
  prefixed: true,
  wordings: [{ text, until: 219 }],
})
const prefixed = (level: MessageSpec['level'], wordings: Words): MessageSpec => ({ level, prefixed: true, wordings })
const between = (since: number, until: number, text: string): Words => [{ text, since, until }]

export const HISTORY_MESSAGES = {
  'history-main-process-exit': behindName('notice', 'main process exited, code={code}, status={status}'),
  'history-control-process-exit': behindName('notice', 'control process exited, code={code} status={status}'),
  'history-other-process-exit': first(
    'notice',
    '{unit} mount process exited, code={code} status={status}',
    '{unit} swap process exited, code={code} status={status}',
    '{unit} control process exited, code={code} status={status}',
  ),
  'history-process-exit': prefixed('notice', between(220, 239, '{kind} process exited, code={code} status={status}')),
  'history-entered-failed-state': first('notice', 'Unit {unit} entered failed state.'),
  'history-entered-failed': prefixed('notice', [
    { text: 'Unit entered failed state.', since: 220, until: 234 },
    { text: 'Unit entered failed state.', since: 235, until: 255, level: 'debug' },
  ]),
  'history-service-failed': first('warning', '{unit} failed.'),
  'history-holdoff-over': first('info', '{unit} holdoff time over, scheduling restart.'),
  'history-no-holdoff': first('info', '{unit} has no holdoff time, scheduling restart.'),
  'history-hold-off-over': prefixed('info', [
    ...between(220, 238, 'Service hold-off time over, scheduling restart.'),
    ...between(220, 238, 'Service has no hold-off time, scheduling restart.'),
  ]),
  'history-restart-scheduled': prefixed('debug', between(220, 234, 'Scheduled restart job.')),
  // The second is older than v219, which this table begins with.
  'history-start-limit': first(
    'warning',
    'start request repeated too quickly for {unit}',
    '{unit} start request repeated too quickly, refusing to start.',
  ),
  'history-not-needed': first('info', 'Unit {unit} is not needed anymore. Stopping.'),
  'history-bound-to-inactive': first('info', 'Unit {unit} is bound to inactive unit {other}. Stopping, too.'),
  'history-bound-unnamed': first('info', 'Unit {unit} is bound to inactive unit. Stopping, too.'),
  'history-triggering-on': first('info', 'Triggering {kind}= dependencies of {unit}.'),
  'history-reload-inactive': first('warning', 'Unit {unit} cannot be reloaded because it is inactive.'),
  'history-operation-timed-out': first('warning', '{unit} {state} operation timed out. {action}.'),
  'history-stopping-timed-out': first('warning', '{unit} stopping timed out. {action}.'),
  'history-starting-timed-out': first('warning', '{unit} starting timed out. {action}.'),
  'history-state-timed-out': first(
    'warning',
    '{unit} stop-sigabrt timed out. {action}.',
    '{unit} stop-sigterm timed out. {action}.',
    '{unit} stop-post timed out. {action}.',
    '{unit} stop-final-sigterm timed out. {action}.',
  ),
  'history-mount-timed-out': first(
    'warning',
    '{unit} mounting timed out. {action}.',
    '{unit} remounting timed out. {action}.',
    '{unit} unmounting timed out. {action}.',
    '{unit} activation timed out. {action}.',
    '{unit} deactivation timed out. {action}.',
  ),
  'history-around-after-sigkill': first('warning', '{unit} still around after SIGKILL. Ignoring.'),
  'history-around-after-final-sigkill': first(
    'warning',
    '{unit} still around after final SIGKILL. Entering failed mode.',
  ),
  'history-watchdog-timeout': first('err', '{unit} watchdog timeout (limit {limit})!'),
  'history-spawn-failed': first('warning', "{unit} failed to run '{task}' task: {error}"),
  'history-restart-failed': first('warning', '{unit} failed to schedule restart job: {error}'),
  'history-pid-file-never-written': first('warning', '{unit} never wrote its PID file. Failing.'),
  'history-pid-file-unreadable': prefixed('info', [
    ...between(220, 236, 'PID file {path} not readable (yet?) after {state}: {error}'),
    ...between(219, 219, 'PID file {path} not readable (yet?) after {state}.'),
  ]),
  'history-reload-timed-out': prefixed('warning', between(220, 228, 'Reload operation timed out. Stopping.')),
  'history-sigabrt-timed-out': prefixed('warning', between(220, 242, "State 'stop-sigabrt' timed out. {action}.")),
  'history-mounting-timed-out': prefixed('warning', between(220, 235, '{what} timed out. {action}.')),
  'history-too-many-connections': prefixed('warning', [
    ...between(220, 229, 'Too many incoming connections ({count})'),
    ...between(230, 231, 'Too many incoming connections ({count}), refusing connection attempt.'),
  ]),

  'history-service-lacks-both': first('err', '{unit} lacks both ExecStart= and ExecStop= setting. Refusing.'),
  'history-service-lacks': prefixed(
    'err',
    between(220, 233, 'Service lacks both ExecStart= and ExecStop= setting. Refusing.'),
  ),
  'history-socket-not-loaded': first('err', 'Socket service {other} not loaded, refusing.'),
  'history-socket-active': first('err', 'Socket service {other} already active, refusing.'),
  'history-socket-queue-failed': first(
    'warning',
    '{unit} failed to queue service startup job (Maybe the service file is missing or not a {kind} unit?): {error}',
  ),
  'history-queue-failed': first('warning', '{unit} failed to queue unit startup job: {error}'),
  'history-automount-queue-failed': first('warning', '{unit} failed to queue mount startup job: {error}'),
  'history-dependency-ignored': first('warning', 'Cannot add dependency job for unit {unit}, ignoring: {error}'),
  'history-dependency-reload-ignored': first(
    'warning',
    'Cannot add dependency reload job for unit {unit}, ignoring: {error}',
  ),
  'history-isolate-ignored': first('warning', 'Cannot add isolate job for unit {unit}, ignoring: {error}'),
  'history-dependency-for-ignored': prefixed(
    'warning',
    between(220, 232, 'Cannot add dependency job for, ignoring: {error}'),
  ),
  'history-on-failed-to-enqueue': prefixed('warning', between(219, 238, 'Failed to enqueue OnFailure= job: {error}')),
  'history-cycle-deleting': prefixed('warning', between(219, 234, 'Breaking ordering cycle by deleting job {job}')),
  'history-cycle-unbreakable': first('err', 'Unable to break cycle'),
  'history-would-stop': first('debug', '{job} would stop a running service.'),
  'history-collected': {
    level: 'info',
    prefixed: false,
    // Misspelled for a while in v232's making.
    wordings: [{ text: 'Unecessary job for {unit} was removed.', since: 231, until: 232 }],
  },
  'history-finished': prefixed('debug', between(219, 239, 'Job {job} finished, result={result}')),
} as const satisfies Record<string, MessageSpec>
