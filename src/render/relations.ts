/**
 * A story's units and what ties them: the edges that its unit files write down, and the way that the cancellation took
 * along them. What systemd adds to every unit by itself sets none apart and is left out.
 */

import { DEPENDENCY_TYPES, type DependencyType, INVERSE } from '../systemd/atoms.ts'
import { parseScenario, unitOfFile } from '../systemd/scenario.ts'
import { parseUnitName, unitWords } from '../systemd/unit.ts'
import { setsApart } from '../systemd/unit-config.ts'
import { createLoader } from '../systemd/unit-load.ts'
import { NEWEST } from '../systemd/versions.ts'

/** What the picture is made from; the units of the story are read only by who draws it. */
export interface Scene {
  readonly story: string
  /** The job asked about: `start canceled`. */
  readonly ended: { readonly unit: string; readonly what: string }
  /** The job that displaced it. */
  readonly by: { readonly unit: string; readonly what: string } | null
  /** What asked for that one: a unit, or whoever is outside of them. */
  readonly trigger: { readonly unit?: string; readonly who?: string } | null
}

export interface Node {
  readonly name: string
  readonly note: string
  readonly is: 'ended' | 'outside' | 'on-the-way' | 'beside'
}

export interface Edge {
  /** The unit whose file says it. */
  readonly from: string
  readonly to: string
  /** `BindsTo`, `After`; of the outsider, what it asks for. */
  readonly kinds: readonly string[]
  readonly onTheWay: boolean
}

export interface Relations {
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
  /** From whoever began it to the job that ended; one alone if nothing ties them. */
  readonly way: readonly string[]
  /** Units that are not in the picture, for want of room. */
  readonly left: number
}

const MAX_NODES = 12

type Ties = Map<string, { readonly from: string; readonly to: string; readonly kinds: string[] }>

export function relationsOf(scene: Scene): Relations {
  const ties = tiesOf(scene.story)
  const { ended, by, trigger } = scene
  const asks = by ?? ended
  if (trigger?.who) {
    ties.set(`${trigger.who} ${asks.unit}`, { from: trigger.who, to: asks.unit, kinds: [by?.what ?? 'asks'] })
  }
  const near = neighbours(ties)
  const begin = trigger?.who || trigger?.unit || asks.unit
  const way = begin === ended.unit ? [begin] : wayBetween(begin, ended.unit, near)
  const distances = distancesFrom(ended.unit, near)
  const involved = [
    ...new Set([...way, ended.unit, asks.unit, begin, ...[...distances.keys()].sort(byDistance(distances))]),
  ]
  const shown = new Set(involved.slice(0, MAX_NODES))
  const edges = [...ties.values()].filter(({ from, to }) => shown.has(from) && shown.has(to))
  return {
    nodes: [...shown].map((name) => nodeOf(name, scene, way)),
    edges: edges.map((tie) => ({ ...tie, onTheWay: follows(way, tie.from, tie.to) })),
    way,
    left: involved.length - shown.size,
  }
}

function nodeOf(name: string, { ended, by, trigger }: Scene, way: readonly string[]): Node {
  if (name === ended.unit) return { name, note: ended.what, is: 'ended' }
  if (name === trigger?.who) return { name, note: '', is: 'outside' }
  const note = name === by?.unit ? by.what : ''
  return { name, note, is: way.includes(name) ? 'on-the-way' : 'beside' }
}

/** By the pair of names, in the order of the story's files; inverse kinds are turned round, but for Before=. */
function tiesOf(story: string): Ties {
  const scenario = parseScenario(story)
  const { manager, systemd = NEWEST, files } = scenario
  const load = createLoader(files, { manager, version: systemd, includeStock: 'bare' })
  const named = new Set(files.map(({ name }) => unitOfFile(name)))
  const written = new Set([...named, ...files.flatMap(({ name, text }) => [...unitWords(`${name}\n${text}`)])])
  const ties: Ties = new Map()
  for (const unit of named) {
    if (parseUnitName(unit) === null) continue
    for (const dependency of load(unit).dependencies) {
      // Slices and the journal's sockets count as written in a file, too; but nobody has written their names.
      if (!setsApart(dependency) || dependency.other === unit || !written.has(dependency.other)) continue
      const { type, other } = dependency
      const [from, to, kind] = isInverse(type) ? [other, unit, INVERSE[type]] : [unit, other, type]
      const tie = ties.get(`${from} ${to}`) ?? { from, to, kinds: [] }
      ties.set(`${from} ${to}`, tie)
      if (!tie.kinds.includes(kind)) tie.kinds.push(kind)
    }
  }
  for (const { kinds } of ties.values()) kinds.sort((a, b) => RANK[a as DependencyType] - RANK[b as DependencyType])
  return ties
}

const RANK = Object.fromEntries(DEPENDENCY_TYPES.map((type, i) => [type, i])) as Readonly<
  Record<DependencyType, number>
>

/** In the table a kind stands before its inverse. Before= is a word that people write, RequiredBy= is not. */
const isInverse = (type: DependencyType): boolean =>
  type !== 'After' && DEPENDENCY_TYPES.indexOf(INVERSE[type]) < DEPENDENCY_TYPES.indexOf(type)

type Near = ReadonlyMap<string, readonly string[]>

function neighbours(ties: Ties): Near {
  const near = new Map<string, string[]>()
  for (const { from, to } of ties.values()) {
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const others = near.get(one) ?? []
      if (others.length === 0) near.set(one, others)
      others.push(other)
    }
  }
  return near
}

/** Steps from one unit to every other that some edges lead to. */
export function distancesFrom(start: string, near: Near): Map<string, number> {
  const distances = new Map([[start, 0]])
  for (const [name, distance] of distances) {
    for (const other of near.get(name) ?? []) if (!distances.has(other)) distances.set(other, distance + 1)
  }
  return distances
}

/** The shortest, or only the two ends where no edges lead from one to the other. */
function wayBetween(begin: string, end: string, near: Near): string[] {
  const distances = distancesFrom(end, near)
  const way = [begin]
  for (let at = begin; at !== end && distances.has(at); ) {
    const closer = (near.get(at) ?? []).find((other) => distances.get(other) === distances.get(at)! - 1)
    if (closer === undefined) break
    way.push(closer)
    at = closer
  }
  return way.at(-1) === end ? way : [begin, end]
}

const follows = (way: readonly string[], from: string, to: string): boolean =>
  way.some((name, i) => (name === from && way[i + 1] === to) || (name === to && way[i + 1] === from))

const byDistance =
  (distances: ReadonlyMap<string, number>) =>
  (a: string, b: string): number =>
    distances.get(a)! - distances.get(b)! || (a < b ? -1 : 1)
