/** What src/core/socket.c, timer.c, path.c, mount.c, automount.c, swap.c, scope.c says. */

import type { MessageSpec } from '../messages.ts'

const OVERMOUNTING = '1dee0369c7fc4736b7099b38ecb46ee7'

const line = (level: MessageSpec['level'], text: string, span = {}): MessageSpec => ({
  level,
  prefixed: true,
  wordings: [{ text, ...span }],
})
const warning = (text: string, span = {}): MessageSpec => line('warning', text, span)

export const TRIGGER_MESSAGES = {
  'trigger-none': line('err', 'Refusing to start, no unit to trigger.', { since: 242 }),
  'trigger-not-loaded': {
    level: 'err',
    prefixed: true,
    wordings: [
      { text: 'Refusing to start, unit to trigger not loaded.', until: 241 },
      { text: 'Refusing to start, unit {other} to trigger not loaded.', since: 242 },
    ],
  },
  'trigger-vanished': line('err', 'Unit to trigger vanished.'),
  'trigger-queue-failed': warning('Failed to queue unit startup job: {error}'),
  'path-waiting-failed': warning('Failed to enter waiting state: {error}'),
  'trigger-limit-hit': warning('Trigger limit hit, refusing further activation.'),

  'socket-service-not-loaded': line('err', 'Socket service {service} not loaded, refusing.'),
  'socket-service-active': line('err', 'Socket service {service} already active, refusing.'),
  'socket-service-vanished': {
    level: 'err',
    prefixed: true,
    wordings: [
      { text: 'Service to activate vanished, refusing activation.', until: 254 },
      { text: 'Service to activate vanished, refusing activation.', since: 255, level: 'warning' },
    ],
  },
  'socket-create-failed': {
    level: 'err',
    prefixed: true,
    wordings: [
      { text: 'Failed to create listening socket: {error}', until: 240 },
      { text: 'Failed to create listening socket ({address}): {error}', since: 241 },
    ],
  },
  'socket-listen-failed': {
    level: 'warning',
    prefixed: true,
    wordings: [
      { text: 'Failed to listen on sockets: {error}', until: 257 },
      { text: 'Failed to listen on sockets: {error}', since: 258, level: 'err' },
    ],
  },
  'socket-queue-failed': warning('Failed to queue service startup job{hint}: {error}'),
  'socket-too-many': warning('Too many incoming connections ({n}), dropping connection.'),
  'socket-too-many-from-source': warning(
    'Too many incoming connections ({n}) from source {source}, dropping connection.',
  ),
  'socket-instance-load-failed': warning('Failed to load connection service unit: {error}', { since: 256 }),
  'socket-instance-masked': warning('Connection service unit is masked, refusing.', { since: 256 }),
  'socket-defer-elapsed': warning('DeferTriggerMaxSec= elapsed. Stopping.', { since: 258 }),
  'socket-defer-gives-up': warning(
    'Service conflicts with active units even after all jobs have completed, giving up.',
    { since: 258 },
  ),
  'socket-not-functional': {
    level: 'warning',
    prefixed: true,
    wordings: [
      {
        text: 'Socket unit configuration has changed while unit has been running, no open socket file descriptor left. The socket unit is not functional until restarted.',
        until: 257,
      },
      {
        text: 'Unit configuration changed while unit was running, and no socket file descriptors are open. Unit not functional until restarted.',
        since: 258,
      },
    ],
  },
  'socket-not-fully-functional': {
    level: 'warning',
    prefixed: true,
    wordings: [
      {
        text: 'Socket unit configuration has changed while unit has been running, and some socket file descriptors have not been opened yet. The socket unit is not fully functional until restarted.',
        until: 257,
      },
      {
        text: 'Unit configuration changed while unit was running, and some socket file descriptors have not been opened yet. Unit not fully functional until restarted.',
        since: 258,
      },
    ],
  },

  // Timeouts: sockets, scopes.
  'starting-timed-out-terminating': warning('Starting timed out. Terminating.'),
  'starting-timed-out-stopping': warning('Starting timed out. Stopping.'),
  'stopping-timed-out-terminating': warning('Stopping timed out. Terminating.'),
  'stopping-timed-out-killing': warning('Stopping timed out. Killing.'),
  'stopping-timed-out-skipping': warning('Stopping timed out. Skipping SIGKILL. Ignoring.'),
  'processes-still-around': warning('Processes still around after SIGKILL. Ignoring.'),
  'stopping-timed-out-2-terminating': warning('Stopping timed out (2). Terminating.'),
  'stopping-timed-out-2-killing': warning('Stopping timed out (2). Killing.'),
  'stopping-timed-out-2-skipping': warning('Stopping timed out (2). Skipping SIGKILL. Ignoring.'),
  'still-around-2-failed': warning('Still around after SIGKILL (2). Entering failed mode.'),

  'mount-noncanonical': {
    ...line('err', 'Mount path {where} is not canonical (contains a symlink).'),
    messageId: OVERMOUNTING,
  },
  'mount-overmounting': {
    ...line('notice', 'Directory {where} to mount over is not empty, mounting anyway.'),
    messageId: OVERMOUNTING,
  },
  'mount-task-failed': {
    level: 'warning',
    prefixed: true,
    wordings: [{ text: "Failed to run '{task}' task: {error}", until: 254 }],
  },
  'mount-no-mount': warning('Mount process finished, but there is no mount.'),
  'mount-disappeared': line('notice', 'Mount disappeared even though umount process failed, continuing.', {
    since: 252,
  }),
  'mount-still-present': warning('Mount still present after {n} attempts to unmount, giving up.'),
  'mounting-timed-out': warning('Mounting timed out. Terminating.'),
  'remounting-timed-out': warning('Remounting timed out. Terminating remount process.'),
  'remounting-timed-out-killing': warning('Remounting timed out. Killing.'),
  'remounting-timed-out-skipping': warning('Remounting timed out. Skipping SIGKILL. Ignoring.'),
  'unmounting-timed-out': warning('Unmounting timed out. Terminating.'),
  'mount-process-timed-out-killing': warning('Mount process timed out. Killing.'),
  'mount-process-timed-out-skipping': warning('Mount process timed out. Skipping SIGKILL. Ignoring.'),
  'mount-process-still-around': warning('Mount process still around after SIGKILL. Ignoring.'),

  'automount-is-mount-point': line('err', 'Path {where} is already a mount point, refusing start.'),
  'automount-request': line('info', 'Got automount request for {where}, triggered by {pid} ({command})'),
  'automount-not-loaded': line('err', 'Suppressing automount event since unit is no longer loaded.'),
  'automount-already-active': line('info', 'Automount point already active?'),
  'automount-queue-mount-failed': warning('Failed to queue mount startup job: {error}'),
  'automount-queue-unmount-failed': {
    level: 'warning',
    prefixed: true,
    wordings: [
      { text: 'Failed to queue umount startup job: {error}', until: 251 },
      { text: 'Failed to queue unmount job: {error}', since: 252 },
    ],
  },

  'swap-activation-timed-out': warning('Activation timed out. Stopping.'),
  'swap-deactivation-timed-out': warning('Deactivation timed out. Stopping.'),
  'swap-process-timed-out-killing': warning('Swap process timed out. Killing.'),
  'swap-process-timed-out-skipping': warning('Swap process timed out. Skipping SIGKILL. Ignoring.'),
  'swap-process-still-around': warning('Swap process still around after SIGKILL. Ignoring.'),

  'scope-runtime-limit': warning('Scope reached runtime time limit. Stopping.', { since: 244 }),
  'scope-stopping-timed-out-skipping': warning('Stopping timed out. Skipping SIGKILL.'),
  'scope-still-around': warning('Still around after SIGKILL. Ignoring.'),
} as const satisfies Record<string, MessageSpec>
