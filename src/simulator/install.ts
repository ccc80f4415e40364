/**
 * Unit files are enabled, disabled, masked and linked. Mirrors src/shared/install.c (v257), and the words of
 * install_changes_dump() there and, of errors until v255, of install_error(), src/core/dbus-manager.c.
 * Differs: no preset files, and no vendor's file comes back with a revert.
 */

import { baseName, parentOf } from '../systemd/path-util.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { NOWHERE } from '../systemd/unit-file-index.ts'
import {
  aliasTarget,
  dropInsOf,
  fileOf,
  type InstallInfo,
  installedName,
  installInfoDiscover,
  pathOf,
  withInstance,
} from './install-info.ts'
import { compareLink, mayAlias, removeMarkedSymlinks, symlink, unlink } from './install-links.ts'
import type { Manager } from './manager.ts'

/** One call, as it goes on. */
export interface InstallCall {
  readonly m: Manager
  /** Where the links go. */
  readonly folder: string
  readonly force: boolean
  readonly lines: string[]
  /** The first error; what has been done until then stays. Not told if it ended nothing, and something was done. */
  error: string | null
  ended: boolean
  /** One of the units has something to enable. */
  hasInstallInfo: boolean
  modified: boolean
}

/** Names that are to be worked on, in their order; those that came by Also= may be missing. */
type Context = Map<string, 'asked' | 'auxiliary'>

function complain(c: InstallCall, error: string): void {
  c.error ??= error
}

function fail(c: InstallCall, error: string): void {
  complain(c, error)
  c.ended = true
}

function removed(c: InstallCall, path: string): void {
  const { installQuotesPaths, installQuotesRemoved } = c.m.features
  const quote = installQuotesPaths ? "'" : installQuotesRemoved ? '"' : ''
  c.modified = true
  c.lines.push(`Removed ${quote}${path}${quote}.`)
}

/** Mirrors create_symlink(). */
function createSymlink(c: InstallCall, path: string, to: string, force: boolean): void {
  const { m } = c
  const q = m.features.installQuotesPaths ? "'" : ''
  const there = compareLink(m, path, to)
  if (there === 'same') return
  if (there === 'file' || (there !== 'absent' && !force)) {
    const leads = there === 'file' ? '' : ` and is a symlink to ${there.to}`
    fail(c, `File ${q}${path}${q} already exists${leads}${m.features.installQuotesPaths ? '' : '.'}`)
    return
  }
  if (there !== 'absent') {
    unlink(m, path)
    removed(c, path)
  }
  symlink(m, c.folder, path, to)
  c.modified = true
  c.lines.push(`Created symlink ${q}${path}${q} → ${q}${to}${q}.`)
}

const absent = ({ m }: InstallCall, name: string): string =>
  m.features.installQuotesPaths ? `Unit ${name} does not exist` : `Unit file ${name} does not exist.`

const isLinked = ({ m }: InstallCall, name: string): string =>
  m.features.installQuotesPaths
    ? `Refusing to operate on linked unit file ${name}`
    : `Refusing to operate on alias name or linked unit file: ${name}`

function unresolvable(c: InstallCall, name: string, error: 'ENOENT' | 'ENOLINK'): string {
  return error === 'ENOLINK' && c.m.features.installQuotesPaths
    ? `Unit ${name} is an unresolvable alias`
    : absent(c, name)
}

/** Mirrors install_info_discover_and_check(): the unit, and the name that it goes by, are to be worked on. */
function discoverAndCheck(c: InstallCall, context: Context, name: string): InstallInfo | null {
  const found = installInfoDiscover(c.m, name)
  context.set(name, 'asked')
  if ('error' in found) {
    fail(c, unresolvable(c, name, found.error))
    return null
  }
  const { info } = found
  if (info.masked) {
    fail(c, c.m.features.installQuotesPaths ? `Unit ${info.path} is masked` : `Unit file ${info.path} is masked.`)
    return null
  }
  add(context, info)
  return info
}

function add(context: Context, info: InstallInfo): void {
  context.set(info.name, 'asked')
  addAlso(context, info)
}

function addAlso(context: Context, { also }: InstallInfo): void {
  for (const other of also) if (!context.has(other)) context.set(other, 'auxiliary')
}

/** Mirrors unit_file_enable(). `lenient`: what a preset passes over. */
export function unitFileEnable(c: InstallCall, names: readonly string[], lenient = false): void {
  const context: Context = new Map()
  for (const name of names) if (discoverAndCheck(c, context, name) === null) return
  // What Also= brings comes behind, and is met by the same loop.
  for (const [name, how] of context) {
    const file = fileOf(c.m, name)
    if (file !== undefined && aliasTarget(file, name) !== undefined) {
      fail(c, isLinked(c, name))
      return
    }
    const found = installInfoDiscover(c.m, name)
    if ('info' in found) installInfoApply(c, context, found.info, lenient)
    else if (how === 'auxiliary' && c.m.features.enableTellsTrouble) {
      c.lines.push(`Failed to enable auxiliary unit ${name}, ignoring.`)
    } else {
      fail(c, absent(c, name))
      return
    }
  }
}

/** Mirrors install_info_apply(): aliases, then a link in the folder of each unit that wants it. */
function installInfoApply(c: InstallCall, context: Context, info: InstallInfo, lenient: boolean): void {
  if (info.masked) {
    c.lines.push(`Unit ${info.path} is masked, ignoring.`)
    c.hasInstallInfo = true
    return
  }
  addAlso(context, info)
  if (info.aliases.length + info.folders.length > 0) c.hasInstallInfo = true
  for (const alias of info.aliases) symlinkAlias(c, info, alias, lenient)
  symlinkWants(c, info, info.folders, lenient)
}

function symlinkAlias(c: InstallCall, info: InstallInfo, alias: string, lenient: boolean): void {
  const { name, path } = info
  if (alias === name) return
  const link = withInstance(alias, parseUnitName(name)?.instance)
  const entry = baseName(link)
  if (entry === link ? !mayAlias(link, name) : entry !== name || !/^[^/]+\.(?:wants|requires)\//.test(link)) {
    if (c.m.features.enableTellsTrouble) {
      fail(c, `Cannot alias ${name} as ${link}${c.m.features.installQuotesPaths ? '' : '.'}`)
    }
    return
  }
  const { error, ended } = c
  createSymlink(c, `${c.folder}/${link}`, path, c.force)
  if (lenient) Object.assign(c, { error, ended })
}

function symlinkWants(c: InstallCall, info: InstallInfo, folders: readonly string[], lenient: boolean): void {
  const { m } = c
  const name = installedName(info)
  const isTemplate = parseUnitName(name)?.instance === ''
  for (const folder of folders) {
    const wanting = folder.slice(0, folder.lastIndexOf('.'))
    if (isTemplate && parseUnitName(wanting)?.instance === undefined) {
      if (!lenient && m.features.enableTellsTrouble) fail(c, templateRefused(c, name, wanting))
      continue
    }
    createSymlink(c, `${c.folder}/${folder}/${name}`, info.path, true)
    if (m.features.installTellsAbsentTarget && m.load(wanting).loadState === 'not-found')
      c.lines.push(`Unit ${info.path} is added as a dependency to a non-existent unit ${wanting}.`)
  }
}

const templateRefused = ({ m }: InstallCall, name: string, wanting: string): string =>
  m.features.installQuotesPaths
    ? `Refusing to operate on template unit ${name} when destination unit ${wanting} is a non-template unit`
    : `Destination unit ${wanting} is a non-template unit.`

/** Mirrors unit_file_disable(): every link of that name goes, and what Also= names with it. */
export function unitFileDisable(c: InstallCall, names: readonly string[]): void {
  const context: Context = new Map()
  for (const name of names) {
    context.set(name, 'asked')
    const found = installInfoDiscover(c.m, name)
    if ('error' in found) {
      complain(c, unresolvable(c, name, found.error))
      continue
    }
    const { aliases, folders, also } = found.info
    if (aliases.length + folders.length + also.length > 0) c.hasInstallInfo = true
  }
  const marked = new Set<string>()
  for (const [name] of context) {
    const found = installInfoDiscover(c.m, name)
    if ('info' in found) {
      if (found.info.masked) {
        c.lines.push(`Unit ${found.info.path} is masked, ignoring.`)
        continue
      }
      add(context, found.info)
    }
    marked.add(name)
  }
  for (const path of removeMarkedSymlinks(c.m, c.folder, marked)) removed(c, path)
}

/** Mirrors unit_file_preset() where no file says otherwise: everything is enabled. */
export function unitFilePreset(c: InstallCall, names: readonly string[], mode: string): void {
  const own: string[] = []
  for (const name of names) {
    const found = installInfoDiscover(c.m, name)
    if ('error' in found) {
      complain(c, unresolvable(c, name, found.error))
      if (c.m.features.presetGoesOn) continue
      c.ended = true
      return
    }
    if (found.info.name === name) own.push(name)
  }
  if (mode !== 'disable-only') unitFileEnable(c, own, true)
}

/** Mirrors unit_file_mask(): what has its file in the same folder cannot be masked. */
export function unitFileMask(c: InstallCall, name: string): void {
  createSymlink(c, `${c.folder}/${name}`, NOWHERE, c.force)
}

/** Mirrors unit_file_unmask(). */
export function unitFileUnmask(c: InstallCall, name: string): void {
  const path = `${c.folder}/${name}`
  if (compareLink(c.m, path, NOWHERE) !== 'same') return
  unlink(c.m, path)
  removed(c, path)
}

/** Mirrors unit_file_link(). Differs: what is linked is as empty as the file that was made. */
export function unitFileLink(c: InstallCall, path: string): void {
  const { m } = c
  const [folder, name] = [parentOf(path), baseName(path)]
  const isOwn = folder === m.files.unitFolder && m.unitFiles.has(name)
  if (!isOwn && m.files.kindOf(path) === null)
    fail(c, m.features.linkNamesAbsentFile ? absent(c, path) : 'No such file or directory')
  else if (folder !== m.files.unitFolder) createSymlink(c, `${c.folder}/${name}`, path, c.force)
}

/** Mirrors unit_file_revert(): drop-ins of the administrator's go. */
export function unitFileRevert(c: InstallCall, name: string): void {
  const { m } = c
  if (m.install.kind === 'apart') return
  const dropIns = dropInsOf(m, name).reverse()
  for (const { name: file } of dropIns) {
    removed(c, pathOf(m, file))
    m.unitFiles.delete(file)
  }
  if (dropIns.length > 0) removed(c, pathOf(m, `${name}.d`))
}

/** Mirrors unit_file_add_dependency(). */
export function unitFileAddDependency(c: InstallCall, target: string, names: readonly string[], suffix: string): void {
  const context: Context = new Map()
  const wanting = discoverAndCheck(c, context, target)
  if (wanting === null) return
  const infos = names.map((name) => discoverAndCheck(c, context, name))
  if (c.error !== null) return
  for (const info of infos) if (info !== null) symlinkWants(c, info, [`${wanting.name}.${suffix}`], false)
}

/** Mirrors unit_file_set_default(). */
export function unitFileSetDefault(c: InstallCall, name: string): void {
  if (!name.endsWith('.target') || name === 'default.target') {
    fail(c, 'Invalid argument')
    return
  }
  const info = discoverAndCheck(c, new Map(), name)
  if (info !== null) createSymlink(c, `${c.folder}/default.target`, info.path, true)
}
