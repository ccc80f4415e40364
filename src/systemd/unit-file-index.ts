/**
 * Where each unit's files are: the name map and the directories of drop-ins (src/basic/unit-file.c,
 * src/shared/dropin.c).
 */

import { baseName } from './path-util.ts'
import { parseUnitName, type UnitName, unitNameReplaceInstance, unitTypeOf } from './unit.ts'

/** A file as it was handed in: with the name it has in a unit folder, or with its full path. */
export interface LoaderFile {
  /** `a.service`, `a.service.d/b.conf`, `x.target.wants/a.service`; or a full path. */
  readonly name: string
  /** Nothing at all is a mask. */
  readonly text: string
  readonly path?: string
  /** A symbolic link's target: the name of another unit, or `/dev/null`. */
  readonly link?: string
}

/** A link that leads here masks the unit, drop-in or dependency of its name. */
export const NOWHERE = '/dev/null'

/** The unit that a file is a link to; undefined for a file of its own, and for a mask. */
export const linkOf = ({ link }: LoaderFile): string | undefined => (link === NOWHERE ? undefined : link)

export type LoaderFiles = readonly LoaderFile[] | ReadonlyMap<string, LoaderFile>

interface Entry {
  readonly file: LoaderFile
  /** Full path where there is one, else the name: what messages show. */
  readonly shown: string
  /** Of the folder in the search path; smaller wins. */
  readonly rank: number
  /** The last part of the name. */
  readonly base: string
}

/** Highest priority first: lookup_paths_init(), path-lookup.c, in src/basic, later in src/libsystemd/sd-path. */
const SEARCH_PATH: readonly RegExp[] = [
  /\/(?:etc\/systemd|\.config\/systemd)\/(?:system|user)\.control$/,
  /\/run\/(?:user\/\d+\/)?systemd\/(?:system|user)\.control$/,
  /\/run\/(?:user\/\d+\/)?systemd\/transient$/,
  /\/run\/(?:user\/\d+\/)?systemd\/generator\.early$/,
  /\/\.config\/systemd\/user$/,
  /^\/etc\/systemd\/(?:system|user)$/,
  /^\/etc\/systemd\/(?:system|user)\.attached$/,
  /^\/run\/(?:user\/\d+\/)?systemd\/(?:system|user)$/,
  /^\/run\/systemd\/(?:system|user)\.attached$/,
  /\/run\/(?:user\/\d+\/)?systemd\/generator$/,
  /\/\.local\/share\/systemd\/user$/,
  /^\/usr\/local\/(?:lib|share)\/systemd\/(?:system|user)$/,
  /^\/usr\/(?:lib|share)\/systemd\/(?:system|user)$/,
  /^\/lib\/systemd\/(?:system|user)$/,
  /\/run\/(?:user\/\d+\/)?systemd\/generator\.late$/,
]
/** A folder that is not known is taken for the administrator's. */
const UNKNOWN_RANK = 5

const DEPENDENCY_SUFFIXES = ['wants', 'requires', 'upholds'] as const
export type DependencySuffix = (typeof DEPENDENCY_SUFFIXES)[number]

/** An entry of a `.wants/` folder or a drop-in. */
export interface Located {
  readonly shown: string
  readonly base: string
  readonly file: LoaderFile
}

export interface Fragment {
  /** The name of the file, links followed: the main name of the unit, but for the instance. */
  readonly id: string
  readonly shown: string
  readonly text: string
  readonly masked: boolean
}

const NONE: readonly Located[] = []

/** Links followed one after the other, the file at their end included: more than these are a loop, as in C. */
const FOLLOW_MAX = 8

export class UnitFileIndex {
  readonly #fragments = new Map<string, Entry>()
  readonly #folders = new Map<string, Entry[]>()
  /** Of the folders: `d`, `wants` and so on. */
  readonly #suffixes = new Set<string>()
  /** Main name → the names that are links to it. */
  readonly #aliases = new Map<string, string[]>()
  readonly #ranks = new Map<string, number>()
  readonly #embedded: readonly LoaderFile[]
  #count = 0

  /** `stock` yields to every file, `embedded` to every stock unit. */
  constructor(files: LoaderFiles, stock: readonly LoaderFile[], embedded: readonly LoaderFile[]) {
    this.#embedded = embedded
    this.rebuild(files, stock)
  }

  /** How many files were there when it was built. */
  get count(): number {
    return this.#count
  }

  /** There are drop-ins, or folders of dependencies. */
  get hasFolders(): boolean {
    return this.#folders.size > 0
  }

  /** Mirrors unit_file_build_name_map(). */
  rebuild(files: LoaderFiles, stock: readonly LoaderFile[]): void {
    this.#fragments.clear()
    this.#folders.clear()
    this.#suffixes.clear()
    this.#aliases.clear()
    for (const file of this.#embedded) this.#add(file, SEARCH_PATH.length + 1)
    for (const file of stock) this.#add(file, SEARCH_PATH.length)
    this.#count = countOf(files)
    for (const file of files.values()) this.#add(file, undefined)
    for (const entries of this.#folders.values()) entries.sort((a, b) => a.rank - b.rank)
    for (const [name, { file }] of this.#fragments) {
      if (linkOf(file) === undefined) continue
      const id = this.#follow(name)?.base
      if (id === undefined || id === name) continue
      const names = this.#aliases.get(id)
      if (names === undefined) this.#aliases.set(id, [name])
      else names.push(name)
    }
  }

  #add(file: LoaderFile, stockRank: number | undefined): void {
    const shown = file.path ?? file.name
    if (!shown.includes('/')) {
      this.#addFragment({ file, shown, rank: stockRank ?? UNKNOWN_RANK, base: shown })
      return
    }
    const parts = shown.split('/')
    const base = parts.at(-1) ?? ''
    const parent = parts.at(-2) ?? ''
    const inFolder = parts.length > 1 && isFolder(parent, base)
    const rank = stockRank ?? this.#rankOf(shown.startsWith('/') ? parts.slice(0, inFolder ? -2 : -1).join('/') : '')
    const entry: Entry = { file, shown, rank, base }
    if (!inFolder) {
      this.#addFragment(entry)
      return
    }
    const entries = this.#folders.get(parent)
    this.#suffixes.add(parent.slice(parent.lastIndexOf('.') + 1))
    if (entries === undefined) this.#folders.set(parent, [entry])
    else entries.push(entry)
  }

  #addFragment(entry: Entry): void {
    const known = this.#fragments.get(entry.base)
    if (known === undefined || known.rank >= entry.rank) this.#fragments.set(entry.base, entry)
  }

  #rankOf(folder: string): number {
    const known = this.#ranks.get(folder)
    if (known !== undefined) return known
    const found = SEARCH_PATH.findIndex((pattern) => pattern.test(folder))
    const rank = found < 0 ? UNKNOWN_RANK : found
    this.#ranks.set(folder, rank)
    return rank
  }

  /** Mirrors unit_ids_map_get(): the end of a chain of links, if any; undefined where there is no file, or no end. */
  #follow(name: string): Entry | undefined {
    let entry = this.#fragments.get(name)
    for (let steps = 0; entry !== undefined && steps < FOLLOW_MAX; steps++) {
      const link = linkOf(entry.file)
      if (link === undefined) return entry
      entry = this.#fragments.get(baseName(link))
    }
    return undefined
  }

  /** Mirrors unit_file_find_fragment(): the file of this very name, else that of its template. */
  fragmentOf(name: UnitName): Fragment | undefined {
    const template = name.instance ? `${name.prefix}@.${name.type}` : undefined
    const entry = this.#follow(name.full) ?? (template === undefined ? undefined : this.#follow(template))
    if (entry === undefined) return undefined
    const { text, link } = entry.file
    return { id: entry.base, shown: entry.shown, text, masked: text === '' || link === NOWHERE }
  }

  /** The links to a file, with the instance filled in where the file is a template. */
  aliasesOf(id: string, instance: string | undefined): readonly string[] {
    const names = this.#aliases.get(id)
    if (names === undefined) return []
    return instance ? names.map((name) => unitNameReplaceInstance(name, instance)) : names
  }

  /**
   * Mirrors unit_file_find_dropin_paths(): the files of a unit's folders with this suffix, each base name once. Where
   * the names are given in systemd's order, an earlier one wins, and within a name the folder of higher priority.
   */
  inFolders(names: readonly string[], suffix: string): readonly Located[] {
    if (!this.#suffixes.has(suffix)) return NONE
    const found: { readonly order: number; readonly entry: Entry }[] = []
    for (const [order, name] of names.entries()) {
      for (const entry of this.#folders.get(`${name}.${suffix}`) ?? []) found.push({ order, entry })
    }
    if (found.length === 0) return NONE
    if (found.length > 1) {
      found.sort(
        (a, b) =>
          Number(isTypeLevel(names, a.order)) - Number(isTypeLevel(names, b.order)) ||
          a.entry.rank - b.entry.rank ||
          a.order - b.order,
      )
    }
    const first = new Map<string, Entry>()
    for (const { entry } of found) if (!first.has(entry.base)) first.set(entry.base, entry)
    return [...first.values()]
      .map(({ shown, base, file }) => ({ shown, base, file }))
      .sort((a, b) => (a.base < b.base ? -1 : a.base > b.base ? 1 : 0))
  }
}

const countOf = (files: LoaderFiles): number => ('size' in files ? files.size : files.length)

export { countOf as countFiles }

function isFolder(parent: string, base: string): boolean {
  if (parent.endsWith('.d')) return base.endsWith('.conf')
  return DEPENDENCY_SUFFIXES.some((suffix) => parent.endsWith(`.${suffix}`))
}

/** The type's own folder, `service.d`, comes after all others, whatever their place in the search path. */
const isTypeLevel = (names: readonly string[], order: number): boolean => !names[order]!.includes('.')

/**
 * Mirrors unit_file_find_dirs() and the type-level one: the names whose folders count for a unit, in systemd's order.
 */
export function folderNames(names: readonly string[], typeLevel: boolean): string[] {
  const found: string[] = []
  for (const name of names) addFolderNames(name, found)
  if (typeLevel && names[0] !== undefined) found.push(unitTypeOf(names[0]))
  return found
}

function addFolderNames(full: string, found: string[]): void {
  const name = parseUnitName(full)
  if (name === null || found.includes(full)) return
  found.push(full)
  if (name.instance) addFolderNames(`${name.prefix}@.${name.type}`, found)
  const stem = name.prefix.endsWith('-') ? name.prefix.slice(0, -1) : name.prefix
  const dash = stem.lastIndexOf('-')
  if (dash <= 0) return
  // A template has no instance to carry on, and its prefixes no template.
  const at = name.instance ? `@${name.instance}` : ''
  addFolderNames(`${stem.slice(0, dash + 1)}${at}.${name.type}`, found)
}
