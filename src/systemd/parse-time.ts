/** Time spans as systemd reads them: parse_time() and its kin, src/basic/time-util.c (v239 to v262). */

import { INFINITY_USEC } from './unit-config.ts'

const USEC_PER_MSEC = 1_000
export const USEC_PER_SEC = 1_000_000
const USEC_PER_MINUTE = 60 * USEC_PER_SEC
const USEC_PER_HOUR = 60 * USEC_PER_MINUTE
const USEC_PER_DAY = 24 * USEC_PER_HOUR

/** Longer spellings first where one begins with the other: systemd takes the first that fits. */
const UNITS: readonly (readonly [string, number])[] = [
  ['seconds', USEC_PER_SEC],
  ['second', USEC_PER_SEC],
  ['sec', USEC_PER_SEC],
  ['s', USEC_PER_SEC],
  ['minutes', USEC_PER_MINUTE],
  ['minute', USEC_PER_MINUTE],
  ['min', USEC_PER_MINUTE],
  ['months', 2_629_800 * USEC_PER_SEC],
  ['month', 2_629_800 * USEC_PER_SEC],
  ['M', 2_629_800 * USEC_PER_SEC],
  ['msec', USEC_PER_MSEC],
  ['ms', USEC_PER_MSEC],
  ['m', USEC_PER_MINUTE],
  ['hours', USEC_PER_HOUR],
  ['hour', USEC_PER_HOUR],
  ['hr', USEC_PER_HOUR],
  ['h', USEC_PER_HOUR],
  ['days', USEC_PER_DAY],
  ['day', USEC_PER_DAY],
  ['d', USEC_PER_DAY],
  ['weeks', 7 * USEC_PER_DAY],
  ['week', 7 * USEC_PER_DAY],
  ['w', 7 * USEC_PER_DAY],
  ['years', 31_557_600 * USEC_PER_SEC],
  ['year', 31_557_600 * USEC_PER_SEC],
  ['y', 31_557_600 * USEC_PER_SEC],
  ['usec', 1],
  ['us', 1],
  ['μs', 1],
  ['µs', 1],
]

/** errno of a span that cannot be read. */
export type TimeError = 'EINVAL' | 'ERANGE'

/** Where a 64-bit counter of microseconds ends. */
const USEC_MAX = 2 ** 64 - 1

const BLANKS = /[ \t\n\r]*/y
const NUMBER = /([+-]?)(\d*)(\.\d*)?/y

function afterBlanks(text: string, at: number): number {
  BLANKS.lastIndex = at
  BLANKS.test(text)
  return BLANKS.lastIndex
}

/** Mirrors parse_time(), src/basic/time-util.c (v252): the default unit stands behind a bare number. */
export function parseTime(text: string, defaultUnitUsec: number): number | TimeError {
  let at = afterBlanks(text, 0)
  if (text.startsWith('infinity', at)) return afterBlanks(text, at + 8) === text.length ? INFINITY_USEC : 'EINVAL'
  if (at === text.length) return 'EINVAL'
  let sum = 0
  for (; at < text.length; at = afterBlanks(text, at)) {
    NUMBER.lastIndex = at
    const [whole = '', sign = '', digits = '', fraction = ''] = NUMBER.exec(text) ?? []
    if (sign === '-') return 'ERANGE'
    if (digits === '' && (fraction === '' || sign !== '')) return 'EINVAL'
    if (fraction === '.') return 'EINVAL'
    at += whole.length
    const next = afterBlanks(text, at)
    const unit = UNITS.find(([name]) => text.startsWith(name, next))
    // '12.34.56' is refused, '12.34 .56' is a sum.
    if (unit === undefined && next === at && at < text.length) return 'EINVAL'
    at = next + (unit?.[0].length ?? 0)
    const usec = unit?.[1] ?? defaultUnitUsec
    sum += Number(digits) * usec + fractionOf(fraction, usec)
    if (sum >= USEC_MAX) return 'ERANGE'
  }
  return sum
}

/** Digit by digit with integers, as in C, so that 0.1 is a tenth and no more. */
function fractionOf(fraction: string, unitUsec: number): number {
  let sum = 0
  let multiplier = unitUsec
  for (let i = 1; i < fraction.length && multiplier >= 10; i++) {
    multiplier = Math.floor(multiplier / 10)
    sum += multiplier * (fraction.charCodeAt(i) - 48)
  }
  return sum
}

/** Mirrors parse_sec(). */
export function parseSec(text: string): number | TimeError {
  return parseTime(text, USEC_PER_SEC)
}

/** Mirrors parse_sec_fix_0(): where 0 is taken for "never". */
export function parseSecFix0(text: string): number | TimeError {
  const usec = parseSec(text)
  return usec === 0 ? INFINITY_USEC : usec
}
