/**
 * From the files of a unit folder to a unit's configuration. Never throws: what is wrong is said as systemd says it.
 */

import type { DependencyType } from './atoms.ts'
import { featuresOf } from './features.ts'
import { addExtras } from './load-extras.ts'
import { loadFile } from './load-fragment.ts'
import { addDependency, complainOfUnit, type Fatal, type LoadContext, type OtherUnits } from './load-fragment-draft.ts'
import { newDraft, toConfig } from './load-fragment-new.ts'
import { mayHaveInstances, resolveTemplate } from './load-fragment-unit.ts'
import { isSame, type LoadMemory, type Sources } from './load-memory.ts'
import { printMessage } from './messages.ts'
import { embeddedUnits, type Stock, stockUnits } from './stock-units.ts'
import { parseUnitName, UNIT_TYPES, type UnitName, type UnitType, unitNameReplaceInstance } from './unit.ts'
import type { UnitConfig } from './unit-config.ts'
import {
  countFiles,
  type Fragment,
  folderNames,
  type LoaderFiles,
  type Located,
  NOWHERE,
  UnitFileIndex,
} from './unit-file-index.ts'

export type { LoaderFile, LoaderFiles } from './unit-file-index.ts'

export interface LoaderOptions {
  readonly version: number
  readonly manager: 'system' | 'user'
  /** The units that are there although nobody wrote them; `true` is what systems ship. See stock-units.ts. */
  readonly includeStock: boolean | Stock
}

/** Loads a unit by name. Files that come and go are noticed, files that change when told to look again. */
export interface Loader {
  (name: string): UnitConfig
  /** For when files have changed but not in number. */
  rescan(): void
}

/** `memory` keeps what was loaded for other loaders of the same release, as long as the files are the same. */
export function createLoader(files: LoaderFiles, options: LoaderOptions, memory: LoadMemory = new Map()): Loader {
  const { includeStock, manager, version } = options
  const stock = includeStock ? stockUnits(manager, version, includeStock === true ? 'shipped' : includeStock) : []
  const embedded = manager === 'system' && featuresOf(version).unitsEmbedded ? embeddedUnits(version) : []
  const index = new UnitFileIndex(files, stock, embedded)
  const key = `${manager} ${version}`
  const known = memory.get(key) ?? new Map()
  memory.set(key, known)
  const others: OtherUnits = { byName: new Map(), reading: 0, lastList: { text: '', units: [] } }
  const load = (name: string): UnitConfig => {
    if (index.count !== countFiles(files)) index.rebuild(files, stock)
    const before = known.get(name)
    const parsed = before?.sources.name ?? parseUnitName(name)
    if (parsed === null || parsed.instance === '' || !mayHaveInstances(parsed)) return invalid(name, parsed, options)
    const sources = sourcesOf(parsed, index, options)
    if (before && isSame(before.sources, sources)) return before.config
    const c = newContext(sources, index, options, others)
    const config = loadUnit(c, index, sources)
    if (!c.askedForOthers) known.set(name, { sources, config })
    return config
  }
  return Object.assign(load, { rescan: () => index.rebuild(files, stock) })
}

/** Types of units that need no file. Mounts and swaps may come from the kernel, which is for the simulator to know. */
const WITHOUT_FILE: ReadonlySet<UnitType> = new Set<UnitType>(['device', 'slice'])

/** Always there and always up; they cannot be masked. */
const PERPETUAL: ReadonlySet<string> = new Set(['-.slice', '-.mount', 'init.scope'])

function sourcesOf(name: UnitName, index: UnitFileIndex, { version }: LoaderOptions): Sources {
  const fragment = index.fragmentOf(name)
  const id = fragment === undefined ? name.full : idOf(fragment, name)
  const aliases = fragment ? index.aliasesOf(fragment.id, name.instance) : []
  const names = id === name.full && aliases.length === 0 ? [id] : [...new Set([id, name.full, ...aliases])]
  if (!index.hasFolders) return { name, names, fragment, links: NO_LINKS, dropIns: NO_DROP_INS }
  const features = featuresOf(version)
  const folders = folderNames(names, features.typeLevelDropIns)
  const links = FOLDERS.map(([suffix]) => index.inFolders(folders, suffix))
  return { name, names, fragment, links, dropIns: index.inFolders(folders, 'd') }
}

/** Mirrors the four steps of a type's load() hook: fragment, drop-ins, extras, verification. */
function loadUnit(c: Context, index: UnitFileIndex, sources: Sources): UnitConfig {
  const { fragment } = sources
  const { draft } = c
  const { perpetual } = draft.unit
  if (perpetual) beforeFragment(c)
  // Scopes are made by programs, never by files.
  if (draft.type === 'scope' && !perpetual) return toConfig(draft, 'not-found', 'ENOENT')
  if (fragment !== undefined && !fragment.masked) {
    const fatal = loadFragment(c, fragment)
    if (fatal !== undefined) return toConfig(draft, fatal === 'ENOEXEC' ? 'bad-setting' : 'error', fatal)
  }
  if (fragment === undefined && !perpetual && !WITHOUT_FILE.has(draft.type))
    return toConfig(draft, 'not-found', 'ENOENT')
  if (fragment?.masked && !perpetual && c.features.maskedWithoutDropIns) return toConfig(draft, 'masked', undefined)
  const dropInPaths = loadDropIns(c, index, sources)
  if (fragment?.masked && !perpetual) return toConfig(draft, 'masked', undefined, dropInPaths)
  const fatal = addExtras(c)
  if (fatal === undefined) return toConfig(draft, 'loaded', undefined, dropInPaths)
  return toConfig(draft, fatal === 'ENOEXEC' ? 'bad-setting' : 'error', fatal, dropInPaths)
}

function loadFragment(c: LoadContext, fragment: Fragment): Fatal | 'EBADMSG' | 'ENOBUFS' {
  const result = loadFile(c, fragment.shown, fragment.text)
  if (result === 'ok') return undefined
  if (result === 'ENOEXEC') complainOfUnit(c, 'load-fatal')
  return result
}

/** What holds for a perpetual unit before its file, if it has one, is read: slice_load_root_slice() and its like. */
function beforeFragment(c: LoadContext): void {
  const { id, unit } = c.draft
  // system.slice has its default dependencies switched off too: it is there until the very end.
  unit.defaultDependencies = false
  unit.ignoreOnIsolate = true
  const description = DESCRIPTIONS[id]
  if (description !== undefined) unit.description = description
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  '-.slice': 'Root Slice',
  'system.slice': 'System Slice',
  '-.mount': 'Root Mount',
  'init.scope': 'System and Service Manager',
}

function isPerpetual(id: string, options: LoaderOptions): boolean {
  return PERPETUAL.has(id) || (id === 'system.slice' && options.manager === 'system')
}

/** The name of the fragment is the unit's, with the instance where it is a template. */
function idOf(fragment: Fragment, asked: UnitName): string {
  return asked.instance ? unitNameReplaceInstance(fragment.id, asked.instance) : fragment.id
}

/** `askedForOthers`: what came of it depends on files that are not the unit's own. */
type Context = LoadContext & { askedForOthers: boolean }

function newContext(
  { name, names, fragment }: Sources,
  index: UnitFileIndex,
  options: LoaderOptions,
  others: OtherUnits,
): Context {
  const { version, manager } = options
  const id = names[0] ?? name.full
  const draft = newDraft(id === name.full ? name : (parseUnitName(id) ?? name), names, fragment?.shown)
  draft.unit.perpetual = isPerpetual(id, options)
  others.reading++
  const c: Context = {
    askedForOthers: false,
    draft,
    manager,
    version,
    features: featuresOf(version),
    fragmentOf: (other) => {
      c.askedForOthers = true
      const parsed = parseUnitName(other)
      return parsed === null ? undefined : index.fragmentOf(parsed)?.shown
    },
    others,
    specifiers: { name: draft.name, manager, fragmentPath: draft.fragmentPath, version },
    file: '',
    line: 0,
    section: '',
    key: '',
  }
  return c
}

const FOLDERS: readonly (readonly [string, DependencyType])[] = [
  ['wants', 'Wants'],
  ['requires', 'Requires'],
  ['upholds', 'Upholds'],
]
const NO_LINKS: readonly (readonly Located[])[] = FOLDERS.map(() => [])
const NO_DROP_INS: readonly never[] = []

/** Mirrors unit_load_dropin(), src/core/load-dropin.c. What is wrong in a drop-in ends that drop-in only. */
function loadDropIns(c: Context, index: UnitFileIndex, { links, dropIns }: Sources): readonly string[] {
  if (!index.hasFolders) return NO_DROP_INS
  for (const [i, [, type]] of FOLDERS.entries()) {
    if (type === 'Upholds' && !c.features.upholdsFolders) continue
    for (const { base, file } of links[i] ?? []) if (file.link !== NOWHERE) processDependency(c, index, type, base)
  }
  for (const { shown, file } of dropIns) if (file.link !== NOWHERE) loadFile(c, shown, file.text)
  return dropIns.map(({ shown }) => shown)
}

/** Mirrors process_deps(): the link's own name counts. A link to a masked unit is a mask itself. */
function processDependency(c: Context, index: UnitFileIndex, type: DependencyType, entry: string): void {
  const parsed = parseUnitName(entry)
  const other = resolveTemplate(c, entry)
  c.askedForOthers = true
  if (parsed === null || other === null) complainOfUnit(c, 'load-dropin-name', { type, entry })
  else if (index.fragmentOf(parsed)?.masked) complainOfUnit(c, 'load-dropin-masked', { type, entry })
  else addDependency(c, type, other, 'file')
}

/** Mirrors manager_load_unit_prepare(), which makes no unit of such a name. */
function invalid(name: string, parsed: UnitName | null, options: LoaderOptions): UnitConfig {
  const type = UNIT_TYPES.find((t) => name.endsWith(`.${t}`)) ?? 'service'
  const full = { full: name, prefix: parsed?.prefix ?? name, instance: undefined, type }
  const draft = newDraft(full, [name], undefined)
  const key = parsed === null ? 'load-name-invalid' : 'load-name-template'
  const printed = parsed?.instance ? null : printMessage(key, { name }, options.version)
  if (printed !== null) draft.diagnostics.push({ file: name, line: 0, level: printed.level, text: printed.text })
  return toConfig(draft, 'error', 'EINVAL')
}
