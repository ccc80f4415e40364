/** Conditions about units and their edges: what a rule can ask of the graph. */

import type { Situation } from '../graph/assemble.ts'
import type { DependencyType } from '../systemd/atoms.ts'
import type { JobType } from '../systemd/job.ts'
import { jobTypeIsConflicting } from '../systemd/job.ts'
import { unitTypeOf } from '../systemd/unit.ts'
import { loopMatches } from './loop-clauses.ts'
import type { Bindings, Value } from './pattern.ts'
import { fits } from './pattern.ts'
import type { Pattern } from './rule.ts'

export type Match = { readonly bound: Bindings; readonly facts: readonly string[] }
type Fields = { readonly [key: string]: Pattern }

/** Kinds through which a start brings another unit up with it, and a stop brings it down. */
const PULLS: readonly DependencyType[] = ['Requires', 'BindsTo', 'Wants', 'Upholds', 'Requisite']
const STOPS: readonly DependencyType[] = ['RequiredBy', 'RequisiteOf', 'BoundBy', 'ConsistsOf', 'PropagatesStopTo']

/** Null where the predicate is none of the graph's. */
export function graphMatches(predicate: string, fields: Fields, s: Situation, match: Match): Match[] | null {
  switch (predicate) {
    case 'unit':
      return unitMatches(fields, s, match)
    case 'edge':
      return edgeMatches(fields, s, match)
    case 'pulls-in':
      return closureMatches(fields, s, match, PULLS)
    case 'stops-with':
      return closureMatches(fields, s, match, STOPS)
    case 'setting':
      return settingMatches(fields, s, match)
    case 'slot':
      return slotMatches(fields, s, match)
    case 'closes-loop':
      return loopMatches(fields, s, match)
    case 'conflicting':
      return conflicting(fields, match)
    case 'same':
      return equality(fields, match, true)
    case 'differs':
      return equality(fields, match, false)
    default:
      return null
  }
}

function withFields(fields: Fields, values: Readonly<Record<string, Value>>, match: Match, facts: string[]): Match[] {
  let bound: Bindings | null = match.bound
  for (const [key, pattern] of Object.entries(fields)) {
    if (bound === null) return []
    bound = fits(pattern, values[key], bound)
  }
  return bound === null ? [] : [{ bound, facts: [...match.facts, ...facts] }]
}

/** `unit: {name, type, file: true, active, load, result, description}`. */
function unitMatches(fields: Fields, s: Situation, match: Match): Match[] {
  const found: Match[] = []
  for (const node of s.units.nodes.values()) {
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
    }
    found.push(...withFields(fields, values, match, state ? [state.id] : factsOfUnit(s, node.name)))
  }
  return found
}

const factsOfUnit = (s: Situation, name: string): string[] =>
  s.units.files.filter((file) => file.unit === name).map((file) => file.fact)

/** `slot: {unit, type, next}`: a job that the journal shows begun, and what is seen in its place. */
function slotMatches(fields: Fields, s: Situation, match: Match): Match[] {
  return s.endings.flatMap(({ unit, type, next, facts }) => withFields(fields, { unit, type, next }, match, [...facts]))
}

/** `edge: {from, kind, to}`: configured or shown; `origin: file` leaves out what systemd adds by itself. */
function edgeMatches(fields: Fields, s: Situation, match: Match): Match[] {
  const found: Match[] = []
  for (const [from, kinds] of s.units.edges) {
    if (fields.from !== undefined && fits(fields.from, from, match.bound) === null) continue
    for (const [kind, others] of kinds) {
      for (const to of others) {
        if (isStock(from) && isStock(to)) continue
        found.push(...withFields(fields, { from, kind, to }, match, edgeFacts(s, from, to)))
      }
    }
  }
  return found
}

/** Edges between systemd's own targets are in every paste's graph and say nothing about this incident. */
const STOCK = new Set(['sysinit.target', 'basic.target', 'shutdown.target', 'system.slice', '-.slice', 'app.slice'])
const isStock = (name: string) => STOCK.has(name)

function edgeFacts(s: Situation, from: string, to: string): string[] {
  return s.units.files
    .filter((file) => (file.unit === from && file.text.includes(to)) || (file.unit === to && file.text.includes(from)))
    .map((file) => file.fact)
}

/** `pulls-in: {from, to}` and `stops-with: {from, to}`: at any depth. `depth: 1` asks for the direct edge only. */
function closureMatches(fields: Fields, s: Situation, match: Match, kinds: readonly DependencyType[]): Match[] {
  const found: Match[] = []
  for (const from of s.units.edges.keys()) {
    if (isStock(from) || (fields.from !== undefined && fits(fields.from, from, match.bound) === null)) continue
    for (const [to, depth] of reachable(s, from, kinds)) {
      if (isStock(to)) continue
      found.push(...withFields(fields, { from, to, depth }, match, edgeFacts(s, from, to)))
    }
  }
  return found
}

function reachable(s: Situation, from: string, kinds: readonly DependencyType[]): Map<string, number> {
  const depths = new Map<string, number>([[from, 0]])
  const queue = [from]
  for (let i = 0; i < queue.length; i++) {
    const name = queue[i] as string
    const depth = (depths.get(name) ?? 0) + 1
    for (const kind of kinds) {
      for (const other of s.units.edges.get(name)?.get(kind) ?? []) {
        if (depths.has(other)) continue
        depths.set(other, depth)
        queue.push(other)
      }
    }
  }
  depths.delete(from)
  return depths
}

/** `setting: {unit, section, key, value}`: one assignment of a pasted file. */
function settingMatches(fields: Fields, s: Situation, match: Match): Match[] {
  const found: Match[] = []
  for (const file of s.units.files) {
    const fact = s.byId.get(file.fact)
    if (fact?.kind !== 'unit-text') continue
    for (const { section, key, value } of fact.assignments) {
      found.push(...withFields(fields, { unit: file.unit, section, key, value }, match, [fact.id]))
    }
  }
  return found
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
