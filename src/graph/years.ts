/** Times printed without a year, put into the year that the rest of the paste tells. */

import type { Fact, Moment } from '../evidence/fact.ts'

/** Where one format prints the year and another does not, only this makes their times comparable. */
export function withYears(facts: readonly Fact[]): readonly Fact[] {
  const known = facts.find(({ at }) => at?.clock === 'wall' && at.yearKnown)?.at
  if (!known || !facts.some(({ at }) => isYearless(at))) return facts
  return facts.map((fact) => (fact.at && isYearless(fact.at) ? { ...fact, at: inYearOf(known, fact.at) } : fact))
}

const isYearless = (at: Moment | undefined): boolean => at?.clock === 'wall' && !at.yearKnown

const USEC_PER_MSEC = 1000
const HALF_A_YEAR_USEC = 182 * 86_400 * 1_000_000

/** The nearest such date: a log that goes over the new year has two. */
function inYearOf(known: Moment, at: Moment): Moment {
  const year = new Date(known.usec / USEC_PER_MSEC).getUTCFullYear()
  const here = dateIn(year, at)
  if (here - known.usec > HALF_A_YEAR_USEC) return { ...at, usec: dateIn(year - 1, at), yearKnown: true }
  if (known.usec - here > HALF_A_YEAR_USEC) return { ...at, usec: dateIn(year + 1, at), yearKnown: true }
  return { ...at, usec: here, yearKnown: true }
}

function dateIn(year: number, { usec }: Moment): number {
  const date = new Date(Math.floor(usec / USEC_PER_MSEC))
  const inYear = Date.UTC(year, date.getUTCMonth(), date.getUTCDate())
  const ofDay = usec - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) * USEC_PER_MSEC
  return inYear * USEC_PER_MSEC + ofDay
}
