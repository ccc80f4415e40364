/** src/core/job.c: begin and end lines of jobs, and what it says at debug level. */

import type { MessageSpec } from '../messages.ts'

const STARTING = '7d4958e842da4a758f6c1cdc7b36dcc5'
const STARTED = '39f53479d3a045ac8e11786248231fbf'
const FAILED = 'be02cf6855d2428ba40df7e9d022f03d'
const STOPPING = 'de5b426a63be47a7b6ac3eaac82e2f6f'
const STOPPED = '9d1aaa27d60140bd96365438aad20286'
const RELOADING = 'd34d037fff1847e6ae669a370e694725'
const RELOADED = '7b05ebc668384222baa8881179cfda54'

type Words = MessageSpec['wordings']
const one = (text: string): Words => [{ text }]
const spec = (level: MessageSpec['level'], messageId: string, wordings: Words): MessageSpec => ({
  level,
  messageId,
  prefixed: false,
  wordings,
})
/** Until v247 the generic begin lines ended in a single full stop. */
const dots = (text: string): Words => [
  { text: `${text}.`, until: 247 },
  { text: `${text}...`, since: 248 },
]
const debug = (text: string): MessageSpec => ({ level: 'debug', prefixed: true, wordings: [{ text }] })

export const JOB_MESSAGES = {
  'job-starting': spec('info', STARTING, dots('Starting {unit}')),
  'job-starting-service': spec('info', STARTING, one('Starting {unit}...')),
  'job-starting-mount': spec('info', STARTING, one('Mounting {unit}...')),
  'job-starting-swap': spec('info', STARTING, one('Activating swap {unit}...')),
  'job-starting-device': spec('info', STARTING, one('Expecting device {unit}...')),
  'job-stopping': spec('info', STOPPING, dots('Stopping {unit}')),
  'job-stopping-service': spec('info', STOPPING, one('Stopping {unit}...')),
  'job-stopping-mount': spec('info', STOPPING, one('Unmounting {unit}...')),
  'job-stopping-swap': spec('info', STOPPING, one('Deactivating swap {unit}...')),
  'job-stopping-device': spec('info', STOPPING, [{ text: 'Waiting for device {unit} to disappear...', since: 252 }]),
  'job-reloading': spec('info', RELOADING, dots('Reloading {unit}')),

  'job-started': spec('info', STARTED, one('Started {unit}.')),
  'job-finished-oneshot': spec('info', STARTED, [{ text: 'Finished {unit}.', since: 245 }]),
  'job-started-socket': spec('info', STARTED, one('Listening on {unit}.')),
  'job-started-target': spec('info', STARTED, one('Reached target {unit}.')),
  'job-started-mount': spec('info', STARTED, one('Mounted {unit}.')),
  'job-started-automount': spec('info', STARTED, one('Set up automount {unit}.')),
  'job-started-swap': spec('info', STARTED, one('Activated swap {unit}.')),
  'job-started-slice': spec('info', STARTED, one('Created slice {unit}.')),
  'job-started-device': spec('info', STARTED, one('Found device {unit}.')),
  'job-start-timeout': spec('err', FAILED, one('Timed out starting {unit}.')),
  'job-start-timeout-mount': spec('err', FAILED, one('Timed out mounting {unit}.')),
  'job-start-timeout-swap': spec('err', FAILED, one('Timed out activating swap {unit}.')),
  'job-start-timeout-device': spec('err', FAILED, one('Timed out waiting for device {unit}.')),
  'job-start-failed': spec('err', FAILED, one('Failed to start {unit}.')),
  'job-start-failed-socket': spec('err', FAILED, one('Failed to listen on {unit}.')),
  'job-start-failed-mount': spec('err', FAILED, one('Failed to mount {unit}.')),
  'job-start-failed-automount': spec('err', FAILED, one('Failed to set up automount {unit}.')),
  'job-start-failed-swap': spec('err', FAILED, one('Failed to activate swap {unit}.')),
  'job-start-dependency': spec('warning', FAILED, one('Dependency failed for {unit}.')),
  'job-start-assert': spec('warning', FAILED, one('Assertion failed for {unit}.')),
  'job-start-unsupported': spec('warning', FAILED, [
    { text: 'Starting of {unit} not supported.', until: 247 },
    { text: 'Starting of {unit} unsupported.', since: 248 },
  ]),
  'job-start-collected': spec('info', FAILED, [
    { text: 'Unnecessary job for {unit} was removed.', until: 247 },
    { text: 'Unnecessary job was removed for {unit}.', since: 248 },
  ]),
  'job-start-once': spec('err', FAILED, one('Unit {unit} has been started before and cannot be started again.')),
  'job-start-frozen': spec('err', FAILED, [{ text: 'Cannot start frozen unit {unit}.', since: 256 }]),
  'job-start-concurrency': spec('err', FAILED, [
    { text: 'Hard concurrency limit hit for slice of unit {unit}.', since: 258 },
  ]),

  'job-stopped': spec('info', STOPPED, one('Stopped {unit}.')),
  'job-stopped-socket': spec('info', STOPPED, one('Closed {unit}.')),
  'job-stopped-target': spec('info', STOPPED, one('Stopped target {unit}.')),
  'job-stopped-mount': spec('info', STOPPED, one('Unmounted {unit}.')),
  'job-stopped-automount': spec('info', STOPPED, one('Unset automount {unit}.')),
  'job-stopped-swap': spec('info', STOPPED, one('Deactivated swap {unit}.')),
  'job-stopped-slice': spec('info', STOPPED, one('Removed slice {unit}.')),
  'job-stop-failed': spec('err', STOPPED, [
    { text: 'Stopped (with error) {unit}.', until: 247 },
    { text: 'Stopped {unit} with error.', since: 248 },
  ]),
  'job-stop-failed-service': spec('err', STOPPED, [
    { text: 'Stopped (with error) {unit}.', until: 257 },
    { text: 'Stopped {unit} with error.', since: 258 },
  ]),
  'job-stop-failed-socket': spec('err', STOPPED, one('Failed stopping {unit}.')),
  'job-stop-failed-mount': spec('err', STOPPED, one('Failed unmounting {unit}.')),
  'job-stop-failed-automount': spec('err', STOPPED, one('Failed to unset automount {unit}.')),
  'job-stop-failed-swap': spec('err', STOPPED, one('Failed deactivating swap {unit}.')),
  'job-stop-timeout': spec('err', STOPPED, one('Timed out stopping {unit}.')),
  'job-stop-timeout-mount': spec('err', STOPPED, one('Timed out unmounting {unit}.')),
  'job-stop-timeout-swap': spec('err', STOPPED, one('Timed out deactivating swap {unit}.')),
  'job-stop-frozen': spec('err', STOPPED, [{ text: 'Cannot stop frozen unit {unit}.', since: 256 }]),

  'job-reloaded': spec('info', RELOADED, one('Reloaded {unit}.')),
  'job-reload-failed': spec('err', RELOADED, one('Reload failed for {unit}.')),
  'job-reload-timeout': spec('err', RELOADED, one('Timed out reloading {unit}.')),
  'job-reload-frozen': spec('err', RELOADED, [{ text: 'Cannot reload frozen unit {unit}.', since: 256 }]),

  'job-verify-skipped': {
    level: 'notice',
    prefixed: false,
    wordings: [
      { text: '{unit} is not active.', until: 247 },
      { text: '{unit} is inactive.', since: 248 },
    ],
  },
  'job-condition-skipped': spec('info', STARTED, [
    { text: '{unit} was skipped because of a failed condition check ({condition}).', since: 250, until: 251 },
    { text: '{unit} was skipped because of an unmet condition check ({condition}).', since: 252, until: 256 },
    { text: '{unit} skipped, unmet condition check {condition}', since: 257 },
  ]),
  'job-trigger-conditions-skipped': spec('info', STARTED, [
    { text: '{unit} was skipped because all trigger condition checks failed.', since: 250, until: 251 },
    { text: '{unit} was skipped because no trigger condition checks were met.', since: 252, until: 256 },
    { text: '{unit} skipped, no trigger condition checks were met.', since: 257 },
  ]),
  'job-skipped': spec('info', STARTED, one('Condition check resulted in {unit} being skipped.')),

  'job-timed-out': { level: 'warning', prefixed: true, wordings: one('Job {job} timed out.') },
  'job-failed-with-result': {
    level: 'notice',
    prefixed: true,
    wordings: one("Job {job} failed with result '{result}'."),
  },

  'job-trying': debug('Trying to enqueue job {unit}/{type}/{mode}'),
  'job-enqueued': debug('Enqueued job {job} as {id}'),
  'job-installed': debug('Installed new job {job} as {id}'),
  'job-merged': debug('Merged {job} into installed job {into} as {id}'),
  'job-rerun': debug('Merged into running job, re-running: {job} as {id}'),
  'job-reinstalled': debug('Reinstalled deserialized job {job} as {id}'),
  'job-finished': debug('Job {id} {job} finished, result={result}'),
  'job-converting': debug('Converting job {job} -> {into}'),
  'job-start-held': debug('starting held back, waiting for: {other}'),
  'job-stop-held': debug('stopping held back, waiting for: {other}'),
  'job-collecting': debug('Collecting job.'),
} as const satisfies Record<string, MessageSpec>
