/** The lines of a trace that decide: jobs of the units in question, and what clients were told. */

import { CLIENT, formatHappening, type Happening, parseTrace } from '../systemd/happening.ts'

const MAX_LINES = 14
/** How much before what decides is shown, of so many lines. */
const LINES_BEFORE = 8

export function excerpt(trace: string, units: readonly string[]): string[] {
  const happenings = parseTrace(trace).filter(({ who, event }) => {
    if (who === CLIENT) return true
    return units.includes(who) && event.kind.startsWith('job-')
  })
  return around(happenings).map(briefly)
}

/** Of what a client printed the first line tells; the others are advice. */
function briefly(happening: Happening): string {
  const { event } = happening
  if (event.kind !== 'client') return formatHappening(happening)
  return formatHappening({ ...happening, event: { ...event, output: event.output.split('\n', 1)[0] ?? '' } })
}

function around(happenings: readonly Happening[]): readonly Happening[] {
  if (happenings.length <= MAX_LINES) return happenings
  const from = Math.max(0, Math.min(decisive(happenings) - LINES_BEFORE, happenings.length - MAX_LINES))
  return happenings.slice(from, from + MAX_LINES)
}

/** The first job that was canceled, else that did not end well, else whatever came last. */
function decisive(happenings: readonly Happening[]): number {
  const results = happenings.map(({ event }) => (event.kind === 'job-finished' ? event.result : 'done'))
  const canceled = results.indexOf('canceled')
  const failed = results.findIndex((result) => result !== 'done')
  return [canceled, failed].find((index) => index >= 0) ?? happenings.length
}
