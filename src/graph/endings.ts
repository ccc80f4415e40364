/**
 * Jobs that the journal shows begun and never ended: something else took their slot, or somebody canceled them. No
 * release prints `canceled` above debug level, so what comes next for the same unit is all there is to see.
 */

import type { Fact, JobLine } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import type { JobLines } from './job-lines.ts'

export interface Ending {
  readonly unit: string
  readonly type: 'start' | 'stop' | 'reload' | 'restart'
  /** What came next: 'restart' where the unit was still said to be stopped, 'nothing' where the log goes on without. */
  readonly next: 'start' | 'restart' | 'stop' | 'reload' | 'verify-active' | 'nothing'
  /** The line that began the job, and the one that shows it gone. */
  readonly facts: readonly string[]
}

export function findEndings(lines: JobLines, facts: readonly Fact[]): Ending[] {
  const seen = [...lines].flatMap(([unit, own]) => endingsOf(unit, own, facts))
  const told = displacements(facts).filter(
    ({ unit, type, next }) => !seen.some((one) => one.unit === unit && one.type === type && one.next === next),
  )
  return [...seen, ...told]
}

/** What job_install() says at debug level, and the flight recorder at any: the old job's end, then the new one. */
function displacements(facts: readonly Fact[]): Ending[] {
  const installed = factsOf(facts, 'job-debug').filter(({ event }) => event === 'installed')
  return factsOf(facts, 'job-finished').flatMap((ended) => {
    const { unit, via, result } = ended
    if (via !== 'debug' || result !== 'canceled' || unit === null || !isSlotType(ended.type)) return []
    const next = installed.find((one) => one.unit === unit && one.start >= ended.start && one.jobId !== ended.jobId)
    if (!next || !isSlotType(next.type) || !isSoon(ended, next)) return []
    return [{ unit, type: ended.type, next: next.type, facts: [ended.id, next.id] }]
  })
}

const isSlotType = (type: string | null): type is Ending['type'] =>
  type === 'start' || type === 'stop' || type === 'reload' || type === 'restart'

function endingsOf(unit: string, lines: readonly JobLine[], facts: readonly Fact[]): Ending[] {
  const found: Ending[] = []
  let open: JobLine | null = null
  lines.forEach((line, i) => {
    const next = nextOf(open, line, lines[i + 1])
    if (open && next) found.push({ unit, type: begunBy(open), next, facts: [open.id, line.id] })
    open = line.phase === 'begin' ? line : null
  })
  const last = open as JobLine | null
  const reload = last && typeOf(last) === 'stop' ? reloadRefused(unit, last, facts) : undefined
  if (last && reload) found.push({ unit, type: 'stop', next: 'reload', facts: [last.id, reload.id] })
  else if (last && logGoesOn(last, facts)) found.push({ unit, type: begunBy(last), next: 'nothing', facts: [last.id] })
  return found
}

/** A reload that takes a stop's slot can only fail, and says so. */
const reloadRefused = (unit: string, stopping: JobLine, facts: readonly Fact[]): Fact | undefined =>
  factsOf(facts, 'manager-line').find(
    (line) => line.unit === unit && RELOAD_REFUSED.has(line.key) && line.start > stopping.start,
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

const SOON_USEC = 1_000_000

const isSoon = (a: Fact, b: Fact) => !a.at || !b.at || b.at.usec - a.at.usec <= SOON_USEC

const MARGIN_USEC = 1_500_000

/** Silence tells something only where the log has more to say, and of a later time. */
function logGoesOn(last: JobLine, facts: readonly Fact[]): boolean {
  const { at } = last
  if (at === undefined) return false
  // The later ones are most often further down.
  const later = facts.findLast(
    (fact) => fact.source === last.source && fact.at?.clock === at.clock && fact.at.usec > at.usec + MARGIN_USEC,
  )
  return later !== undefined
}
