/** What stands before a message in a log: journalctl's short family, syslog, dmesg, and what relays leave of them. */

import type { Moment } from './fact.ts'
import { tokenPattern } from './masking/token.ts'
import { indentOf } from './page.ts'
import {
  epochMoment,
  fractionAt,
  monotonicMoment,
  monthOf,
  secondsAt,
  stampMoment,
  twoDigits,
  USEC_PER_SEC,
  wallMoment,
} from './time.ts'

export interface Prefix {
  readonly at: Moment | null
  /** Null with --no-hostname, and in the kernel's log. */
  readonly host: { readonly from: number; readonly to: number } | null
  readonly identifier: string
  readonly pid: number | null
  /** Where the message begins. */
  readonly body: number
}

interface Dated {
  readonly at: Moment
  /** Where the host or the identifier begins. */
  readonly next: number
}

const ENGLISH = 'JanFebMarAprMayJunJulAugSepOctNovDec'

let lastText = ''
let lastRead: Prefix | null = null

/** The prefix of a log's line, blanks at its front aside; null if it has none. Several ask about a line in turn. */
export function readPrefix(text: string): Prefix | null {
  if (text !== lastText) {
    lastRead = read(text)
    lastText = text
  }
  return lastRead
}

function read(text: string): Prefix | null {
  const from = indentOf(text)
  const c = text.charCodeAt(from)
  const dated = c === 91 ? bracketed(text, from) : c >= 48 && c <= 57 ? numeric(text, from) : named(text, from, c)
  if (!dated) return c === 60 ? withPriority(text, from) : undated(text, afterTimeOfDay(text, from, c))
  return source(text, dated.next, dated.at)
}

const TIME_OF_DAY = new RegExp(
  String.raw`^(?:[^\s\d]{2,15} {1,2}\d{1,2} )?\d\d:\d\d:\d\d(?:[.,]\d{1,6})? {1,2}` +
    String.raw`(?=(?:\S{1,64} [\w.@()/+-]{1,80}|systemd)\[\d{1,10}\]: )`,
)

/**
 * Where a time without its day ends, `14:40:35 host app[12]: …`, or one in a month of a language that is not known
 * here. It cannot be compared with others, so none is read.
 */
function afterTimeOfDay(text: string, from: number, c: number): number {
  if ((c < 48 || c > 50) && c < 128) return from
  return from + (TIME_OF_DAY.exec(text.slice(from, from + 200))?.[0].length ?? 0)
}

function yearless(month: number, day: number, text: string, timeAt: number): Dated | null {
  const seconds = secondsAt(text, timeAt)
  if (seconds < 0 || day < 1 || day > 31) return null
  const fraction = fractionAt(text, timeAt + 8)
  const end = timeAt + 8 + fraction.length
  const base = { year: null, month, day, seconds, fraction, zone: '', text: text.slice(indentOf(text), end) }
  return { at: wallMoment(base), next: end }
}

/** `Oct  1 14:40:35`, in any locale; `Thu 2020-10-01 14:40:35 UTC`; `Mon Mar  4 10:00:02 2024`. */
function named(text: string, from: number, c: number): Dated | null {
  if (text.charCodeAt(from + 3) === 32 && c >= 65 && c <= 90) {
    const month = ENGLISH.indexOf(text.slice(from, from + 3))
    if (month >= 0 && month % 3 === 0) return afterMonth(text, from + 4, month / 3)
    const digit = text.charCodeAt(from + 4)
    const stamp = digit >= 48 && digit <= 57 ? full(text, from) : null
    if (stamp) return stamp
    if (digit >= 65 && digit <= 90 && /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text.slice(from, from + 3))) {
      return ctime(text, from)
    }
  }
  return c > 64 ? localized(text, from) : null
}

function afterMonth(text: string, dayAt: number, month: number): Dated | null {
  // The day is padded by a blank, or not at all.
  const padded = twoDigits(text, dayAt)
  if (padded >= 0 && text.charCodeAt(dayAt + 2) === 32) return withYear(text, dayAt + 3, month, padded)
  const one = text.charCodeAt(dayAt) - 48
  if (one < 1 || one > 9 || text.charCodeAt(dayAt + 1) !== 32) return null
  return withYear(text, dayAt + 2, month, one)
}

/** Some syslogs put the year before the time: `Oct  1 2020 14:40:35`. */
function withYear(text: string, at: number, month: number, day: number): Dated | null {
  if (text.charCodeAt(at + 2) === 58) return yearless(month, day, text, at)
  const match = /^(\d{4}) (\d\d:\d\d:\d\d)/.exec(text.slice(at, at + 14))
  if (!match) return null
  const seconds = secondsAt(match[2]!, 0)
  if (seconds < 0) return null
  const end = at + 13
  const fraction = fractionAt(text, end)
  const whole = text.slice(indentOf(text), end + fraction.length)
  const year = Number(match[1])
  return { at: wallMoment({ year, month, day, seconds, fraction, zone: '', text: whole }), next: end + fraction.length }
}

const LOCALIZED = /^(\p{L}{3,9}\.?|\d{1,2}[月월]) {1,2}(\d{1,2})\.? (?=\d\d:\d\d:\d\d)/u
const DAY_FIRST = /^(\d{1,2})\.? (\p{L}{3,9}\.?) (?=\d\d:\d\d:\d\d)/u

function localized(text: string, from: number): Dated | null {
  const match = LOCALIZED.exec(text.slice(from, from + 24))
  if (!match) return null
  const month = monthOf(match[1]!)
  return month < 0 ? null : yearless(month, Number(match[2]), text, from + match[0].length)
}

const FULL = /^[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [A-Z]{2,5}| [+-]\d\d(?::?\d\d)?)?(?= )/

function full(text: string, from: number): Dated | null {
  const match = FULL.exec(text.slice(from, from + 48))
  const at = match && stampMoment(match[0])
  return at ? { at, next: from + match[0].length } : null
}

const CTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d) (\d{4})/

function ctime(text: string, from: number): Dated | null {
  const match = CTIME.exec(text.slice(from, from + 24))
  if (!match) return null
  const [whole, name = '', day = '', time = '', year = ''] = match
  const month = monthOf(name)
  const seconds = secondsAt(time, 0)
  if (month < 0 || seconds < 0) return null
  const fraction = { length: 0, usec: 0 }
  const at = wallMoment({ year: Number(year), month, day: Number(day), seconds, fraction, zone: '', text: whole })
  return { at, next: from + whole.length }
}

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?: (?:UTC|GMT))?(?=[ :])/
const PARTIAL_ISO = /^(\d\d)-(\d\d)T(?=\d\d:\d\d:\d\d)/
const UNIX = /^(\d{9,10})\.(\d{6}) /

function numeric(text: string, from: number): Dated | null {
  const c4 = text.charCodeAt(from + 4)
  if (c4 === 45) {
    const match = ISO.exec(text.slice(from, from + 48))
    if (!match) return null
    const at = stampMoment(match[0])
    return at ? { at, next: from + match[0].length } : null
  }
  if (text.charCodeAt(from + 2) === 45) {
    const match = PARTIAL_ISO.exec(text.slice(from, from + 14))
    if (!match) return null
    return yearless(Number(match[1]) - 1, Number(match[2]), text, from + match[0].length)
  }
  const unix = UNIX.exec(text.slice(from, from + 19))
  if (unix) {
    const usec = Number(unix[1]) * USEC_PER_SEC + Number(unix[2])
    return { at: epochMoment(usec, unix[0].trim()), next: from + unix[0].length }
  }
  const first = text.slice(from, from + 24)
  const day = DAY_FIRST.exec(first)
  if (day) {
    const month = monthOf(day[2]!)
    return month < 0 ? null : yearless(month, Number(day[1]), text, from + day[0].length)
  }
  return localized(text, from)
}

/** Kernels may name the thread or the processor behind the time: `[    1.234567][    T1]`. */
const MONOTONIC = /^\[ {0,8}(\d{1,9}\.\d{2,6})(?: ?<[^>]{0,24}>\*?| {1,24})?\][:]?(?:\[ {0,8}[TC]?\d{1,8}\])? ?/

/** `[   17.902819]`, `[    1.234567 <    0.100000 >]`, `[Mon Mar  4 10:00:02 2024]`, `[2024-03-04 10:00:02]`. */
function bracketed(text: string, from: number): Dated | null {
  const match = MONOTONIC.exec(text.slice(from, from + 50))
  if (match) return { at: monotonicMoment(match[1]!, match[0].trim()), next: from + match[0].length - 1 }
  const close = text.indexOf(']', from)
  if (close < 0 || close - from > 40) return null
  const inner = text.slice(from + 1, close)
  const at = ctime(inner, 0)?.at ?? stampMoment(inner.replace(',', '.'))
  return at ? { at, next: close + 1 } : null
}

/** `<30>Oct  1 …` and RFC 5424's `<30>1 2024-… host app pid - - text`. */
function withPriority(text: string, from: number): Prefix | null {
  const match = /^<\d{1,3}>(1 )?/.exec(text.slice(from, from + 8))
  if (!match) return null
  const at = from + match[0].length
  if (!match[1]) {
    const inner = readPrefix(text.slice(at))
    const host = inner?.host ? { from: inner.host.from + at, to: inner.host.to + at } : null
    return inner && { ...inner, host, body: inner.body + at }
  }
  const parts = /^(\S{20,40}) (\S{1,100}) (\S{1,100}) (\S{1,20}) \S{1,60} (?:-|\[[^\]]{0,500}\]) ?/.exec(
    text.slice(at, at + 900),
  )
  const moment = parts && stampMoment(parts[1]!)
  if (!parts || !moment) return null
  const host = { from: at + parts[1]!.length + 1, to: at + parts[1]!.length + 1 + parts[2]!.length }
  const pid = /^\d+$/.test(parts[4]!) ? Number(parts[4]) : null
  return { at: moment, host, identifier: parts[3]!, pid, body: at + parts[0].length }
}

/** HOST IDENT[PID]: after the time; the host may be missing. */
function source(text: string, at: number, moment: Moment | null): Prefix | null {
  let from = at
  while (text.charCodeAt(from) === 32 || text.charCodeAt(from) === 9) from++
  const colon = colonAfter(text, from)
  if (colon < 0) return null
  const space = text.indexOf(' ', from)
  const hasHost = space >= 0 && space < colon && !LEVELS.test(text.slice(from, space))
  const identFrom = space >= 0 && space < colon ? space + 1 : from
  // A bracket around the level and the program before it: no log of ours.
  if (text.charCodeAt(identFrom) === 93) return null
  const bracket = text.charCodeAt(colon - 1) === 93 ? text.lastIndexOf('[', colon) : -1
  const identTo = bracket >= identFrom ? bracket : colon
  const pid = bracket >= identFrom ? Number(text.slice(bracket + 1, colon - 1)) : null
  const body = text.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1
  return {
    at: moment,
    host: hasHost ? { from, to: space } : null,
    identifier: text.slice(identFrom, identTo),
    pid: pid !== null && Number.isInteger(pid) ? pid : null,
    body,
  }
}

/** Where a program's own log has its level, syslog has the host. */
const LEVELS = /^\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|CRITICAL|FATAL|info|warn|warning|error|debug)\]?$/

/** Longest identifier and host together. */
const SOURCE_LENGTH = 320

/** The colon behind the identifier: one that a blank or the line's end follows. */
function colonAfter(text: string, from: number): number {
  let colon = text.indexOf(':', from)
  while (colon >= 0 && colon - from < SOURCE_LENGTH) {
    const next = text.charCodeAt(colon + 1)
    if (next === 32 || colon + 1 === text.length) return colon
    colon = text.indexOf(':', colon + 1)
  }
  return -1
}

const HOST = String.raw`([\w.-]{1,64}|${tokenPattern('host')})`
const UNDATED = new RegExp(String.raw`^(?:${HOST} )?([\w.@()/+-]{1,80})\[(\d{1,10})\]: ?`)
const MANAGER = new RegExp(`^(?:${HOST} )?(systemd|kernel): `)

/** `systemd[1]: …`, `host app[12]: …`, `kernel: …` without any time. */
function undated(text: string, from: number): Prefix | null {
  const c = text.charCodeAt(from)
  if (!((c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 40 || c === 91 || (c >= 48 && c <= 57))) {
    return null
  }
  const head = text.slice(from, from + 180)
  const match = UNDATED.exec(head) ?? MANAGER.exec(head)
  if (!match) return null
  const host = match[1] === undefined ? null : { from, to: from + match[1].length }
  const pid = match[3] === undefined ? null : Number(match[3])
  return { at: null, host, identifier: match[2]!, pid, body: from + match[0].length }
}
