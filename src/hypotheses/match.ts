/** Which rules fire on a situation, with what their variables are bound to and which facts they rest on. */

import type { Fact } from '../evidence/fact.ts'
import type { Situation } from '../graph/assemble.ts'
import { RULE_MATCHES } from '../limits.ts'
import type { Fields, Match } from './clause.ts'
import { fixed, withOpenFields } from './clause.ts'
import { factsFitting, fieldOf } from './fact-index.ts'
import { graphMatches } from './graph-clauses.ts'
import type { Bindings } from './pattern.ts'
import { fits, isOpen } from './pattern.ts'
import type { Clause, Pattern } from './rule.ts'

const START: Match = { bound: {}, facts: [] }

/** Every way in which all clauses hold, each distinct binding once, at most `limit`. What needs no binding goes first. */
export function matches(
  clauses: readonly Clause[],
  s: Situation,
  from: Match = START,
  limit: number = RULE_MATCHES,
): readonly Match[] {
  const [settled, open] = split(clauses)
  let found: readonly Match[] = [from]
  for (const clause of settled) {
    found = joined(found, (match) => settledMatches(clause, s, match), RULE_MATCHES)
    if (found.length === 0) return found
  }
  for (const [i, clause] of open.entries()) {
    found = joined(found, (match) => clauseMatches(clause, s, match), i === open.length - 1 ? limit : RULE_MATCHES)
    if (found.length === 0) return found
  }
  return found
}

function joined(found: readonly Match[], next: (match: Match) => readonly Match[], limit: number): readonly Match[] {
  const byKey = new Map<string, { readonly bound: Bindings; readonly facts: Set<string> }>()
  search: for (const match of found) {
    const more = next(match)
    // Nothing to tell apart, as most of the time.
    if (found.length === 1 && more.length <= 1) return more
    for (const { bound, facts } of more) {
      const key = JSON.stringify(bound)
      const same = byKey.get(key)
      if (same) for (const fact of facts) same.facts.add(fact)
      else byKey.set(key, { bound, facts: new Set(facts) })
      if (byKey.size >= limit) break search
    }
  }
  return [...byKey.values()].map(({ bound, facts }) => ({ bound, facts: [...facts] }))
}

const splits = new WeakMap<readonly Clause[], readonly [Clause[], Clause[]]>()

/** Clauses without a variable hold or not whatever is bound; the others keep their order. */
function split(clauses: readonly Clause[]): readonly [Clause[], Clause[]] {
  const known = splits.get(clauses)
  if (known) return known
  const isSettled = (clause: Clause) => !isOpen(Object.values(clause))
  const made = [clauses.filter(isSettled), clauses.filter((clause) => !isSettled(clause))] as const
  splits.set(clauses, made)
  return made
}

const settledFacts = new WeakMap<Situation, Map<Clause, readonly string[] | null>>()

/** Looked up once for each situation. */
function settledMatches(clause: Clause, s: Situation, match: Match): Match[] {
  const known = settledFacts.get(s) ?? new Map<Clause, readonly string[] | null>()
  settledFacts.set(s, known)
  let facts = known.get(clause)
  if (facts === undefined) {
    const [first] = joined([START], (start) => clauseMatches(clause, s, start), RULE_MATCHES)
    facts = first?.facts ?? null
    known.set(clause, facts)
  }
  return facts === null ? [] : [{ bound: match.bound, facts: [...match.facts, ...facts] }]
}

function clauseMatches(clause: Clause, s: Situation, match: Match): Match[] {
  const [predicate = ''] = Object.keys(clause)
  const argument = clause[predicate]
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
        graphMatches(predicate, argument as Fields, s, match) ?? factMatches(predicate, argument as Fields, s, match)
      )
  }
}

const listOf = (clauses: readonly Clause[] | Clause): readonly Clause[] =>
  Array.isArray(clauses) ? clauses : [clauses as Clause]

/** A fact of the kind that the predicate names. `as: $x` binds its id; dots reach into fields: `params.state`. */
function factMatches(kind: string, fields: Fields, s: Situation, match: Match): Match[] {
  return factsFitting(s.facts, kind, fixed(fields.unit, match), fields).flatMap((fact) =>
    withOpenFields(
      fields,
      (key) => fieldOf(fact, key),
      match,
      () => [fact.id],
    ),
  )
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
