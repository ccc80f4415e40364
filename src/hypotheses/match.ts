/** Which rules fire on a situation, with what their variables are bound to and which facts they rest on. */

import type { Fact } from '../evidence/fact.ts'
import { onceFor } from '../evidence/once-for.ts'
import type { Situation } from '../graph/assemble.ts'
import { RULE_MATCHES } from '../limits.ts'
import type { Fields, Match } from './clause.ts'
import { fixed, withOpenFields } from './clause.ts'
import { factsFitting, fieldOf } from './fact-index.ts'
import { OF_GRAPH } from './graph-clauses.ts'
import type { Needs } from './needs.ts'
import { areThere, needsOf } from './needs.ts'
import type { Bindings } from './pattern.ts'
import { fits, isOpen } from './pattern.ts'
import type { Clause, Pattern } from './rule.ts'

const START: Match = { bound: {}, facts: [] }
const FROM_START: readonly Match[] = [START]

/** Every way in which all clauses hold, each distinct binding once, at most `limit`. What needs no binding goes first. */
export function matches(
  clauses: readonly Clause[],
  s: Situation,
  from: Match = START,
  limit: number = RULE_MATCHES,
): readonly Match[] {
  const parts = partsOf(clauses)
  const { open, needs } = parts
  if (!needs.every((some) => areThere(some, s))) return []
  const facts = parts.settled.length === 0 ? NO_FACTS : settledFacts(parts, s)
  if (facts === null) return []
  if (from === START && limit === RULE_MATCHES) return withFacts(facts, openMatches(open, s))
  let found: readonly Match[] = facts.length === 0 ? [from] : [{ bound: from.bound, facts: [...from.facts, ...facts] }]
  for (let i = 0; i < open.length; i++) {
    found = joined(found, open[i]!, s, i === open.length - 1 ? limit : RULE_MATCHES)
    if (found.length === 0) return found
  }
  return found
}

const NO_FACTS: readonly string[] = []

const withFacts = (facts: readonly string[], found: readonly Match[]): readonly Match[] =>
  facts.length === 0 ? found : found.map((match) => ({ bound: match.bound, facts: [...facts, ...match.facts] }))

/** What the first clauses of a rule have brought about, by the clause that comes next. */
interface Steps {
  readonly found: readonly Match[]
  readonly next: Map<Part, Steps>
}

const firstStep = onceFor((_: Situation): Steps => ({ found: FROM_START, next: new Map() }))

/** Many rules begin with the same clauses, which are looked at once for each situation. */
function openMatches(open: readonly Part[], s: Situation): readonly Match[] {
  let steps = firstStep(s)
  for (const part of open) {
    const { found, next } = steps
    const known = next.get(part)
    steps = known ?? { found: joined(found, part, s, RULE_MATCHES), next: new Map<Part, Steps>() }
    if (!known) next.set(part, steps)
    if (steps.found.length === 0) break
  }
  return steps.found
}

/** The matches with what one more clause adds, each distinct binding once. */
function joined(found: readonly Match[], part: Part, s: Situation, limit: number): readonly Match[] {
  const first = found.length === 1 ? partMatches(part, s, found[0]!) : null
  // Nothing to tell apart, as most of the time.
  if (first && first.length <= 1) return first
  const byKey = new Map<string, { readonly bound: Bindings; readonly facts: Set<string> }>()
  let last: { readonly bound: Bindings; readonly key: string } | undefined
  search: for (const match of found) {
    const more = first ?? partMatches(part, s, match)
    for (const { bound, facts } of more) {
      // Facts that bind nothing new share their bindings.
      if (last?.bound !== bound) last = { bound, key: JSON.stringify(bound) }
      const { key } = last
      const same = byKey.get(key)
      if (same) for (const fact of facts) same.facts.add(fact)
      else byKey.set(key, { bound, facts: new Set(facts) })
      if (byKey.size >= limit) break search
    }
  }
  return [...byKey.values()].map(({ bound, facts }) => ({ bound, facts: [...facts] }))
}

/** A clause, taken apart. Clauses that say the same are one and the same part. */
interface Part {
  readonly predicate: string
  readonly argument: Clause[string]
}

interface Parts {
  /** Without a variable: they hold or not whatever is bound. */
  readonly settled: readonly Part[]
  /** The same, those first that are looked up fastest. */
  readonly quickest: readonly Part[]
  /** In their order. */
  readonly open: readonly Part[]
  /** Of each. */
  readonly needs: readonly Needs[]
}

const known = new Map<string, Part>()

const partsOf = onceFor((clauses: readonly Clause[]): Parts => {
  const isSettled = (clause: Clause) => !isOpen(Object.values(clause))
  const settled = clauses.filter(isSettled).map(partOf)
  return {
    settled,
    quickest: [...settled].sort((a, b) => Number(asksOfAll(a)) - Number(asksOfAll(b))),
    open: clauses.filter((clause) => !isSettled(clause)).map(partOf),
    needs: clauses.map(needsOf),
  }
})

/** Of the facts, not of the job in question: there may be very many. */
const asksOfAll = ({ predicate, argument }: Part): boolean =>
  predicate !== 'focus' && JSON.stringify(argument).replace(/"focus":\{[^{}]*\}|[[\]{},]/g, '') !== ''

function partOf(clause: Clause): Part {
  const words = JSON.stringify(clause)
  const [[predicate, argument] = ['', []]] = Object.entries(clause)
  const part = known.get(words) ?? { predicate, argument }
  known.set(words, part)
  return part
}

const lookedUp = onceFor((_: Situation) => new Map<Part, readonly string[] | null>())

/** The facts that all of them rest on; null if one does not hold. Each is looked up once for each situation. */
function settledFacts({ settled, quickest }: Parts, s: Situation): readonly string[] | null {
  const looked = lookedUp(s)
  const look = (part: Part) => {
    const known = looked.get(part)
    if (known !== undefined) return known
    const found = joined(FROM_START, part, s, RULE_MATCHES)[0]?.facts ?? null
    looked.set(part, found)
    return found
  }
  if (quickest.some((part) => look(part) === null)) return null
  return settled.flatMap((part) => look(part) ?? NO_FACTS)
}

function partMatches({ predicate, argument }: Part, s: Situation, match: Match): Match[] {
  switch (predicate) {
    case 'any':
      return (argument as readonly (readonly Clause[])[]).flatMap((clauses) => matches(listOf(clauses), s, match))
    case 'none':
      return matches(argument as readonly Clause[], s, match, 1).length === 0 ? [match] : []
    case 'several':
      return matches(argument as readonly Clause[], s, match, 2).length > 1 ? [match] : []
    case 'focus':
      return focusMatches(argument as Fields, s, match)
    case 'order':
      return orderMatches(argument as readonly Pattern[], s, match)
    case 'within':
      return withinMatches(argument as Fields, s, match)
    default:
      return (
        OF_GRAPH.get(predicate)?.(argument as Fields, s, match) ?? factMatches(predicate, argument as Fields, s, match)
      )
  }
}

const listOf = (clauses: readonly Clause[] | Clause): readonly Clause[] =>
  Array.isArray(clauses) ? clauses : [clauses as Clause]

/** A fact of the kind that the predicate names. `as: $x` binds its id; dots reach into fields: `params.state`. */
function factMatches(kind: string, fields: Fields, s: Situation, match: Match): Match[] {
  const found: Match[] = []
  for (const fact of factsFitting(s.facts, kind, fixed(fields.unit, match), fields)) {
    const bound = withOpenFields(fields, fact, fieldOf, match.bound)
    if (bound) found.push({ bound, facts: [...match.facts, fact.id] })
  }
  return found
}

/**
 * The job asked about. A type that the paste does not tell fits any pattern, and binds nothing: the rule's defaults say
 * what is assumed.
 */
function focusMatches(fields: Fields, s: Situation, match: Match): Match[] {
  const { focus } = s
  if (!focus) return []
  let bound: Bindings | null = match.bound
  for (const [key, pattern] of Object.entries(fields)) {
    if (bound === null) return []
    if (key === 'type' && focus.type === null) continue
    bound = fits(pattern, focus[key as keyof typeof focus], bound)
  }
  return bound === null ? [] : [{ bound, facts: [...match.facts, focus.fact] }]
}

/** `order: [$a, $b]`: the facts stand in this order, by their times where both have one. */
function orderMatches(names: readonly Pattern[], s: Situation, match: Match): Match[] {
  const facts = names.map((name) => s.byId.get(match.bound[String(name).replace(/^\$/, '')] ?? ''))
  for (let i = 1; i < facts.length; i++) {
    const [a, b] = [facts[i - 1], facts[i]]
    if (!a || !b || !isBefore(a, b)) return []
  }
  return [match]
}

function isBefore(a: Fact, b: Fact): boolean {
  if (a.at && b.at && a.at.clock === b.at.clock && a.at.usec !== b.at.usec) return a.at.usec < b.at.usec
  return a.start < b.start
}

/** `within: {a, b, seconds}`: two facts with times of the same clock, not further apart. No times: it does not hold. */
function withinMatches(fields: Fields, s: Situation, match: Match): Match[] {
  const [a, b] = ['a', 'b'].map((key) => s.byId.get(match.bound[String(fields[key]).replace(/^\$/, '')] ?? ''))
  if (!a?.at || !b?.at || a.at.clock !== b.at.clock) return []
  return Math.abs(a.at.usec - b.at.usec) <= Number(fields.seconds) * 1_000_000 ? [match] : []
}
