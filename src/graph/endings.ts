/**
 * Jobs that the journal shows begun and never ended: something else took their slot, or somebody canceled them. No
 * release prints `canceled` above debug level, so what comes next for the same unit is all there is to see.
 */

import type { Fact, JobLine, ManagerLine, Moment } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { grouped } from '../evidence/grouped.ts'
import { findFrom } from './in-order.ts'
import type { JobLines } from './job-lines.ts'

export interface Ending {
  readonly unit: string
  readonly type: 'start' | 'stop' | 'reload' | 'restart'
  /** What came next: 'restart' where the unit was still said to be stopped, 'nothing' where the log goes on without. */
  readonly next: 'start' | 'restart' | 'stop' | 'reload' | 'verify-active' | 'nothing'
  /** The line that began the job, and the one that shows it gone. */
  readonly facts: readonly string[]
  /** A start or a reload that was stopped and begun again at once: a restart merges with it and displaces nothing. */
  readonly merged?: boolean
  /** A stop whose unit is down all the same, and nobody says `Stopped`: the job was gone by then. */
  readonly lost?: boolean
}

export function findEndings(lines: JobLines, facts: readonly Fact[]): Ending[] {
  const log = { refusals: reloadsRefused(facts), downs: downs(facts), facts, ends: new Map<string, number>() }
  const seen = [...lines].flatMap(([unit, own]) => endingsOf(unit, own, log))
  const said = new Set(seen.map(wordsOf))
  const others = [...displacements(facts), ...queuedInstead(facts)]
  return [...seen, ...others.filter((told) => !said.has(wordsOf(told)))]
}

/** What is looked up for every unit. */
interface Log {
  readonly facts: readonly Fact[]
  /** By unit. */
  readonly refusals: ReadonlyMap<string | null, readonly ManagerLine[]>
  readonly downs: ReadonlyMap<string | null, readonly Fact[]>
  /** The latest time in each format, as far as it was asked for. */
  readonly ends: Map<string, number>
}

const wordsOf = ({ unit, type, next }: Ending) => `${unit} ${type} ${next}`

/** What job_install() says at debug level, and the flight recorder at any: the old job's end, then the new one. */
function displacements(facts: readonly Fact[]): Ending[] {
  const debug = factsOf(facts, 'job-debug').filter(({ event }) => event === 'installed')
  const installed = grouped(debug, ({ unit }) => unit)
  return factsOf(facts, 'job-finished').flatMap((ended) => {
    const { unit, via, result } = ended
    if (via !== 'debug' || result !== 'canceled' || unit === null || !isSlotType(ended.type)) return []
    const next = findFrom(installed.get(unit) ?? [], ended.start, ({ jobId }) => jobId !== ended.jobId)
    if (!next || !isSlotType(next.type) || !isSoon(ended, next)) return []
    return [{ unit, type: ended.type, next: next.type, facts: [ended.id, next.id] }]
  })
}

/** A list of jobs that was made after the complaint has the one that holds the slot now. */
function queuedInstead(facts: readonly Fact[]): Ending[] {
  const queued = grouped(factsOf(facts, 'queued-job'), ({ unit }) => unit)
  return factsOf(facts, 'job-finished').flatMap((ended) => {
    const { unit, type, via, result } = ended
    if (via === 'debug' || result !== 'canceled' || unit === null) return []
    const next = findFrom(queued.get(unit) ?? [], ended.start, ({ jobId }) => jobId !== ended.jobId)
    if (!next || !isSlotType(next.type)) return []
    const was = isSlotType(type) ? type : next.type === 'stop' ? 'start' : 'stop'
    return was === next.type ? [] : [{ unit, type: was, next: next.type, facts: [ended.id, next.id] }]
  })
}

const isSlotType = (type: string | null): type is Ending['type'] =>
  type === 'start' || type === 'stop' || type === 'reload' || type === 'restart'

function endingsOf(unit: string, lines: readonly JobLine[], log: Log): Ending[] {
  const found: Ending[] = []
  let open: JobLine | null = null
  lines.forEach((line, i) => {
    const next = nextOf(open, line, lines[i + 1])
    if (open && next) {
      const merged = next === 'stop' && comesBack(lines, i)
      found.push({ unit, type: begunBy(open), next, facts: [open.id, line.id], merged })
    }
    open = line.phase === 'begin' ? line : null
  })
  const last = open as JobLine | null
  const refusals = last && typeOf(last) === 'stop' ? log.refusals.get(unit) : undefined
  const reload = refusals?.find(({ start }) => start > (last?.start ?? 0))
  if (last && reload) found.push({ unit, type: 'stop', next: 'reload', facts: [last.id, reload.id] })
  else if (last && logGoesOn(last, log)) {
    const down = typeOf(last) === 'stop' ? downAfter(last, log.downs.get(unit)) : undefined
    const facts = down ? [last.id, down.id] : [last.id]
    found.push({ unit, type: begunBy(last), next: 'nothing', facts, lost: down !== undefined })
  }
  return found
}

/** A state, which a status shows above its lines, and what the manager says before it ends a stop job. */
const downs = (facts: readonly Fact[]) =>
  grouped(
    [
      ...factsOf(facts, 'unit-state').filter(({ active }) => active === 'inactive'),
      ...factsOf(facts, 'manager-line').filter(({ key }) => key === 'unit-succeeded'),
    ],
    ({ unit }) => unit,
  )

/** The last thing said of the unit while its stop was open: its state, or that it is down. */
const downAfter = (stop: JobLine, all: readonly Fact[] = []): Fact | undefined =>
  all.findLast(({ kind, start }) => kind === 'unit-state' || start > stop.start)

/** A reload that takes a stop's slot can only fail, and says so. */
const reloadsRefused = (facts: readonly Fact[]) =>
  grouped(
    factsOf(facts, 'manager-line').filter(({ key }) => RELOAD_REFUSED.has(key)),
    ({ unit }) => unit,
  )

const RELOAD_REFUSED: ReadonlySet<string> = new Set(['unit-reload-inactive', 'history-reload-inactive'])

/** A field of the log tells a restart from what it begins with. */
const begunBy = (line: JobLine): Ending['type'] => (line.type === 'restart' ? 'restart' : typeOf(line))

const typeOf = ({ type }: JobLine): 'start' | 'stop' | 'reload' =>
  type === 'stop' || type === 'reload' ? type : 'start'

/** What a line says of a job that was open until then; null where it is that job's own end. */
function nextOf(open: JobLine | null, line: JobLine, after: JobLine | undefined): Ending['next'] | null {
  if (!open) return null
  // A check that the unit is up, which came while it was going down.
  if (line.type === 'verify-active') return typeOf(open) === 'stop' ? 'verify-active' : null
  const [was, is] = [typeOf(open), typeOf(line)]
  const numbered = open.jobId !== null && line.jobId !== null
  if (numbered && open.jobId === line.jobId) return null
  if (numbered && open.type !== line.type) return line.type
  if (was !== is) return is
  // The stop half of a restart ends as a stop does, and the start follows at once.
  const restarts = was === 'stop' && line.phase === 'end' && after && typeOf(after) === 'start'
  return restarts && isSoon(line, after) ? 'restart' : null
}

/** From a stop's first or last line on: down, and on the way up again at once. */
function comesBack(lines: readonly JobLine[], from: number): boolean {
  const down = lines[from]?.phase === 'end' ? from : from + 1
  const [stopped, after] = [lines[down], lines[down + 1]]
  if (!stopped || !after || stopped.type !== 'stop' || stopped.phase !== 'end') return false
  return after.phase === 'begin' && typeOf(after) === 'start' && isSoon(stopped, after)
}

const SOON_USEC = 1_000_000

const isSoon = (a: Fact, b: Fact) => !a.at || !b.at || b.at.usec - a.at.usec <= SOON_USEC

const MARGIN_USEC = 1_500_000

/** Silence tells something only where the log has more to say, and of a later time. */
function logGoesOn({ source, at }: JobLine, { facts, ends }: Log): boolean {
  if (at === undefined) return false
  const key = `${source} ${at.clock}`
  const end = ends.get(key) ?? endOf(source, at.clock, facts)
  ends.set(key, end)
  return end > at.usec + MARGIN_USEC
}

function endOf(source: string, clock: Moment['clock'], facts: readonly Fact[]): number {
  let latest = Number.NEGATIVE_INFINITY
  for (const fact of facts) {
    if (fact.source === source && fact.at?.clock === clock && fact.at.usec > latest) latest = fact.at.usec
  }
  return latest
}
