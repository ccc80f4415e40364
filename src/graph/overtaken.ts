/** Requests that a log shows one after the other for the same unit, the first of which cannot have been carried out. */

import type { Fact, JobLine, Request } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { grouped } from '../evidence/grouped.ts'
import type { JobType } from '../systemd/job.ts'
import { jobTypeIsConflicting } from '../systemd/job.ts'
import { findFrom } from './in-order.ts'

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
  const lines = grouped(factsOf(facts, 'job-line'), ({ unit }) => unit)
  const followers = followersOf(requests)
  for (const first of requests) {
    const second = followers.get(first)
    if (second && conflicts(first, second) && isOpen(first, second, lines.get(first.unit) ?? [])) {
      return { unit: first.unit ?? '', type: first.type ?? '', facts: [first.id, second.id] }
    }
  }
  return null
}

/** The next request of a known job for the same unit. */
function followersOf(requests: readonly Request[]): Map<Request, Request | undefined> {
  const followers = new Map<Request, Request | undefined>()
  const latest = new Map<string | null, Request>()
  for (const request of requests.toReversed()) {
    followers.set(request, latest.get(request.unit))
    if (request.type !== null) latest.set(request.unit, request)
  }
  return followers
}

const PLAIN: ReadonlySet<string> = new Set(['start', 'stop', 'restart', 'reload', 'verify-active'])

function conflicts(first: Request, second: Request): boolean {
  const [a, b] = [first.type ?? '', second.type ?? '']
  return PLAIN.has(a) && PLAIN.has(b) && jobTypeIsConflicting(a as JobType, b as JobType)
}

function isOpen(first: Request, second: Request, lines: readonly JobLine[]): boolean {
  const [from, to] = [first.at, second.at]
  if (!from || !to || from.clock !== to.clock || to.usec < from.usec || to.usec - from.usec > LONGEST_USEC) return false
  // A restart's stop half ends as a stop does.
  const ends = ({ phase, type }: JobLine) => phase === 'end' && (first.type !== 'restart' || type !== 'stop')
  const isBetween = (suits: (line: JobLine) => boolean): boolean => {
    const line = findFrom(lines, first.start + 1, (one) => one.start >= second.start || suits(one))
    return line !== undefined && line.start < second.start
  }
  // Nothing is said of a target before it is reached.
  const waits = first.type === 'start' && first.unit?.endsWith('.target') === true
  return (waits || isBetween(({ phase }) => phase === 'begin')) && !isBetween(ends)
}
