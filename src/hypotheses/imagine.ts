/** Units + timeline + rules → the stories that could have happened, each with a weight before it is played. */

import type { Fact } from '../evidence/fact.ts'
import type { Situation } from '../graph/assemble.ts'
import { STORIES, STORIES_OF_A_RULE } from '../limits.ts'
import type { Match } from './clause.ts'
import { matches } from './match.ts'
import type { Bindings } from './pattern.ts'
import type { Rule } from './rule.ts'

export interface Hypothesis {
  readonly rule: Rule
  readonly bound: Bindings
  /** The same with names for units that the paste does not name, as a story needs them. */
  readonly played: Bindings
  /** Ids of the facts that the rule fired on, and those that made it likelier. */
  readonly facts: readonly string[]
  readonly weight: number
  /** What the rule says stands in the paste. */
  readonly proven: boolean
}

/** The likeliest first, at most STORIES, and of one rule no more than would be shown of it. */
export function imagine(s: Situation, catalog: readonly Rule[]): Hypothesis[] {
  const found: Hypothesis[] = []
  for (const rule of catalog) {
    if (!coversVersion(rule, s) || (rule.told && !s.told)) continue
    for (const match of matches(rule.when, s)) found.push(weigh(rule, match, s))
  }
  found.sort((a, b) => b.weight - a.weight || (a.rule.code < b.rule.code ? -1 : 1))
  return fewOfEach(found).slice(0, STORIES)
}

function fewOfEach(found: readonly Hypothesis[]): Hypothesis[] {
  const counts = new Map<string, number>()
  return found.filter(({ rule }) => {
    const count = (counts.get(rule.code) ?? 0) + 1
    counts.set(rule.code, count)
    return count <= STORIES_OF_A_RULE
  })
}

function coversVersion(rule: Rule, s: Situation): boolean {
  const { version, assumed } = s.systemd
  if (assumed) return true
  return version >= (rule.since ?? 0) && version <= (rule.until ?? Number.POSITIVE_INFINITY)
}

function weigh(rule: Rule, match: Match, s: Situation): Hypothesis {
  const bound: Record<string, string> = { ...rule.defaults, ...match.bound }
  let weight = isBesideThePoint(rule, bound.unit, s) ? rule.prior * BESIDE_THE_POINT : rule.prior
  if (rule.told && match.facts.some((id) => isReason(s.byId.get(id)))) weight *= AS_THE_REASON
  let proven = rule.certain ?? false
  let doubted = false
  const facts = new Set(match.facts)
  for (const { by, proves, when } of rule.likelihoods) {
    const [first] = matches(when, s, { bound: match.bound, facts: [] }, 1)
    if (!first) continue
    weight *= by
    proven ||= proves ?? false
    doubted ||= proves === false
    // What makes it less likely does not speak for it.
    if (by >= 1) for (const fact of first.facts) facts.add(fact)
    for (const [name, value] of Object.entries(first.bound)) bound[name] ??= value
    Object.assign(bound, fillDefaults(rule, first.bound))
  }
  if (bound.new !== undefined && bound.unit !== undefined) bound.new = slotType(bound.new, bound.unit, s)
  return { rule, bound, played: { ...rule.standIns, ...bound }, facts: [...facts], weight, proven: proven && !doubted }
}

/** Mirrors bus_unit_method_start_generic() and job_type_collapse(), for a unit that is not up. */
function slotType(asked: string, unit: string, { units }: Situation): string {
  if (asked !== 'reload-or-restart') return asked
  const canReload = (units.nodes.get(unit)?.config?.service?.exec.ExecReload.length ?? 0) > 0
  return canReload ? 'start' : 'restart'
}

/** What somebody found out counts more than what is spoken of beside it. */
const isReason = (fact: Fact | undefined) => fact?.kind === 'told' && fact.reason === true
const AS_THE_REASON = 4

const BESIDE_THE_POINT = 0.2

/** A job was canceled, and that is what is asked about: what befell another unit is most often noise around it. */
function isBesideThePoint(rule: Rule, unit: string | undefined, { focus }: Situation): boolean {
  if (focus?.result !== 'canceled' || unit === undefined || rule.job === undefined) return false
  return rule.job.result !== 'canceled' && unit !== focus.unit
}

/** A likelihood may bind what the rule only assumes; the last one is believed. */
function fillDefaults(rule: Rule, found: Bindings): Bindings {
  const assumed: Bindings = { ...rule.standIns, ...rule.defaults }
  return Object.fromEntries(Object.entries(found).filter(([name]) => assumed[name] !== undefined))
}
