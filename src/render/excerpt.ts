/** The lines of a trace that decide: jobs of the units in question, and what clients were told. */

import { CLIENT, formatHappening, type Happening, parseTrace } from '../systemd/happening.ts'

const MAX_LINES = 14
/** How much before what decides is shown, of so many lines. */
const LINES_BEFORE = 8

/** `trace` is a scenario's, as text; its lines, shortened. */
export function excerpt(trace: string, units: readonly string[]): string[] {
  const all = parseTrace(trace).filter(({ who, event }) => who === CLIENT || event.kind.startsWith('job-'))
  const own = all.filter(({ who }) => who === CLIENT || units.includes(who))
  const first = own.find(endsBadly)?.atUsec ?? Number.POSITIVE_INFINITY
  const shown = own.filter((one) => one.atUsec >= first || !bringsUp(one, units))
  return around(shown).map(briefly)
}

const endsBadly = ({ event }: Happening): boolean =>
  event.kind === 'client' ? event.status !== 0 : event.kind === 'job-finished' && event.result !== 'done'

/** What has to be up before the story begins, of units that it is not about: some are there for the replay alone. */
const bringsUp = ({ event }: Happening, units: readonly string[]): boolean =>
  event.kind === 'client' && event.output === '' && !units.some((unit) => event.command.includes(unit))

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
