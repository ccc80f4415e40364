/** However much is pasted, an answer comes after a counted amount of work, and says what it left out. */

import { expect, test } from 'vitest'
import { RULES } from '../src/adapters/catalog.ts'
import { diagnose } from '../src/diagnose.ts'
import { PASTE_LINES } from '../src/limits.ts'
import { audit } from '../src/remedy/audit.ts'
import { simulate } from '../src/simulator/simulate.ts'
import { parseScenario } from '../src/systemd/scenario.ts'
import { manyUnits } from './bench/worlds.ts'

/** Units that pull each other in, conflict, and restart others for ever. */
function tangled(count: number): string {
  const units = Array.from({ length: count }, (_, i) => [
    `# /etc/systemd/system/a${i}.service`,
    '[Unit]',
    `Conflicts=a${(i * 7 + 1) % count}.service`,
    `Requires=a${(i + 1) % count}.service a${(i + 2) % count}.service`,
    `BindsTo=a${i >> 1}.service`,
    `After=a${i + 1}.service`,
    '[Service]',
    `ExecStart=/usr/bin/systemctl restart a${i >> 1}.service`,
    'Restart=always',
    '',
  ])
  return ['$ systemctl restart a0.service', 'Job for a0.service canceled.', ...units.flat()].join('\n')
}

test('a paste of very many units is answered with what could be played, and says so', () => {
  const { outcome, explanation } = diagnose(tangled(2500), RULES)
  expect(outcome).not.toBe('no-evidence')
  expect(explanation).toContain('not everything was played through')
})

test('a paste of few units is played through', () => {
  expect(diagnose(tangled(20), RULES).explanation).not.toContain('not everything was played through')
})

test('an audit lists the jobs that it did not get to', () => {
  const services = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `s${i}.service`, text: '[Service]\nExecStart=/bin/true\n' }))
  expect(audit(services(10), RULES)).toMatchObject({ unexplored: [] })
  expect(audit(services(50), RULES)).toMatchObject({ unexplored: { length: 50 * 3 - 120 } })
})

test('a simulation without work left is exhausted, and tells what it did', () => {
  const world = manyUnits(200, true)
  const whole = simulate(world)
  expect(whole.exhausted).toBe(false)
  expect(whole.work).toBeGreaterThan(200)
  expect(simulate(world, { work: whole.work / 2 }).exhausted).toBe(true)
  const story = parseScenario(
    '-- a.service --\n[Service]\nExecStart=/bin/true\n-- timeline --\n0 systemctl start a\n1 end\n',
  )
  expect(simulate(story).work).toBeLessThan(whole.work / 2)
})

test('what of a paste is not read is said', () => {
  const { explanation } = diagnose(`${'\n'.repeat(PASTE_LINES)}Job for app.service canceled.`, RULES)
  expect(explanation).toContain('Not read, for the paste is too long: the last 30 characters.')
})
