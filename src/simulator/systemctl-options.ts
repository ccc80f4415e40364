/**
 * What systemctl makes of its options and of the names it is given, before it asks for anything. Mirrors verb_start()
 * and expand_unit_names(), src/systemctl/ (v255).
 */

import type { SystemctlDeed } from '../systemd/scenario.ts'
import { parseSignal } from '../systemd/signal.ts'
import { unknownOption } from '../systemd/systemctl.ts'
import { escapeMangle, mangleUnitName } from '../systemd/unit.ts'
import { matchesGlob } from './files.ts'
import type { Manager } from './manager.ts'
import { inAnyOrder } from './order.ts'
import { misreadMarked } from './systemctl-marked.ts'
import { misusedVerb } from './systemctl-verbs.ts'
import { unitActiveState } from './unit.ts'

const hasFlag = ({ flags }: SystemctlDeed, ...spellings: readonly string[]): boolean =>
  flags.some((flag) => spellings.includes(flag))

/** What an option was given, as often as it was, in any of its spellings. */
export const optionValues = ({ flags }: SystemctlDeed, ...spellings: readonly string[]): string[] =>
  flags.flatMap((flag) => spellings.flatMap((name) => (flag.startsWith(`${name}=`) ? flag.slice(name.length + 1) : [])))

export const isQuiet = (deed: SystemctlDeed): boolean => hasFlag(deed, '-q', '--quiet')
/** Triggering units, and units that cannot be enabled, are passed over in silence by either. */
export const mayWarn = (deed: SystemctlDeed): boolean => !isQuiet(deed) && !hasFlag(deed, '--no-warn')
/** Says so only at debug level. */
export const isDryRun = (deed: SystemctlDeed): boolean => hasFlag(deed, '--dry-run')
/** Left to logind, which does nothing before its time. */
export const isScheduled = (deed: SystemctlDeed): boolean => optionValues(deed, '--when').length > 0
export const isForced = (deed: SystemctlDeed): boolean => hasFlag(deed, '-f', '--force')

export const showsTransaction = (deed: SystemctlDeed): boolean => hasFlag(deed, '-T', '--show-transaction')
export const waitsForUnits = (deed: SystemctlDeed): boolean => hasFlag(deed, '--wait')
const NO_LEGEND = ['--no-legend', '--legend=no', '--legend=false', '--legend=0']
/** Since v247 --quiet leaves out heads and sums, too, unless they are asked for. */
export const hasLegend = (deed: SystemctlDeed): boolean => !isQuiet(deed) && !hasFlag(deed, ...NO_LEGEND)

/** Verbs that need the bus itself, not only the manager's own socket. */
const BUS_VERBS: readonly string[] = ['clean', 'freeze', 'thaw']

/** The lines of a client that gives up at once; null if it goes on. A user's manager is alone, and without a bus. */
export function refusalOf(m: Manager, deed: SystemctlDeed, requestsJobs: boolean): string | null {
  const misread = misreadArguments(m, deed)
  if (misread !== null) return misread
  const waits = requestsJobs && waitsForUnits(deed)
  if (waits && deed.verb !== 'start' && deed.verb !== 'restart') {
    return "--wait may only be used with the 'start' or 'restart' commands."
  }
  if (m.kind === 'system') return null
  const scope = deed.flags.findLast((flag) => flag === '--system' || flag === '--user') ?? '--user'
  if (scope === '--user' && !waits && !BUS_VERBS.includes(deed.verb)) return null
  return connectFailure(m, 'No such file or directory', scope.slice(2))
}

/** Mirrors systemctl_parse_argv() and dispatch_verb(): what is wrong with the command line itself. */
function misreadArguments(m: Manager, deed: SystemctlDeed): string | null {
  const { features } = m
  const { signal, flags } = deed
  const dashed = flags.find((flag) => flag.startsWith('-.'))
  if (dashed !== undefined) return dashedUnit(m, dashed)
  const unknown = flags.find(
    (flag) =>
      unknownOption(flag) !== null ||
      (!features.clientKnowsKillWhom && flag.startsWith('--kill-whom')) ||
      (!features.clientKnowsNoWarn && flag === '--no-warn') ||
      (!features.marksUnits && flag === '--marked') ||
      (!features.clientRebootsSoftly && flag.startsWith('--when')),
  )
  if (unknown !== undefined) return unrecognized(m, unknown)
  if (signal !== null && parseSignal(signal) === null) {
    return `Failed to parse signal string ${features.clientQuotesSignal ? `"${signal}"` : signal}.`
  }
  if (deed.noBlock && waitsForUnits(deed)) return '--wait may not be combined with --no-block.'
  return misreadMarked(deed) ?? misusedVerb(m, deed)
}

/** In getopt_long()'s words, until systemctl reads its options by itself. */
function unrecognized({ features }: Manager, flag: string): string {
  const name = unknownOption(flag) ?? flag
  if (features.clientReadsOptions) return `systemctl: unrecognized option '${name}'`
  return flag.startsWith('--')
    ? `systemctl: unrecognized option '${flag}'`
    : `systemctl: invalid option -- '${name[1]}'`
}

/** A unit whose name begins with a dash is an option to getopt(). */
function dashedUnit({ features }: Manager, name: string): string {
  const more = features.clientSetsEllipsis ? '…' : '...'
  return [
    "systemctl: invalid option -- '.'",
    'Hint: to specify units starting with a dash, use "--":',
    `      systemctl [OPTIONS${more}] COMMAND -- ${name === '-.' ? '-.mount' : name} ${more}`,
  ].join('\n')
}

/** Mirrors bus_log_connect_error(), src/shared/bus-util.c. */
export function connectFailure(m: Manager, why: string, scope = 'user'): string {
  const where = m.features.clientNamesTransport ? `${scope} scope bus via local transport` : 'bus'
  return `Failed to connect to ${where}: ${why}`
}

const GLOB = /[*?[]/

/** Mirrors the notice of unit_name_mangle_with_suffix(), src/basic/unit-name.c. */
export function mangleWarning(name: string): string[] {
  const escaped = escapeMangle(name, GLOB.test(name))
  if (escaped === name || name.startsWith('/')) return []
  return [`Invalid unit name "${name}" escaped as "${escaped}" (maybe you should use systemd-escape?).`]
}

export const wantsAll = (deed: SystemctlDeed): boolean => hasFlag(deed, '-a', '--all')

/** Mirrors expand_unit_names(): patterns stand for units that are loaded and up, failed or about to do something. */
export function expandUnitNames(
  m: Manager,
  names: readonly string[],
  suffix?: 'service' | 'target',
  all = false,
): string[] {
  const patterns = names.filter((name) => GLOB.test(name)).map((name) => escapeMangle(name, true))
  const plain = names.filter((name) => !GLOB.test(name)).map((name) => mangleUnitName(name, suffix))
  if (patterns.length === 0) return plain
  const shown = inAnyOrder([...m.units.values()]).filter(
    (u) =>
      (all || u.job !== null || unitActiveState(u) !== 'inactive') && patterns.some((one) => matchesGlob(one, u.id)),
  )
  return [...plain, ...shown.map(({ id }) => id)]
}

/** What is said first of names that are none, and if a start was asked for by a pattern. */
export function nameWarnings(deed: SystemctlDeed, startsUnits: boolean): string[] {
  const lines = deed.units.flatMap(mangleWarning)
  if (!startsUnits || isQuiet(deed) || wantsAll(deed) || !deed.units.some((name) => GLOB.test(name))) return lines
  return [
    ...lines,
    'Warning: systemctl start called with a glob pattern.',
    'Hint: unit globs expand to loaded units, so start will usually have no effect.',
    '      Passing --all will also load units which are pulled in by other units.',
    '      See systemctl(1) for more details.',
  ]
}
