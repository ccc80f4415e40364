/** Logs as journalctl -o short and its kin print them, and as syslog and dmesg keep them. */

import { noteBusDebug } from './bus-monitor.ts'
import { type Desk, hide, note, type Parser, take } from './desk.ts'
import type { Moment } from './fact.ts'
import { hear, unitPrefix } from './hear.ts'
import { type Prefix, readPrefix } from './journal-prefix.ts'
import { type Around, isWholeSentence, noteManager } from './manager.ts'
import { unwrap } from './mending/wrap.ts'
import { noteProgram } from './neighbours.ts'
import { indentOf, type TextLine } from './page.ts'
import { readStillTriggered } from './still-triggered.ts'

const SOURCE = 'journal'

export const journal: Parser = {
  source: SOURCE,
  // To recognize is to read the prefix, which parse() does.
  recognizes: () => true,
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const read = readPrefix(line.text)
    if (!read) return at
    // Viewers of logs put more than one blank before the manager's sentence.
    const blanks = MANAGERS.has(read.identifier) ? indentOf(line.text.slice(read.body)) : 0
    const prefix = blanks > 0 ? { ...read, body: read.body + blanks } : read
    return take(desk, SOURCE, at, readEntry(desk, at, line, prefix))
  },
}

/** Reads one entry; the index of the first line after it. */
function readEntry(desk: Desk, at: number, line: TextLine, prefix: Prefix): number {
  // What dmesg prints has a driver where the journal has its host.
  const isDrivers = prefix.pid === null && prefix.identifier !== 'kernel' && prefix.at?.clock === 'monotonic'
  if (prefix.host && !isDrivers) hide(desk, 'host', line, prefix.host.from, prefix.host.to)
  const isManager = MANAGERS.has(prefix.identifier)
  if (isManager) {
    const next = readManager(desk, at, line, prefix)
    if (next > at) return skipContinuation(desk, next, prefix)
    if (noteBusDebug(desk, line, line.text.slice(prefix.body), prefix.at)) return at + 1
    if (isTitle(desk, at, prefix)) return at
  } else if (prefix.identifier === 'kernel' && readThroughKernel(desk, line, prefix)) {
    return at + 1
  } else if (prefix.identifier.charCodeAt(0) === 40 && noteManager(desk, line, prefix.body, around(line, prefix))) {
    // A child that has not become its program yet speaks of its unit.
    return at + 1
  }
  const warned = readStillTriggered(desk, at)
  if (warned !== null) return warned
  const whole =
    JOB_BEGUN.test(line.text) && isWrapped(desk, at) ? unwrap(desk, at, (text) => JOB_SAID.test(text)) : null
  if (whole) {
    noteProgram(desk, whole.line, prefix)
    return whole.next
  }
  noteProgram(desk, line, prefix)
  return skipContinuation(desk, at + 1, prefix)
}

/** `systemd: use shorter names`, alone between blank lines: what a change is called, not what was logged. */
const isTitle = (desk: Desk, at: number, { at: time, host, pid }: Prefix): boolean =>
  time === null && host === null && pid === null && isBlank(desk, at - 1) && isBlank(desk, at + 1)

const isBlank = (desk: Desk, at: number) => (desk.lines[at]?.text ?? '') === ''

/** What a client says of a job, broken by a mailer. */
const JOB_BEGUN = /\b[Jj]ob for(?: \S{1,250})?(?: failed because [\w ]{0,80})?$/
const JOB_SAID = /\b[Jj]ob for \S{1,250} (?:canceled|timed out|failed(?: because [^.]{1,80})?)\./

/** `init.scope` is how -o with-unit shows PID 1; older syslogs leave the number out. */
const MANAGERS = new Set(['systemd', 'init.scope', 'systemd-init', 'init'])

function around(line: TextLine, prefix: Prefix): Around {
  return {
    source: SOURCE,
    certainty: 1,
    managerPid: prefix.pid ?? (prefix.identifier === 'init.scope' ? 1 : null),
    quoteFrom: indentOf(line.text),
    ...(prefix.at ? { at: prefix.at } : {}),
  }
}

function readManager(desk: Desk, at: number, line: TextLine, prefix: Prefix): number {
  const body = line.text.slice(prefix.body)
  const heard = hear(desk.memory, body)
  const wrapped = isCutAtWidth(desk, at) ? readUnwrapped(desk, at, line, prefix, isEnded) : at
  if (wrapped > at) return wrapped
  if (heard.reading && !heard.reading.cut && isWholeSentence(body)) {
    noteManager(desk, line, prefix.body, around(line, prefix), heard)
    return at + 1
  }
  // What a sentence ends on may be a text of any length: one with a full stop first.
  for (const isWhole of isWrapped(desk, at) ? [isEnded, () => true] : []) {
    const next = readUnwrapped(desk, at, line, prefix, isWhole)
    if (next > at) return next
  }
  if (heard.reading && noteManager(desk, line, prefix.body, around(line, prefix), heard)) return at + 1
  return at
}

type Test = (text: string) => boolean

const isEnded: Test = (text) => text.endsWith('.')

function readUnwrapped(desk: Desk, at: number, line: TextLine, prefix: Prefix, isWhole: Test): number {
  const makesSense = (text: string) => {
    const { reading } = isWhole(text) ? hear(desk.memory, text.slice(bodyOf(text, prefix))) : { reading: null }
    return reading !== null && !reading.cut && isWholeSentence(text)
  }
  const whole = unwrap(desk, at, makesSense, (text) => readPrefix(text) !== null)
  if (!whole) return at
  return noteManager(desk, whole.line, bodyOf(whole.line.text, prefix), around(line, prefix)) ? whole.next : at
}

/** As long as the longest line, without an end, and something goes on below: what is read may be a part of it. */
function isCutAtWidth(desk: Desk, at: number): boolean {
  const { start, end, text } = desk.lines[at]!
  return end - start === desk.width && end - start < WIDEST && !/[.)'…]$/.test(text) && isWrapped(desk, at)
}

const WIDEST = 250

/** Where a sentence begins that may stand in the next line, behind the prefix alone. */
const bodyOf = (text: string, prefix: Prefix) => prefix.body + indentOf(text.slice(prefix.body))

/** The next line is neither empty nor an entry of its own nor a continuation that journalctl indented. */
function isWrapped(desk: Desk, at: number): boolean {
  const next = desk.lines[at + 1]
  return next !== undefined && next.text !== '' && indentOf(next.text) < 16 && readPrefix(next.text) === null
}

/** Lines of one message after its first are indented by the width of what stands before it. */
function skipContinuation(desk: Desk, next: number, prefix: Prefix): number {
  let i = next
  while (i < desk.lines.length && i < next + 400 && prefix.at) {
    const { text } = desk.lines[i]!
    if (text === '' || indentOf(text) < Math.max(16, prefix.body - 8)) break
    i++
  }
  return i
}

/** The kernel's log of early boot: `kernel: [   29.713121] systemd[1]: …`, or without the number. */
function readThroughKernel(desk: Desk, line: TextLine, prefix: Prefix): boolean {
  const inner = /^(?:\[ *(\d+\.\d+)\] )?systemd\[(\d+)\]: /.exec(line.text.slice(prefix.body, prefix.body + 60))
  if (!inner) return false
  const body = prefix.body + inner[0].length
  const about = { ...around(line, prefix), managerPid: Number(inner[2]) }
  if (!noteManager(desk, line, body, about)) noteUnread(desk, line, body, prefix.at, Number(inner[2]))
  return true
}

/** What the manager said in words that the table lacks. */
function noteUnread(desk: Desk, line: TextLine, body: number, at: Moment | null, pid: number | null): void {
  const text = line.text.slice(body)
  note(
    desk,
    {
      kind: 'other-log',
      source: SOURCE,
      certainty: 1,
      identifier: 'systemd',
      pid,
      unit: unitPrefix(text),
      text,
      ...(at ? { at } : {}),
    },
    line,
    indentOf(line.text),
  )
}
