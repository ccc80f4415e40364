/** What src/core/unit.c and manager.c says. */

import type { MessageSpec } from '../messages.ts'

const visible = (level: MessageSpec['level'], text: string, messageId?: string): MessageSpec => ({
  level,
  prefixed: true,
  wordings: [{ text }],
  ...(messageId === undefined ? {} : { messageId }),
})

export const UNIT_MESSAGES = {
  'unit-changed': visible('debug', 'Changed {old} -> {new}'),
  'unit-succeeded': {
    level: 'info',
    prefixed: true,
    messageId: '7ad2d189f7e94e70a38c781354912448',
    wordings: [
      { text: 'Succeeded.', since: 240, until: 247 },
      { text: 'Deactivated successfully.', since: 248 },
    ],
  },
  'unit-failed-with-result': visible('warning', "Failed with result '{result}'.", 'd9b373ed55a64feb8242e02dbe79a49c'),
  'unit-skipped': visible('info', "Skipped due to '{result}'.", '0e4284a0caca4bfc81c0bb6786972673'),
  'unit-process-exit': visible(
    'notice',
    '{kind} process exited, code={code}, status={status}',
    '98e322203f7a4ed290d09fe03c09fe15',
  ),
  'unit-process-exit-clean': {
    level: 'debug',
    prefixed: true,
    messageId: '98e322203f7a4ed290d09fe03c09fe15',
    wordings: [{ text: '{kind} process exited, code={code}, status={status} (success)', since: 248 }],
  },
  'unit-killing': visible('notice', 'Killing process {pid} ({command}) with signal {signal}.'),
  'unit-sent-signal': visible('info', 'Sent signal {signal} to {kind} process {pid} ({command}) on client request.'),
  'unit-sending-signal': visible('info', 'Sending signal {signal} to process {pid} ({command}) on client request.'),
  'unit-killed-group': {
    level: 'info',
    prefixed: true,
    wordings: [
      { text: 'Killed unit cgroup with SIGKILL on client request.', since: 257, until: 257 },
      { text: "Killed unit cgroup '{group}' with SIGKILL on client request.", since: 258 },
    ],
  },
  'unit-left-over-at-start': visible(
    'warning',
    'Found left-over process {pid} ({command}) in control group while starting unit. Ignoring.',
  ),
  'unit-left-over-explained': visible(
    'warning',
    'This usually indicates unclean termination of a previous run, or service implementation deficiencies.',
  ),
  'unit-left-over-at-stop': {
    level: 'info',
    prefixed: true,
    wordings: [{ text: 'Unit process {pid} ({command}) remains running after unit stopped.', since: 246 }],
  },
  'unit-condition-failed': {
    level: 'debug',
    prefixed: true,
    wordings: [
      { text: 'Starting requested but condition failed. Not starting unit.', until: 253 },
      { text: 'Starting requested but condition not met. Not starting unit.', since: 254 },
    ],
  },
  'unit-asserts-failed': visible('notice', 'Starting requested but asserts failed.'),
  'unit-bound-to-inactive-at-start': visible('notice', "Bound to unit {other}, but unit isn't active."),
  'unit-start-limit': visible('warning', 'Start request repeated too quickly.'),
  'unit-reload-inactive': visible('warning', 'Unit cannot be reloaded because it is inactive.'),
  'unit-triggering-on': visible('info', 'Triggering {kind}= dependencies.'),
  'unit-on-failed-to-enqueue': {
    level: 'warning',
    prefixed: true,
    wordings: [
      { text: 'Failed to enqueue {kind}= job, ignoring: {error}', until: 256 },
      { text: 'Failed to enqueue {kind}={other} job, ignoring: {error}', since: 257 },
    ],
  },
  'unit-not-needed': {
    level: 'info',
    prefixed: true,
    wordings: [
      { text: 'Unit not needed anymore. Stopping.', until: 239 },
      { text: 'Unit is not needed anymore.', since: 240, level: 'debug' },
    ],
  },
  'unit-upheld': visible('debug', 'Unit is started because upheld by active unit {other}.'),
  'unit-bound-to-inactive': {
    level: 'info',
    prefixed: true,
    wordings: [
      { text: 'Unit is bound to inactive unit {other}. Stopping, too.', until: 248 },
      { text: 'Unit is stopped because bound to inactive unit {other}.', since: 249, level: 'debug' },
    ],
  },
  'unit-not-needed-too-often': {
    level: 'warning',
    prefixed: true,
    wordings: [
      { text: 'Unit not needed anymore, but not stopping since we tried this too often recently.', until: 250 },
      {
        text: 'Unit not needed anymore, but not stopping since we tried this too often recently. Will retry later.',
        since: 251,
      },
    ],
  },
  'unit-upheld-too-often': {
    level: 'warning',
    prefixed: true,
    wordings: [
      {
        text: 'Unit needs to be started because active unit {other} upholds it, but not starting since we tried this too often recently.',
        until: 250,
      },
      {
        text: 'Unit needs to be started because active unit {other} upholds it, but not starting since we tried this too often recently. Will retry later.',
        since: 251,
      },
    ],
  },
  'unit-bound-too-often': {
    level: 'warning',
    prefixed: true,
    wordings: [
      {
        text: 'Unit is bound to inactive unit {other}, but not stopping since we tried this too often recently.',
        until: 248,
      },
      {
        text: 'Unit needs to be stopped because it is bound to inactive unit {other} it, but not stopping since we tried this too often recently.',
        since: 249,
        until: 250,
      },
      {
        text: 'Unit needs to be stopped because it is bound to inactive unit {other} it, but not stopping since we tried this too often recently. Will retry later.',
        since: 251,
      },
    ],
  },
  'unit-enqueue-failed': visible('warning', 'Failed to enqueue {type} job, ignoring: {error}'),
} as const satisfies Record<string, MessageSpec>
