/** Plays the stories of one paste: what they have in common is read once. */

import type { Situation } from '../graph/assemble.ts'
import { STORY_STEPS } from '../limits.ts'
import type { Simulation } from '../simulator/simulate.ts'
import { simulate } from '../simulator/simulate.ts'
import type { LoadMemory } from '../systemd/load-memory.ts'
import type { Scenario } from '../systemd/scenario.ts'

const memories = new WeakMap<Situation['units'], LoadMemory>()

export function play(scenario: Scenario, { units, systemd }: Situation): Simulation {
  const memory = memories.get(units) ?? new Map()
  memories.set(units, memory)
  return simulate(scenario, { version: systemd.version, steps: STORY_STEPS, stock: 'bare', memory })
}
