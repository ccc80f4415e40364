/**
 * What the flight recorder (src/adapters/record.ts) prints, as lines of a log by `whyjob-record`:
 *
 *   watching UNIT for SECONDS s at most
 *   client PID of SCOPE, uid UID: COMMAND LINE
 *   PID was started by PID of SCOPE: COMMAND LINE
 *   call by SENDER, process PID: METHOD OBJECT ARGUMENTS
 *   job ID, TYPE, STATE, of UNIT, which is ACTIVE (SUB), last up at USEC, last down at USEC
 *   no job of UNIT, which is ACTIVE (SUB), last up at USEC, last down at USEC
 *   end: WHY
 *
 * SCOPE is the unit or session that the process belongs to, `-` where it is none; a PID or SENDER may be `-` too.
 */

import { JOB_MODES, JOB_TYPES, type JobMode, type JobType, jobTypeIsConflicting } from '../systemd/job.ts'
import { parseUnitName, unescapeName } from '../systemd/unit.ts'
import { callsIn, METHODS, UNIT_METHODS } from './command.ts'
import { type Desk, type Draft, isNoted, type Noted, note } from './desk.ts'
import type { Asker, RequestedBy } from './fact.ts'
import type { Prefix } from './journal-prefix.ts'
import { indentOf, type TextLine } from './page.ts'
import { noteCalls } from './request.ts'

const SOURCE = 'whyjob record'

/** What was said before, for what a line does not repeat. */
export interface Recorded {
  readonly clients: Map<number, Client>
  /** The unit's job as last seen; null where it had none. */
  job: SeenJob | null
}

interface Client {
  asker: Asker
  readonly requests: readonly Noted[]
}

interface SeenJob {
  readonly id: number
  readonly type: JobType
  /** When the unit was last up and down: while both stay, no job of it came to its end. */
  readonly settled: string
}

type Reader = (desk: Desk, line: TextLine, prefix: Prefix, match: RegExpExecArray) => boolean

const SCOPE = String.raw`([\w:.@\\/-]{1,300})`
const STANDS = String.raw`of (\S{3,256}), which is ([\w-]+) \(([\w-]+)\), last up at (\d+), last down at (\d+)$`

/** Whether a line of the recorder tells more than a line of any log. */
export function noteRecording(desk: Desk, line: TextLine, prefix: Prefix, text: string): boolean {
  for (const [words, read] of READERS) {
    const match = words.exec(text)
    if (match) return read(desk, line, prefix, match)
  }
  return false
}

const said = (prefix: Prefix) => ({ source: SOURCE, certainty: 1, ...(prefix.at ? { at: prefix.at } : {}) })
const unitOf = (scope: string): string | null => {
  const [name = ''] = scope.split('/')
  return parseUnitName(name) ? name : null
}

const watching: Reader = (desk, line, prefix, [, unit = '']) => {
  if (!parseUnitName(unit)) return false
  desk.recording = { clients: new Map(), job: null }
  note(desk, { ...said(prefix), kind: 'recording', unit }, line, indentOf(line.text))
  return true
}

/** A client of the bus is met twice, by its message and among the processes. */
const client: Reader = (desk, line, prefix, [, pid = '', scope = '', , command = '']) => {
  const { clients } = desk.recording
  if (clients.has(Number(pid))) return true
  const asker: Asker = { pid: Number(pid), unit: unitOf(scope), command, startedBy: [] }
  const offset = line.text.length - command.length
  const who = { by: byOf(asker), requester: requesterOf(asker), quoteFrom: indentOf(line.text) }
  const about = { ...said(prefix), ...who, tense: 'done' as const, offset }
  // What systemd-run is to run later, it does not ask for now.
  const calls = callsIn(command, true).filter(({ from }) => !command.slice(0, from).includes(' '))
  const requests = noteCalls(desk, line, calls, about)
  clients.set(asker.pid, { asker, requests })
  tell(requests, asker)
  return true
}

const parent: Reader = (desk, _line, _prefix, [, child = '', pid = '', scope = '', command = '']) => {
  for (const known of desk.recording.clients.values()) {
    const { asker, requests } = known
    const last = asker.startedBy.at(-1) ?? asker
    if (last.pid !== Number(child)) continue
    const started = { pid: Number(pid), unit: unitOf(scope), command }
    known.asker = { ...asker, startedBy: [...asker.startedBy, started] }
    tell(requests, known.asker)
  }
  return true
}

/** All that is known of the client by now goes into its requests. */
function tell(requests: readonly Noted[], asker: Asker): void {
  for (const noted of requests) {
    if (isNoted(noted, 'request')) {
      noted.draft = { ...noted.draft, by: byOf(asker), requester: requesterOf(asker), asker }
    }
  }
}

const call: Reader = (desk, line, prefix, [, sender = '', pid = '', member = '', object = '', words = '']) => {
  const type = METHODS[member] ?? UNIT_METHODS[member] ?? null
  if (type === null && !/^(?:Cancel|CancelJob|ClearJobs|Reload|Reexecute)$/.test(member)) return false
  const known = desk.recording.clients.get(Number(pid))
  const args = [...words.matchAll(/"([^"]{1,256})"/g)].map((match) => match[1]!)
  const unit = args.find((arg) => parseUnitName(arg) !== null) ?? unitOfObject(object)
  const typed = known?.requests.find((one) => isNoted(one, 'request') && one.draft.unit === unit)
  // systemctl's own command line says more.
  if (typed) return true
  const draft: Draft = {
    ...said(prefix),
    kind: 'request',
    unit,
    verb: member,
    type,
    mode: args.find((arg): arg is JobMode => (JOB_MODES as readonly string[]).includes(arg)) ?? 'replace',
    by: known ? byOf(known.asker) : 'bus',
    noBlock: true,
    userManager: false,
    tense: 'done',
    requester: known ? requesterOf(known.asker) : sender,
    command: line.text.slice(prefix.body),
  }
  const noted = note(desk, draft, line, indentOf(line.text))
  if (known) desk.recording.clients.set(known.asker.pid, { ...known, requests: [...known.requests, noted] })
  if (known) tell([noted], known.asker)
  return true
}

/** `nginx_2eservice`. */
function unitOfObject(object: string): string | null {
  const name = unescapeName(object.replace(/_([0-9a-f]{2})/g, '\\x$1'))
  return name !== null && parseUnitName(name) ? name : null
}

/** A conflicting job in the slot, though the unit has not come to rest: the one before it was displaced. */
const job: Reader = (desk, line, prefix, [, id = '', type = '', , unit = '', , , up = '', down = '']) => {
  const word = JOB_TYPES.find((known): known is JobType => known === type)
  if (word === undefined || !parseUnitName(unit)) return false
  const before = desk.recording.job
  const now: SeenJob = { id: Number(id), type: word, settled: `${up} ${down}` }
  desk.recording.job = now
  if (before?.id === now.id) return true
  if (before?.settled === now.settled && SETTLING.has(before.type) && jobTypeIsConflicting(before.type, word)) {
    const ended = { type: before.type, typeInferred: false, result: 'canceled' as const, via: 'debug' as const }
    const draft: Draft = {
      ...said(prefix),
      kind: 'job-finished',
      unit,
      ...ended,
      jobId: before.id,
      serviceResult: null,
    }
    note(desk, draft, line, indentOf(line.text))
  }
  const says = { key: 'job-installed', args: { job: `${unit}/${type}`, id } } as const
  const event = { event: 'installed' as const, mode: null, into: null, managerPid: null }
  const draft: Draft = { ...said(prefix), ...says, kind: 'job-debug', unit, type, ...event, jobId: now.id }
  note(desk, draft, line, indentOf(line.text))
  return true
}

/** A start that succeeds leaves the unit up, a stop leaves it down: a reload changes neither. */
const SETTLING: ReadonlySet<JobType> = new Set(['start', 'stop', 'restart'])

const rest: Reader = (desk) => {
  desk.recording.job = null
  return true
}

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/^watching (\S{3,256}) for \d+ s at most$/, watching],
  [new RegExp(String.raw`^client (\d{1,10}) of ${SCOPE}, uid (\d{1,10}|-): (.+)$`), client],
  [new RegExp(String.raw`^(\d{1,10}) was started by (\d{1,10}) of ${SCOPE}: (.+)$`), parent],
  [/^call by (:[\d.]{1,40}), process (\d{1,10}|-): (\w{1,60}) (\S{1,300})(?: (.*))?$/, call],
  [new RegExp(String.raw`^job (\d{1,10}), ([a-z-]{3,20}), (waiting|running), ${STANDS}`), job],
  [new RegExp(`^no job ${STANDS}`), rest],
  [/^end: /, () => true],
]

const PACKAGES = /\b(?:apt|apt-get|dpkg|dnf|yum|rpm|zypper|pacman|needrestart|unattended-upgrade\w*|packagekitd)\b/

const TOOLS: readonly (readonly [RegExp, RequestedBy])[] = [
  [/ansible|AnsiballZ/i, 'ansible'],
  [/\bpuppet\b/, 'puppet'],
  [/\bchef-client\b/, 'chef'],
  [/\bsalt-(?:minion|call)\b/, 'salt'],
  [PACKAGES, 'package'],
  [/\b(?:gitlab-runner|Runner\.(?:Worker|Listener)|buildkite-agent|jenkins)\b/, 'ci'],
  [/(?:^|\/)(?:CRON|cron|crond|anacron|atd)\b/, 'cron'],
]

const UNITS: Readonly<Record<string, RequestedBy>> = {
  'cron.service': 'cron',
  'crond.service': 'cron',
  'cronie.service': 'cron',
  'anacron.service': 'cron',
  'atd.service': 'cron',
  'systemd-udevd.service': 'udev',
  'ssh.service': 'shell',
  'sshd.service': 'shell',
}

/** By the ancestors first: a tool runs in a session or in a service alike. */
function byOf({ unit, command, startedBy }: Asker): RequestedBy {
  const programs = [command, ...startedBy.map((one) => one.command)].map((one) => one.split(' ', 3).join(' '))
  const tool = TOOLS.find(([words]) => programs.some((program) => words.test(program)))
  if (tool) return tool[1]
  const known = unit === null ? undefined : UNITS[unit]
  if (known) return known
  if (programs.some((program) => /(?:^|\/)sudo\b/.test(program))) return 'sudo'
  return unit?.endsWith('.service') && !/^(?:user|getty|serial-getty)@/.test(unit) ? 'exec' : 'shell'
}

/** The unit or session; of a package manager its name, for its scripts run wherever it runs. */
function requesterOf(asker: Asker): string | null {
  if (byOf(asker) !== 'package') return asker.unit
  const found = [asker, ...asker.startedBy].map(({ command }) => PACKAGES.exec(command.split(' ', 3).join(' '))?.[0])
  return found.find((word) => word !== undefined) ?? asker.unit
}
