/**
 * The links that enable unit files. Mirrors create_symlink(), remove_marked_symlinks() and find_symlinks_in_scope(),
 * src/shared/install.c (v257).
 */

import { baseName } from '../systemd/path-util.ts'
import { isUnitSymlink } from '../systemd/scenario.ts'
import { parseUnitName, templateOf } from '../systemd/unit.ts'
import { type InstallInfo, installedName } from './install-info.ts'
import type { Manager } from './manager.ts'

/** A link in a folder of the search path; `to` is its target's path, or name. */
interface Link {
  readonly path: string
  /** `t.target.wants`; nothing for what is no dependency. */
  readonly folder: string
  readonly base: string
  readonly to: string
}

export const runtimeFolder = (m: Manager): string =>
  m.kind === 'system' ? '/run/systemd/system' : '/run/user/0/systemd/user'

/** What of the scenario's own files is a link: an entry of a folder of dependencies, an alias, a mask. */
function ownLinks({ files: { unitFolder }, install, unitFiles }: Manager): Link[] {
  const made = new Set([...install.links.values()].map(({ entry }) => entry?.name))
  return [...unitFiles.values()]
    .filter(({ name, link }) => (isUnitSymlink(name) || link !== undefined) && !made.has(name))
    .map(({ name, link }) => linkAt(unitFolder, `${unitFolder}/${name}`, link ?? baseName(name)))
}

function linkAt(config: string, path: string, to: string): Link {
  const rest = path.slice(config.length + 1)
  return { path, folder: rest.slice(0, Math.max(0, rest.indexOf('/'))), base: baseName(path), to }
}

/** The links below one folder of the search path, in the order of their making. */
function linksIn(m: Manager, config: string): Link[] {
  const own = config === m.files.unitFolder ? ownLinks(m) : []
  const made = [...m.install.links].filter(([path]) => path.startsWith(`${config}/`))
  return [...own, ...made.map(([path, { to }]) => linkAt(config, path, to))]
}

/** What is where a link is to be made; another link with its target. */
export type Place = 'absent' | 'same' | 'file' | { readonly to: string }

/** Whether there is a link, and whether it is the same as far as units go: what has the same name is the same. */
export function compareLink(m: Manager, path: string, to: string): Place {
  const made = m.install.links.get(path)
  if (made !== undefined) return baseName(made.to) === baseName(to) ? 'same' : made
  const { unitFolder } = m.files
  const name = path.startsWith(`${unitFolder}/`) ? path.slice(unitFolder.length + 1) : ''
  const file = m.unitFiles.get(name)
  if (file === undefined) return 'absent'
  if (isUnitSymlink(name)) return 'same'
  if (m.install.kind === 'above') return 'absent'
  const { link } = file
  if (link === undefined) return 'file'
  return baseName(link) === baseName(to) ? 'same' : { to: link }
}

/** The entry that the manager sees; one of the same name in a folder of higher rank hides it. */
export function symlink(m: Manager, config: string, path: string, to: string): void {
  const { kind, folder, links } = m.install
  const name = path.slice(config.length + 1)
  const hidden = m.unitFiles.get(name)
  const counts = kind === 'above' || (kind === 'same' && (hidden === undefined || config === folder))
  links.set(path, { to, entry: counts ? { name, hidden } : null })
  if (counts) m.unitFiles.set(name, { name, text: '', link: to })
}

/** What the link had hidden is seen again. */
export function unlink(m: Manager, path: string): void {
  const link = m.install.links.get(path)
  m.install.links.delete(path)
  if (link?.entry?.hidden) m.unitFiles.set(link.entry.name, link.entry.hidden)
  else m.unitFiles.delete(link === undefined ? path.slice(m.files.unitFolder.length + 1) : (link.entry?.name ?? ''))
}

/**
 * Mirrors remove_marked_symlinks(): what is called like a marked unit, or is a link to one, and links to that. The
 * newest is met first, as in a tmpfs; a folder is as old as its first entry.
 */
export function removeMarkedSymlinks(m: Manager, config: string, marked: Set<string>): string[] {
  const removed: string[] = []
  const isMarked = ({ base, to }: Link): boolean =>
    marked.has(base) || marked.has(templateOf(base) ?? base) || marked.has(baseName(to)) || marked.has(to)
  for (;;) {
    const found = newestFirst(linksIn(m, config)).filter(isMarked)
    if (found.length === 0) return removed
    for (const { path } of found) {
      unlink(m, path)
      marked.add(path)
      removed.push(path)
    }
  }
}

function newestFirst(links: readonly Link[]): Link[] {
  const byEntry = new Map<string, Link[]>()
  for (const link of links) {
    const entry = link.folder === '' ? link.base : link.folder
    byEntry.set(entry, [link, ...(byEntry.get(entry) ?? [])])
  }
  return [...byEntry.values()].reverse().flat()
}

export type EnabledState = 'enabled' | 'enabled-runtime' | 'linked' | 'linked-runtime'

/** Mirrors find_symlinks_in_scope(). With `onlyKnown`, none counts that [Install] would not make. */
export function findSymlinks(m: Manager, info: InstallInfo, onlyKnown: boolean): EnabledState | null {
  const folders = m.install.kind === 'apart' ? [m.files.unitFolder] : [m.install.folder, m.files.unitFolder]
  if (folders.some((folder) => linksIn(m, folder).some((link) => isLinkOf(link, info, onlyKnown)))) return 'enabled'
  if (m.install.kind === 'apart') return null
  const runtime = runtimeFolder(m)
  // Below the folder of the unit's file, links of its name were passed over.
  const counts = ({ base }: Link): boolean => m.features.runtimeLinksCount || base !== info.name
  if (linksIn(m, runtime).some((link) => isLinkOf(link, info, onlyKnown) && counts(link))) return 'enabled-runtime'
  const isSame = ({ folder, base }: Link): boolean => folder === '' && base === info.name
  if (linksIn(m, m.install.folder).some(isSame)) return 'linked'
  return linksIn(m, runtime).some(isSame) ? 'linked-runtime' : null
}

/** Mirrors find_symlinks_in_directory() and is_symlink_with_known_name(). */
function isLinkOf({ folder, base, to }: Link, info: InstallInfo, onlyKnown: boolean): boolean {
  const isNamedSo = base === info.name
  const leadsThere = folder === '' ? baseName(to) === info.name : (templateOf(base) ?? base) === info.name
  // A link of its own name is a unit that is linked from elsewhere, or masked.
  if (folder === '' && isNamedSo) return false
  if (!isNamedSo && !leadsThere) return false
  return !onlyKnown || isNamedSo || info.aliases.includes(base) || installedName(info) === base
}

/** Mirrors unit_validate_alias_symlink_or_warn(), src/shared/unit-file.c, as to the two names. */
export function mayAlias(alias: string, target: string): boolean {
  const [src, dst] = [parseUnitName(alias), parseUnitName(target)]
  if (src === null || dst === null || src.type !== dst.type || !ALIASABLE.has(src.type)) return false
  if (dst.instance) return src.instance === dst.instance
  return dst.instance === '' ? src.instance !== undefined : src.instance === undefined
}

const ALIASABLE: ReadonlySet<string> = new Set(['service', 'socket', 'target', 'device', 'timer', 'path'])
