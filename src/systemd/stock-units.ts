/** The units that every manager has without the user writing them, as files. */

import { featuresOf } from './features.ts'
import { stockDescription } from './stock-descriptions.ts'
import {
  BOOT,
  DOWN,
  EARLY,
  EARLY_TARGETS,
  ENABLED,
  ENDINGS,
  type Recipe,
  SERVICES,
  SKIPPED,
  STAND_IN,
  WANTS,
} from './stock-units.table.ts'
import type { LoaderFile } from './unit-file-index.ts'

/** A user's manager as the recordings set one up: these targets, empty, and nothing else. */
const EMPTY_TARGETS = ['basic', 'shutdown', 'sysinit', 'default', 'sockets', 'timers', 'paths']

const EMPTY = '[Unit]\nDefaultDependencies=no\n'

const emptyTargets: readonly LoaderFile[] = EMPTY_TARGETS.map((name) => ({ name: `${name}.target`, text: EMPTY }))

const earlyTargets = (version: number): Recipe[] =>
  EARLY_TARGETS.filter(([, , since, until = version]) => since <= version && version <= until).map(
    ([name, description]): Recipe => [`${name}.target`, description],
  )

const skippedServices = (version: number): Recipe[] =>
  SKIPPED.filter(([since, until]) => since <= version && version <= until).map(
    ([, , [name, description, ...lines]]): Recipe => [name, description, EARLY, ...lines, ...standInFor(name)],
  )

const isSocket = (name: string): boolean => name.endsWith('.socket')

const standInFor = (name: string): readonly string[] =>
  isSocket(name) ? ['Before=sockets.target', '[Socket]', `ListenStream=/run/${name}`] : STAND_IN

const serviceRecipes = (version: number): readonly Recipe[] =>
  featuresOf(version).busNotifies
    ? SERVICES.map((recipe) =>
        recipe[0] === 'dbus.service' ? [...recipe, 'Type=notify', 'NotifyAccess=main'] : recipe,
      )
    : SERVICES

/** Since when each ending's target gives up waiting, and by which release its service stopped being a command. */
function endingRecipes(version: number): Recipe[] {
  const { softReboots, everyEndingGivesUp, endingsAreActions } = featuresOf(version)
  const endings = softReboots ? [...ENDINGS, ['soft-reboot', 'Reboot System Userspace'] as const] : ENDINGS
  return endings.flatMap(([name, description]): Recipe[] => {
    const patient = name === 'reboot' || name === 'poweroff' || name === 'soft-reboot' || everyEndingGivesUp
    const deadline = patient ? ['JobTimeoutSec=30min', `JobTimeoutAction=${name}-force`] : []
    const byCommand = !endingsAreActions && (name === 'halt' || name === 'kexec')
    const last = byCommand
      ? ['[Service]', 'Type=oneshot', `ExecStart=/bin/systemctl --force ${name}`]
      : [`SuccessAction=${name}-force`]
    const service = `systemd-${name}.service`
    const ends = 'shutdown.target umount.target final.target'
    return [
      [
        `${name}.target`,
        description,
        EARLY,
        `Requires=${service}`,
        `After=${service}`,
        'AllowIsolate=yes',
        ...deadline,
      ],
      [service, description, EARLY, `Requires=${ends}`, `After=${ends}`, ...last],
    ]
  })
}

/** What other names of old stand for, in their order. */
const RUNLEVELS = ['poweroff', 'rescue', 'multi-user', 'multi-user', 'multi-user', 'graphical', 'reboot']

/** As if shipped: the folder that every other one overrides. */
const pathOf = (name: string): string => `/usr/lib/systemd/system/${name}`

const outsideUsr = (text: string): string =>
  text.replace('=-plymouth', '=-/bin/plymouth').replace('=-/usr/lib/', '=-/lib/')

function fileOf([name, description, ...lines]: Recipe, version: number): LoaderFile {
  const head = ['[Unit]', `Description=${stockDescription(name, description, version)}`]
  const text = `${[...head, ...lines].join('\n')}\n`
  return { name, path: pathOf(name), text: featuresOf(version).programsInUsr ? text : outsideUsr(text) }
}

type SystemStock = 'shipped' | 'recorded'

const system = new Map<string, readonly LoaderFile[]>()

/** The recordings come up to multi-user.target on a system that is but unpacked. */
function systemUnits(version: number, stock: SystemStock): readonly LoaderFile[] {
  const key = `${version} ${stock}`
  const known = system.get(key)
  if (known !== undefined) return known
  const [early, skipped] = [earlyTargets(version), skippedServices(version)]
  const wants = [
    ...WANTS,
    ...[...early, ...skipped].map(([name]) => [isSocket(name) ? 'sockets.target' : 'sysinit.target', name] as const),
    ...(stock === 'shipped' ? ENABLED : []),
  ]
  const files = [
    ...[...BOOT, ...early, ...skipped, ...serviceRecipes(version), ...DOWN, ...endingRecipes(version)].map((recipe) =>
      fileOf(recipe, version),
    ),
    ...linksOf(version).map(([name, link]): LoaderFile => ({ name, path: pathOf(name), text: '', link })),
    ...wants
      .flatMap(([target, wanted]) => wanted.split(' ').map((name) => `${target}.wants/${name}`))
      .map((name): LoaderFile => ({ name, path: pathOf(name), text: '' })),
  ]
  system.set(key, files)
  return files
}

function linksOf(version: number): (readonly [string, string])[] {
  const runlevels = featuresOf(version).runlevels ? RUNLEVELS : []
  return [
    ['default.target', 'graphical.target'],
    ['ctrl-alt-del.target', 'reboot.target'],
    ...runlevels.map((target, level) => [`runlevel${level}.target`, `${target}.target`] as const),
  ]
}

/** The manager itself knows these since v262, should their files be missing: units/meson.build. */
const EMBEDDED: ReadonlySet<string> = new Set([
  ...['basic', 'final', 'graphical', 'multi-user', 'shutdown', 'sigpwr', 'sysinit', 'umount'].map((n) => `${n}.target`),
  ...endingRecipes(Number.POSITIVE_INFINITY).map(([name]) => name),
])

const embedded = new Map<number, readonly LoaderFile[]>()

/** Those that the manager brings along itself, since v262. */
export function embeddedUnits(version: number): readonly LoaderFile[] {
  const known = embedded.get(version)
  if (known !== undefined) return known
  const units = [...BOOT, ...DOWN, ...endingRecipes(version)]
    .filter(([name]) => EMBEDDED.has(name))
    .map((recipe) => ({ name: recipe[0], text: fileOf(recipe, version).text }))
  embedded.set(version, units)
  return units
}

/**
 * Which units are there: those of a real machine; those of the recordings, where nobody enabled anything; or for
 * stories nothing but empty targets. A user's manager always has these.
 */
export type Stock = 'shipped' | 'recorded' | 'bare'

/** Made once for each release; a user's manager has empty targets alone. */
export function stockUnits(manager: 'system' | 'user', version: number, stock: Stock): readonly LoaderFile[] {
  if (manager === 'user' || stock === 'bare') return emptyTargets
  return systemUnits(version, stock)
}

const names = {
  user: new Set(EMPTY_TARGETS.map((name) => `${name}.target`)),
  system: new Set([
    ...[...BOOT, ...SERVICES, ...DOWN, ...endingRecipes(Number.POSITIVE_INFINITY)].map(([name]) => name),
    ...EARLY_TARGETS.map(([name]) => `${name}.target`),
    ...['default.target', 'ctrl-alt-del.target'],
  ]),
}

/** Is this a unit that is there without anyone having written it? */
export function isStockUnit(name: string, manager: 'system' | 'user' = 'system'): boolean {
  return names[manager].has(name)
}
