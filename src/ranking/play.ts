/** Plays the stories of one paste: what they have in common is read once, and together they may do so much work. */

import type { Situation } from '../graph/assemble.ts'
import { STORY_STEPS } from '../limits.ts'
import type { Simulation } from '../simulator/simulate.ts'
import { simulate } from '../simulator/simulate.ts'
import type { LoadMemory } from '../systemd/load-memory.ts'
import type { Scenario } from '../systemd/scenario.ts'

export interface Stage {
  readonly memory: LoadMemory
  /** Counted down by every story; none is played to its end when it is used up. */
  workLeft: number
}

export const newStage = (work: number): Stage => ({ memory: new Map(), workLeft: work })

/** Takes what the story costs off what the stage has left. */
export function play(scenario: Scenario, s: Situation, stage: Stage): Simulation {
  const { memory, workLeft } = stage
  const options = { version: s.systemd.version, steps: STORY_STEPS, stock: 'bare', memory, work: workLeft } as const
  const simulation = simulate(scenario, options)
  stage.workLeft -= simulation.work
  return simulation
}
