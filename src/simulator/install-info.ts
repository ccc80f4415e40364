/**
 * What [Install] says of a unit, and where the unit's file is. Mirrors unit_file_load() and install_info_traverse(),
 * src/shared/install.c, and install_name_printf(), src/shared/install-printf.c (v257).
 * Differs: a unit of the system's own has no [Install].
 */

import { splitWords } from '../systemd/extract-word.ts'
import { baseName } from '../systemd/path-util.ts'
import { unitNamePrintf } from '../systemd/specifiers.ts'
import { parseUnitName, templateOf, unitNameReplaceInstance } from '../systemd/unit.ts'
import { parseUnitFile } from '../systemd/unit-file.ts'
import { linkOf } from '../systemd/unit-file-index.ts'
import type { LoaderFile } from '../systemd/unit-load.ts'
import type { Manager } from './manager.ts'

export interface InstallInfo {
  readonly name: string
  readonly path: string
  readonly masked: boolean
  readonly aliases: readonly string[]
  /** The folders of dependencies that are named: `t.target.wants` and so on, in the order in which links are made. */
  readonly folders: readonly string[]
  readonly also: readonly string[]
  readonly defaultInstance: string | undefined
}

export type Discovered =
  | { readonly info: InstallInfo }
  /** ENOLINK: a link leads nowhere. */
  | { readonly error: 'ENOENT' | 'ENOLINK' }

/** More links one after the other are a loop. Mirrors UNIT_FILE_FOLLOW_SYMLINK_MAX. */
const LINKS = 64

const STOCK_FOLDER = '/usr/lib/systemd'

/** Mirrors unit_file_search(): the file of that name, else of its template. */
export const fileOf = ({ unitFiles }: Manager, name: string): LoaderFile | undefined =>
  unitFiles.get(name) ?? unitFiles.get(templateOf(name) ?? name)

/** Where an entry among the unit files is. */
export function pathOf({ install, files }: Manager, name: string): string {
  for (const [path, link] of install.links) if (link.entry?.name === name) return path
  return `${files.unitFolder}/${name}`
}

/** The unit that a file is a link to; undefined if it is none. */
export function aliasTarget(file: LoaderFile, name: string): string | undefined {
  const link = linkOf(file)
  if (link === undefined) return undefined
  const target = baseName(link)
  const filled = withInstance(target, parseUnitName(name)?.instance)
  return filled === name || target === file.name ? undefined : filled
}

/** Mirrors install_info_discover(): links are followed. */
export function installInfoDiscover(m: Manager, asked: string): Discovered {
  let name = asked
  for (let steps = 0; steps < LINKS; steps++) {
    const file = fileOf(m, name)
    if (file === undefined) return stockInfo(m, name) ?? { error: name === asked ? 'ENOENT' : 'ENOLINK' }
    const target = aliasTarget(file, name)
    if (target === undefined) return { info: unitFileLoad(m, name, file) }
    name = target
  }
  return { error: 'ENOLINK' }
}

const NOTHING = { masked: false, aliases: [], folders: [], also: [], defaultInstance: undefined }

function stockInfo(m: Manager, name: string): Discovered | null {
  if (parseUnitName(name) === null || m.load(name).fragmentPath === undefined) return null
  return { info: { ...NOTHING, name, path: `${STOCK_FOLDER}/${m.kind}/${name}` } }
}

function unitFileLoad(m: Manager, name: string, file: LoaderFile): InstallInfo {
  const path = pathOf(m, file.name)
  if (file.text.trim() === '') return { ...NOTHING, name, path, masked: true }
  const settings = installSettings(m, [file, ...dropInsOf(m, file.name)])
  const of = (key: string): string[] => settings.get(key) ?? []
  const [defaultInstance] = of('DefaultInstance')
  const printf = (words: readonly string[]): string[] => installNamePrintf(m, name, defaultInstance, words)
  const folders = (key: string, suffix: string): string[] => printf(of(key)).map((unit) => `${unit}.${suffix}`)
  return {
    name,
    path,
    masked: false,
    aliases: printf(of('Alias')),
    folders: [
      ...folders('WantedBy', 'wants'),
      ...folders('RequiredBy', 'requires'),
      ...(m.features.upholdsFolders ? folders('UpheldBy', 'upholds') : []),
    ],
    also: printf(of('Also')),
    defaultInstance,
  }
}

export const dropInsOf = ({ unitFiles }: Manager, name: string): LoaderFile[] =>
  [...unitFiles.values()].filter((file) => file.name.startsWith(`${name}.d/`))

/** Words by key; an assignment of nothing forgets those before, but for Also=, which has been followed already. */
function installSettings(m: Manager, files: readonly LoaderFile[]): ReadonlyMap<string, string[]> {
  const words = new Map<string, string[]>()
  for (const { name, text } of files) {
    const { assignments } = parseUnitFile(text, { file: name, version: m.features.version })
    for (const { section, key, value } of assignments) {
      if (section !== 'Install') continue
      const before = value === '' && key !== 'Also' ? [] : (words.get(key) ?? [])
      words.set(key, [...before, ...splitWords(value)])
    }
  }
  return words
}

/** Of a template, its default instance counts. Differs: a word that cannot be expanded is left out in silence. */
function installNamePrintf(m: Manager, unit: string, instance: string | undefined, words: readonly string[]): string[] {
  const name = parseUnitName(instance === undefined ? unit : unitNameReplaceInstance(unit, instance))
  if (name === null) return []
  const context = { name, manager: m.kind, fragmentPath: undefined, version: m.features.version }
  return words.flatMap((word) => {
    const expanded = unitNamePrintf(context, word)
    return 'text' in expanded ? [expanded.text] : []
  })
}

/** A template becomes that instance; what is no template, or without an instance, stays as it is. */
export const withInstance = (name: string, instance: string | undefined): string =>
  instance && parseUnitName(name)?.instance === '' ? unitNameReplaceInstance(name, instance) : name

/** The name that a template's links get; itself if it is none, or has no default. */
export const installedName = ({ name, defaultInstance }: InstallInfo): string => withInstance(name, defaultInstance)
