/** What is written reads back the same, and agreement means what the format says it means. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTraces } from '../../src/systemd/compare-traces.ts'
import { type Event, formatTrace, type Happening, parseTrace } from '../../src/systemd/happening.ts'
import { formatScenario, parseScenario, traceFor } from '../../src/systemd/scenario.ts'

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.scenario'))

describe('fixtures', () => {
  it.each(files)('%s reads back the same', (name) => {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8')
    const scenario = parseScenario(text)
    expect(scenario.problems).toEqual([])
    expect(formatScenario(scenario)).toBe(text)
    expect(scenario.comments.length).toBeGreaterThan(0)
    expect(scenario.timeline.at(-1)?.kind).toBe('end')
  })
})

const word = fc.constantFrom('start', 'stop', 'restart', 'verify-active', 'reload')
const line = fc
  .array(fc.constantFrom('a', 'n', '\\', '\n', ' => 1', 'x2d'), { maxLength: 8 })
  .map((parts) => parts.join(''))
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('enqueue' as const), type: word, mode: fc.constantFrom('replace', 'fail') }),
  fc.record({ kind: fc.constant('job-installed' as const), type: word }),
  fc.record({ kind: fc.constant('job-merged' as const), type: word, into: word }),
  fc.record({ kind: fc.constant('job-rerun' as const), type: word }),
  fc.constant<Event>({ kind: 'job-converted' }),
  fc.record({ kind: fc.constant('job-finished' as const), type: word, result: fc.constantFrom('done', 'canceled') }),
  fc.record({ kind: fc.constant('state' as const), sub: fc.constantFrom('dead', 'stop-sigterm') }),
  fc.record({ kind: fc.constant('log' as const), text: line.map((text) => `a${text}`) }),
)
const client = fc.record({
  kind: fc.constant('client' as const),
  command: fc.constantFrom('systemctl start a.service', 'systemctl --job-mode=fail stop a.service'),
  status: fc.integer({ min: 0, max: 255 }),
  output: line.map((text) => text.trim()),
})
const tenths = fc.integer({ min: 0, max: 9999 }).map((tenth) => tenth * 100_000)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ atUsec: tenths, who: fc.constantFrom('a.service', 'a\\x2db.mount'), event }),
  fc.record({ atUsec: tenths, who: fc.constant('client'), event: client }),
)

describe('traces', () => {
  it('read back the same', () => {
    fc.assert(fc.property(fc.array(happening), (trace) => void expect(parseTrace(formatTrace(trace))).toEqual(trace)))
  })

  it('agree with themselves', () => {
    const timing = { actionsUsec: [0, 2_000_000, 900_000_000], level: 'logs' } as const
    fc.assert(fc.property(fc.array(happening), (trace) => void expect(compareTraces(trace, trace, timing)).toBeNull()))
  })

  const done = parseTrace(
    '0.1 a.service job start installed\n0.4 a.service state running\n0.4 a.service job start done',
  )
  const timing = { actionsUsec: [0, 500_000, 5_000_000], level: 'logs' } as const

  it('disagree where an event is missing', () => {
    const found = compareTraces(done, done.slice(0, 1), timing)
    expect(found).toMatchObject({ who: 'a.service', index: 1, actual: null, expected: done[1] })
    expect(compareTraces(done, done.slice(0, 1), { ...timing, level: 'jobs' })?.expected).toEqual(done[2])
  })

  it('grant a recording to be late, but not to be early', () => {
    const late = done.map((one) => ({ ...one, atUsec: one.atUsec + 400_000 }))
    expect(compareTraces(late, done, timing)).toBeNull()
    expect(compareTraces(done, late, timing)?.index).toBe(0)
    const later = done.map((one) => ({ ...one, atUsec: one.atUsec + 800_000 }))
    expect(compareTraces(later, done, timing)?.index).toBe(0)
  })

  it('grant more to what follows from something late', () => {
    const cycle = (seconds: number): string => `${seconds.toFixed(1)} a.service state auto-restart`
    const [due, real] = [
      [0.1, 0.3, 0.5, 0.7],
      [0.1, 0.4, 0.9, 1.4],
    ].map((times) => parseTrace(times.map(cycle).join('\n')))
    expect(
      compareTraces(real ?? [], due ?? [], { ...timing, actionsUsec: [0, 600_000, 1_200_000, 5_000_000] }),
    ).toBeNull()
    expect(compareTraces(real ?? [], due ?? [], { ...timing, actionsUsec: [0, 600_000], lateUsec: 0 })).not.toBeNull()
  })

  it('have no beginning of an ordering cycle', () => {
    const told = (first: string, cycle: string): Happening[] =>
      parseTrace(
        [
          `0.1 ${first} log ${first}: Found ordering cycle: ${cycle} - after …`,
          `0.1 ${first} log ${first}: Unable to break cycle starting with ${first}/stop`,
        ].join('\n'),
      )
    const here = told('a.service', 'c.service/stop after b.service/stop after a.service/stop')
    expect(
      compareTraces(here, told('b.service', 'a.service/stop after c.service/stop after b.service/stop'), timing),
    ).toBeNull()
    expect(compareTraces(here, told('b.service', 'a.service/stop after b.service/stop'), timing)).not.toBeNull()
  })

  it('have no order between units, nor between clients', () => {
    const one = parseTrace(
      '1.0 client systemctl start a => 0\n1.0 client systemctl start b => 0\n1.0 a.service state dead',
    )
    expect(compareTraces(one, [...one].reverse(), timing)).toBeNull()
  })
})

describe('scenarios', () => {
  it('tell what they cannot read, with its line', () => {
    const { problems, timeline } = parseScenario(
      'manager robot\n-- a.txt --\n-- timeline --\n0 systemctl start a\nx end\n1 fly',
    )
    expect(problems.map(({ line }) => line)).toEqual([1, 2, 5, 6])
    expect(timeline).toHaveLength(1)
    expect(timeline[0]).toMatchObject({ verb: 'start', units: ['a.service'], noBlock: false, jobMode: null })
  })

  it('have a trace for the versions that a section names', () => {
    const scenario = parseScenario('systemd 252\n-- trace 247 254 --\n1.0 a.service state dead\n-- trace --\n')
    expect(traceFor(scenario, 254)).toHaveLength(1)
    expect(traceFor(scenario, 252)).toEqual([])
    expect(traceFor(scenario, 262)).toBeNull()
  })

  it('never throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseScenario(`-- timeline --\n${text}\n-- trace --\n${text}`)))
  })
})
