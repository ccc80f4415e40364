/**
 * systemctl's verbs that change links to unit files. Mirrors src/systemctl/systemctl-enable.c, and what install.c and
 * install-printf.c in src/shared/ do for them (v255, v262).
 * Differs: no Alias=, no presets, no drop-ins of [Install]; each unit has one file.
 */

import type { SystemctlDeed } from '../systemd/scenario.ts'
import { templateOf } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { managerReload } from './manager-reload.ts'
import type { ClientEnd } from './systemctl.ts'
import { isQuiet } from './systemctl-options.ts'
import { installTextLines, triggeringUnitsLines } from './systemctl-words.ts'

export const INSTALL_VERBS: readonly string[] = ['enable', 'disable', 'reenable', 'mask', 'unmask']

/** What the client is told, and what it asks for next because of --now. */
export interface Installed {
  readonly lines: readonly string[]
  readonly failed: boolean
  readonly next: 'start' | 'stop' | 'try-restart' | null
}

/** Mirrors verb_is_enabled() and unit_file_lookup_state(), src/shared/install.c. Differs: neither aliases nor Also=. */
export function verbIsEnabled(m: Manager, deed: SystemctlDeed, names: readonly string[]): ClientEnd {
  const states: string[] = []
  for (const name of names) {
    const state = unitFileState(m, name)
    if (state === NOT_FOUND && !m.features.clientTellsUnknownUnits) {
      states.push(`Failed to get unit file state for ${name}: No such file or directory`)
      break
    }
    states.push(state)
  }
  const isUp = states.some((state) => state === 'static' || state.startsWith('enabled'))
  const unknown = m.features.clientTellsUnknownUnits && states.every((state) => state === NOT_FOUND)
  return { status: isUp ? 0 : unknown ? 4 : 1, output: isQuiet(deed) ? '' : states.join('\n') }
}

const NOT_FOUND = 'not-found'

function unitFileState(m: Manager, name: string): string {
  const file = fileOf(m, name)
  if (file === undefined) return NOT_FOUND
  const runtime = m.install.links.has(`${runtimeFolder(m)}/${name}`) ? '-runtime' : ''
  if (file.text.trim() === '') return `masked${runtime}`
  const isEntry = (path: string): boolean => path.endsWith(`/${name}`) && !path.includes('.d/')
  if ([...m.unitFiles.keys()].some(isEntry)) return `enabled${runtime}`
  return wantedBy(file.text).length > 0 ? 'disabled' : 'static'
}

interface Work {
  readonly m: Manager
  /** Where the links go. */
  readonly folder: string
  readonly lines: string[]
  /** One of the units has something to enable. */
  hasInstallInfo: boolean
}

/** Mirrors verb_enable(): the change of the links, then a daemon-reload. `names` are mangled already. */
export function verbEnable(m: Manager, deed: SystemctlDeed, names: readonly string[]): Installed {
  const { verb, flags } = deed
  const runtime = flags.includes('--runtime')
  const w: Work = { m, folder: runtime ? runtimeFolder(m) : m.install.folder, lines: [], hasInstallInfo: false }
  for (const name of names) if (tellsUnknown(verb) && fileOf(m, name) === undefined) w.lines.push(doesNotExist(name))
  const told = w.lines.length
  for (const name of names) {
    const error = change(w, verb, name)
    if (error !== null) return { lines: [...w.lines, `Failed to ${verb} unit: ${error}`], failed: true, next: null }
  }
  m.load.rescan()
  m.install.outdated ||= w.lines.length > told
  const lines = isQuiet(deed) ? [] : w.lines
  if (!flags.includes('--no-reload')) managerReload(m, 'reload', () => {})
  if (!isQuiet(deed) && !flags.includes('--no-warn')) lines.push(...warnings(w, verb, names))
  return { lines, failed: false, next: flags.includes('--now') ? nextOf(verb) : null }
}

function nextOf(verb: string): Installed['next'] {
  if (verb === 'enable') return 'start'
  if (verb === 'reenable') return 'try-restart'
  return verb === 'unmask' ? null : 'stop'
}

function warnings({ m, hasInstallInfo }: Work, verb: string, names: readonly string[]): string[] {
  const tells = verb === 'enable' || verb === 'reenable' || (verb === 'disable' && m.features.disableTellsInstallInfo)
  const operation = verb === 'disable' ? 'Disabling' : verb === 'mask' ? 'Masking' : null
  const triggering =
    operation === null || !m.features.triggerWarningInOneLine
      ? []
      : names.flatMap((name) => triggeringUnitsLines(m, name, operation))
  return [...triggering, ...(tells && !hasInstallInfo ? installTextLines(m) : [])]
}

function change(w: Work, verb: string, name: string): string | null {
  switch (verb) {
    case 'mask':
      return unitFileMask(w, name)
    case 'unmask':
      unlink(w, `${w.folder}/${name}`)
      return null
    case 'enable':
      return unitFileEnable(w, name)
    case 'disable':
      return unitFileDisable(w, name)
    default: {
      const error = unitFileDisable(w, name)
      return error ?? unitFileEnable(w, name)
    }
  }
}

const tellsUnknown = (verb: string): boolean => verb === 'mask' || verb === 'unmask'
const doesNotExist = (name: string): string => `Unit ${name} does not exist, proceeding anyway.`

const fileOf = (m: Manager, name: string) => m.unitFiles.get(name) ?? m.unitFiles.get(templateOf(name) ?? name)

/** Mirrors unit_file_mask(): what has its file in the same folder cannot be masked. */
function unitFileMask(w: Work, name: string): string | null {
  const { m, folder } = w
  const path = `${folder}/${name}`
  const { kind, links } = m.install
  if (links.has(path)) return null
  const file = m.unitFiles.get(name)
  if (kind === 'same' && folder === m.install.folder && file !== undefined) {
    return m.features.installQuotesPaths ? `File '${path}' already exists` : `File ${path} already exists.`
  }
  const counts = kind === 'above' || (kind === 'same' && file === undefined)
  links.set(path, counts ? { name, hidden: file } : null)
  if (counts) m.unitFiles.set(name, { name, text: '' })
  w.lines.push(created(w, path, '/dev/null'))
  return null
}

/** Mirrors unit_file_enable(): a link in the folder of each unit that wants it. */
function unitFileEnable(w: Work, name: string): string | null {
  const { m } = w
  const file = fileOf(m, name)
  if (file === undefined) return absent(m, name)
  const wanted = wantedBy(file.text)
  if (wanted.length > 0) w.hasInstallInfo = true
  for (const folder of wanted) {
    const entry = `${folder}/${name}`
    const path = `${w.folder}/${entry}`
    if (m.install.links.has(path)) continue
    const counts = m.install.kind !== 'apart'
    m.install.links.set(path, counts ? { name: entry, hidden: m.unitFiles.get(entry) } : null)
    if (counts) m.unitFiles.set(entry, { name: entry, text: '' })
    const from = `${m.files.unitFolder}/${file.name}`
    w.lines.push(created(w, path, from))
    const wanting = folder.slice(0, folder.lastIndexOf('.'))
    if (m.features.installTellsAbsentTarget && m.load(wanting).loadState === 'not-found')
      w.lines.push(`Unit ${from} is added as a dependency to a non-existent unit ${wanting}.`)
  }
  return null
}

/** Mirrors unit_file_disable(): every link of that name goes, a mask among them. */
function unitFileDisable(w: Work, name: string): string | null {
  const { m } = w
  const file = fileOf(m, name)
  if (file === undefined) return absent(m, name)
  if (wantedBy(file.text).length > 0) w.hasInstallInfo = true
  const paths = [...m.install.links.keys()].filter((path) => path.startsWith(w.folder) && path.endsWith(`/${name}`))
  for (const path of paths) unlink(w, path)
  return null
}

function unlink({ m, lines }: Work, path: string): void {
  const { links } = m.install
  const link = links.get(path)
  if (link === undefined) return
  links.delete(path)
  if (link?.hidden) m.unitFiles.set(link.name, link.hidden)
  else if (link) m.unitFiles.delete(link.name)
  const { installQuotesPaths, installQuotesRemoved } = m.features
  lines.push(
    installQuotesPaths ? `Removed '${path}'.` : installQuotesRemoved ? `Removed "${path}".` : `Removed ${path}.`,
  )
}

const created = ({ m }: Work, path: string, to: string): string =>
  m.features.installQuotesPaths ? `Created symlink '${path}' → '${to}'.` : `Created symlink ${path} → ${to}.`

const absent = (m: Manager, name: string): string =>
  m.features.installQuotesPaths ? `Unit ${name} does not exist` : `Unit file ${name} does not exist.`

const runtimeFolder = (m: Manager): string => (m.kind === 'system' ? '/run/systemd/system' : '/run/user/0/systemd/user')

const FOLDERS: Readonly<Record<string, string>> = { WantedBy: 'wants', RequiredBy: 'requires', UpheldBy: 'upholds' }

/** The folders that [Install] names: `multi-user.target.wants` and so on. */
function wantedBy(text: string): string[] {
  const [, install = ''] = text.split(/^\[Install\][ \t]*$/m)
  const [own = ''] = install.split(/^\[/m)
  return own.split('\n').flatMap((line) => {
    const [key = '', value = ''] = line.split('=')
    const suffix = FOLDERS[key.trim()]
    return suffix === undefined
      ? []
      : value
          .split(/\s+/)
          .filter(Boolean)
          .map((unit) => `${unit}.${suffix}`)
  })
}
