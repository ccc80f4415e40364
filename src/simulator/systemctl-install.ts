/**
 * systemctl's verbs that change links to unit files. Mirrors src/systemctl/systemctl-enable.c, -add-dependency.c and
 * -is-enabled.c (v255, v262).
 */

import type { SystemctlDeed } from '../systemd/scenario.ts'
import { mangleUnitName, parseUnitName } from '../systemd/unit.ts'
import {
  type InstallCall,
  unitFileAddDependency,
  unitFileDisable,
  unitFileEnable,
  unitFileLink,
  unitFileMask,
  unitFilePreset,
  unitFileRevert,
  unitFileSetDefault,
  unitFileUnmask,
} from './install.ts'
import { installInfoDiscover } from './install-info.ts'
import { findSymlinks, runtimeFolder } from './install-links.ts'
import type { Manager } from './manager.ts'
import { managerReload } from './manager-reload.ts'
import type { ClientEnd } from './systemctl.ts'
import { isForced, isQuiet, mayWarn, optionValues } from './systemctl-options.ts'
import { installTextLines, triggeringUnitsLines } from './systemctl-words.ts'

export const INSTALL_VERBS: readonly string[] = [
  ...['enable', 'disable', 'reenable', 'preset', 'mask', 'unmask', 'link', 'revert', 'add-wants', 'add-requires'],
  'set-default',
]

/** What the client is told, and what it asks for next because of --now. */
export interface Installed {
  readonly lines: readonly string[]
  readonly failed: boolean
  readonly next: 'start' | 'stop' | 'try-restart' | null
  /** Of the units that are asked for next. */
  readonly names: readonly string[]
}

/**
 * Mirrors verb_is_enabled() and unit_file_lookup_state(), src/shared/install.c. Up to v252, the first name that is
 * unknown is the end; that is said before what standard output has kept back.
 */
export function verbIsEnabled(m: Manager, deed: SystemctlDeed, names: readonly string[]): ClientEnd {
  const states: string[] = []
  for (const name of names) {
    const state = unitFileState(m, name)
    if (state === NOT_FOUND && !m.features.clientTellsUnknownUnits) {
      const error = `Failed to get unit file state for ${name}: No such file or directory`
      return { status: 1, output: [error, ...(isQuiet(deed) ? [] : states)].join('\n') }
    }
    states.push(state)
  }
  const isUp = states.some((state) => UP.has(state))
  const unknown = m.features.clientTellsUnknownUnits && states.every((state) => state === NOT_FOUND)
  return { status: isUp ? 0 : unknown ? 4 : 1, output: isQuiet(deed) ? '' : states.join('\n') }
}

const NOT_FOUND = 'not-found'
const UP: ReadonlySet<string> = new Set(['enabled', 'enabled-runtime', 'static', 'alias', 'indirect'])

export function unitFileState(m: Manager, name: string): string {
  const found = installInfoDiscover(m, name)
  if ('error' in found) return NOT_FOUND
  const { info } = found
  if (info.masked) return info.path.startsWith(`${runtimeFolder(m)}/`) ? 'masked-runtime' : 'masked'
  if (info.name !== name && parseUnitName(info.name)?.instance === undefined) return 'alias'
  const known = findSymlinks(m, info, true)
  if (known !== null) return known
  if (findSymlinks(m, info, false) !== null) return 'indirect'
  if (info.aliases.length + info.folders.length > 0) return 'disabled'
  return info.also.length > 0 ? 'indirect' : 'static'
}

/** Mirrors mangle_names(): a path stays one. */
const mangleNames = (names: readonly string[]): string[] =>
  names.map((name) => (name.includes('/') ? name : mangleUnitName(name)))

const NOT_YET = { error: null, ended: false, hasInstallInfo: false, modified: false }

/** Mirrors verb_enable() and verb_add_dependency(): the change of the links, then a daemon-reload. */
export function verbEnable(m: Manager, deed: SystemctlDeed): Installed {
  const { verb, flags } = deed
  const names = mangleNames(deed.units)
  const misread = verb === 'link' ? names.find((name) => !name.includes('/')) : undefined
  if (misread !== undefined) return { lines: noPathLines(m, misread), failed: true, next: null, names }
  const folder = flags.includes('--runtime') ? runtimeFolder(m) : m.install.folder
  const c: InstallCall = { m, folder, force: isForced(deed), lines: [], ...NOT_YET }
  const told = tellsUnknown(verb) ? names.filter((name) => unitFileState(m, name) === NOT_FOUND).map(doesNotExist) : []
  change(c, deed, names)
  m.load.rescan()
  m.install.outdated ||= c.modified
  if (c.error !== null && (c.ended || c.lines.length === 0)) {
    return { lines: [...told, `Failed to ${taskOf(verb)}: ${c.error}`], failed: true, next: null, names }
  }
  const lines = isQuiet(deed) ? told : [...told, ...c.lines]
  if (!flags.includes('--no-reload')) managerReload(m, 'reload', () => {})
  if (mayWarn(deed)) lines.push(...warnings(c, verb, names))
  if (verb === 'set-default' && m.kind === 'user' && !isQuiet(deed)) lines.push(OVERRIDDEN)
  const now = flags.includes('--now')
  const next = now ? nextOf(m, verb) : null
  const refused = now && next === null && m.features.nowOfReenable
  if (refused) lines.push('--now can only be used with verb enable, disable, reenable, or mask.')
  return { lines, failed: refused, next, names: next === null ? names : globTemplates(m, verb, names, lines) }
}

const taskOf = (verb: string): string =>
  verb.startsWith('add-') ? 'add dependency' : verb === 'set-default' ? 'set default target' : `${verb} unit`

/** Mirrors normalize_link_paths(). */
function noPathLines({ features }: Manager, name: string): string[] {
  if (!features.linkNamesAbsentFile) return [`Link argument does contain at least one directory separator: ${name}`]
  const q = features.installQuotesPaths ? "'" : ''
  return [
    'Link argument must contain at least one directory separator.',
    `If you intended to link a file in the current directory, try ${q}./${name}${q} instead.`,
  ]
}

/** For --now, a template stands for its instances, unless they are to be started. */
function globTemplates(m: Manager, verb: string, names: readonly string[], lines: string[]): string[] {
  if (!m.features.nowOfReenable) return [...names]
  return names.flatMap((name) => {
    if (parseUnitName(name)?.instance !== '') return name
    if (verb !== 'enable') return name.replace('@.', '@*.')
    lines.push(`Template unit is not supported by ${verb} --now, skipping: ${name}`)
    return []
  })
}

/** A user's default.target is the one of the unit folder all the same. */
const OVERRIDDEN = 'Note: "default.target" is the default unit (possibly a runtime override).'

function nextOf({ features }: Manager, verb: string): Installed['next'] {
  if (verb === 'enable') return 'start'
  if (verb === 'reenable') return features.nowOfReenable ? 'try-restart' : null
  return verb === 'disable' || verb === 'mask' ? 'stop' : null
}

function warnings({ m, hasInstallInfo }: InstallCall, verb: string, names: readonly string[]): string[] {
  const tells = verb === 'enable' || verb === 'reenable' || (verb === 'disable' && m.features.disableTellsInstallInfo)
  const operation = verb === 'disable' ? 'Disabling' : verb === 'mask' ? 'Masking' : null
  const triggering =
    operation === null || !m.features.triggerWarningInOneLine
      ? []
      : names.flatMap((name) => triggeringUnitsLines(m, name, operation))
  return [...triggering, ...(tells && !hasInstallInfo ? installTextLines(m) : [])]
}

const ONE_BY_ONE: Readonly<Record<string, (c: InstallCall, name: string) => void>> = {
  mask: unitFileMask,
  unmask: unitFileUnmask,
  'set-default': unitFileSetDefault,
  link: unitFileLink,
  revert: unitFileRevert,
}

function change(c: InstallCall, deed: SystemctlDeed, names: readonly string[]): void {
  const { verb } = deed
  const changeOne = ONE_BY_ONE[verb]
  if (changeOne !== undefined) {
    for (const name of names) changeOne(c, name)
    return
  }
  switch (verb) {
    case 'preset':
      unitFilePreset(c, names, optionValues(deed, '--preset-mode').at(-1) ?? 'full')
      return
    case 'add-wants':
    case 'add-requires': {
      const [target = '', ...others] = names
      unitFileAddDependency(c, target, others, verb.slice('add-'.length))
      return
    }
    case 'disable':
      unitFileDisable(c, names)
      return
    case 'reenable':
      unitFileDisable(c, names)
      c.hasInstallInfo = false
      if (!c.ended) unitFileEnable(c, names)
      return
    default:
      unitFileEnable(c, names)
  }
}

const tellsUnknown = (verb: string): boolean => verb === 'mask' || verb === 'unmask'
const doesNotExist = (name: string): string => `Unit ${name} does not exist, proceeding anyway.`
