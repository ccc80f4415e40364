/**
 * Every scenario is played by the simulator for each release it was recorded on, and has to come out as recorded. On
 * the way: played twice, the same trace; printed and parsed back, the same trace; an unrelated unit added, the same
 * ending.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { simulate } from '../../src/simulator/simulate.ts'
import { compareTraces } from '../../src/systemd/compare-traces.ts'
import { formatTrace, parseTrace } from '../../src/systemd/happening.ts'
import { parseScenario, type Scenario, traceFor } from '../../src/systemd/scenario.ts'
import { NEWEST } from '../../src/systemd/versions.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const names = readdirSync(folder).filter((name) => name.endsWith('.scenario'))

const versionsOf = (scenario: Scenario): number[] => [
  ...new Set(scenario.traces.flatMap(({ versions }) => versions ?? [scenario.systemd ?? NEWEST])),
]

const bystander = { name: 'unrelated-bystander.service', text: '[Service]\nExecStart=/bin/sleep 1000\n' }

test('there are recordings', () => {
  expect(names.length).toBeGreaterThan(60)
})

describe.each(names)('%s', (name) => {
  const scenario = parseScenario(readFileSync(`${folder}/${name}`, 'utf8'))
  const actionsUsec = scenario.timeline.map(({ atUsec }) => atUsec)
  test('can be read, and expects something', () => {
    expect(scenario.problems).toEqual([])
    expect(versionsOf(scenario).length).toBeGreaterThan(0)
  })
  test.each(versionsOf(scenario))('systemd %i', (version) => {
    const expected = traceFor(scenario, version) ?? []
    const { trace, exhausted } = simulate(scenario, { version, stock: 'recorded' })
    expect(exhausted).toBe(false)
    expect(compareTraces(expected, trace, { actionsUsec, level: 'logs' })).toBeNull()
    const printed = formatTrace(trace)
    expect(formatTrace(simulate(scenario, { version, stock: 'recorded' }).trace)).toBe(printed)
    expect(formatTrace(parseTrace(printed))).toBe(printed)
    const crowded = simulate({ ...scenario, files: [...scenario.files, bystander] }, { version, stock: 'recorded' })
    expect(formatTrace(crowded.trace)).toBe(printed)
  })
})
