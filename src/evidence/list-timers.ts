/** Printed by output_timers_list() and output_sockets_list(), src/systemctl/systemctl-list-units.c (v255). */

import { PASSAGE_LINES } from '../limits.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { type Desk, note, type Parser, take } from './desk.ts'
import { indentOf } from './page.ts'

const TIMERS = 'systemctl list-timers'
const SOCKETS = 'systemctl list-sockets'
const PATHS = 'systemctl list-paths'
const AUTOMOUNTS = 'systemctl list-automounts'

const TIMER_HEADER = /^\s*NEXT\s+LEFT\s+LAST\s+PASSED\s+UNIT\s+ACTIVATES$/
const STAMP = String.raw`(?:[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? \S{1,8}|n\/a|-)`
/** Everything before the timer's name; the two spans are told apart from the dates around them. */
const TIMER_FRONT = new RegExp(String.raw`^(${STAMP})\s+(.{0,60}?)\s+(${STAMP})\s+(.{0,60}?)\s*$`)
const TIMER_ROW = /^\s*(\S.{3,250}?)\s+(\S{1,240}\.timer)(?:\s+(\S.*))?$/
const TIMER_FOOTER = /^\s*(?:\d+ timers? listed\.|Pass --all to see loaded but inactive timers, too\.)/

export const listTimers: Parser = {
  source: TIMERS,
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    return TIMER_HEADER.test(text) || TIMER_FOOTER.test(text) || timerRow(text) !== null
  },
  parse: (desk, at) => {
    let next = at
    while (next < desk.lines.length && next - at < PASSAGE_LINES) {
      const line = desk.lines[next]!
      const row = timerRow(line.text)
      if (row) note(desk, { kind: 'timer-row', source: TIMERS, certainty: 1, ...row }, line, indentOf(line.text))
      else if (line.text === '' ? !TIMER_FOOTER.test(desk.lines[next + 1]?.text ?? '') : !isTimerFrame(line.text)) break
      next++
    }
    return take(desk, TIMERS, at, next)
  },
}

const isTimerFrame = (text: string) => TIMER_HEADER.test(text) || TIMER_FOOTER.test(text)

function timerRow(text: string) {
  if (text.length > 500 || text.indexOf('.timer') < 0) return null
  const match = TIMER_ROW.exec(text)
  const front = match ? TIMER_FRONT.exec(match[1]!) : null
  if (!match || !front || !parseUnitName(match[2]!)) return null
  const plain = (value: string | undefined) => (value === undefined || /^(?:n\/a|-|)$/.test(value) ? null : value)
  return {
    unit: match[2]!,
    activates: plain(match[3]),
    next: plain(front[1]),
    left: plain(front[2]?.replace(/ left$/, '')),
    last: plain(front[3]),
    passed: plain(front[4]?.replace(/ ago$/, '')),
  }
}

/** Of sockets, of paths since 254, and of automounts, whose rows tell nothing. */
const SOCKET_HEADER = new RegExp(
  [
    String.raw`^\s*(?:LISTEN\s+(?:TYPE\s+)?UNIT\s+ACTIVATES|PATH\s+CONDITION\s+UNIT\s+ACTIVATES|`,
    String.raw`WHAT\s+WHERE\s+MOUNTED\s+IDLE TIMEOUT\s+UNIT)$`,
  ].join(''),
)
const SOCKET_ROW = new RegExp(
  [
    String.raw`^\s*(\S.{0,200}?)\s+(?:(Stream|Datagram|SequentialPacket|FIFO|Netlink|Special|MessageQueue|`,
    String.raw`Path\w{5,20}|DirectoryNotEmpty)\s+)?(\S{1,240}\.(?:socket|path))(?:\s+(\S.*))?$`,
  ].join(''),
)
const AUTOMOUNT_ROW = /^\s*\S{1,250}\s+\/\S{0,250}\s+(?:yes|no)\s.{0,40}\.automount$/
const SOCKET_FOOTER = new RegExp(
  String.raw`^\s*(?:\d+ (?:sockets?|paths?|automounts?) listed\.|` +
    String.raw`Pass --all to see loaded but inactive (?:sockets|paths|automounts), too\.)`,
)

export const listSockets: Parser = {
  source: SOCKETS,
  also: [PATHS, AUTOMOUNTS],
  recognizes: (desk, at) => SOCKET_HEADER.test(desk.lines[at]!.text) || SOCKET_FOOTER.test(desk.lines[at]!.text),
  parse: (desk, at) => {
    const source = sourceOf(desk.lines[at]!.text)
    let next = at
    while (next < desk.lines.length && next - at < PASSAGE_LINES) {
      const { text } = desk.lines[next]!
      // The next list may follow at once.
      if (next > at && SOCKET_HEADER.test(text)) break
      // Rows that somebody left out.
      const below = desk.lines[next + 1]?.text ?? ''
      const isLeftOut = GAP.test(text) && SOCKET_ROW.test(below)
      if (!isLeftOut && (text === '' ? !SOCKET_FOOTER.test(below) : !socketRow(desk, next, source))) break
      next++
    }
    return take(desk, source, at, Math.max(next, at + 1))
  },
}

const GAP = /^\s*\[?(?:…|\.{3})\]?$/

function sourceOf(text: string): string {
  if (/^\s*PATH| paths?\b/.test(text)) return PATHS
  return /^\s*WHAT| automounts?\b/.test(text) ? AUTOMOUNTS : SOCKETS
}

function socketRow(desk: Desk, at: number, source: string): boolean {
  const line = desk.lines[at]!
  if (SOCKET_HEADER.test(line.text) || SOCKET_FOOTER.test(line.text)) return true
  if (line.text.length >= 500) return false
  if (AUTOMOUNT_ROW.test(line.text)) return true
  const match = SOCKET_ROW.exec(line.text)
  if (!match || !parseUnitName(match[3]!)) return false
  const activates = (match[4] ?? '').split(/[,\s]+/).filter((name) => parseUnitName(name) !== null)
  const row = { listen: match[1]!, unit: match[3]!, activates }
  note(desk, { kind: 'socket-row', source, certainty: 1, ...row }, line, indentOf(line.text))
  return true
}
