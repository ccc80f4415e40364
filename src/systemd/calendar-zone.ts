/** Wall clock time in a time zone. Knows UTC by itself; what other zones do comes from the ECMAScript Intl tables. */

/** Fields as in struct tm, but with the year as it is written; they may be out of range. Monday is weekday 0. */
export interface WallTime {
  readonly year: number
  /** January is 0. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const MSEC_PER_DAY = 86_400_000
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/

const formats = new Map<string, Intl.DateTimeFormat | null>()

/** Mirrors timezone_is_valid(), as far as the language knows the name. */
export function isTimezone(name: string): boolean {
  return name === 'UTC' || formatOf(name) !== null
}

function formatOf(name: string): Intl.DateTimeFormat | null {
  const known = formats.get(name)
  if (known !== undefined) return known
  const format = ZONE_NAME.test(name) ? newFormat(name) : null
  formats.set(name, format)
  return format
}

function newFormat(timeZone: string): Intl.DateTimeFormat | null {
  const number = 'numeric'
  const fields = { year: number, month: number, day: number, hour: number, minute: number, second: number } as const
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...fields })
  } catch {
    return null
  }
}

/** Mirrors localtime_or_gmtime_r(): seconds since 1970 to fields. */
export function wallTime(seconds: number, timezone: string | undefined): WallTime {
  const date = new Date(seconds * 1000 + offsetMsec(seconds * 1000, timezone))
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

/**
 * Mirrors mktime_or_timegm(): fields, perhaps out of range, to seconds. An hour that a zone leaves out is the next
 * one.
 */
export function secondsOf(t: WallTime, timezone: string | undefined): number {
  const local = Date.UTC(2000, t.month, t.day, t.hour, t.minute, t.second) + yearsMsec(t)
  const first = local - offsetMsec(local, timezone)
  const second = local - offsetMsec(first, timezone)
  const settled = second === first ? first : local - offsetMsec(Math.min(first, second), timezone)
  return Math.floor(settled / 1000)
}

/** Date.UTC() reads two-digit years as 19xx, so the year is added apart. */
function yearsMsec(t: WallTime): number {
  const month = t.month
  const inYear2000 = Date.UTC(2000, month, 1)
  return new Date(0).setUTCFullYear(t.year, month, 1) - inYear2000
}

/** Monday is 0. */
export function weekdayOf(t: WallTime): number {
  const days = Math.floor(secondsOf(t, undefined) / (MSEC_PER_DAY / 1000))
  return (((days + 3) % 7) + 7) % 7
}

function offsetMsec(msec: number, timezone: string | undefined): number {
  const format = timezone === undefined || timezone === 'UTC' ? null : formatOf(timezone)
  if (format === null) return 0
  const parts = new Map(format.formatToParts(msec).map(({ type, value }) => [type, Number(value)]))
  const field = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  const shown = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  )
  return shown - Math.floor(msec / 1000) * 1000
}
