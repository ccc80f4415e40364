/** The lines of a trace that decide: jobs of the units in question, and what clients were told. */

import { CLIENT, formatHappening, type Happening, parseTrace } from '../systemd/happening.ts'

const MAX_LINES = 14
/** How much before the cancellation is shown, of so many lines. */
const LINES_BEFORE = 8

export function excerpt(trace: string, units: readonly string[]): string[] {
  const happenings = parseTrace(trace).filter(({ who, event }) => {
    if (who === CLIENT) return true
    return units.includes(who) && event.kind.startsWith('job-')
  })
  return around(happenings).map(formatHappening)
}

function around(happenings: readonly Happening[]): readonly Happening[] {
  if (happenings.length <= MAX_LINES) return happenings
  const canceled = happenings.findIndex(({ event }) => event.kind === 'job-finished' && event.result === 'canceled')
  const from = Math.max(0, Math.min(canceled - LINES_BEFORE, happenings.length - MAX_LINES))
  return happenings.slice(from, from + MAX_LINES)
}
