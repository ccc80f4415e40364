// systemctl's own words, as every release from 219 on prints them, alone and within what repeats them. Spec 01, 10.3,
// 10.4.
import { describe, expect, test } from 'vitest'
import { type FactKind, type FactOf, factsOf } from '../src/evidence/fact.ts'
import { gather } from '../src/evidence/gather.ts'

const only = <K extends FactKind>(text: string, kind: K): FactOf<K> => {
  const found = factsOf(gather(text, { mask: false }).facts, kind)
  expect(found, text).toHaveLength(1)
  return found[0]!
}

describe('how a job ended', () => {
  const see = 'See "systemctl status x.service" and "journalctl -xeu x.service" for details.'
  test.each([
    ['canceled', 'Job for x.service canceled.'],
    ['timeout', 'Job for x.service timed out.'],
    ['dependency', "A dependency job for x.service failed. See 'journalctl -xe' for details."],
    ['invalid', 'x.service is not active, cannot reload.'],
    ['invalid', 'Job for x.service invalid.'],
    ['assert', 'Assertion failed on job for x.service.'],
    ['unsupported', 'Operation on or unit type of x.service not supported on this system.'],
    ['collected', 'Queued job for x.service was garbage collected.'],
    ['once', "Unit x.service was started already once and can't be started again."],
    ['frozen', 'Cannot perform operation on frozen unit x.service.'],
    ['concurrency', 'Concurrency limit of a slice unit x.service is contained in has been reached.'],
    ['failed', `Job for x.service failed.\n${see}`],
    ['failed', 'Job for x.service failed. See "systemctl status x.service" and "journalctl -xe" for details.'],
    ['failed', "Job for x.service failed. See 'systemctl status x.service' and 'journalctl -xn' for details."],
  ])('%s: %s', (result, text) => {
    expect(only(`# systemctl reload x\n${text}`, 'job-finished')).toMatchObject({
      unit: 'x.service',
      type: 'reload',
      result,
      via: 'client',
      request: 'e1',
    })
    expect(only(text, 'job-finished')).toMatchObject({ unit: 'x.service', result, request: null })
    expect(only(`Oct 01 14:40:35 host deploy[7]: error: ${text.split('\n')[0]}`, 'job-finished')).toMatchObject({
      result,
    })
  })

  test.each([
    ['resources', 'of unavailable resources or another system error'],
    ['resources', 'a configured resource limit was exceeded'],
    ['protocol', 'the service did not take the steps required by its unit configuration'],
    ['timeout', 'a timeout was exceeded'],
    ['exit-code', 'the control process exited with error code'],
    ['signal', 'a fatal signal was delivered to the control process'],
    ['core-dump', 'a fatal signal was delivered causing the control process to dump core'],
    ['watchdog', 'the service failed to send watchdog ping'],
    ['start-limit-hit', 'start of the service was attempted too often'],
    ['oom-kill', 'of an out-of-memory (OOM) siutation'],
    ['oom-kill', 'of an out-of-memory (OOM) situation'],
  ])('a service failed: %s', (serviceResult, reason) => {
    expect(only(`Job for x.service failed because ${reason}.\n${see}`, 'job-finished')).toMatchObject({
      unit: 'x.service',
      result: 'failed',
      serviceResult,
    })
  })

  test('a unit of another type failed: only the command says which', () => {
    const text = '$ sudo systemctl start x.mount\nJob failed. See "journalctl -xe" for details.'
    expect(only(text, 'job-finished')).toMatchObject({
      unit: 'x.mount',
      type: 'start',
      result: 'failed',
      request: 'e1',
    })
  })
})

describe('why a request was refused', () => {
  const destructive = "Transaction for x.service/start is destructive (y.service has 'stop' job queued, but".concat(
    " 'start' is included in transaction).",
  )
  test.each([
    ['not-found', 'Unit x.service not found.', {}],
    ['not-found', 'Unit x.service failed to load: No such file or directory.', {}],
    ['not-found', 'Unit y.service not found.', { other: 'y.service' }],
    ['masked', 'Unit x.service is masked.', {}],
    ['bad-setting', 'Unit x.service has a bad unit file setting.', {}],
    [
      'bad-setting',
      "Unit x.service failed to load: Invalid argument. See system logs and 'systemctl status x' for details.",
      {},
    ],
    ['not-loaded', 'Unit x.service not loaded.', {}],
    ['load-failed', 'Unit x.service is not loaded properly.', {}],
    [
      'load-failed',
      'Unit x.service failed to load properly, please adjust/correct and reload service manager: Device busy',
      {},
    ],
    [
      'only-by-dependency',
      'Operation refused, unit x.service may be requested by dependency only (it is configured'.concat(
        ' to refuse manual start/stop).',
      ),
      {},
    ],
    ['only-by-dependency', 'Operation refused, unit x.service may be requested by dependency only.', {}],
    ['not-applicable', 'Job type start is not applicable for unit x.service.', {}],
    ['isolate', 'Operation refused, unit may not be isolated.', {}],
    ['destructive', destructive, { other: 'y.service', queued: 'stop', included: 'start' }],
    ['destructive', 'Transaction is destructive.', {}],
    [
      'jobs-conflict',
      "Transaction contains conflicting jobs 'start' and 'stop' for y.service. Probably".concat(
        ' contradicting requirement dependencies configured.',
      ),
      { other: 'y.service', queued: 'start', included: 'stop' },
    ],
    ['cyclic', 'Transaction order is cyclic. See system logs for details.', {}],
    [
      'concurrency',
      "Concurrency limit of the slice unit 's.slice' (or any of its parents) the unit".concat(
        " 'x.service' is contained in has been reached, refusing start job.",
      ),
      { other: 's.slice' },
    ],
    ['shutting-down', 'Operation for unit x.service refused, D-Bus is shutting down.', {}],
    ['access-denied', 'Access denied', {}],
    ['access-denied', 'Interactive authentication required.', {}],
    ['timeout', 'Connection timed out', {}],
    ['other', 'Something nobody has ever said.', {}],
  ])('%s: %s', (error, words, more) => {
    const said = `Failed to start x.service: ${words}`
    const expected = { unit: 'x.service', type: 'start', error, via: 'client', ...more }
    expect(only(said, 'request-refused')).toMatchObject(expected)
    expect(only(`# systemctl start x\n${said}`, 'request-refused')).toMatchObject({ ...expected, request: 'e1' })
    for (let width = 60; width < said.length; width += 17) {
      const wrapped = said.replace(new RegExp(`(.{${width}})`, 'g'), '$1\n').trimEnd()
      if (words === destructive) expect(only(wrapped, 'request-refused')).toMatchObject(expected)
    }
  })

  test('of several units in one transaction', () => {
    const text = `# systemctl start x y\nFailed to enqueue jobs: ${destructive}`
    expect(only(text, 'request-refused')).toMatchObject({ error: 'destructive', unit: 'x.service', other: 'y.service' })
  })

  test('cancel of a job that is gone', () => {
    for (const text of [
      'Failed to cancel job 7: Job 7 does not exist.',
      'Failed to cancel job 7, ignoring: Job 7 does not exist.',
    ]) {
      expect(only(text, 'request-refused')).toMatchObject({ error: 'no-such-job' })
    }
  })
})

describe('other remarks', () => {
  test.each([
    'Warning: Stopping x.service, but it can still be activated by:\n  x.socket\n  y.timer',
    "Stopping 'x.service', but its triggering units are still active:\nx.socket, y.timer",
  ])('%s', (text) => {
    expect(only(text, 'still-triggered')).toMatchObject({ unit: 'x.service', triggers: ['x.socket', 'y.timer'] })
  })

  test.each([
    ['masked', 'Created symlink /etc/systemd/system/x.service → /dev/null.'],
    ['masked', 'Created symlink from /etc/systemd/system/x.service to /dev/null.'],
    ['masked', "Created symlink '/etc/systemd/system/x.service' → '/dev/null'."],
    ['enabled', 'Created symlink /etc/systemd/system/a.target.wants/x.service → /lib/systemd/system/x.service.'],
    ['disabled', 'Removed /etc/systemd/system/a.target.wants/x.service.'],
    ['disabled', 'Removed "/etc/systemd/system/a.target.wants/x.service".'],
    ['disabled', 'Removed symlink /etc/systemd/system/a.target.wants/x.service.'],
    ['changed-on-disk', "Warning: x.service changed on disk. Run 'systemctl daemon-reload' to reload units."],
    [
      'changed-on-disk',
      'Warning: The unit file, source configuration file or drop-ins of x.service changed on'.concat(
        " disk. Run 'systemctl daemon-reload' to reload units.",
      ),
    ],
  ])('%s: %s', (action, text) => {
    expect(only(text, 'unit-file-change')).toMatchObject({ unit: 'x.service', action })
  })

  test('a unit that nobody knows', () => {
    expect(only('Unit x.service could not be found.', 'unit-state')).toMatchObject({
      unit: 'x.service',
      load: 'not-found',
    })
  })
})

describe('nothing is read into what is not about jobs', () => {
  test.each([
    'slurmstepd: error: *** JOB 4191701 ON c5-1 CANCELLED AT 2021-08-23T15:53:02 DUE TO TIME LIMIT ***',
    'container 9d695fe7e03d restart canceled',
    'The job for which I applied was canceled.',
    'Job failed. See the pipeline for details.',
    'ERROR: Job failed: exit status 1',
    'Failed to start: port 80 is in use',
    'mount: /mnt: permission denied',
    'The package foo not found.',
    'Transaction for order 17 is destructive',
  ])('%s', (text) => {
    const kinds = gather(text).facts.map((fact) => fact.kind)
    expect(kinds.filter((kind) => /^(?:job-|request)/.test(kind))).toEqual([])
  })
})
