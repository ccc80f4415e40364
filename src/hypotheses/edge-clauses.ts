/** Conditions about edges between units: direct ones, and what a start or a stop reaches at any depth. */

import { onceFor } from '../evidence/once-for.ts'
import type { Situation } from '../graph/assemble.ts'
import type { GraphFile, Units } from '../graph/units.ts'
import type { DependencyType } from '../systemd/atoms.ts'
import { DEPENDENCY_TYPES, INVERSE } from '../systemd/atoms.ts'
import { parseUnitName, templateOf, unitWords } from '../systemd/unit.ts'
import type { Fields, Match } from './clause.ts'
import { fixed, mayFit, withFields } from './clause.ts'
import { allEdges, type Edge, edgesFrom, edgesInto, filesOf } from './graph-index.ts'

/** Kinds through which a start brings another unit up with it, and a stop brings it down. */
const PULLS: readonly DependencyType[] = ['Requires', 'BindsTo', 'Wants', 'Upholds', 'Requisite']
const STOPS: readonly DependencyType[] = ['RequiredBy', 'RequisiteOf', 'BoundBy', 'ConsistsOf', 'PropagatesStopTo']
const PULLED_BY = PULLS.map((kind) => INVERSE[kind])
const STOPPED_BY = STOPS.map((kind) => INVERSE[kind])

/** Edges between systemd's own targets are in every paste's graph and say nothing about this incident. */
const STOCK = new Set(['sysinit.target', 'basic.target', 'shutdown.target', 'system.slice', '-.slice', 'app.slice'])

/** `edge: {from, kind, to}`: configured or shown. An end that is known already is not searched for. */
export function edgeMatches(fields: Fields, s: Situation, match: Match): Match[] {
  const found: Match[] = []
  const kinds = kindsIn(fields)
  const [start, end] = [fixed(fields.from, match), fixed(fields.to, match)]
  for (const edge of edgesBetween(start, end, s)) {
    const { from, kind, to } = edge
    if (!kinds.has(kind) || (end !== undefined && to !== end) || (STOCK.has(from) && STOCK.has(to))) continue
    found.push(...withFields(fields, { from, kind, to }, match, () => edgeFacts(s, from, to)))
  }
  return found
}

/** Among which they are. */
function edgesBetween(from: string | undefined, to: string | undefined, s: Situation): readonly Edge[] {
  if (from !== undefined) return edgesFrom(from, s)
  return to === undefined ? allEdges(s) : edgesInto(to, s)
}

type Kinds = ReadonlySet<DependencyType>

/** The kinds that may fit. */
const kindsIn = onceFor((fields: Fields): Kinds => {
  const kind = { kind: fields.kind ?? {} }
  return new Set(DEPENDENCY_TYPES.filter((one) => mayFit(kind, one, (value) => value)))
})

/** The files that make it: a unit's own and its template's, in which the other may stand by the instance. */
function edgeFacts(s: Situation, from: string, to: string): string[] {
  const names = (file: GraphFile, own: string, other: string): boolean =>
    (file.unit === own && wordsOf(file).has(other)) ||
    (file.unit === templateOf(own) && (wordsOf(file).has(other) || file.text.includes(byInstance(other, own))))
  const units = [from, to].flatMap((unit) => [unit, templateOf(unit) ?? unit])
  return filesOf([...new Set(units)], s)
    .filter((file) => names(file, from, to) || names(file, to, from))
    .map((file) => file.fact)
}

/** `db@7.service` as the template of `app@7.service` names it: `db@%i.service`. */
const byInstance = (name: string, of: string): string => name.replace(`@${parseUnitName(of)?.instance ?? ''}.`, '@%i.')

const wordsOf = onceFor(({ text }: GraphFile) => unitWords(text))

/**
 * `pulls-in: {from, to}`: starting the one starts the other, at any depth. `depth: 1` asks for the direct edge only.
 */
export const pullsInMatches = (fields: Fields, s: Situation, match: Match): Match[] =>
  closureMatches(fields, s, match, PULLS, PULLED_BY)

/** `stops-with: {from, to}`: stopping the one stops the other. */
export const stopsWithMatches = (fields: Fields, s: Situation, match: Match): Match[] =>
  closureMatches(fields, s, match, STOPS, STOPPED_BY)

type Kindred = readonly DependencyType[]

function closureMatches(fields: Fields, s: Situation, match: Match, kinds: Kindred, inverse: Kindred): Match[] {
  const found: Match[] = []
  const add = (from: string, to: string, depth: number) => {
    if (STOCK.has(from) || STOCK.has(to)) return
    found.push(...withFields(fields, { from, to, depth }, match, () => edgeFacts(s, from, to)))
  }
  const [start, end] = [fixed(fields.from, match), fixed(fields.to, match)]
  if (start === undefined && end !== undefined) {
    for (const [from, depth] of reachable(s.units, end, inverse)) add(from, end, depth)
    return found
  }
  for (const from of start === undefined ? s.units.edges.keys() : [start]) {
    const reached = reachable(s.units, from, kinds)
    const depth = end === undefined ? undefined : reached.get(end)
    if (end === undefined) for (const [to, depth] of reached) add(from, to, depth)
    else if (depth !== undefined) add(from, end, depth)
  }
  return found
}

type Depths = ReadonlyMap<string, number>

const reached = onceFor((_: Units) => new Map<Kindred, Map<string, Depths>>())

/** Looked up once for each unit and direction. */
function reachable(units: Units, from: string, kinds: Kindred): Depths {
  const all = reached(units)
  const known = all.get(kinds) ?? new Map<string, Depths>()
  all.set(kinds, known)
  const depths = known.get(from) ?? search(units, from, kinds)
  known.set(from, depths)
  return depths
}

function search(units: Units, from: string, kinds: Kindred): Depths {
  const depths = new Map<string, number>([[from, 0]])
  const queue = [from]
  for (let i = 0; i < queue.length; i++) {
    const name = queue[i] as string
    const depth = (depths.get(name) ?? 0) + 1
    for (const kind of kinds) {
      for (const other of units.edges.get(name)?.get(kind) ?? []) {
        if (depths.has(other)) continue
        depths.set(other, depth)
        queue.push(other)
      }
    }
  }
  depths.delete(from)
  return depths
}
