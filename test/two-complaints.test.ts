// Where two are told of different ends, which of them the question is about stays open.
import { expect, test } from 'vitest'
import { RULES } from '../src/adapters/catalog.ts'
import { diagnose } from '../src/diagnose.ts'

const told = (...lines: readonly string[]) => diagnose(`${lines.join('\n')}\n`, RULES)

const TIMED_OUT = ['root@nas:~# systemctl start meterd.service', 'Job for meterd.service timed out.', '']
const CANCELED = ['root@nas:~# systemctl stop meterd.service', 'Job for meterd.service canceled.', '']
const LOG = [
  'Nov 23 15:57:44 nas systemd[1]: Stopping meterd.service - eats the queue...',
  'Nov 23 15:57:47 nas systemd[1]: meterd.service: Job meterd.service/start timed out.',
  'Nov 23 15:57:47 nas systemd[1]: Timed out starting meterd.service - eats the queue.',
]

test('a start that timed out, told of before the stop that it displaced', () => {
  expect(told(...TIMED_OUT, ...CANCELED, ...LOG).outcome).toBe('candidates')
})

test('a script that says what it runs: of its stop and its start, the start displaced the other', () => {
  const make = ['$ make -j2 release', 'systemctl stop app', 'systemctl start app', 'Job for app.service canceled.']
  const { job, cause, replacedBy } = told(...make, 'make: *** [Makefile:12: quiesce] Error 1')
  expect([job?.type, replacedBy?.type, cause]).toEqual(['stop', 'start', 'automation-race'])
})
