/**
 * Where systemd's order, or the moment, is undefined: plays a scenario in many of them and
 * reports how many endings there are.
 */

import { ORDERS } from '../limits.ts'
import { formatEvent } from '../systemd/happening.ts'
import type { Scenario } from '../systemd/scenario.ts'
import type { SimulateOptions, Simulation } from './simulate.ts'
import { simulate } from './simulate.ts'

export interface Ending {
  /** Plays this ending again: SimulateOptions.orderSeed. */
  readonly seed: number
  /** In how many of the orders that were played. */
  readonly count: number
  readonly simulation: Simulation
}

/**
 * The distinct endings, that of the order by name first. One means that neither order nor close calls make a difference
 * that was found.
 */
export function allOrders(scenario: Scenario, options: SimulateOptions = {}, orders = ORDERS): Ending[] {
  const endings = new Map<string, { seed: number; count: number; simulation: Simulation }>()
  for (let seed = 0; seed < orders; seed++) {
    const simulation = simulate(scenario, { ...options, orderSeed: seed })
    const key = endingOf(simulation)
    const known = endings.get(key)
    if (known) known.count++
    else endings.set(key, { seed, count: 1, simulation })
  }
  return [...endings.values()]
}

/** What counts as an ending: how each unit's jobs ended, what clients were told, and the states that were reached. */
function endingOf({ trace, states }: Simulation): string {
  const perUnit = new Map<string, string[]>()
  for (const { who, event } of trace) {
    if (event.kind !== 'job-finished' && event.kind !== 'client') continue
    perUnit.set(who, [...(perUnit.get(who) ?? []), formatEvent(event)])
  }
  const jobs = [...perUnit].map(([who, events]) => `${who}: ${events.join('; ')}`).sort()
  const ends = [...states].map(([name, { active, sub }]) => `${name} ${active} ${sub}`).sort()
  return [...jobs, ...ends].join('\n')
}
