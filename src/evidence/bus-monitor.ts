/** What busctl monitor, dbus-monitor and the manager's own debug log show of its bus traffic. */

import { JOB_MODES, JOB_RESULTS, type JobMode, type JobResult } from '../systemd/job.ts'
import { parseUnitName, unescapeName } from '../systemd/unit.ts'
import { METHODS } from './command.ts'
import { type Desk, isNoted, note, noteLines, type Parser, take } from './desk.ts'
import type { BusMessage, Moment } from './fact.ts'
import { indentOf, type TextLine } from './page.ts'
import { epochMoment, stampMoment } from './time.ts'

const BUSCTL = 'busctl monitor'
const DBUS = 'dbus-monitor'

interface Message {
  readonly message: BusMessage['message']
  readonly member: string
  readonly sender: string | null
  readonly path: string
  readonly args: readonly string[]
  readonly at: Moment | null
}

const MESSAGES: Readonly<Record<string, BusMessage['message']>> = {
  signal: 'signal',
  method_call: 'call',
  'method call': 'call',
  method_return: 'return',
  'method return': 'return',
  error: 'error',
}

const BUSCTL_HEAD = /^\s*[‣>*]?\s*Type=(signal|method_call|method_return|error)\s+Endian=/

/** With --json=short. */
const BUSCTL_JSON = /^\{"type":"(?:signal|method_call|method_return|error)","endian":/

export const busctlMonitor: Parser = {
  source: BUSCTL,
  begins: '‣>*T{',
  recognizes: (desk, at) => BUSCTL_HEAD.test(desk.lines[at]!.text) || BUSCTL_JSON.test(desk.lines[at]!.text),
  parse: (desk, at) => {
    if (BUSCTL_JSON.test(desk.lines[at]!.text)) return readJson(desk, at)
    let next = at + 1
    while (next < desk.lines.length && next - at < 400) {
      const { text } = desk.lines[next]!
      if (text === '' || BUSCTL_HEAD.test(text) || !/^\s/.test(text)) break
      next++
    }
    const text = textOf(desk, at, next)
    const field = (name: string) => new RegExp(`\\b${name}=("[^"]*"|\\S+)`).exec(text)?.[1]?.replace(/"/g, '')
    const args = [...text.matchAll(/^[ \t]+(?:STRING|OBJECT_PATH|UINT32|BOOLEAN) "?(.*?)"?;$/gm)].map((m) => m[1]!)
    const time = field('Timestamp')
    noteMessage(desk, at, next, BUSCTL, {
      message: MESSAGES[BUSCTL_HEAD.exec(text)![1]!]!,
      member: field('Member') ?? field('ErrorName') ?? '',
      sender: field('Sender') ?? null,
      path: field('Path') ?? '',
      args,
      at: time ? stampMoment(time) : null,
    })
    return take(desk, BUSCTL, at, next)
  },
}

function readJson(desk: Desk, at: number): number {
  const { text } = desk.lines[at]!
  const field = (name: string) => new RegExp(`"${name}":"?([^",}]{1,300})`).exec(text)?.[1] ?? ''
  const time = Number(field('timestamp-realtime'))
  noteMessage(desk, at, at + 1, BUSCTL, {
    message: MESSAGES[field('type')]!,
    member: field('member'),
    sender: field('sender') || null,
    path: field('path'),
    args: argsOf(/"data":\[(.{0,2000})\]/.exec(text)?.[1] ?? '', /"([^"]{0,300})"|(\b\d{1,20}\b)/g),
    at: time > 0 ? epochMoment(time, field('timestamp-realtime')) : null,
  })
  return take(desk, BUSCTL, at, at + 1)
}

const argsOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, word, number]) => word ?? number!)

/** What gdbus monitor prints, a line for each signal. */
const GDBUS =
  /^(\/org\/freedesktop\/systemd1\S{0,300}): org\.freedesktop\.systemd1\.\w{1,40}\.(\w{1,40}) \((.{0,2000})\)$/

const DBUS_HEAD = /^\s*(signal|method call|method return|error) (?:time=(\d+\.\d+) )?sender=(\S+) -> dest(?:ination)?=/

export const dbusMonitor: Parser = {
  source: DBUS,
  begins: 'sme/',
  recognizes: (desk, at) => DBUS_HEAD.test(desk.lines[at]!.text) || GDBUS.test(desk.lines[at]!.text),
  parse: (desk, at) => {
    const [, path, member, list] = GDBUS.exec(desk.lines[at]!.text) ?? []
    if (path !== undefined) {
      const args = argsOf(list!, /'([^']{0,300})'|(\b\d{1,20}\b)/g)
      noteMessage(desk, at, at + 1, DBUS, { message: 'signal', member: member!, sender: null, path, args, at: null })
      return take(desk, DBUS, at, at + 1)
    }
    let next = at + 1
    while (next < desk.lines.length && next - at < 400 && /^\s+\S/.test(desk.lines[next]!.text)) next++
    const text = textOf(desk, at, next)
    const [, type = '', time, sender = ''] = DBUS_HEAD.exec(text)!
    const args = [...text.matchAll(/^[ \t]+(?:string|object path|uint32|boolean) "?(.*?)"?$/gm)].map((m) => m[1]!)
    noteMessage(desk, at, next, DBUS, {
      message: MESSAGES[type]!,
      member: /\bmember=(\S+)/.exec(text)?.[1] ?? /\berror_name=(\S+)/.exec(text)?.[1] ?? '',
      sender: sender.startsWith(':') ? sender : null,
      path: /\bpath=([^;\s]+)/.exec(text)?.[1] ?? '',
      args,
      at: time ? epochMoment(Math.round(Number(time) * 1e6), time) : null,
    })
    return take(desk, DBUS, at, next)
  },
}

const textOf = (desk: Desk, at: number, next: number) =>
  desk.lines
    .slice(at, next)
    .map((line) => line.text)
    .join('\n')

/** Unit objects carry their name in their path: `foo_2eservice`. */
function unitOfPath(path: string): string | null {
  const name = /\/unit\/(\S+)$/.exec(path)?.[1]?.replace(/_([0-9a-f]{2})/g, '\\x$1')
  const unit = name === undefined ? null : unescapeName(name)
  return unit && parseUnitName(unit) ? unit : null
}

function noteMessage(desk: Desk, at: number, next: number, source: string, seen: Message): void {
  const { member, args, sender } = seen
  const unit = args.find((arg) => parseUnitName(arg) !== null) ?? unitOfPath(seen.path)
  const jobId = Number(/\/job\/(\d+)/.exec([...args, seen.path].join(' '))?.[1] ?? Number.NaN)
  const job = Number.isNaN(jobId) ? null : jobId
  const common = { source, certainty: 1, ...(seen.at ? { at: seen.at } : {}) }
  const result = JOB_RESULTS.find((word): word is JobResult => word === args.at(-1))
  const lead = indentOf(desk.lines[at]!.text)
  if (member === 'JobRemoved' && result && unit) {
    const none = { type: null, typeInferred: false, serviceResult: null }
    noteLines(
      desk,
      { ...common, ...none, kind: 'job-finished', unit, result, via: 'bus', jobId: job },
      at,
      next - 1,
      lead,
    )
    return
  }
  const mode = args.find((arg): arg is JobMode => (JOB_MODES as readonly string[]).includes(arg)) ?? null
  const error = seen.message === 'error' ? (args[0] ?? member) : null
  const shown = { message: seen.message, member, sender, unit: unit ?? null, jobId: job, mode, error }
  noteLines(desk, { ...common, kind: 'bus-message', ...shown }, at, next - 1, lead)
  if (seen.message === 'call') noteCall(desk, desk.lines[at]!, common, { member, unit: unit ?? null, mode, sender })
}

interface Caller {
  readonly member: string
  readonly unit: string | null
  readonly mode: JobMode | null
  readonly sender: string | null
}

/** A method call that asks for a job is a request like any other. */
function noteCall(desk: Desk, line: TextLine, common: { source: string; certainty: number }, call: Caller): void {
  const type = METHODS[call.member] ?? null
  if (type === null && !/^(?:CancelJob|ClearJobs|Reload|Reexecute)$/.test(call.member)) return
  note(
    desk,
    {
      ...common,
      kind: 'request',
      unit: call.unit,
      verb: call.member === 'Reload' ? 'daemon-reload' : call.member === 'Reexecute' ? 'daemon-reexec' : call.member,
      type,
      mode: call.mode ?? 'replace',
      by: 'bus',
      noBlock: true,
      userManager: false,
      tense: 'done',
      requester: call.sender,
      command: line.text.trim(),
    },
    line,
    indentOf(line.text),
  )
}

const DEBUG =
  /^(?:Got|Sent) message type=(signal|method_call|method_return|error) sender=(\S+) .*?member=(\S+)(?: .*)?$/

/**
 * `Got message type=method_call sender=:1.5 … member=StartUnit …` of the debug log: what it does not have are
 * arguments.
 */
export function noteBusDebug(desk: Desk, line: TextLine, text: string, at: Moment | null): boolean {
  const match = text.startsWith('Got message') || text.startsWith('Sent message') ? DEBUG.exec(text) : null
  if (!match) return false
  const [, type = '', sender = '', member = ''] = match
  const common = { source: 'journal', certainty: 1, ...(at ? { at } : {}) }
  const from = /^:[\d.]+$/.test(sender) ? sender : null
  const unit = unitOfPath(/ path=(\S+)/.exec(text)?.[1] ?? '')
  const none = { jobId: null, mode: null, error: / error-message=(?!n\/a$)(.*)$/.exec(text)?.[1] ?? null }
  const shown = { message: MESSAGES[type]!, member, sender: from, unit, ...none }
  const noted = note(desk, { ...common, kind: 'bus-message', ...shown }, line, indentOf(line.text))
  return isNoted(noted, 'bus-message')
}
