/** Conditions about units and their edges: what a rule can ask of the graph. */

import type { Situation } from '../graph/assemble.ts'
import { RULE_MATCHES } from '../limits.ts'
import type { JobType } from '../systemd/job.ts'
import { jobTypeIsConflicting } from '../systemd/job.ts'
import { templateOf, unitTypeOf } from '../systemd/unit.ts'
import type { Fields, Match } from './clause.ts'
import { fixed, withFields } from './clause.ts'
import { edgeMatches, pullsInMatches, stopsWithMatches } from './edge-clauses.ts'
import { filesOf, settingsFitting } from './graph-index.ts'
import { loopMatches } from './loop-clauses.ts'
import type { Value } from './pattern.ts'
import { fits } from './pattern.ts'
import type { Pattern } from './rule.ts'

/** By the name that a condition has. */
export const OF_GRAPH: ReadonlyMap<string, (fields: Fields, s: Situation, match: Match) => Match[]> = new Map([
  ['unit', unitMatches],
  ['edge', edgeMatches],
  ['pulls-in', pullsInMatches],
  ['stops-with', stopsWithMatches],
  ['setting', settingMatches],
  ['slot', slotMatches],
  ['closes-loop', loopMatches],
  ['conflicting', (fields, _, match) => conflicting(fields, match)],
  ['same', (fields, _, match) => equality(fields, match, true)],
  ['differs', (fields, _, match) => equality(fields, match, false)],
])

/** Shown so soon after its last change that whoever shows it has just been at it. */
const FRESH_USEC = 120_000_000

/** `unit: {name, type, file: true, active, load, result, fresh}`. */
function unitMatches(fields: Fields, s: Situation, match: Match): Match[] {
  const found: Match[] = []
  const name = fixed(fields.name, match)
  const known = name === undefined ? undefined : s.units.nodes.get(name)
  for (const node of name === undefined ? s.units.nodes.values() : known ? [known] : []) {
    const state = node.state
    const values = {
      name: node.name,
      type: unitTypeOf(node.name),
      file: node.config !== undefined,
      active: state?.active ?? null,
      sub: state?.sub ?? null,
      load: state?.load ?? node.config?.loadState ?? null,
      result: state?.result ?? null,
      'file-state': state?.fileState ?? null,
      fresh: state?.sinceAgoUsec === undefined || state.sinceAgoUsec === null ? null : state.sinceAgoUsec <= FRESH_USEC,
    }
    found.push(...withFields(fields, values, match, () => (state ? [state.id] : factsOfUnit(s, node.name))))
  }
  return found
}

const factsOfUnit = (s: Situation, name: string): string[] => filesOf([name], s).map((file) => file.fact)

/**
 * `slot: {unit, type, next}`: a job that the journal shows begun, and what is seen in its place. `begun` and `seen` are
 * the ids of the lines that show both.
 */
function slotMatches(fields: Fields, s: Situation, match: Match): Match[] {
  return s.endings.flatMap(({ unit, type, next, facts }) =>
    withFields(fields, { unit, type, next, begun: facts[0], seen: facts.at(-1) }, match, () => facts),
  )
}

/** `setting: {unit, section, key, value}`: one assignment of a pasted file; a template's are those of its instances. */
function settingMatches(fields: Fields, s: Situation, match: Match): Match[] {
  const settings = settingsFitting(fields, s)
  if (settings.length === 0) return NONE
  const found: Match[] = []
  const unit = fixed(fields.unit, match)
  const template = unit === undefined ? undefined : templateOf(unit)
  for (const { file, section, key, value } of settings) {
    if (unit !== undefined && file.unit !== unit && file.unit !== template) continue
    for (const owner of unit !== undefined ? [unit] : ownersOf(file.unit, s)) {
      found.push(...withFields(fields, { unit: owner, section, key, value }, match, () => [file.fact]))
    }
  }
  return found
}

const NONE: Match[] = []

/** A unit itself, or the instances of a template that the paste speaks of. */
function ownersOf(unit: string, s: Situation): readonly string[] {
  if (!unit.includes('@.')) return [unit]
  const instances = [...s.units.nodes.keys()].filter((name) => templateOf(name) === unit)
  return instances.length > 0 ? instances.slice(0, RULE_MATCHES) : [unit]
}

function conflicting(fields: Fields, match: Match): Match[] {
  const [a, b] = [fields.a, fields.b].map((p) =>
    typeof p === 'string' && p.startsWith('$') ? match.bound[p.slice(1)] : p,
  )
  if (typeof a !== 'string' || typeof b !== 'string') return [match]
  return jobTypeIsConflicting(a as JobType, b as JobType) ? [match] : []
}

/** `same: {a, b}`, `differs: {a, b}`: `a` is a variable or a word, `b` any pattern. An unbound `a` is nothing. */
function equality(fields: Fields, match: Match, wanted: boolean): Match[] {
  const a = resolved(fields.a, match)
  if (a === undefined) return wanted ? [] : [match]
  const b = resolved(fields.b, match)
  const same = b !== undefined && fits(b, a as Value, match.bound) !== null
  return same === wanted ? [match] : []
}

const resolved = (pattern: Pattern | undefined, match: Match): Pattern | undefined =>
  typeof pattern === 'string' && pattern.startsWith('$') ? match.bound[pattern.slice(1)] : pattern
