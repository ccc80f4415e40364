/**
 * The text of a calendar expression without its time zone: weekdays, date, time. Mirrors src/shared/calendarspec.c
 * (v255).
 */

import { type CalendarChain, type CalendarComponent, type CalendarSpec, USEC_PER_SEC } from './calendar.ts'

const INT_MAX = 2_147_483_647
const COMPONENTS_MAX = 240
const DAY =
  /(?:(mon)(?:day)?|(tue)(?:sday)?|(wed)(?:nesday)?|(thu)(?:rsday)?|(fri)(?:day)?|(sat)(?:urday)?|(sun)(?:day)?)(?=[-., ]|$)/iy
const NUMBER = /\d{1,10}/y
const DECIMAL = /(\d{1,10})(?:\.(?!\.)(\d{1,6})(\d*))?/y
const TIMESTAMP = /^@(\d{1,11})$/

/** Where the parser stands. */
interface Cursor {
  readonly text: string
  at: number
}

interface Dates {
  readonly year: CalendarChain
  readonly month: CalendarChain
  readonly day: CalendarChain
  readonly endOfMonth: boolean
}

interface Times {
  readonly hour: CalendarChain
  readonly minute: CalendarChain
  readonly microsecond: CalendarChain
}

const NO_DATE: Dates = { year: [], month: [], day: [], endOfMonth: false }
const ZERO: CalendarChain = [{ start: 0, stop: -1, repeat: 0 }]

/** Null if the text is none. Not yet normalized, and values may be out of range. */
export function parseCalendarFields(text: string): CalendarSpec | null {
  const cursor: Cursor = { text, at: 0 }
  const weekdaysBits = parseWeekdays(cursor)
  if (weekdaysBits === null) return null
  const moment = parseTimestamp(text.slice(cursor.at))
  if (moment !== null) return { weekdaysBits, ...moment }
  const date = parseDate(cursor)
  if (date === null) return null
  const time = parseTime(cursor)
  return time === null ? null : { weekdaysBits, ...date, ...time }
}

/** Mirrors parse_weekdays(): the days' bits, 0 if there are none, null if they make no sense. */
function parseWeekdays(cursor: Cursor): number | null {
  let bits = 0
  let from = -1
  for (let first = true; ; first = false) {
    const day = parseWeekday(cursor)
    if (day === null) return first ? 0 : null
    if (from > day) return null
    for (let between = from < 0 ? day : from; between <= day; between++) bits |= 1 << between
    const { text } = cursor
    const separator = text[cursor.at]
    if (separator === undefined) return bits
    if (separator === ' ') break
    if (separator !== ',' && from >= 0) return null
    if (separator === '.' && text[cursor.at + 1] !== '.') return null
    from = separator === ',' ? -1 : day
    cursor.at += separator === '.' ? 2 : 1
    if (text[cursor.at] !== undefined && text[cursor.at] !== ' ') continue
    if (from >= 0) return null
    break
  }
  skipSpaces(cursor)
  return bits
}

/** Monday is 0. Null, and the cursor where it was, if no day stands here. */
function parseWeekday(cursor: Cursor): number | null {
  DAY.lastIndex = cursor.at
  const match = DAY.exec(cursor.text)
  if (match === null) return null
  cursor.at = DAY.lastIndex
  return match.slice(1).findIndex((name) => name !== undefined)
}

function skipSpaces(cursor: Cursor): void {
  while (cursor.text[cursor.at] === ' ') cursor.at++
}

/** `@SECONDS` since 1970. */
function parseTimestamp(text: string): (Dates & Times & { readonly timezone: string }) | null {
  const match = TIMESTAMP.exec(text)
  if (match === null) return null
  const date = new Date(Number(match[1]) * 1000)
  if (Number.isNaN(date.getTime())) return null
  const only = (start: number): CalendarChain => [{ start, stop: -1, repeat: 0 }]
  return {
    year: only(date.getUTCFullYear()),
    month: only(date.getUTCMonth() + 1),
    day: only(date.getUTCDate()),
    endOfMonth: false,
    hour: only(date.getUTCHours()),
    minute: only(date.getUTCMinutes()),
    microsecond: only(date.getUTCSeconds() * USEC_PER_SEC),
    timezone: 'UTC',
  }
}

/** Mirrors parse_date(): leaves the cursor alone if a time stands here. */
function parseDate(cursor: Cursor): Dates | null {
  if (cursor.at >= cursor.text.length) return NO_DATE
  const begin = cursor.at
  const first = parseChain(cursor, 1)
  if (first === null) return null
  const firstEnd = cursor.text[cursor.at]
  if (firstEnd === undefined || firstEnd === ':') {
    cursor.at = begin
    return NO_DATE
  }
  if (firstEnd !== '-' && firstEnd !== '~') return null
  cursor.at++
  const second = parseChain(cursor, 1)
  if (second === null) return null
  const secondEnd = cursor.text[cursor.at]
  if (secondEnd === undefined || secondEnd === ' ') {
    skipSpaces(cursor)
    return { year: [], month: first, day: second, endOfMonth: firstEnd === '~' }
  }
  if (firstEnd === '~' || (secondEnd !== '-' && secondEnd !== '~')) return null
  cursor.at++
  const third = parseChain(cursor, 1)
  if (third === null || (cursor.at < cursor.text.length && cursor.text[cursor.at] !== ' ')) return null
  skipSpaces(cursor)
  return { year: first, month: second, day: third, endOfMonth: secondEnd === '~' }
}

/** Mirrors parse_calendar_time(): nothing stands for midnight. */
function parseTime(cursor: Cursor): Times | null {
  if (cursor.at >= cursor.text.length) return { hour: ZERO, minute: ZERO, microsecond: ZERO }
  const hour = parseChain(cursor, 1)
  if (hour === null || cursor.text[cursor.at] !== ':') return null
  cursor.at++
  const minute = parseChain(cursor, 1)
  if (minute === null) return null
  if (cursor.at >= cursor.text.length) return { hour, minute, microsecond: ZERO }
  if (cursor.text[cursor.at] !== ':') return null
  cursor.at++
  const microsecond = parseChain(cursor, USEC_PER_SEC)
  return microsecond === null || cursor.at < cursor.text.length ? null : { hour, minute, microsecond }
}

/** Mirrors parse_chain(): `unit` is 1, or what a second is where fractions are allowed. */
function parseChain(cursor: Cursor, unit: number): CalendarChain | null {
  if (cursor.text[cursor.at] === '*') {
    cursor.at++
    return unit === 1 ? [] : [{ start: 0, stop: -1, repeat: unit }]
  }
  const chain: CalendarComponent[] = []
  for (let count = 0; count <= COMPONENTS_MAX; count++) {
    const component = parseComponent(cursor, unit)
    if (component === null) return null
    chain.push(component)
    if (cursor.text[cursor.at] !== ',') return chain
    cursor.at++
  }
  return null
}

/** Mirrors prepend_component(). */
function parseComponent(cursor: Cursor, unit: number): CalendarComponent | null {
  const start = parseNumber(cursor, unit)
  if (start === null) return null
  let stop = -1
  let repeat = 0
  if (cursor.text.startsWith('..', cursor.at)) {
    cursor.at += 2
    const end = parseNumber(cursor, unit)
    if (end === null) return null
    stop = end
    repeat = unit
  }
  if (cursor.text[cursor.at] === '/') {
    cursor.at++
    const step = parseNumber(cursor, unit)
    if (step === null || step === 0) return null
    repeat = step
  } else if (unit > 1 && stop >= 0 && start + repeat > stop) return null
  const end = cursor.text[cursor.at]
  return end === undefined || ' ,-~:'.includes(end) ? { start, stop, repeat } : null
}

/** Mirrors parse_component_decimal(). */
function parseNumber(cursor: Cursor, unit: number): number | null {
  const pattern = unit === 1 ? NUMBER : DECIMAL
  pattern.lastIndex = cursor.at
  const match = pattern.exec(cursor.text)
  if (match === null) return null
  cursor.at = pattern.lastIndex
  if (unit === 1) return Number(match[0]) > INT_MAX ? null : Number(match[0])
  const [, whole = '', digits = '', beyond = ''] = match
  const roundUp = beyond !== '' && Number(beyond[0]) >= 5 ? 1 : 0
  const value = Number(whole) * unit + Number(digits.padEnd(6, '0')) + roundUp
  return value > INT_MAX ? null : value
}
