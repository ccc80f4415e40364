// A restart that got no further than its stop is told as a restart, and so are the remedies.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RULES } from '../src/adapters/catalog.ts'
import { diagnose } from '../src/diagnose.ts'
import { asRestart } from '../src/hypotheses/restart-story.ts'

const paste = readFileSync(join(import.meta.dirname, 'pastes/canceled-restart-requirement-closed.txt'), 'utf8')
const firstOf = (text: string) => diagnose(text, RULES).candidates[0]

test('where the log has its stop alone', () => {
  const first = firstOf(paste)
  expect(first?.code).toBe('JC107')
  expect(first?.trace).toContain('spooler.service job restart canceled')
  expect(first?.contradicts).toEqual([])
})

test('not where it had come to the start', () => {
  const started = 'Mar 03 08:30:09 print2 systemd[1]: Starting spooler.service - Label spooler...\n$ systemctl cat'
  const first = firstOf(paste.replace('$ systemctl cat', started))
  expect(first?.trace).toContain('spooler.service job start canceled')
})

test('and wherever a reload was asked for', () => {
  const { candidates } = diagnose('# systemctl reload api.service\nJob for api.service canceled.\n', RULES)
  for (const { trace } of candidates) expect(trace).toContain('api.service job reload canceled')
})

test('a timeline that begins otherwise has no restart in it', () => {
  const bound = { unit: 'app.service' }
  const rest = ['+2 systemctl stop other.service']
  expect(asRestart(['0 systemctl start --no-block {unit}', ...rest], bound)).toEqual([
    '+1 systemctl restart --no-block app.service',
    ...rest,
  ])
  expect(asRestart(['0 systemctl start other.service', ...rest], bound)).toBeNull()
})
