/** What src/core/service.c says, and what exec-invoke.c and unit.c say of a service's processes. */

import type { MessageSpec } from '../messages.ts'

type Words = MessageSpec['wordings']

const spec = (level: MessageSpec['level'], wordings: string | Words, messageId?: string): MessageSpec => ({
  level,
  prefixed: true,
  wordings: typeof wordings === 'string' ? [{ text: wordings }] : wordings,
  ...(messageId === undefined ? {} : { messageId }),
})
const since = (version: number, text: string): Words => [{ text, since: version }]

const SPAWN_FAILED = '641257651c1b4ec9a8624d7a40a9e1e7'
const RESTART_SCHEDULED = '5eb03494b6584870a536b337290809b3'

/** Since v256 it is no fault of the service's, and below the default level. */
const refused = (text: string): Words => [
  { text, until: 255 },
  { text, since: 256, level: 'debug' },
]
const NOTIFICATION = 'Got notification message from PID {pid}, but reception'

export const SERVICE_MESSAGES = {
  // Timeouts. The action is what follows: Terminating, Aborting, Killing, Skipping SIGKILL …
  'service-operation-timed-out': spec('warning', '{state} operation timed out. {action}.'),
  'service-stopping-timed-out': spec('warning', 'Stopping timed out. {action}.'),
  'service-state-timed-out': spec('warning', "State '{state}' timed out. {action}."),
  'service-runtime-limit': spec('warning', 'Service reached runtime time limit. Stopping.'),
  'service-reload-timed-out': spec('warning', 'Reload operation timed out. Killing reload process.'),
  'service-around-after-sigkill': spec('warning', 'Processes still around after SIGKILL. Ignoring.'),
  'service-around-after-final-sigkill': spec(
    'warning',
    'Processes still around after final SIGKILL. Entering failed mode.',
  ),
  'service-cleaning-timed-out': spec('warning', since(243, 'Cleaning timed out. killing.')),
  'service-watchdog-timeout': spec('err', 'Watchdog timeout (limit {limit})!'),
  'service-watchdog-disabled': spec('warning', 'Watchdog disabled! Ignoring watchdog timeout (limit {limit})!'),
  'service-watchdog-request': spec('err', since(243, 'Watchdog request (last status: {status})!')),

  // Automatic restart.
  'service-restart-scheduled': spec(
    'info',
    'Scheduled restart job, restart counter is at {counter}.',
    RESTART_SCHEDULED,
  ),
  'service-restart-scheduled-at-once': spec(
    'info',
    since(257, 'Scheduled restart job immediately on client request, restart counter is at {counter}.'),
    RESTART_SCHEDULED,
  ),
  'service-restart-stop-pending': spec('info', [
    { text: 'Stop job pending for unit, delaying automatic restart.', until: 248 },
    { text: 'Stop job pending for unit, skipping automatic restart.', since: 249 },
  ]),
  'service-restart-failed': spec('warning', 'Failed to schedule restart job: {error}'),
  'service-restart-debug': spec(
    'notice',
    since(257, 'Service dead, subsequent restarts will be executed with debug level logging.'),
  ),
  'service-restart-interval-over': spec('debug', [
    { text: 'Service RestartSec={interval} expired, scheduling restart.', until: 253 },
    { text: 'Service restart interval {interval} expired, scheduling restart.', since: 254 },
  ]),
  'service-restart-not-allowed': spec('debug', since(244, 'Service restart not allowed.')),
  'service-will-restart': spec('debug', since(244, 'Service will restart ({reason})')),
  'service-will-not-restart': spec('debug', since(244, 'Service will not restart ({reason})')),

  // Processes.
  'service-spawn-failed': spec('warning', [
    { text: "Failed to run '{task}' task: {error}", until: 254 },
    { text: "Failed to spawn '{task}' task: {error}", since: 255 },
  ]),
  'service-spawn-next-failed': spec('warning', [
    { text: 'Failed to run next {kind} task: {error}', until: 254 },
    { text: 'Failed to spawn next {kind} task: {error}', since: 255 },
  ]),
  'service-no-start-task': spec('err', "There's no 'start' task anymore we could start."),
  'service-left-over-refused': spec(
    'err',
    since(243, 'Will not start SendSIGKILL=no service of type KillMode=control-group or mixed while processes exist'),
  ),
  'service-command-vanished': spec(
    'warning',
    "Current command vanished from the unit file, execution of the command list won't be resumed.",
  ),
  'service-supervising-alien': spec(
    'warning',
    "Supervising process {pid} which is not our child. We'll most likely not notice when it exits.",
  ),
  'service-main-pid-gone': spec('info', 'New main PID {pid} does not exist or is a zombie.'),
  'service-pid-file-unreadable': spec('info', [
    { text: "Can't open PID file {path} (yet?) after {state}: {error}", until: 256 },
    { text: "Can't open PID file '{path}' (yet?) after {state}: {error}", since: 257 },
  ]),
  'service-pid-file-never-written': spec('warning', 'Daemon never wrote its PID file. Failing.'),
  'service-control-process-exit': spec('notice', [
    { text: 'Control process exited, code={code} status={status}', until: 239 },
  ]),
  'exec-missing': spec(
    'info',
    [
      { text: 'Failed to locate executable {path}: {error}', since: 247, until: 255 },
      { text: "Unable to locate executable '{path}': {error}", since: 256, level: 'notice' },
    ],
    SPAWN_FAILED,
  ),
  'exec-missing-skipped': spec(
    'info',
    [{ text: 'Executable {path} missing, skipping: {error}', until: 255 }],
    SPAWN_FAILED,
  ),
  'exec-environment-missing': spec('err', 'Failed to load environment files: {error}'),
  'exec-failed': spec('err', 'Failed at step {step} spawning {path}: {error}', SPAWN_FAILED),

  // Notifications.
  'service-notify-disabled': spec('warning', [
    { text: `${NOTIFICATION} is disabled.`, until: 255 },
    { text: `${NOTIFICATION} is disabled`, since: 256 },
  ]),
  'service-notify-both-only': spec(
    'warning',
    refused(`${NOTIFICATION} only permitted for main PID {main} and control PID {control}`),
  ),
  'service-notify-main-only': spec('warning', refused(`${NOTIFICATION} only permitted for main PID {main}`)),
  'service-notify-control-only': spec('warning', refused(`${NOTIFICATION} only permitted for control PID {control}`)),
  'service-notify-main-unknown': spec(
    'warning',
    refused(`${NOTIFICATION} only permitted for main PID which is currently not known`),
  ),
  'service-notify-both-unknown': spec(
    'warning',
    refused(`${NOTIFICATION} only permitted for main PID and control PID which are currently not known`),
  ),
  'service-notify-stopping-is-final': spec(
    'err',
    since(259, 'Service must stop after STOPPING=1 notification, refusing attempted transition to {state}.'),
  ),
  'service-notify-restart-reset': spec(
    'notice',
    since(258, 'Got RESTART_RESET=1, resetting restart counter from {counter}.'),
  ),
  'service-no-reload-handler': spec(
    'warning',
    since(262, 'Main process {pid} lacks handler for reload signal {signal}, {consequence}.'),
  ),
  'service-reload-propagation-failed': spec('warning', [
    { text: 'Failed to schedule propagation of reload: {error}', until: 254 },
    { text: 'Failed to schedule propagation of reload, ignoring: {error}', since: 255 },
  ]),

  // Names on the bus.
  'service-bus-name-vanished': spec(
    'warning',
    since(
      262,
      'D-Bus name {name} vanished (possibly from an unsupported broker restart), giving it {grace} to return.',
    ),
  ),
  'service-bus-name-given-up': spec(
    'warning',
    since(262, 'D-Bus name {name} still not owned after grace period, giving up.'),
  ),
} as const satisfies Record<string, MessageSpec>
