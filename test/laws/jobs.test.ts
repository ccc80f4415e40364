/** What holds for every job in every story. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { simulate } from '../../src/simulator/simulate.ts'
import { formatTrace, type Happening } from '../../src/systemd/happening.ts'
import { parseScenario } from '../../src/systemd/scenario.ts'
import { release, world } from './worlds.ts'

const RUNS = { numRuns: 60 }

/** Walks a trace and keeps each unit's slots; says what is impossible. */
function slotViolation(trace: readonly Happening[]): string | null {
  const slots = new Map<string, string>()
  for (const { who, event } of trace) {
    if (event.kind !== 'job-installed' && event.kind !== 'job-finished') continue
    const slot = `${who}${event.type === 'nop' ? ' nop' : ''}`
    const held = slots.get(slot)
    if (event.kind === 'job-installed') {
      if (held !== undefined) return `${slot}: ${event.type} installed over ${held}`
      slots.set(slot, event.type)
    } else {
      if (held === undefined) return `${slot}: ${event.type} finished, but was never installed`
      // A restart's first half ends as done and stays, as a start.
      if (event.type === 'restart' && event.result === 'done') slots.set(slot, 'start')
      else slots.delete(slot)
    }
  }
  return null
}

test('a unit holds one job and one nop, and an installed job ends once', () => {
  fc.assert(
    fc.property(world, release, (scenario, version) => {
      expect(slotViolation(simulate(scenario, { version }).trace)).toBeNull()
    }),
    RUNS,
  )
})

/** Failing starts that ask for each other at one moment: a real systemd (v254 was tried) turns in that for ever. */
const RING = `manager user
-- app.service --
[Unit]
Requisite=peer.service
After=peer.service
OnFailure=rescuer.service
[Service]
ExecStart=/bin/sleep 1000
-- peer.service --
[Service]
ExecStart=/bin/sleep 1000
-- rescuer.service --
[Unit]
BindsTo=app.service
[Service]
ExecStart=/bin/sleep 1000
-- timeline --
0    systemctl start app.service
3    end
`

test('a ring that systemd does not come out of is cut off, and said to be one', () => {
  const { spins, exhausted, trace } = simulate(parseScenario(RING))
  expect({ spins, exhausted }).toEqual({ spins: true, exhausted: true })
  expect(trace.length).toBeLessThan(20_000)
})

test('any story ends within its steps, and is the same when played again', () => {
  fc.assert(
    fc.property(world, release, (scenario, version) => {
      const once = simulate(scenario, { version })
      expect(once.exhausted).toBe(once.spins)
      expect(formatTrace(simulate(scenario, { version }).trace)).toBe(formatTrace(once.trace))
    }),
    RUNS,
  )
})

test('a refused request changes nothing: without it everything else happens all the same', () => {
  fc.assert(
    fc.property(world, release, (scenario, version) => {
      const { trace, spins } = simulate(scenario, { version })
      fc.pre(!spins)
      const refused = new Set(
        trace.flatMap(({ event, atUsec }) =>
          event.kind === 'client' && /^Failed to (?!kill)/.test(event.output)
            ? [`${event.command} ${slotOf(atUsec)}`]
            : [],
        ),
      )
      fc.pre(refused.size > 0)
      const timeline = scenario.timeline.filter(({ text, atUsec }) => !refused.has(`${text} ${slotOf(atUsec)}`))
      const without = simulate({ ...scenario, timeline }, { version })
      expect(formatTrace(without.trace.filter(isDeed))).toBe(formatTrace(trace.filter(isDeed)))
    }),
    { numRuns: 60 },
  )
})

/** Requests come every 0.7 s; a refusal comes back at once. */
const slotOf = (usec: number) => Math.floor((usec + 1000) / 700_000)

/** What a refused request leaves behind is that it was tried, and that its client was told. */
const isDeed = ({ event }: Happening) => event.kind !== 'enqueue' && event.kind !== 'client'

test('an unrelated unit changes nothing', () => {
  const bystander = { name: 'zz-bystander.service', text: '[Service]\nExecStart=/bin/sleep 1\n' }
  fc.assert(
    fc.property(world, release, (scenario, version) => {
      const alone = simulate(scenario, { version })
      fc.pre(!alone.spins)
      const crowded = simulate({ ...scenario, files: [bystander, ...scenario.files] }, { version })
      expect(formatTrace(crowded.trace)).toBe(formatTrace(alone.trace))
    }),
    RUNS,
  )
})
