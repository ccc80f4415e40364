/** Sentences of the manager, as facts. */

import type { JobResult } from '../systemd/job.ts'
import { escapePath, parseUnitName } from '../systemd/unit.ts'
import { typeOf } from './client.ts'
import { type Desk, type Draft, isNoted, learn, type Noted, note } from './desk.ts'
import type { JobDebug, JobLine, Moment } from './fact.ts'
import { type Heard, hear, type Reading } from './hear.ts'
import { refusal } from './manager-refusal.ts'
import { noteDescribedCall } from './naming/run-description.ts'
import { stockUnit } from './naming/stock-names.ts'
import type { TextLine } from './page.ts'

/** What the line around a sentence says. */
export interface Around {
  readonly source: string
  readonly certainty: number
  readonly managerPid: number | null
  readonly at?: Moment
  /** UNIT=, where the format has fields. */
  readonly unit?: string
  readonly jobId?: number
  readonly jobType?: string
  /** Where the quote begins, if before the sentence. */
  readonly quoteFrom?: number
}

/** An error within the sentence goes to its own end, the way round a loop back to where it began. */
export const isWholeSentence = (text: string): boolean =>
  (!/\bTransaction (?:for|\.{3}|…)/.test(text) || /included in transaction\)|\((?:\.{3}|…)\)/.test(text)) &&
  (!/\bordering cycle: /.test(text) || / - after \S/.test(text))

/** Notes what the manager said in a line, from one of its characters on; null if it is no sentence we know. */
export function noteManager(desk: Desk, line: TextLine, from: number, around: Around, known?: Heard): Noted | null {
  const heard = known ?? hear(desk.memory, line.text.slice(from))
  const { reading } = heard
  if (!reading) return null
  const unit = around.unit ?? heard.unit
  const draft = draftOf(desk, reading, unit, around)
  const noted = note(desk, draft, line, around.quoteFrom ?? from)
  noteDescribedCall(desk, line, draft)
  if (!reading.cut && reading.weight > 6) desk.wordings.push({ reading, noted })
  return noted
}

export type Common = Pick<Draft, 'source' | 'certainty' | 'says' | 'at'>

function draftOf(desk: Desk, reading: Reading, unit: string | null, around: Around): Draft {
  const { key, args } = reading
  const common: Common = {
    source: around.source,
    certainty: reading.cut ? around.certainty * 0.8 : around.certainty,
    says: { key, args },
    ...(around.at ? { at: around.at } : {}),
  }
  const job = JOB_LINES.get(key)
  if (job) return jobLine(desk, job, reading, unit, around, common)
  const special = SPECIAL[key]?.(args, unit ?? args.unit ?? null, common, around)
  if (special) return special
  const named = unit ?? unitIn(args)
  const refused = args.error === undefined ? null : refusal(key, args, unit, named, common)
  if (refused) return key === 'transaction-unmergeable' ? askedLast(desk, refused) : refused
  const { managerPid } = around
  return { ...common, kind: 'manager-line', key, args, unit: named ?? socketOf(key, args), managerPid }
}

/** v219 does not say which socket; it goes by the service's name, unless its file says otherwise. */
const socketOf = (key: string, { other, service = other }: Readonly<Record<string, string>>): string | null =>
  /^(?:history-)?socket-(?:service-)?active$/.test(key) && service?.endsWith('.service')
    ? `${service.slice(0, -'.service'.length)}.socket`
    : null

/** Of jobs that cannot be merged the manager names the unit that they are for, not the one that was asked for. */
function askedLast({ typed }: Desk, refused: Draft): Draft {
  const jobs = (typed?.noted ?? []).filter((n) => isNoted(n, 'request') && n.draft.type !== null)
  const only = jobs.length === 1 && typed?.by === 'prompt' ? jobs[0]! : null
  if (refused.kind !== 'request-refused' || !isNoted(only, 'request')) return refused
  return { ...refused, unit: only.draft.unit, type: only.draft.type }
}

/** v219 has the unit within the sentence. */
const unitIn = (args: Readonly<Record<string, string>>): string | null =>
  args.unit !== undefined && parseUnitName(args.unit) ? args.unit : null

interface JobShape {
  readonly phase: JobLine['phase']
  readonly type: JobLine['type']
  readonly result: JobResult | null
  /** What a bare path stands for. */
  readonly suffix: string
}

const SUFFIXES = ['mount', 'device', 'swap', 'automount', 'socket', 'target', 'slice']

/** The shape of each key of messages/job.ts, read off its name. */
const JOB_LINES = jobLines()

function jobLines(): Map<string, JobShape> {
  const map = new Map<string, JobShape>()
  const add = (stem: string, phase: JobLine['phase'], type: JobLine['type'], result: JobResult | null) => {
    for (const suffix of ['', 'service', ...SUFFIXES]) {
      map.set(suffix === '' ? stem : `${stem}-${suffix}`, { phase, type, result, suffix: suffix || 'mount' })
    }
  }
  add('job-starting', 'begin', 'start', null)
  add('job-stopping', 'begin', 'stop', null)
  add('job-reloading', 'begin', 'reload', null)
  add('job-started', 'end', 'start', 'done')
  add('job-finished-oneshot', 'end', 'start', 'done')
  add('job-stopped', 'end', 'stop', 'done')
  add('job-reloaded', 'end', 'reload', 'done')
  add('job-verify-skipped', 'end', 'verify-active', 'skipped')
  for (const result of ['failed', 'timeout', 'frozen'] as const) {
    for (const type of ['start', 'stop', 'reload'] as const) add(`job-${type}-${result}`, 'end', type, result)
  }
  for (const result of ['dependency', 'assert', 'unsupported', 'collected', 'once', 'concurrency'] as const) {
    add(`job-start-${result}`, 'end', 'start', result)
  }
  add('history-collected', 'end', 'start', 'collected')
  return map
}

function jobLine(
  desk: Desk,
  shape: JobShape,
  { key, args }: Reading,
  unit: string | null,
  around: Around,
  common: Common,
): Draft {
  const description = args.unit ?? ''
  const exact = around.jobType === 'restart' && shape.type === 'stop' ? 'restart' : shape.type
  const named = unit ?? namedIn(desk, description, shape.suffix) ?? onlyAsked(desk)
  return {
    ...common,
    kind: 'job-line',
    key,
    args,
    unit: named,
    managerPid: around.managerPid,
    phase: shape.phase,
    type: exact,
    result: shape.result,
    jobId: around.jobId ?? null,
    description,
  }
}

/** `journalctl -u x` shows what the manager says of x, and of no other unit. */
function onlyAsked({ typed }: Desk): string | null {
  const [call, ...more] = typed?.by === 'prompt' ? typed.calls : []
  return call?.program === 'journalctl' && more.length === 0 && call.units.length === 1 ? call.units[0]! : null
}

/** Whose status string it is: a name, `name - description`, or a path that stands for a mount or the like. */
export function namedIn(desk: Desk, status: string, suffix = 'mount'): string | null {
  if (parseUnitName(status)) return status
  const dash = status.indexOf(' - ')
  if (dash > 0) {
    const name = status.slice(0, dash)
    if (parseUnitName(name)) {
      if (!/(?:…|\.\.)$/.test(status)) learn(desk, status.slice(dash + 3), name)
      return name
    }
  }
  return status.startsWith('/') && !status.includes(' ') ? `${escapePath(status)}.${suffix}` : null
}

const JOB = /^(.+)\/([a-z-]+)$/

/** `foo.service/start` in its parts. */
export function splitJob(job: string | undefined): { unit: string | null; type: string | null } {
  const match = JOB.exec(job ?? '')
  return match ? { unit: match[1]!, type: match[2]! } : { unit: null, type: null }
}

export type Args = Readonly<Record<string, string>>
type Builder = (args: Args, unit: string | null, common: Common, around: Around) => Draft | null

const numberOf = (text: string | undefined) => (text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null)

const debug =
  (event: JobDebug['event']): Builder =>
  (args, unit, common, { managerPid }) => {
    const job = splitJob(args.job)
    return {
      ...common,
      ...common.says!,
      kind: 'job-debug',
      event,
      unit: job.unit ?? unit,
      managerPid,
      type: job.type ?? args.type ?? null,
      mode: args.mode ?? null,
      into: splitJob(args.into).type,
      jobId: numberOf(args.id),
    }
  }

const finished =
  (via: 'debug' | 'manager', result?: JobResult): Builder =>
  (args, unit, common) => {
    const job = splitJob(args.job)
    return {
      ...common,
      kind: 'job-finished',
      unit: job.unit ?? unit,
      type: typeOf(job.type),
      typeInferred: false,
      result: result ?? (args.result as JobResult),
      via,
      jobId: numberOf(args.id),
      serviceResult: null,
    }
  }

const processExit: Builder = (args, unit, common) => {
  const kind = (args.kind ?? (common.says!.key.includes('control') ? 'control' : 'main')).toLowerCase()
  const [number, name] = (args.status ?? '').replace(/…$/, '').split(/[/ ]/)
  const isCut = args.status?.endsWith('…') === true
  const success = common.says!.key.endsWith('-clean')
  return {
    ...common,
    kind: 'process-exit',
    unit,
    process: kind,
    pid: null,
    code: args.code === 'killed' || args.code === 'dumped' ? args.code : 'exited',
    // Of a number that was cut off nobody knows how it goes on; a name behind it says that it is whole.
    status: isCut && name === undefined ? null : numberOf(number),
    statusName: name && name !== '(success)' && !isCut ? name : null,
    success: success || number === '0',
    command: null,
  }
}

const cycle =
  (event: 'found' | 'step' | 'deleted' | 'unbreakable'): Builder =>
  (args, unit, common) => {
    const jobs = args.path?.split(/,? -> |→|, | after /) ?? (args.job ? [args.job] : [])
    return { ...common, kind: 'cycle', event, unit, jobs: jobs.map((job) => job.trim()), beginning: args.start ?? null }
  }

const condition =
  (what: 'condition' | 'assert'): Builder =>
  (args, unit, common) => {
    const named = args.unit && parseUnitName(args.unit) ? args.unit : /^(\S+\.[a-z]+) - /.exec(args.unit ?? '')?.[1]
    const check = args.condition ?? (args.check ? `${what === 'assert' ? 'Assert' : 'Condition'}${args.check}=` : null)
    return {
      ...common,
      kind: 'condition-skip',
      unit: unit !== null && parseUnitName(unit) ? unit : (named ?? null),
      what,
      check: check && args.parameter !== undefined ? check + args.parameter : check,
    }
  }

const limit =
  (what: 'start' | 'trigger'): Builder =>
  (_, unit, common) => ({ ...common, kind: 'start-limit', unit, what })

const WAYS_DOWN = ['reboot', 'poweroff', 'halt', 'kexec', 'soft-reboot', 'exit'] as const

const wayNamed = (word: string) => WAYS_DOWN.find((way) => way === word)

const requested: Builder = (args, _, common) => {
  const what = args.what ?? ''
  const requester = { pid: numberOf(args.pid), comm: args.comm ?? null, unit: args.client ?? null }
  if (/^Relo/.test(what)) return { ...common, kind: 'reload', what: 'daemon-reload', phase: 'requested', requester }
  if (/^Reexec/.test(what)) return { ...common, kind: 'reload', what: 'daemon-reexec', phase: 'requested', requester }
  const who = args.comm ? `${args.comm}[${args.pid}]` : (args.pid ?? null)
  return {
    ...common,
    kind: 'shutdown',
    what: wayNamed(what.toLowerCase().replace(' ', '-')) ?? 'unknown',
    phase: 'requested',
    requester: args.client ? `${who} (${args.client})` : who,
  }
}

const reload =
  (what: 'daemon-reload' | 'daemon-reexec', phase: 'begin' | 'end' | 'rejected'): Builder =>
  (_, __, common) => ({ ...common, kind: 'reload', what, phase, requester: null })

const going =
  (what: 'reboot' | 'poweroff' | 'exit' | 'soft-reboot' | 'unknown'): Builder =>
  (args, _, common) => ({ ...common, kind: 'shutdown', what, phase: 'going', requester: args.reason ?? null })

/** A signal or a key starts a target, `exit.target` or `Exit the Session` for a user manager that is to end. */
const activating: Builder = ({ special = '' }, _, common) => {
  const isTarget = (unit: string) => unit.endsWith('.target')
  const target = /^\S+\.target\b/.exec(special)?.[0] ?? stockUnit(special, isTarget)
  const what = wayNamed(target?.slice(0, -'.target'.length) ?? '')
  return what === undefined ? null : { ...common, kind: 'shutdown', what, phase: 'going', requester: null }
}

const version: Builder = (args, _, common) => {
  const major = /^v?(\d{3})/.exec(args.release ?? '')
  if (!major) return null
  const since = Number(major[1])
  return { ...common, kind: 'version', since, until: since, said: true, distribution: args.release ?? null }
}

const SPECIAL: Readonly<Record<string, Builder>> = {
  'job-trying': debug('trying'),
  'job-enqueued': debug('enqueued'),
  'job-installed': debug('installed'),
  'job-merged': debug('merged'),
  'job-rerun': debug('rerun'),
  'job-reinstalled': debug('reinstalled'),
  'job-converting': debug('converting'),
  'job-start-held': debug('held'),
  'job-stop-held': debug('held'),
  'job-collecting': debug('collecting'),
  'job-finished': finished('debug'),
  'history-finished': finished('debug'),
  'job-timed-out': finished('manager', 'timeout'),
  'job-failed-with-result': finished('manager'),
  'unit-process-exit': processExit,
  'unit-process-exit-clean': processExit,
  'service-control-process-exit': processExit,
  'history-main-process-exit': processExit,
  'history-control-process-exit': processExit,
  'history-other-process-exit': processExit,
  'history-process-exit': processExit,
  'transaction-cycle-found': cycle('found'),
  'transaction-cycle-path': cycle('found'),
  'transaction-cycle-dependency': cycle('step'),
  'transaction-cycle-deleted': cycle('deleted'),
  'transaction-cycle-unbreakable': cycle('unbreakable'),
  'history-cycle-deleting': cycle('deleted'),
  'history-cycle-unbreakable': cycle('unbreakable'),
  'job-condition-skipped': condition('condition'),
  'job-trigger-conditions-skipped': condition('condition'),
  'job-skipped': condition('condition'),
  'unit-condition-failed': condition('condition'),
  'condition-failed': condition('condition'),
  'unit-asserts-failed': condition('assert'),
  'assert-failed': condition('assert'),
  'unit-start-limit': limit('start'),
  'history-start-limit': limit('start'),
  'trigger-limit-hit': limit('trigger'),
  'manager-requested-by-unit': requested,
  'manager-requested-by-process': requested,
  'manager-requested-by-pid': requested,
  'manager-requested-by-unknown': requested,
  'manager-reloading': reload('daemon-reload', 'begin'),
  'manager-reload-finished': reload('daemon-reload', 'end'),
  'manager-reload-rejected': reload('daemon-reload', 'rejected'),
  'manager-reexecuting': reload('daemon-reexec', 'begin'),
  'manager-reexec-rejected': reload('daemon-reexec', 'rejected'),
  'manager-running-in': version,
  'manager-activating-special': activating,
  'manager-shutting-down': going('unknown'),
  'manager-soft-rebooting': going('soft-reboot'),
  'emergency-rebooting': going('reboot'),
  'emergency-powering-off': going('poweroff'),
  'emergency-exiting': going('exit'),
}
