/** What the graph's conditions look through, laid out flat: once for each paste, however many rules there are. */

import { grouped } from '../evidence/grouped.ts'
import { onceFor } from '../evidence/once-for.ts'
import type { Situation } from '../graph/assemble.ts'
import type { GraphFile, Units } from '../graph/units.ts'
import type { DependencyType } from '../systemd/atoms.ts'
import { INVERSE } from '../systemd/atoms.ts'
import type { Fields } from './clause.ts'
import { mayFit } from './clause.ts'
import type { Value } from './pattern.ts'

/** One assignment of a pasted file. */
export interface Setting {
  readonly file: GraphFile
  readonly section: string
  readonly key: string
  readonly value: string
}

export interface Edge {
  readonly from: string
  readonly kind: DependencyType
  readonly to: string
}

interface Index {
  readonly settings: readonly Setting[]
  /** Where among the files each unit's own are. */
  readonly places: ReadonlyMap<string, readonly number[]>
  /** By condition. */
  readonly fitting: Map<Fields, readonly Setting[]>
  readonly from: Map<string, readonly Edge[]>
  readonly into: Map<string, readonly Edge[]>
  edges: readonly Edge[] | null
}

const indices = new WeakMap<Units, Index>()

function indexOf(s: Situation): Index {
  const known = indices.get(s.units)
  if (known) return known
  const index: Index = {
    settings: s.units.files.flatMap((file) => settingsOf(file, s)),
    places: grouped(s.units.files.keys(), (i) => s.units.files[i]?.unit ?? ''),
    fitting: new Map(),
    from: new Map(),
    into: new Map(),
    edges: null,
  }
  indices.set(s.units, index)
  return index
}

function settingsOf(file: GraphFile, s: Situation): Setting[] {
  const fact = s.byId.get(file.fact)
  if (fact?.kind !== 'unit-text') return []
  return fact.assignments.map(({ section, key, value }) => ({ file, section, key, value }))
}

/** The files of these units, in the order of the paste. */
export function filesOf(units: readonly string[], s: Situation): readonly GraphFile[] {
  const { places } = indexOf(s)
  const own = units.flatMap((unit) => places.get(unit) ?? []).sort((a, b) => a - b)
  return own.map((i) => s.units.files[i] as GraphFile)
}

/** Those that may fit whatever is bound, but for their unit: a template's are those of its instances. */
export function settingsFitting(fields: Fields, s: Situation): readonly Setting[] {
  const { settings, fitting } = indexOf(s)
  const known = fitting.get(fields)
  if (known) return known
  const others = withoutUnit(fields)
  const found = settings.filter((setting) => mayFit(others, setting, partOf))
  fitting.set(fields, found)
  return found
}

const partOf = (setting: Setting, key: string): Value => setting[key as 'section' | 'key' | 'value']

const withoutUnit = onceFor(({ unit: _, ...others }: Fields): Fields => others)

/** All edges of a unit, from its end. */
export function edgesFrom(name: string, s: Situation): readonly Edge[] {
  const { from } = indexOf(s)
  const known = from.get(name)
  if (known) return known
  const found: Edge[] = []
  for (const [kind, others] of s.units.edges.get(name) ?? []) {
    for (const to of others) found.push({ from: name, kind, to })
  }
  from.set(name, found)
  return found
}

/** The same ones, from the other end. */
export function edgesInto(name: string, s: Situation): readonly Edge[] {
  const { into } = indexOf(s)
  const known = into.get(name)
  if (known) return known
  const found = edgesFrom(name, s).map(({ kind, to }): Edge => ({ from: to, kind: INVERSE[kind], to: name }))
  into.set(name, found)
  return found
}

/** Of all units; an edge is there from both its ends. */
export function allEdges(s: Situation): readonly Edge[] {
  const index = indexOf(s)
  index.edges ??= [...s.units.edges.keys()].flatMap((name) => edgesFrom(name, s))
  return index.edges
}
