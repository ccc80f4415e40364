/** Requests that a log shows one after the other for the same unit, the first of which cannot have been carried out. */

import type { Fact, JobLine, Request } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import type { JobType } from '../systemd/job.ts'
import { jobTypeIsConflicting } from '../systemd/job.ts'

export interface Overtaken {
  readonly unit: string
  readonly type: string
  /** The one request and the other. */
  readonly facts: readonly string[]
}

/** Longer than any job takes whose end the log would not show. */
const LONGEST_USEC = 90_000_000

/** A job that was begun and not ended when a request came that conflicts with it. */
export function findOvertaken(facts: readonly Fact[]): Overtaken | null {
  const requests = factsOf(facts, 'request').filter((one) => one.tense === 'done' && one.at && one.unit !== null)
  const lines = factsOf(facts, 'job-line')
  for (const [i, first] of requests.entries()) {
    const second = requests.slice(i + 1).find((one) => one.unit === first.unit && one.type !== null)
    if (second && conflicts(first, second) && isOpen(first, second, lines)) {
      return { unit: first.unit ?? '', type: first.type ?? '', facts: [first.id, second.id] }
    }
  }
  return null
}

const PLAIN: ReadonlySet<string> = new Set(['start', 'stop', 'restart', 'reload', 'verify-active'])

function conflicts(first: Request, second: Request): boolean {
  const [a, b] = [first.type ?? '', second.type ?? '']
  return PLAIN.has(a) && PLAIN.has(b) && jobTypeIsConflicting(a as JobType, b as JobType)
}

function isOpen(first: Request, second: Request, lines: readonly JobLine[]): boolean {
  const [from, to] = [first.at, second.at]
  if (!from || !to || from.clock !== to.clock || to.usec < from.usec || to.usec - from.usec > LONGEST_USEC) return false
  const own = lines.filter(({ unit, start }) => unit === first.unit && start > first.start && start < second.start)
  // A restart's stop half ends as a stop does.
  const ended = own.some(({ phase, type }) => phase === 'end' && (first.type !== 'restart' || type !== 'stop'))
  return own.some(({ phase }) => phase === 'begin') && !ended
}
