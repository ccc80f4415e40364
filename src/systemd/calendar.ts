/** Calendar expressions, systemd.time(7): what is parsed, put into normal form and written out. */

import { parseCalendarFields } from './calendar-parse.ts'
import { isTimezone } from './calendar-zone.ts'

/** One member of a list such as `1,10..20/5`. */
export interface CalendarComponent {
  readonly start: number
  /** -1: none. */
  readonly stop: number
  /** 0: none. */
  readonly repeat: number
}

/** Any of a field's components may match; no component stands for `*`. */
export type CalendarChain = readonly CalendarComponent[]

export interface CalendarSpec {
  /** Monday is bit 0; -1 stands for every day. */
  readonly weekdaysBits: number
  readonly year: CalendarChain
  readonly month: CalendarChain
  readonly day: CalendarChain
  readonly hour: CalendarChain
  readonly minute: CalendarChain
  readonly microsecond: CalendarChain
  /** `~`: days count from the month's end. */
  readonly endOfMonth: boolean
  /** Undefined: local time, which is taken to be UTC. */
  readonly timezone?: string
}

export const USEC_PER_SEC = 1_000_000
const BITS_WEEKDAYS = 127
const MIN_YEAR = 1970
const MAX_YEAR = 2199
const LAST_USEC_OF_MINUTE = 60 * USEC_PER_SEC - 1

const EVERY = {
  weekdaysBits: 0,
  year: [],
  month: [],
  day: [],
  hour: [],
  minute: [],
  microsecond: [],
  endOfMonth: false,
} as const satisfies CalendarSpec

const at = (...values: readonly number[]): CalendarChain => values.map((start) => ({ start, stop: -1, repeat: 0 }))
const MIDNIGHT = { hour: at(0), minute: at(0), microsecond: at(0) }
const YEARLY = { ...EVERY, ...MIDNIGHT, month: at(1), day: at(1) }
const HALF_YEARLY = { ...YEARLY, month: at(1, 7) }

const SHORTHANDS: Readonly<Record<string, CalendarSpec>> = {
  minutely: { ...EVERY, microsecond: at(0) },
  hourly: { ...EVERY, minute: at(0), microsecond: at(0) },
  daily: { ...EVERY, ...MIDNIGHT },
  weekly: { ...EVERY, ...MIDNIGHT, weekdaysBits: 1 },
  monthly: { ...EVERY, ...MIDNIGHT, day: at(1) },
  quarterly: { ...YEARLY, month: at(1, 4, 7, 10) },
  yearly: YEARLY,
  annually: YEARLY,
  anually: YEARLY,
  biannually: HALF_YEARLY,
  'bi-annually': HALF_YEARLY,
  semiannually: HALF_YEARLY,
  'semi-annually': HALF_YEARLY,
}

/**
 * Mirrors calendar_spec_from_string(), src/shared/calendarspec.c (v255). Null if the text is no calendar expression.
 * Differs: the machine's own zone is UTC, so no other zone's abbreviation counts as local time.
 */
export function calendarSpecFromString(text: string): CalendarSpec | null {
  const { rest, timezone } = splitTimezone(text)
  if (rest === '') return null
  const parsed = SHORTHANDS[rest.toLowerCase()] ?? parseCalendarFields(rest)
  if (parsed === null) return null
  const zone = timezone ?? parsed.timezone
  const spec = normalize(zone === undefined ? parsed : { ...parsed, timezone: zone })
  return isValid(spec) ? spec : null
}

function splitTimezone(text: string): { rest: string; timezone?: string } {
  if (text.toLowerCase().endsWith(' utc')) return { rest: text.slice(0, -' UTC'.length), timezone: 'UTC' }
  const space = text.lastIndexOf(' ')
  const timezone = text.slice(space + 1)
  if (space < 0 || !isTimezone(timezone)) return { rest: text }
  return { rest: text.slice(0, space), timezone }
}

/** Mirrors calendar_spec_normalize(). */
function normalize(spec: CalendarSpec): CalendarSpec {
  const everyDay = spec.weekdaysBits <= 0 || spec.weekdaysBits >= BITS_WEEKDAYS
  return {
    ...spec,
    weekdaysBits: everyDay ? -1 : spec.weekdaysBits,
    endOfMonth: spec.endOfMonth && spec.day.length > 0,
    year: normalizeChain(spec.year.map(fixYear)),
    month: normalizeChain(spec.month),
    day: normalizeChain(spec.day),
    hour: normalizeChain(spec.hour),
    minute: normalizeChain(spec.minute),
    microsecond: normalizeChain(spec.microsecond),
  }
}

/** Mirrors fix_year(): 12 is 2012, 89 is 1989. */
function fixYear(c: CalendarComponent): CalendarComponent {
  const fix = (year: number) => (year < 0 || year >= 100 ? year : year + (year < 70 ? 2000 : 1900))
  return { ...c, start: fix(c.start), stop: fix(c.stop) }
}

/** Mirrors normalize_chain(): stops that are reached, no useless repeats, in order, each once. */
function normalizeChain(chain: CalendarChain): CalendarChain {
  const sorted = chain.map(normalizeComponent).sort(compareComponents)
  return sorted.filter((c, i) => i === 0 || compareComponents(sorted[i - 1] as CalendarComponent, c) !== 0)
}

function normalizeComponent({ start, stop, repeat }: CalendarComponent): CalendarComponent {
  const ranged = stop > start && repeat > 0
  const reached = ranged ? stop - ((stop - start) % repeat) : stop
  if (start === reached || (ranged && start + repeat > reached)) return { start, stop: -1, repeat: 0 }
  return { start, stop: reached, repeat }
}

function compareComponents(a: CalendarComponent, b: CalendarComponent): number {
  return a.start - b.start || a.stop - b.stop || a.repeat - b.repeat
}

/** Mirrors calendar_spec_valid(). */
function isValid(spec: CalendarSpec): boolean {
  return (
    spec.weekdaysBits <= BITS_WEEKDAYS &&
    spec.year.every((c) => componentValid(c, MIN_YEAR, MAX_YEAR, false)) &&
    spec.month.every((c) => componentValid(c, 1, 12, false)) &&
    spec.day.every((c, i) => componentValid(c, 1, spec.endOfMonth ? lastFromEnd(i) : 31, spec.endOfMonth)) &&
    spec.hour.every((c) => componentValid(c, 0, 23, false)) &&
    spec.minute.every((c) => componentValid(c, 0, 59, false)) &&
    spec.microsecond.every((c) => componentValid(c, 0, LAST_USEC_OF_MINUTE, false))
  )
}

/** chain_valid() takes three days off for each member anew, so a list of days from the end has ever lower bounds. */
function lastFromEnd(index: number): number {
  return 31 - 3 * (index + 1)
}

function componentValid(
  { start, stop, repeat }: CalendarComponent,
  from: number,
  to: number,
  fromEnd: boolean,
): boolean {
  if (start < from || start > to || repeat > to - from) return false
  if (stop >= 0) return stop >= from && stop <= to && start + repeat <= stop
  return fromEnd ? start - repeat >= from : start + repeat <= to
}

/** Mirrors calendar_spec_to_string(): the normalized form that systemctl shows. */
export function calendarSpecToString(spec: CalendarSpec): string {
  const days = spec.weekdaysBits > 0 ? `${formatWeekdays(spec.weekdaysBits)} ` : ''
  const month = `${formatChain(spec.year, 4)}-${formatChain(spec.month, 2)}`
  const date = `${month}${spec.endOfMonth ? '~' : '-'}${formatChain(spec.day, 2)}`
  const seconds = isEverySecond(spec.microsecond) ? '*' : spec.microsecond.map(formatSeconds).join(',')
  const time = `${formatChain(spec.hour, 2)}:${formatChain(spec.minute, 2)}:${seconds}`
  return `${days}${date} ${time}${spec.timezone === undefined ? '' : ` ${spec.timezone}`}`
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Three days and more in a row are a range. */
function formatWeekdays(bits: number): string {
  const runs: number[][] = []
  for (let day = 0; day < WEEKDAYS.length; day++) {
    if ((bits & (1 << day)) === 0) continue
    const run = runs.at(-1)
    if (run?.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  return runs
    .map((run) => run.map((day) => WEEKDAYS[day]))
    .map(([first, ...more]) => {
      if (more.length === 0) return first
      return `${first}${more.length === 1 ? ',' : '..'}${more.at(-1)}`
    })
    .join(',')
}

function formatChain(chain: CalendarChain, width: number): string {
  if (chain.length === 0) return '*'
  return chain
    .map(({ start, stop, repeat }) => {
      const range = stop > 0 ? `..${pad(stop, width)}` : ''
      return `${pad(start, width)}${range}${repeat > 0 && !(stop > 0 && repeat === 1) ? `/${repeat}` : ''}`
    })
    .join(',')
}

/** Mirrors chain_is_star(): one member covers every second. */
function isEverySecond(chain: CalendarChain): boolean {
  return chain.length === 0 || chain.some((c) => c.start === 0 && c.stop < 0 && c.repeat === USEC_PER_SEC)
}

function formatSeconds({ start, stop, repeat }: CalendarComponent): string {
  const range = stop > 0 ? `..${pad(Math.floor(stop / USEC_PER_SEC), 2)}${fraction(stop)}` : ''
  const everySecond = stop > 0 && repeat === USEC_PER_SEC
  const step = repeat > 0 && !everySecond ? `/${Math.floor(repeat / USEC_PER_SEC)}` : ''
  return `${pad(Math.floor(start / USEC_PER_SEC), 2)}${fraction(start)}${range}${step}${fraction(repeat)}`
}

function fraction(usec: number): string {
  const rest = usec % USEC_PER_SEC
  return rest > 0 ? `.${pad(rest, 6)}` : ''
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
