/** When a calendar expression elapses next. Mirrors src/shared/calendarspec.c (v255). */

import { type CalendarChain, type CalendarSpec, USEC_PER_SEC } from './calendar.ts'
import { secondsOf, type WallTime, wallTime, weekdayOf } from './calendar-zone.ts'

const MAX_YEAR = 2199
/** systemd's own bound; more rounds than this are an endless loop. */
const MAX_CALENDAR_ITERATIONS = 1000

/** Fields from the largest to the smallest; all below one that moves on begin anew. */
type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'
const FIELDS: readonly Field[] = ['year', 'month', 'day', 'hour', 'minute', 'second']
const FIRST: WallTime = { year: 0, month: 0, day: 1, hour: 0, minute: 0, second: 0 }

interface Moment extends WallTime {
  readonly usec: number
}

/** Mirrors calendar_spec_next_usec(): the first moment after `usec` (since 1970), null if there is none. */
export function calendarSpecNextUsec(spec: CalendarSpec, usec: number): number | null {
  const after = usec + 1
  const begin = wallTime(Math.floor(after / USEC_PER_SEC), spec.timezone)
  const found = findNext(spec, { ...begin, usec: after % USEC_PER_SEC })
  return found === null ? null : secondsOf(found, spec.timezone) * USEC_PER_SEC + found.usec
}

/** Mirrors find_next(). */
function findNext(spec: CalendarSpec, begin: Moment): Moment | null {
  let c = begin
  for (let iteration = 0; iteration < MAX_CALENDAR_ITERATIONS; iteration++) {
    const step = stepThrough(spec, normalized(c, spec))
    if (step === null || 'found' in step) return step === null ? null : step.found
    c = step.retry
  }
  return null
}

type Step = { readonly found: Moment } | { readonly retry: Moment } | null

/** One round over the fields: each is brought to its next match; where there is none, the field above moves on. */
function stepThrough(spec: CalendarSpec, begin: Moment): Step {
  let c = begin
  for (const field of FIELDS) {
    const value = earliestMatch(spec, field, c)
    if (value === null) return field === 'year' ? null : { retry: advanced(c, above(field)) }
    if (value !== fieldOf(c, field)) c = withValue(c, field, value)
    if (c.year > MAX_YEAR) return null
    const proper = normalized(c, spec)
    if (!sameFields(proper, c)) return { retry: normalizedFrom(proper, c) }
    if (field === 'day' && !matchesWeekday(spec.weekdaysBits, c)) return { retry: advanced(c, 'day') }
  }
  return { found: c }
}

function fieldOf(c: Moment, field: Field): number {
  if (field === 'month') return c.month + 1
  return field === 'second' ? c.second * USEC_PER_SEC + c.usec : c[field]
}

/** Sets a field and begins anew below it. */
function withValue(c: Moment, field: Field, value: number): Moment {
  if (field === 'second') return { ...c, second: Math.floor(value / USEC_PER_SEC), usec: value % USEC_PER_SEC }
  return { ...beginAnewBelow(c, field), [field]: field === 'month' ? value - 1 : value }
}

function advanced(c: Moment, field: Field): Moment {
  return { ...beginAnewBelow(c, field), [field]: c[field] + 1 }
}

function beginAnewBelow(c: Moment, field: Field): Moment {
  const below = FIELDS.slice(FIELDS.indexOf(field) + 1).map((name) => [name, FIRST[name]])
  return { ...c, ...Object.fromEntries(below), usec: 0 }
}

function above(field: Field): Field {
  return FIELDS[FIELDS.indexOf(field) - 1] as Field
}

/** What mktime() makes of fields that are out of range, or of an hour that the zone skips. */
function normalized(c: Moment, spec: CalendarSpec): Moment {
  return { ...wallTime(secondsOf(c, spec.timezone), spec.timezone), usec: c.usec }
}

function sameFields(a: WallTime, b: WallTime): boolean {
  return FIELDS.every((field) => a[field] === b[field])
}

/** Mirrors tm_within_bounds(): the field below the largest one that changed begins anew, lest a match be skipped. */
function normalizedFrom(proper: Moment, c: Moment): Moment {
  const changed = FIELDS.find((field) => proper[field] !== c[field]) ?? 'second'
  return beginAnewBelow(proper, changed)
}

function matchesWeekday(bits: number, c: WallTime): boolean {
  return bits < 0 || (bits & (1 << weekdayOf(c))) !== 0
}

/** Mirrors find_matching_component(): the earliest value from the present one on; null if there is none. */
function earliestMatch(spec: CalendarSpec, field: Field, c: Moment): number | null {
  const chain: CalendarChain = field === 'second' ? spec.microsecond : spec[field]
  const value = fieldOf(c, field)
  if (chain.length === 0) return value
  const fromEnd = spec.endOfMonth && field === 'day'
  let earliest: number | null = null
  for (const component of chain) {
    const { start, stop } = fromEnd ? countedFromEnd(component, c) : component
    const { repeat } = component
    const rounds = repeat > 0 ? Math.ceil((value - start) / repeat) : 0
    const candidate = start >= value ? start : start + rounds * repeat
    if (candidate < value || (start < value && stop >= 0 && candidate > stop)) continue
    if (earliest === null || candidate < earliest) earliest = candidate
  }
  return earliest
}

/**
 * Mirrors find_end_of_month(): the nth last day, -1 if the month is too short. A range runs from the later to the
 * earlier.
 */
function countedFromEnd({ start, stop }: { start: number; stop: number }, c: Moment): { start: number; stop: number } {
  const last = new Date(Date.UTC(2000 + (c.year % 400), c.month + 1, 0)).getUTCDate()
  const nth = (n: number) => (n < 1 || n > last ? -1 : last + 1 - n)
  const [from, to] = [nth(start), nth(stop)]
  return to > 0 ? { start: to, stop: from } : { start: from, stop: to }
}
