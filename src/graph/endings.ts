/**
 * Jobs that the journal shows begun and never ended: something else took their slot, or somebody canceled them. No
 * release prints `canceled` above debug level, so what comes next for the same unit is all there is to see.
 */

import type { Fact, JobLine } from '../evidence/fact.ts'
import type { JobLines } from './job-lines.ts'

export interface Ending {
  readonly unit: string
  readonly type: 'start' | 'stop' | 'reload'
  /** What came next: 'restart' where the unit was still said to be stopped, 'nothing' where the log goes on without. */
  readonly next: 'start' | 'restart' | 'stop' | 'reload' | 'nothing'
  /** The line that began the job, and the one that shows it gone. */
  readonly facts: readonly string[]
}

export function findEndings(lines: JobLines, facts: readonly Fact[]): Ending[] {
  return [...lines].flatMap(([unit, own]) => endingsOf(unit, own, facts))
}

function endingsOf(unit: string, lines: readonly JobLine[], facts: readonly Fact[]): Ending[] {
  const found: Ending[] = []
  let open: JobLine | null = null
  lines.forEach((line, i) => {
    const next = nextOf(open, line, lines[i + 1])
    if (open && next) found.push({ unit, type: typeOf(open), next, facts: [open.id, line.id] })
    open = line.phase === 'begin' ? line : null
  })
  const last = open as JobLine | null
  if (last && logGoesOn(last, facts)) found.push({ unit, type: typeOf(last), next: 'nothing', facts: [last.id] })
  return found
}

const typeOf = ({ type }: JobLine): Ending['type'] => (type === 'stop' || type === 'reload' ? type : 'start')

/** What a line says of a job that was open until then; null where it is that job's own end. */
function nextOf(open: JobLine | null, line: JobLine, after: JobLine | undefined): Ending['next'] | null {
  if (!open) return null
  const [was, is] = [typeOf(open), typeOf(line)]
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
  return facts.some(
    (fact) => fact.source === last.source && fact.at?.clock === at.clock && fact.at.usec > at.usec + MARGIN_USEC,
  )
}
