/** systemctl as a client of the simulated manager: its verbs, its waiting, its words. Mirrors src/systemctl/ (v255). */

import type { SystemctlDeed } from '../systemd/scenario.ts'
import { ACTION_VERBS, JOB_VERBS, type RequestType } from '../systemd/systemctl.ts'
import type { BusError } from './bus-error.ts'
import { busError } from './bus-error.ts'
import { busUnitQueueJob, busUnitQueueJobs } from './dbus-unit.ts'
import type { Job } from './job.ts'
import type { Manager } from './manager.ts'
import { managerLeave } from './manager-exit.ts'
import { busJobMethodCancel, managerClearJobs } from './manager-jobs.ts'
import { managerCheckUnitName, managerLoadUnit } from './manager-load.ts'
import { managerReload } from './manager-reload.ts'
import { about } from './order.ts'
import { oneAfterAnother } from './systemctl-calls.ts'
import { INSTALL_VERBS, verbEnable, verbIsEnabled } from './systemctl-install.ts'
import { verbListJobs } from './systemctl-list-jobs.ts'
import { asksForMarked, managerEnqueueMarkedJobs, markedRefusedLine, markedWarnings } from './systemctl-marked.ts'
import {
  connectFailure,
  expandUnitNames,
  isDryRun,
  isForced,
  isQuiet,
  isScheduled,
  mayWarn,
  nameWarnings,
  refusalOf,
  showsTransaction,
  waitsForUnits,
  wantsAll,
} from './systemctl-options.ts'
import { clientQuery, verbCleanOrFreeze, verbIsSystemRunning, verbKill, verbResetFailed } from './systemctl-other.ts'
import { verbSetProperty } from './systemctl-set-property.ts'
import { verbGetDefault, verbShow } from './systemctl-show.ts'
import { clientWaitForUnits } from './systemctl-wait.ts'
import {
  changedOnDiskLines,
  enqueueErrorLines,
  exitStatusOf,
  finishedLines,
  jobResultLines,
  noTerminalLine,
  transactionLines,
  triggeringUnitsLines,
} from './systemctl-words.ts'
import type { Unit } from './unit-vtable.ts'

export interface ClientEnd {
  readonly status: number
  readonly output: string
}

type Done = (end: ClientEnd) => void

/** Of what a verb asks for; undefined for those that ask for no job. */
const requestType = (verb: string): RequestType | undefined =>
  verb === 'enqueue-marked' ? 'reload-or-restart' : JOB_VERBS.get(verb)

/** How long after its start a client's request reaches the manager, and its end the trace. Order, not measurement. */
const CLIENT_LATENCY_USEC = 500

/** From the connection, which wakes the manager, to the request: time to see to timers, and to what follows. */
const CONNECT_USEC = 100

/** Runs one client; `done` is called in a later event, when it has exited. */
export function systemctl(m: Manager, deed: SystemctlDeed, done: Done): void {
  m.clock.wake()
  m.clock.arm(m.clock.now + about(CONNECT_USEC), () => runClient(m, deed, done))
}

function runClient(m: Manager, deed: SystemctlDeed, done: Done): void {
  const later: Done = (end) => void m.clock.arm(m.clock.now + about(CLIENT_LATENCY_USEC), () => done(end))
  if (m.leaving !== 'no') {
    unanswered(m, deed, later)
    return
  }
  const action = ACTION_VERBS.get(deed.verb)
  const request = requestType(deed.verb)
  const refusal = refusalOf(m, deed, request !== undefined)
  if (refusal !== null) {
    later({ status: 1, output: refusal })
  } else if (action && deed.units.length === 0) {
    const [target, mode] = action
    if (isDryRun(deed) || isScheduled(deed)) {
      later({ status: 0, output: '' })
      return
    }
    if (isForced(deed)) forceEnd(m, deed.verb, later)
    else verbStart(m, { ...requestOf(m, deed, [target], mode), noBlock: deed.noBlock || mode !== 'isolate' }, later)
  } else if (request) {
    const isolates = deed.verb === 'isolate'
    const names = isDryRun(deed) ? [] : expandUnitNames(m, deed.units, isolates ? 'target' : 'service', wantsAll(deed))
    verbStart(m, requestOf(m, deed, names, isolates ? 'isolate' : (deed.jobMode ?? 'replace')), later)
  } else {
    otherVerb(m, deed, later)
  }
}

function requestOf(m: Manager, deed: SystemctlDeed, names: readonly string[], mode: string): Request {
  const request = requestType(deed.verb) ?? 'start'
  const warnings = [...nameWarnings(deed, request === 'start'), ...markedWarnings(m, deed)]
  return { request, names, mode, noBlock: deed.noBlock, deed, warnings }
}

/** The change of the links, then what --now asks for. */
function install(m: Manager, deed: SystemctlDeed, done: Done): void {
  const { lines, failed, next, names: patterns } = verbEnable(m, deed)
  if (failed || next === null) {
    done({ status: failed ? 1 : 0, output: lines.join('\n') })
    return
  }
  const names = expandUnitNames(m, patterns)
  const told: Done = ({ status, output }) =>
    done({ status: m.features.nowForgetsStatus ? 0 : status, output: [...lines, output].join('\n') })
  verbStart(m, { request: next, names, mode: 'replace', noBlock: deed.noBlock, deed, warnings: [] }, told)
}

function otherVerb(m: Manager, deed: SystemctlDeed, done: Done): void {
  if (INSTALL_VERBS.includes(deed.verb)) {
    install(m, deed, done)
    return
  }
  switch (deed.verb) {
    case 'cancel':
      verbCancel(m, deed.units, done)
      return
    case 'clear-jobs':
      verbCancel(m, [], done)
      return
    case 'kill':
      verbKill(m, deed, done)
      return
    case 'clean':
    case 'freeze':
    case 'thaw':
      verbCleanOrFreeze(m, deed, done)
      return
    case 'edit':
      done({ status: 1, output: noTerminalLine(m) })
      return
    case 'set-property':
      done(verbSetProperty(m, deed.units))
      return
    case 'is-enabled':
      done(verbIsEnabled(m, deed, expandUnitNames(m, deed.units)))
      return
    case 'list-jobs':
      done(verbListJobs(m, deed))
      return
    case 'is-system-running':
      done(verbIsSystemRunning(m, deed))
      return
    case 'show':
      done(verbShow(m, deed))
      return
    case 'get-default':
      done(verbGetDefault(m))
      return
    case 'reset-failed':
      verbResetFailed(m, deed.units, done)
      return
    case 'daemon-reload':
      managerReload(m, 'reload', () => done({ status: 0, output: '' }))
      return
    case 'daemon-reexec':
      managerReload(m, 'reexec', () => done({ status: 0, output: '' }))
      return
    default:
      done(clientQuery(m, deed))
  }
}

/** The manager goes at once; whoever waited is told before. */
function forceEnd(m: Manager, verb: string, done: Done): void {
  managerLeave(m, `${verb} --force`)
  m.clock.arm(m.clock.now, () => done({ status: 0, output: '' }))
}

/** Nobody answers any more: a client finds no manager, or waits for one in vain. With the system's, all is over. */
function unanswered(m: Manager, deed: SystemctlDeed, done: Done): void {
  if (m.kind === 'system') return
  if (m.leaving === 'gone') {
    const why = m.features.clientNamesTransport ? 'Connection refused' : 'No such file or directory'
    done({ status: 1, output: connectFailure(m, why) })
    return
  }
  const request = requestType(deed.verb) ?? 'start'
  const error = busError('System', 'Transport endpoint is not connected')
  const lines = expandUnitNames(m, deed.units).flatMap((name) => enqueueErrorLines(m, request, name, error))
  m.disconnectListeners.add(() => done({ status: 1, output: lines.join('\n') }))
}

interface Request {
  readonly request: RequestType
  readonly names: readonly string[]
  readonly mode: string
  readonly noBlock: boolean
  readonly deed: SystemctlDeed
  /** What is printed before anything else. */
  readonly warnings: readonly string[]
}

/** What one client has got so far. */
interface Progress {
  readonly lines: string[]
  readonly waitsFor: Map<number, Job>
  readonly stopped: Unit[]
  status: number
  failedWait: boolean
}

/** Mirrors verb_start(): one call per unit, or (v262) one for all; then the wait for all jobs. */
function verbStart(m: Manager, r: Request, done: Done): void {
  const p: Progress = { lines: [...r.warnings], waitsFor: new Map(), stopped: [], status: 0, failedWait: false }
  const listener = (job: Job, result: string): void => {
    if (!p.waitsFor.delete(job.id)) return
    // The signal is read a moment later; the unit's Result= is asked for then, of a new unit if that one is collected.
    m.clock.arm(m.clock.now + about(CLIENT_LATENCY_USEC), () => {
      const lines = jobResultLines(m, m.units.get(job.unit.id) ?? managerLoadUnit(m, job.unit.id), result)
      if (lines !== null) p.failedWait = true
      if (!isQuiet(r.deed)) p.lines.push(...(lines ?? []))
      if (showsTransaction(r.deed)) p.lines.push(...finishedLines(m, job.unit, result))
      maybeEnd()
    })
    pending++
  }
  let pending = 0
  let enqueued = false
  const maybeEnd = (): void => {
    pending--
    if (enqueued && pending === 0 && p.waitsFor.size === 0) finish()
  }
  const finish = (): void => {
    m.jobListeners.delete(listener)
    if (p.failedWait) {
      done({ status: 1, output: p.lines.join('\n') })
      return
    }
    if (!r.noBlock && mayWarn(r.deed)) p.lines.push(...p.stopped.flatMap(({ id }) => triggeringUnitsLines(m, id)))
    const end = (failed: boolean): void =>
      done({ status: p.status === 0 && failed ? 1 : p.status, output: p.lines.join('\n') })
    if (waitsForUnits(r.deed)) clientWaitForUnits(m, r.names, end)
    else end(false)
  }
  if (!r.noBlock) m.jobListeners.add(listener)
  m.disconnectListeners.add(({ status, output }) => {
    if (!m.jobListeners.has(listener) || (enqueued && p.waitsFor.size === 0)) return
    m.jobListeners.delete(listener)
    p.waitsFor.clear()
    done({ status, output: [...p.lines, output].join('\n') })
  })
  pending++
  enqueueAll(m, r, p, () => {
    enqueued = true
    maybeEnd()
  })
}

function enqueueAll(m: Manager, r: Request, p: Progress, then: () => void): void {
  if (asksForMarked(r.deed)) {
    enqueueMarkedJobs(m, r, p)
    then()
    return
  }
  const many =
    r.names.length > 1 && m.features.manyUnitsOneTransaction && r.mode !== 'isolate' && !showsTransaction(r.deed)
  if (many && startUnitsOneTransaction(m, r, p)) {
    then()
    return
  }
  oneAfterAnother(m, r.names, (name) => startUnitOne(m, r, name, p), then)
}

/** Mirrors enqueue_marked_jobs(): if one was refused, the client learns of none, and waits for none. */
function enqueueMarkedJobs(m: Manager, r: Request, p: Progress): void {
  const { jobs, refused } = managerEnqueueMarkedJobs(m)
  if (refused !== null) {
    p.lines.push(markedRefusedLine(refused))
    p.status = 1
    return
  }
  for (const job of jobs) {
    if (!r.noBlock) p.waitsFor.set(job.id, job)
    if (job.installed) job.clients++
  }
}

/** Mirrors start_unit_one(). */
function startUnitOne(m: Manager, r: Request, name: string, p: Progress): void {
  const misnamed = managerCheckUnitName(name)
  if (misnamed) {
    fail(m, r, name, misnamed, p)
    return
  }
  const u = managerLoadUnit(m, name)
  const added = busUnitQueueJob(m, r.request, u, r.mode)
  if ('error' in added) {
    const isIgnored = added.error.name === 'UnitMasked' && triesOnly(r) && m.features.tryOnMaskedIsIgnored
    if (!isIgnored) fail(m, r, name, added.error, p)
    return
  }
  if (showsTransaction(r.deed)) p.lines.push(...transactionLines(added))
  p.lines.push(...changedOnDiskLines(m, u))
  if (!r.noBlock) p.waitsFor.set(added.job.id, added.job)
  if (added.job.installed) added.job.clients++
  if (r.request === 'stop') p.stopped.push(u)
}

function fail(m: Manager, r: Request, name: string, error: BusError, p: Progress): void {
  p.lines.push(...enqueueErrorLines(m, r.request, name, error))
  if (p.status === 0) p.status = exitStatusOf(error)
}

/** Mirrors start_units_one_transaction() (v262): all or nothing. False if each is to be asked for by itself after all. */
function startUnitsOneTransaction(m: Manager, r: Request, p: Progress): boolean {
  const added = busUnitQueueJobs(m, r.request, r.names, r.mode)
  if ('error' in added) {
    const { name, message } = added.error
    if (name === 'InvalidArgs' || (name === 'UnitMasked' && triesOnly(r))) return false
    p.lines.push(`Failed to enqueue jobs: ${message}`)
    p.status = exitStatusOf(added.error)
    return true
  }
  for (const { unit } of added.jobs) p.lines.push(...changedOnDiskLines(m, unit))
  if (!r.noBlock) for (const job of added.jobs) p.waitsFor.set(job.id, job)
  if (r.request === 'stop') p.stopped.push(...added.jobs.map(({ unit }) => unit))
  return true
}

const triesOnly = ({ request }: Request): boolean => request === 'try-restart' || request === 'reload-or-try-restart'

/** Mirrors verb_cancel(). Differs: a unit's name stands for its job, as ids are not the same from run to run. */
function verbCancel(m: Manager, ids: readonly string[], done: Done): void {
  if (ids.length === 0) managerClearJobs(m)
  const lines: string[] = []
  const cancel = (word: string): boolean => {
    const id = String(m.lastJobIds.get(word) ?? word)
    const job = m.jobs.get(Number(id))
    if (job) busJobMethodCancel(m, job)
    else if (!/^\d{1,10}$/.test(id)) {
      lines.push(`Failed to parse job id "${id}": Invalid argument`)
      return false
    } else {
      const ignoring = m.features.cancelSaysIgnoring ? ', ignoring' : ''
      lines.push(`Failed to cancel job ${id}${ignoring}: Job ${id} does not exist.`)
    }
    return true
  }
  oneAfterAnother(m, ids, cancel, () => done({ status: lines.length > 0 ? 1 : 0, output: lines.join('\n') }))
}
