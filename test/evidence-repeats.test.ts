// One thing said twenty thousand times: whatever looks back or ahead over lines must have a bound, and no recursion.
import { expect, test } from 'vitest'
import { gather } from '../src/evidence/gather.ts'

const LINES = 20_000

const ONCE = [
  '',
  '#',
  '$',
  '>',
  '-',
  '\\',
  '{',
  '"',
  '```',
  '│',
  'a',
  '[Unit]',
  'Exec=',
  'ExecStart=/a \\',
  'A=b',
  '- name: x',
  '- name: x\n  service:',
  '/a/b:',
  '#!/bin/sh',
  'systemctl stop a.service',
  '# systemctl stop a &',
  '+ systemctl stop a',
  'Job for a.service canceled.',
  'STDERR: Job for a.service canceled.',
  'a.service',
  '● a.service',
  '● a.service - A\n   Loaded: loaded',
  '# /etc/systemd/system/a.service',
  'Oct 01 00:00:00 h systemd[1]: Stopping a...',
  'Oct 01 00:00:00 h systemd[1]: Found ordering cycle on a.service/start',
  'TASK [x] ***',
  'fatal: [h]: FAILED! => {',
  'Broadcast message from root@a (x):',
  '-----BEGIN PRIVATE KEY-----',
  '-- Reboot --',
  '__CURSOR=x',
  '{"MESSAGE":"x"}',
  'Id=a.service\n',
  'JOB UNIT TYPE STATE',
  '1 a.service start waiting',
  '‣ Type=method_call  ',
  'signal time=1 sender=:1',
  '├─a.service',
  'Setting up a (1) ...',
  "cat <<'EOF'",
  'when I stop a.service it starts again.',
]

test.each(ONCE)('%j', (once) => {
  const { lines, facts } = gather(`${once}\n`.repeat(LINES))
  expect(lines.length).toBeGreaterThanOrEqual(LINES)
  expect(facts.every(({ start, end }) => start <= end)).toBe(true)
})
