/** The job that the paste asks about: what ended badly, or was refused, as seen by whoever asked for it. */

import type { Fact, JobFinished, Request, RequestRefused } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { grouped } from '../evidence/grouped.ts'
import { templateOf } from '../systemd/unit.ts'
import type { Ending } from './endings.ts'
import { findOvertaken } from './overtaken.ts'

export interface Focus {
  readonly unit: string
  /** Null where nothing tells; 'restart' is told from 'start' only by a command or a field. */
  readonly type: string | null
  readonly result: string | null
  /** The fact that says so. */
  readonly fact: string
  /** True where the type was inferred from lines around. */
  readonly typeInferred: boolean
  /** True where nobody complains: the log alone shows a job begun and another in its place. */
  readonly unsaid?: boolean
}

/** Results in the order of interest: a cancellation is what people come with. */
const INTEREST = ['canceled', 'dependency', 'timeout', 'invalid', 'collected', 'assert', 'failed']

/** Null where no job is in question. */
export function findFocus(facts: readonly Fact[], endings: readonly Ending[]): Focus | null {
  const finished = factsOf(facts, 'job-finished').filter((fact) => fact.unit !== null && fact.result !== 'done')
  for (const result of INTEREST) {
    const matching = finished.filter((fact) => fact.result === result)
    if (result === 'canceled' && isBesideShown(matching, finished, facts)) continue
    const fact =
      matching.find((f) => f.via === 'client') ??
      (result === 'dependency' ? firstVictim(matching, facts) : undefined) ??
      matching.find((f) => f.via !== 'debug' && f.via !== 'bus') ??
      matching[0]
    if (result === 'dependency' && endings.some(({ next }) => next === 'verify-active')) continue
    if (fact && (result !== 'failed' || !refusedAfter(fact, facts)))
      return waitsFor(fact, facts) ?? byJournal(fromFinished(fact, facts, endings), facts, endings)
  }
  return null
}

/** A device did not come, and what somebody looked at or asked for went without it. */
function waitsFor({ unit, result }: JobFinished, facts: readonly Fact[]): Focus | null {
  if (result !== 'timeout' || !unit?.endsWith('.device')) return null
  const asked = factsOf(facts, 'request').filter((f) => f.tense === 'done' && f.type !== null)
  const about = new Set([...factsOf(facts, 'unit-state'), ...asked].map((f) => f.unit))
  const line = factsOf(facts, 'job-line').find((f) => f.result === 'dependency' && f.unit !== null && about.has(f.unit))
  return line ? { unit: line.unit!, type: 'start', result: 'dependency', fact: line.id, typeInferred: true } : null
}

/** Nothing of what was canceled is shown, and somebody was told that what is shown failed by itself. */
function isBesideShown(
  canceled: readonly JobFinished[],
  finished: readonly JobFinished[],
  facts: readonly Fact[],
): boolean {
  const shown = new Set([...factsOf(facts, 'unit-state'), ...factsOf(facts, 'unit-text')].map(({ unit }) => unit))
  const isShown = ({ unit }: JobFinished) => unit !== null && (shown.has(unit) || shown.has(templateOf(unit) ?? unit))
  if (canceled.length === 0 || canceled.some(isShown)) return false
  return finished.some((fact) => fact.result === 'failed' && fact.via === 'client' && isShown(fact))
}

/** `Job … failed with result` stands for the last one taken along first; `Dependency failed for …` goes the other way. */
function firstVictim(matching: readonly JobFinished[], facts: readonly Fact[]): JobFinished | undefined {
  const lines = factsOf(facts, 'job-line').filter((line) => line.result === 'dependency' && line.unit !== null)
  const ended = new Set(matching.map(({ unit }) => unit))
  const first = lines.find(({ unit }) => ended.has(unit))
  return matching.find(({ unit, via }) => unit === first?.unit && via === 'manager')
}

/** Where nobody complains: a job that something else took the slot of. It ended as canceled, though no line says so. */
export function findUnsaid(facts: readonly Fact[], endings: readonly Ending[]): Focus | null {
  const displaced =
    findOvertaken(facts) ?? endings.find(isDisplaced) ?? findBack(endings, facts) ?? endings.find(({ lost }) => lost)
  if (!displaced) return null
  const { unit, type } = displaced
  return { unit, type, result: 'canceled', fact: displaced.facts[0] ?? '', typeInferred: true, unsaid: true }
}

/** What came next could not wait for the end of the job. */
export const isDisplaced = ({ type, next, merged }: Ending): boolean =>
  (next === 'stop' && !merged) ||
  (type === 'stop' && (next === 'start' || next === 'reload' || next === 'verify-active'))

/** Somebody asked for a stop, and the unit was up again the moment it was down: nobody seen asked for that. */
function findBack(endings: readonly Ending[], facts: readonly Fact[]): Ending | undefined {
  const requests = factsOf(facts, 'request').filter(({ tense, type }) => tense === 'done' && type !== null)
  const asks = grouped(requests, ({ unit }) => unit)
  // Where no request is seen, a restart is likelier than a stop.
  const stopOnly = (unit: string) => asks.get(unit)?.every(({ type }) => type === 'stop') ?? false
  const took = (ending: Ending) => lasted(ending, facts)
  return endings.find((one) => one.type === 'stop' && one.next === 'restart' && stopOnly(one.unit) && took(one))
}

/** What is done within the same second is hardly met by another request. */
function lasted({ facts: [from, to] }: Ending, facts: readonly Fact[]): boolean {
  const [begun, down] = [from, to].map((id) => facts.find((fact) => fact.id === id)?.at)
  return !begun || !down || begun.clock !== down.clock || down.usec - begun.usec >= QUICK_USEC
}

const QUICK_USEC = 500_000

/** Of two commands with an outcome each, the last complaint is what is asked about. */
function refusedAfter({ unit, via, start }: JobFinished, facts: readonly Fact[]): boolean {
  const isEarlier = (f: RequestRefused) => f.via === 'client' && f.unit !== null && f.unit !== unit && f.start < start
  return factsOf(facts, 'request-refused').some((refused) => via !== 'client' || !isEarlier(refused))
}

/** What the journal shows of the slot decides, where the type was only read off the last command. */
function byJournal(focus: Focus, facts: readonly Fact[], endings: readonly Ending[]): Focus {
  const { unit, type, result, typeInferred } = focus
  const own = endings.filter((ending) => ending.unit === unit && ending.next !== 'nothing')
  if (result !== 'canceled' || !typeInferred || own.length !== 1 || own[0]?.type === type) return focus
  const ended = own[0]?.type as string
  const asked = factsOf(facts, 'request').some(
    (f) => f.unit === unit && f.type === ended && (f.tense === 'done' || f.by === 'script'),
  )
  // A restart that is seen through to its end cannot be what was canceled.
  const restarted = type !== 'restart' || own[0]?.next === 'restart'
  return type === null || (asked && restarted) ? { ...focus, type: ended } : focus
}

function fromFinished(fact: JobFinished, facts: readonly Fact[], endings: readonly Ending[]): Focus {
  const unit = fact.unit as string
  const common = { unit, result: fact.result, fact: fact.id }
  const request = factsOf(facts, 'request').filter((f) => f.unit === unit && f.type !== null && f.tense === 'done')
  const before = request.filter((f) => f.start < fact.start)
  const raced = fact.typeInferred && fact.request === null ? displacedOf(before) : undefined
  if (fact.type !== null && !isOnlyMentioned(fact, facts)) {
    return { ...common, type: plainType(raced?.type ?? fact.type), typeInferred: fact.typeInferred }
  }
  const debug = factsOf(facts, 'job-finished').find(
    (f) => f.unit === unit && f.type !== null && f.result === fact.result && f.via !== 'client',
  )
  if (debug?.type) return { ...common, type: plainType(debug.type), typeInferred: false }
  const asked = before.at(-1) ?? request[0] ?? writtenOf(unit, facts)
  if (asked?.type) return { ...common, type: plainType(asked.type), typeInferred: true }
  const displaced = endings.filter((ending) => ending.unit === unit && isDisplaced(ending))
  const shown = fact.result === 'canceled' && displaced.length === 1 ? displaced[0]?.type : undefined
  return { ...common, type: shown ?? typeByLines(unit, fact, facts), typeInferred: true }
}

/** Of a stop and a start of one script's, the first: the other displaced it. */
function displacedOf(before: readonly Request[]): Request | undefined {
  const [first, last] = before.slice(-2)
  const race = last?.by === 'script' && first?.by === 'script' && (first.type === 'stop') !== (last.type === 'stop')
  return race ? first : undefined
}

/** Its type is a word of some sentence, and the log has both jobs that met, of other types. */
function isOnlyMentioned({ unit, type, typeInferred, request, via }: JobFinished, facts: readonly Fact[]): boolean {
  if (!typeInferred || type === null || request !== null || via !== 'client') return false
  const asked = factsOf(facts, 'request').filter((f) => f.unit === unit && f.type !== null)
  if (asked.some((f) => f.type === type && f.source !== 'prose')) return false
  const logged = asked.filter((f) => f.tense === 'done' && f.source === 'journal')
  return new Set(logged.map((f) => f.type)).size > 1
}

/** The one request for it that sentences or a tool's own log tell of. */
export function writtenOf(unit: string, facts: readonly Fact[]): Request | null {
  const told = factsOf(facts, 'request').filter(
    (f) => f.unit === unit && f.type !== null && f.tense === 'written' && (f.by === 'other' || f.by === 'script'),
  )
  const types = new Set(told.map(({ type }) => type))
  return types.size === 1 ? (told[0] ?? null) : null
}

/** The one that ends so in the log; else the one begun last before the complaint, or at all. */
function typeByLines(unit: string, { result, start }: JobFinished, facts: readonly Fact[]): string | null {
  const own = factsOf(facts, 'job-line').filter((line) => line.unit === unit)
  const ended = own.find((line) => line.phase === 'end' && line.result === result)
  const begun = own.filter((line) => line.phase === 'begin')
  const before = begun.filter((line) => line.start < start)
  return (ended ?? before.at(-1) ?? begun[0])?.type ?? null
}

/** What a request's word stands for in the slot. */
export function plainType(type: string): string {
  if (type === 'try-restart' || type === 'reload-or-restart' || type === 'reload-or-try-restart') return 'restart'
  if (type === 'try-reload') return 'reload'
  return type === 'reload-or-start' ? 'start' : type
}
