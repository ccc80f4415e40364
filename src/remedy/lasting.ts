/** Whether what a remedy brings about is still so when its replay ends, and not only for a moment. */

import type { Simulation } from '../simulator/simulate.ts'
import type { Scenario } from '../systemd/scenario.ts'
import { endOf } from './before-after.ts'

/** Beyond the default time limits: what ends by one of them is seen to end. */
const WATCHED_USEC = 120_000_000

/** The same scenario, watched for longer. */
export function watched(scenario: Scenario): Scenario {
  const later = (one: Scenario['timeline'][number]) =>
    one.kind === 'end' ? { ...one, atUsec: one.atUsec + WATCHED_USEC } : one
  return { ...scenario, timeline: scenario.timeline.map(later) }
}

const DONE = /^(\S+) job (start|restart|try-restart|stop) done$/

/** The unit is in the end as the last of its jobs that are to be done left it; a wish for its last state says so itself. */
export function lasts(after: Simulation, wanted: readonly string[], unit: string): boolean {
  if (wanted.some((line) => line.startsWith(`last ${unit} `))) return true
  const type = wanted.map((line) => DONE.exec(line)).findLast((done) => done?.[1] === unit)?.[2]
  return type === undefined || isAs(type, unit, after)
}

function isAs(type: string, unit: string, after: Simulation): boolean {
  const active = after.states.get(unit)?.active ?? 'inactive'
  if (type === 'stop') return active === 'inactive' || active === 'failed'
  if (active !== 'inactive') return active === 'active' || active === 'reloading' || active === 'refreshing'
  // What has done its work is down, too: if it was begun by a job that took until then.
  return endsWith(unit, after)
}

/** Its start took until the program had ended, and no stop came after. */
function endsWith(unit: string, after: Simulation): boolean {
  const started = endOf(after, { unit, type: 'start' })
  const stopped = endOf(after, { unit, type: 'stop' })
  return started !== undefined && (stopped === undefined || stopped.atUsec < started.atUsec)
}
