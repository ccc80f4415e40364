/** What a remedy changes, told by one line of the trace without it and one of the trace with it. */

import { cameOut, lastState } from '../ranking/trial.ts'
import type { Simulation } from '../simulator/simulate.ts'
import { formatEvent, formatHappening, type Happening } from '../systemd/happening.ts'

/** The job in question, as the rule and the paste have it. */
export interface AskedJob {
  readonly unit: string
  readonly type: string
}

/** Before the line of a trace that does not come. */
export const NEVER = 'never: '

export interface BeforeAfter {
  readonly before: string
  readonly after: string
}

/**
 * The end of the job in question, where that is what changes; else the first of the wishes that came true only with
 * the remedy. Null if there is nothing to show: then nothing is proven either.
 */
export function beforeAfter(
  before: Simulation,
  after: Simulation,
  job: AskedJob,
  wishes: readonly string[],
): BeforeAfter | null {
  const [was, is] = [endOf(before, job), endOf(after, job)]
  if (was && is && formatEvent(was.event) !== formatEvent(is.event)) {
    return { before: formatHappening(was), after: formatHappening(is) }
  }
  const wish = wishes.find((line) => !cameOut(before, line) && cameOut(after, line))
  return wish === undefined ? null : { before: about(before, wish), after: about(after, wish) }
}

/** The last end of the job. */
export const endOf = ({ trace }: Simulation, { unit, type }: AskedJob): Happening | undefined =>
  trace.findLast(({ who, event }) => who === unit && event.kind === 'job-finished' && event.type === type)

/** What the trace says of a wish: the line itself, what happened in its place, or that it never did. */
function about(simulation: Simulation, wish: string): string {
  const line = wish.replace(/^not /, '').replace(/^last /, '')
  const [unit = '', what, type = ''] = line.split(' ')
  const found = wish.includes('last ')
    ? lastState(simulation, unit)
    : (simulation.trace.findLast(({ who, event }) => `${who} ${formatEvent(event)}` === line) ??
      (what === 'job' && !wish.startsWith('not ') ? endOf(simulation, { unit, type }) : undefined))
  return found ? formatHappening(found) : `${NEVER}${line}`
}
