/** Facts in, units out: their files, their last known state, and the edges between them, both directions. */

import type { Fact, UnitState, UnitText } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { grouped } from '../evidence/grouped.ts'
import type { DependencyType } from '../systemd/atoms.ts'
import { DEPENDENCY_TYPES, INVERSE } from '../systemd/atoms.ts'
import { baseName, partsOf } from '../systemd/path-util.ts'
import { isUnitFile } from '../systemd/scenario.ts'
import { isStockUnit } from '../systemd/stock-units.ts'
import { escapePath, parseUnitName, templateOf, triggeredByDefault } from '../systemd/unit.ts'
import { setsApart, type UnitConfig } from '../systemd/unit-config.ts'
import type { LoaderFile } from '../systemd/unit-load.ts'
import { createLoader } from '../systemd/unit-load.ts'
import { byType, type NamesByType, nameOfSnippet } from './snippet.ts'

/** A unit file or drop-in of the paste, under the name it has in a unit folder. */
export interface GraphFile extends LoaderFile {
  readonly unit: string
  /** The fact it comes from. */
  readonly fact: string
}

export interface UnitNode {
  readonly name: string
  /** Undefined where the paste has no file of it: then it is known by name only. */
  readonly config: UnitConfig | undefined
  /** The last state that was shown. */
  readonly state: UnitState | undefined
}

export type Edges = ReadonlyMap<string, ReadonlyMap<DependencyType, ReadonlySet<string>>>

export interface Units {
  readonly files: readonly GraphFile[]
  readonly nodes: ReadonlyMap<string, UnitNode>
  readonly edges: Edges
  /** Names given to snippets that had none, and other guesses. */
  readonly assumed: readonly string[]
}

/** Assembles the units that a paste speaks of. */
export function assembleUnits(facts: readonly Fact[], version: number, manager: 'system' | 'user'): Units {
  const names = namesIn(facts)
  const assumed: string[] = []
  const files = filesOf(factsOf(facts, 'unit-text'), byType(names), assumed)
  for (const file of files) names.add(file.unit)
  addInstances(names)
  const load = createLoader([...files, ...fragmentsFor(files)], { version, manager, includeStock: true })
  const withFile = new Set(files.map((file) => file.unit))
  const edges = new EdgeSet()
  const nodes = new Map<string, UnitNode>()
  const states = lastStates(facts)
  for (const name of names) {
    const config = hasFile(name, withFile) ? load(name) : undefined
    nodes.set(name, { name, config, state: states.get(name) })
    for (const dependency of config?.dependencies ?? []) {
      if (!setsApart(dependency)) continue
      edges.add(name, dependency.type, dependency.other)
      // An instance that only another unit's file speaks of has its template's settings, too; the loop comes to it.
      if (isInstanceOf(dependency.other, withFile)) names.add(dependency.other)
    }
  }
  addInstallEdges(files, facts, edges)
  addShownEdges(facts, edges)
  addAutomounts(names, edges)
  addConnections(nodes, edges)
  addMounts([...nodes.values()], names, edges)
  for (const name of edges.names()) {
    if (!nodes.has(name)) nodes.set(name, { name, config: undefined, state: states.get(name) })
  }
  return { files, nodes, edges: edges.map, assumed }
}

/** `backup@.timer` was pasted and `backup@home.service` is spoken of: then the timer is `backup@home.timer`. */
function addInstances(names: Set<string>): void {
  const known = [...names].flatMap((name) => parseUnitName(name) ?? [])
  const templates = known.filter(({ instance }) => instance === '')
  const instances = grouped(
    known.filter(({ instance }) => instance),
    ({ prefix }) => prefix,
  )
  for (const { prefix, type } of templates) {
    const others = instances.get(prefix)?.filter((one) => one.type !== type) ?? []
    for (const { instance } of others) names.add(`${prefix}@${instance}.${type}`)
  }
}

/** A drop-in was pasted, and the file below it was not: there is one all the same, or systemd would not read the drop-in. */
function fragmentsFor(files: readonly GraphFile[]): LoaderFile[] {
  const whole = new Set(files.map(({ name }) => name))
  const lacking = new Set(
    files.map(({ unit }) => unit).filter((unit) => !whole.has(unit) && !isStockUnit(unit, 'user')),
  )
  return [...lacking].map((name) => ({
    name,
    text: name.endsWith('.service') ? '[Service]\nExecStart=/bin/true\n' : '',
  }))
}

/** Whether the names have it, or the template that it is an instance of. */
export const hasFile = (name: string, withFile: Names): boolean => withFile.has(name) || isInstanceOf(name, withFile)

const isInstanceOf = (name: string, withFile: Names): boolean => withFile.has(templateOf(name) ?? '')

type Names = Pick<ReadonlySet<string>, 'has'>

/** Every valid unit name that a fact carries in one of its own fields. */
export function namesIn(facts: readonly Fact[]): Set<string> {
  const names = new Set<string>()
  const take = (value: unknown) => {
    if (typeof value === 'string' && !names.has(value) && parseUnitName(value)) names.add(value)
  }
  for (const fact of facts) {
    if ('unit' in fact) take(fact.unit)
    if ('other' in fact) take(fact.other)
    if (fact.kind === 'timer-row') take(fact.activates)
    if (fact.kind === 'unit-state') for (const name of [...fact.triggeredBy, ...fact.triggers]) take(name)
    if (fact.kind === 'still-triggered') fact.triggers.forEach(take)
    if (fact.kind === 'cycle') for (const job of fact.jobs) take(job.slice(0, job.lastIndexOf('/')))
    if ('args' in fact) take(fact.args.other)
  }
  return names
}

function lastStates(facts: readonly Fact[]): Map<string, UnitState> {
  return new Map(factsOf(facts, 'unit-state').map((state) => [state.unit, state]))
}

/** Drop-ins keep their own base name; a second text of the same unit counts as a drop-in of the first. */
function filesOf(texts: readonly UnitText[], names: NamesByType, assumed: string[]): GraphFile[] {
  const files: GraphFile[] = []
  const whole = new Set<string>()
  const byPath = new Map<string, string>()
  for (const text of texts) {
    // `systemctl cat` of two instances prints their template twice.
    if (text.path !== null && byPath.get(text.path) === text.text.trim()) continue
    if (text.path !== null) byPath.set(text.path, text.text.trim())
    const unit = text.unit ?? nameOfSnippet(text, names, whole)
    if (!parseUnitName(unit)) continue
    if (text.unit === null) assumed.push(`the unit text in line ${text.line} is of ${unit}`)
    const isDropIn = text.dropIn || whole.has(unit)
    const base = text.dropIn ? baseName(text.path ?? 'pasted.conf') : `pasted-${files.length}.conf`
    const name = isDropIn ? `${unit}.d/${base}` : unit
    if (!isUnitFile(name)) continue
    if (!isDropIn) whole.add(unit)
    files.push({ name, text: text.text, unit, fact: text.id, ...(text.path === null ? {} : { path: text.path }) })
  }
  return files
}

/** What [Install] asks for, and `show` has by the same name. */
const INSTALLED: Readonly<Record<string, DependencyType>> = {
  WantedBy: 'WantedBy',
  RequiredBy: 'RequiredBy',
  UpheldBy: 'UpheldBy',
}

/** Edges that are there once the unit is enabled; what systemd's own targets want sets none apart. */
function addInstallEdges(files: readonly GraphFile[], facts: readonly Fact[], edges: EdgeSet): void {
  const owners = new Map(files.map((file) => [file.fact, file.unit]))
  for (const text of factsOf(facts, 'unit-text')) {
    const unit = owners.get(text.id)
    for (const { section, key, value } of text.assignments) {
      const kind = section === 'Install' && Object.hasOwn(INSTALLED, key) ? INSTALLED[key] : undefined
      if (unit === undefined || kind === undefined) continue
      for (const other of value.split(' '))
        if (parseUnitName(other) && !isStockUnit(other)) edges.add(unit, kind, other)
    }
  }
}

/** Edges that status and show print, and that no file in the paste says. */
function addShownEdges(facts: readonly Fact[], edges: EdgeSet): void {
  for (const state of factsOf(facts, 'unit-state')) {
    for (const other of state.triggeredBy) edges.add(state.unit, 'TriggeredBy', other)
    for (const other of state.triggers) edges.add(state.unit, 'Triggers', other)
  }
  for (const row of factsOf(facts, 'still-triggered')) {
    for (const other of row.triggers) edges.add(row.unit, 'TriggeredBy', other)
  }
  for (const row of factsOf(facts, 'timer-row')) if (row.activates) edges.add(row.unit, 'Triggers', row.activates)
  for (const row of factsOf(facts, 'socket-row')) for (const u of row.activates) edges.add(row.unit, 'Triggers', u)
  const kinds = new Set<string>(DEPENDENCY_TYPES)
  for (const property of factsOf(facts, 'unit-property')) {
    if (property.unit === null || !kinds.has(property.key)) continue
    for (const other of property.value.split(' ')) {
      if (parseUnitName(other)) edges.add(property.unit, property.key as DependencyType, other)
    }
  }
  for (const row of factsOf(facts, 'dependency-row')) {
    const kind = Object.hasOwn(ORDERS, row.relation) ? ORDERS[row.relation] : row.relation
    if (kind !== undefined && kinds.has(kind)) edges.add(row.unit, kind as DependencyType, row.other)
  }
}

/** Trees of the order; one of what is required does not say how. */
const ORDERS: Readonly<Record<string, DependencyType>> = { after: 'After', before: 'Before', chain: 'After' }

/** An automount is of the mount of its name and of no other. */
function addAutomounts(names: Iterable<string>, edges: EdgeSet): void {
  for (const name of names) {
    if (name.endsWith('.automount')) edges.add(name, 'Triggers', triggeredByDefault(name))
  }
}

/** A socket with Accept=yes starts an instance for each connection, by a name that no file has. */
function addConnections(nodes: ReadonlyMap<string, UnitNode>, edges: EdgeSet): void {
  for (const name of nodes.keys()) {
    const parsed = name.endsWith('.service') ? parseUnitName(name) : null
    const socket = parsed?.instance ? `${parsed.prefix}.socket` : ''
    if (nodes.get(socket)?.config?.socket?.accept) edges.add(socket, 'Triggers', name)
  }
}

/** RequiresMountsFor= makes edges to those mounts below the path that the paste speaks of. */
function addMounts(nodes: readonly UnitNode[], names: ReadonlySet<string>, edges: EdgeSet): void {
  for (const { name, config } of nodes) {
    for (const { path, type } of config?.mountsFor ?? []) {
      for (const mount of mountsAbove(path)) {
        if (!names.has(mount)) continue
        edges.add(name, type, mount)
        edges.add(name, 'After', mount)
      }
    }
  }
}

function mountsAbove(path: string): string[] {
  const parts = partsOf(path)
  return parts.map((_, i) => `${escapePath(parts.slice(0, i + 1).join('/'))}.mount`)
}

class EdgeSet {
  readonly map = new Map<string, Map<DependencyType, Set<string>>>()

  add(from: string, kind: DependencyType, to: string): void {
    if (from === to) return
    this.#half(from, kind, to)
    this.#half(to, INVERSE[kind], from)
  }

  names(): string[] {
    return [...this.map.keys()]
  }

  #half(from: string, kind: DependencyType, to: string): void {
    const kinds = this.map.get(from) ?? new Map<DependencyType, Set<string>>()
    this.map.set(from, kinds)
    const others = kinds.get(kind) ?? new Set<string>()
    kinds.set(kind, others)
    others.add(to)
  }
}
