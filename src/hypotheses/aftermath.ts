/** What a displaced job left behind in a log, told from what somebody complains of. */

import type { Fact } from '../evidence/fact.ts'
import type { Situation } from '../graph/assemble.ts'
import type { Ending } from '../graph/endings.ts'
import { isDisplaced } from '../graph/focus.ts'
import type { Hypothesis } from './imagine.ts'
import type { Bindings } from './pattern.ts'
import { substitute } from './pattern.ts'
import type { Rule } from './rule.ts'
import { isAmong } from './unit-sets.ts'

/** How far from the two lines that show a displaced job something may stand that belongs to the same incident. */
const AROUND_USEC = 2_000_000

/** What systemd and others log as things happen; nobody asks anything with these. */
const LOGGED: ReadonlySet<string> = new Set([
  ...['job-line', 'manager-line', 'process-exit', 'condition-skip', 'unit-text', 'other-log', 'request', 'reload'],
])

/**
 * A start that gives way to a stop ends its program by a signal, and the unit calls that a failure; another unit that
 * failed just then may be why. Where a log shows a job displaced, and no more than this around it, the job is what it
 * is about.
 */
export function isAftermath({ rule, bound, facts }: Hypothesis, s: Situation): boolean {
  // One of systemd's own units that was skipped is on every machine, and nobody's question.
  if (rule.certain && !isAmong('early', bound.unit ?? '')) return false
  const cited = facts.flatMap((id) => s.byId.get(id) ?? [])
  const isLogged = (fact: Fact) => LOGGED.has(fact.kind) || (isOfFailure(fact) && setsOff(s))
  return s.endings.filter(isDisplaced).some((ending) => {
    if (explains(rule, bound, ending)) return false
    return cited.every((fact) => isSurrounding(fact, ending, s) || (isLogged(fact) && isAround(fact, ending, s)))
  })
}

/** The manager's own words of how a job failed, or of what goes down for that. */
const isOfFailure = (fact: Fact): boolean =>
  fact.kind === 'shutdown' || (fact.kind === 'job-finished' && (fact.via === 'manager' || fact.via === 'catalog'))

/** A failure that starts something else, or takes the machine down. */
const setsOff = ({ facts }: Situation): boolean =>
  facts.some(
    (fact) =>
      (fact.kind === 'manager-line' && fact.key === 'unit-triggering-on') ||
      (fact.kind === 'shutdown' && fact.requester?.endsWith(' failed')),
  )

/** It says itself what displaced that job. */
function explains({ job, replacedBy }: Rule, bound: Bindings, { unit, type }: Ending): boolean {
  if (replacedBy === undefined || job === undefined) return false
  return substitute(job.type, bound) === type && substitute(job.unit, bound) === unit
}

/** Its own state, or what is shown after that: the first unit of a status is the one somebody asks about. */
const isSurrounding = (fact: Fact, { unit }: Ending, { facts }: Situation): boolean =>
  fact.kind === 'unit-state' &&
  facts.some((own) => own.kind === 'unit-state' && own.unit === unit && own.start <= fact.start)

/** What has no time may be anywhere. */
function isAround(fact: Fact, ending: Ending, s: Situation): boolean {
  const [begun, seen] = [ending.facts[0], ending.facts.at(-1)].map((id) => s.byId.get(id ?? '')?.at)
  const { at } = fact
  if (!at || !begun || !seen || at.clock !== begun.clock) return true
  return at.usec >= begun.usec - AROUND_USEC && at.usec <= seen.usec + AROUND_USEC
}
