/** Dates and times as systemd and its neighbours print them. */

import type { Moment } from './fact.ts'
import { YEARLESS } from './span.ts'
import { MONTHS, ZONES } from './time.table.ts'

export const USEC_PER_SEC = 1_000_000
const USEC_PER_DAY = 86_400 * USEC_PER_SEC
const USEC_PER_MIN = 60 * USEC_PER_SEC

const months: Readonly<Record<string, number>> = Object.fromEntries(
  MONTHS.flatMap((names, month) => names.split(' ').map((name) => [name, month])),
)

/** Days since 1970 of a date of the proleptic Gregorian calendar. */
function daysOf(year: number, month: number, day: number): number {
  const y = month < 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * ((month + 10) % 12) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** Month from zero by its name in any of the known locales, or `3月` and `3월`; -1 if unknown. */
export function monthOf(name: string): number {
  if (name.endsWith('月') || name.endsWith('월')) {
    const month = Number(name.slice(0, -1)) - 1
    return month >= 0 && month < 12 ? month : -1
  }
  const plain = (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase()
  return months[plain] ?? months[plain.slice(0, 3)] ?? -1
}

/** Minutes ahead of UTC of `+02:00`, `+0200`, `-03`, `CEST`; null if nobody can tell. */
function zoneMinutes(zone: string): number | null {
  const numeric = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)
  if (!numeric) return ZONES[zone] ?? null
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0)
  return numeric[1] === '-' ? -minutes : minutes
}

/** `HH:MM:SS` at a place of the text, in seconds; -1 if it is none. */
export function secondsAt(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return -1
  const h = twoDigits(text, at)
  const m = twoDigits(text, at + 3)
  const s = twoDigits(text, at + 6)
  return h < 0 || m < 0 || s < 0 || h > 24 || m > 59 || s > 60 ? -1 : h * 3600 + m * 60 + s
}

/** Two digits, the first of which may be a blank; -1 if they are none. */
export function twoDigits(text: string, at: number): number {
  const a = text.charCodeAt(at) - 48
  const b = text.charCodeAt(at + 1) - 48
  if (!(b >= 0 && b <= 9)) return -1
  if (a >= 0 && a <= 9) return a * 10 + b
  return a === -16 ? b : -1
}

/** Fraction digits after a full stop or comma at a place of the text: how many there are, and microseconds. */
export function fractionAt(text: string, at: number): { readonly length: number; readonly usec: number } {
  const point = text.charCodeAt(at)
  if (point !== 46 && point !== 44) return NO_FRACTION
  let end = at + 1
  while (end < text.length && end < at + 10 && isDigit(text.charCodeAt(end))) end++
  if (end === at + 1) return NO_FRACTION
  return {
    length: end - at,
    usec: Number(
      text
        .slice(at + 1, end)
        .padEnd(6, '0')
        .slice(0, 6),
    ),
  }
}

const NO_FRACTION = { length: 0, usec: 0 }
const isDigit = (c: number) => c >= 48 && c <= 57

const precisionOf = (fraction: number) => (fraction === 0 ? USEC_PER_SEC : fraction <= 4 ? 1000 : 1)

export interface WallClock {
  /** Null where the text names none. */
  readonly year: number | null
  readonly month: number
  readonly day: number
  readonly seconds: number
  readonly fraction: { readonly length: number; readonly usec: number }
  /** '' where the text names none. */
  readonly zone: string
  readonly text: string
}

/** As the clock showed it, in microseconds since 1970; without a year, within one for all such times. */
export function wallMoment(clock: WallClock): Moment {
  const minutes = clock.zone === '' ? null : zoneMinutes(clock.zone)
  return {
    usec:
      daysOf(clock.year ?? YEARLESS, clock.month, clock.day) * USEC_PER_DAY +
      clock.seconds * USEC_PER_SEC +
      clock.fraction.usec,
    clock: 'wall',
    precisionUsec: precisionOf(clock.fraction.length),
    utcOffsetUsec: minutes === null ? null : minutes * USEC_PER_MIN,
    yearKnown: clock.year !== null,
    text: clock.text,
  }
}

/** `17.902819` seconds since boot. */
export function monotonicMoment(seconds: string, text: string): Moment {
  const [whole = '0', fraction = ''] = seconds.split('.')
  const usec = Number(whole) * USEC_PER_SEC + Number(fraction.padEnd(6, '0').slice(0, 6))
  return { usec, clock: 'monotonic', precisionUsec: 1, utcOffsetUsec: null, yearKnown: true, text }
}

/** Microseconds since the epoch, as the journal's own fields have them. */
export function epochMoment(usec: number, text: string): Moment {
  return { usec, clock: 'wall', precisionUsec: 1, utcOffsetUsec: 0, yearKnown: true, text }
}

const STAMP = new RegExp(
  '^(?:[A-Z][a-z]{2} )?(\\d{4})-(\\d\\d)-(\\d\\d)[ T](\\d\\d:\\d\\d(?::\\d\\d)?)(?:[.,](\\d{1,9}))?' +
    '(?: ?(Z|UTC|[+-]\\d\\d:?(?:\\d\\d)?|[A-Z]{2,5}))?$',
)

/** `Thu 2020-10-01 14:40:35 UTC` and its kin, as a whole text; null for `n/a` and anything else. */
export function stampMoment(text: string): Moment | null {
  if (text.length > 50) return null
  const unix = /^@(\d{9,10})(?:\.(\d{1,6}))?$/.exec(text)
  if (unix) return epochMoment(Number(unix[1]) * USEC_PER_SEC + Number((unix[2] ?? '').padEnd(6, '0')), text)
  const match = STAMP.exec(text)
  if (!match) return null
  const [, year, month, day, time = '', fraction = '', zone = ''] = match
  const seconds = secondsAt(time.length === 5 ? `${time}:00` : time, 0)
  if (seconds < 0) return null
  return wallMoment({
    year: Number(year),
    month: Number(month) - 1,
    day: Number(day),
    seconds,
    fraction: { length: fraction === '' ? 0 : fraction.length + 1, usec: Number(fraction.padEnd(6, '0').slice(0, 6)) },
    zone,
    text,
  })
}

const SPAN_UNITS: Readonly<Record<string, number>> = {
  y: 31_557_600,
  year: 31_557_600,
  years: 31_557_600,
  month: 2_629_800,
  months: 2_629_800,
  w: 604_800,
  week: 604_800,
  weeks: 604_800,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  h: 3600,
  hr: 3600,
  hour: 3600,
  hours: 3600,
  min: 60,
  m: 60,
  minute: 60,
  minutes: 60,
  s: 1,
  sec: 1,
  seconds: 1,
  ms: 0.001,
  us: 0.000_001,
  µs: 0.000_001,
  μs: 0.000_001,
}

/** `1min 30s`, `2 days`, `3.204s`: microseconds; null if it is no span. */
export function spanUsec(text: string): number | null {
  const trimmed = text.trim()
  if (trimmed === 'now' || trimmed === '0') return 0
  if (trimmed === 'infinity') return Number.POSITIVE_INFINITY
  if (trimmed === '' || trimmed.length > 60) return null
  let total = 0
  const rest = trimmed.replace(/(\d+(?:\.\d+)?) ?([a-zµμ]+)/g, (all, number: string, unit: string) => {
    const seconds = SPAN_UNITS[unit]
    if (seconds === undefined) return all
    total += Number(number) * seconds * USEC_PER_SEC
    return ''
  })
  return rest.trim() === '' ? Math.round(total) : null
}
