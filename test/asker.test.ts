// Who asked for the job that took the slot: named where a line of the paste has the request.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RULES } from '../src/adapters/catalog.ts'
import { diagnose } from '../src/diagnose.ts'
import { report } from '../src/render/report.ts'

const read = (name: string) => readFileSync(join(import.meta.dirname, 'pastes', `${name}.txt`), 'utf8')

test('a monitor that logs its command is named, and the job is what cron asked for', () => {
  const answer = diagnose(read('canceled-restart-by-cron-monitor-stops'), RULES)
  expect(answer.job).toEqual({ unit: 'catalina.service', type: 'restart', result: 'canceled' })
  expect(answer.replacedBy).toMatchObject({ unit: 'catalina.service', type: 'stop' })
  expect(answer.trigger?.client).toBe('monit')
  expect(answer.explanation).toContain('Line 12 has the request: `systemctl stop catalina`, by monit.')
  expect(answer.explanation).not.toContain('Find who asked')
})

test('a command right above the outcome is no mere word, whatever the log says besides', () => {
  const answer = diagnose(read('canceled-start-behind-quote-prompt'), RULES)
  expect(answer.job?.type).toBe('start')
  expect(answer.replacedBy?.type).toBe('stop')
  expect(answer.trigger?.client).toBe('nm-dispatcher')
})

test('nobody is named where nobody is seen to ask', () => {
  const answer = diagnose('# systemctl restart mailman.service\nJob for mailman.service canceled.\n', RULES)
  expect(answer.trigger?.client).toBeUndefined()
  expect(answer.explanation).not.toContain('has the request')
})

test('a script or a crontab that would ask is named, and who ran it is still to be found', () => {
  const script = diagnose(read('canceled-stop-script-of-a-monitor-shown'), RULES)
  expect(script.explanation).toContain(
    'Line 7 would ask for it: `systemctl restart tomcat`, in /usr/local/bin/watch-tomcat.sh.',
  )
  expect(script.explanation).toContain('Find who asked')
  expect(script.trigger?.client).toBe('/usr/local/bin/watch-tomcat.sh')
  const crontab = diagnose(read('canceled-start-crontab-stops-it'), RULES)
  expect(crontab.explanation).toContain('`systemctl stop solr.service`, in /etc/cron.d/solr.')
})

test('what did not come about when it was played is said not to have been it', () => {
  const answer = diagnose(read('canceled-stop-warned-of-path-and-socket'), RULES)
  expect(answer.explanation).toContain('printing.path did not cancel the stop')
  expect(answer.explanation).toContain('A connection on printing.socket did not cancel the stop')
  expect(report(answer).codes).not.toContain('JC112')
})

test('a package manager at work is pointed at where the story leaves open who asked', () => {
  const answer = diagnose(read('canceled-restart-bound-unit-upgraded'), RULES)
  expect(answer.code).toBe('JC131')
  expect(answer.explanation).toContain('Line 17 has `/usr/bin/unattended-upgrade` at work')
})

test("what a program's own log tells of a command, it did", () => {
  const answer = diagnose(read('canceled-stop-monit-log'), RULES)
  expect(answer).toMatchObject({ outcome: 'explained', code: 'JC101' })
  expect(answer.explanation).toContain('Line 11 has the request: `systemctl start mysql`.')
})

test('unless it says that it left it', () => {
  const complaint = '# systemctl stop mysql\nJob for mysql.service canceled.\n$ tail -1 /var/log/keeper.log\n'
  const asker = (line: string) => diagnose(`${complaint}2026/11/22 03:10:02 ${line}\n`, RULES).trigger?.client
  expect(asker('does not respond: systemctl start mysql')).toBe('systemctl start mysql')
  for (const line of ['dry run, would call', 'skipped:', 'please run'])
    expect(asker(`${line} systemctl start mysql`), line).toBeUndefined()
})
