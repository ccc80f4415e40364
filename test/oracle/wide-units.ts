/**
 * Random units, the other way: not what people write most, but every setting that jobs may depend on, in whatever
 * combination.
 */

import fc from 'fast-check'
import { all, among, type Lines, maybe, nothing, span, weighted } from './fuzz-parts.ts'
import { processSettings } from './wide-services.ts'

export type WideKind =
  | 'service'
  | 'target'
  | 'timer'
  | 'socket'
  | 'path'
  | 'slice'
  | 'template'
  | 'mount'
  | 'automount'
  | 'swap'

/** What there is in the scenario to refer to. */
export interface WideCast {
  /** Of the units that can be asked for: an instance for a template. */
  readonly names: readonly string[]
  readonly kinds: readonly WideKind[]
}

const REQUIREMENTS = ['Requires', 'Wants', 'BindsTo', 'PartOf', 'Requisite', 'Upholds', 'Conflicts'] as const

const dependencyKey = weighted(
  ...([
    [16, 'Requires'],
    [18, 'Wants'],
    [10, 'BindsTo'],
    [9, 'PartOf'],
    [5, 'Requisite'],
    [5, 'Upholds'],
  ] as const),
  ...([
    [10, 'Conflicts'],
    [14, 'After'],
    [8, 'Before'],
    [6, 'OnFailure'],
    [5, 'OnSuccess'],
    [4, 'PropagatesStopTo'],
  ] as const),
  ...([
    [3, 'StopPropagatedFrom'],
    [3, 'PropagatesReloadTo'],
    [3, 'ReloadPropagatedFrom'],
    [1, 'JoinsNamespaceOf'],
  ] as const),
)

/** Units that nobody wrote, as they are found in real unit files. */
const STRANGERS = [
  ...['network-online.target', 'nowhere.service', 'basic.target', 'sysinit.target', 'multi-user.target'],
  ...['shutdown.target', 'dev-nowhere.device', 'default.target'],
]

function dependency({ names }: WideCast, self: string): Lines {
  const other = fc.oneof(
    { weight: 95, arbitrary: fc.constantFrom(...names.filter((name) => name !== self), ...names.slice(0, 1)) },
    { weight: 5, arbitrary: fc.constantFrom(...STRANGERS) },
  )
  const order = fc.constantFrom('After', 'After', 'Before', '', '')
  return fc.tuple(dependencyKey, fc.array(other, { minLength: 1, maxLength: 2 }), order).map(([key, many, by]) => {
    const value = [...new Set(many)].join(' ')
    const ordered = by !== '' && REQUIREMENTS.some((requirement) => requirement === key)
    return ordered ? [`${key}=${value}`, `${by}=${value}`] : [`${key}=${value}`]
  })
}

const ACTIONS = ['exit', 'exit-force', 'none'] as const

const condition = fc
  .tuple(
    fc.constantFrom('Condition', 'Condition', 'Assert'),
    fc.constantFrom(
      'PathExists',
      'PathExists',
      'PathIsDirectory',
      'DirectoryNotEmpty',
      'FileNotEmpty',
      'PathExistsGlob',
    ),
    fc.constantFrom('', '', '!', '|', '|!'),
    fc.constantFrom('/run/flag', '/run/flag', '/run/spool', '/etc/passwd', '/run/spool/x'),
  )
  .map(([word, test, sign, path]) => [`${word}${test}=${sign}${path}`])

const jobMode = fc.constantFrom('fail', 'replace', 'replace-irreversibly', 'isolate', 'flush', 'ignore-dependencies')

export function unitSection(cast: WideCast, index: number): Lines {
  const self = cast.names[index] ?? ''
  const kind = cast.kinds[index]
  const seconds = (key: string): Lines => span.map((value) => [`${key}=${value}`])
  const mounts = cast.names.filter((name) => name.endsWith('.mount')).map(folderOf)
  return all(
    mounts.length === 0
      ? nothing
      : maybe(
          25,
          fc.constantFrom(...mounts).map((folder) => [`RequiresMountsFor=${folder}/x`]),
        ),
    maybe(12, among('Description=The unit under test', `Description=${self} of %p`)),
    maybe(45, among('DefaultDependencies=no')),
    fc.array(dependency(cast, self), { maxLength: 4 }).map((lists) => lists.flat()),
    maybe(6, among('StopWhenUnneeded=yes')),
    maybe(3, among('RefuseManualStart=yes', 'RefuseManualStop=yes')),
    maybe(kind === 'target' ? 70 : 4, among('AllowIsolate=yes')),
    maybe(4, among('IgnoreOnIsolate=yes')),
    maybe(6, seconds('JobTimeoutSec')),
    maybe(5, seconds('JobRunningTimeoutSec')),
    maybe(1, among(...ACTIONS.map((action) => `JobTimeoutAction=${action}`))),
    maybe(8, condition),
    maybe(
      12,
      fc.integer({ min: 1, max: 3 }).map((burst) => [`StartLimitBurst=${burst}`]),
    ),
    maybe(6, among('StartLimitIntervalSec=0', 'StartLimitIntervalSec=2', 'StartLimitIntervalSec=1min')),
    maybe(1, among(...ACTIONS.map((action) => `StartLimitAction=${action}`))),
    maybe(1, among('FailureAction=exit', 'SuccessAction=exit', 'FailureAction=none')),
    maybe(
      4,
      jobMode.map((mode) => [`OnFailureJobMode=${mode}`]),
    ),
    maybe(
      2,
      jobMode.map((mode) => [`OnSuccessJobMode=${mode}`]),
    ),
    maybe(5, among('CollectMode=inactive-or-failed')),
  )
}

function triggered({ names }: WideCast, key: string, percent: number): Lines {
  const others = names.filter((name) => /\.(?:service|target)$/.test(name))
  return maybe(
    percent,
    fc.constantFrom(...others).map((name) => [`${key}=${name}`]),
  )
}

const CALENDAR = ['*:*:0/2', '*:*:0/5', 'minutely', '*-*-* *:*:0/3', 'daily', '*:0/1']

export function timerSection(cast: WideCast): Lines {
  const kinds = ['OnActiveSec', 'OnActiveSec', 'OnUnitActiveSec', 'OnUnitInactiveSec', 'OnStartupSec', 'OnBootSec']
  const entry = fc.tuple(fc.constantFrom(...kinds), span).map(([key, value]) => `${key}=${value}`)
  const calendar = fc.constantFrom(...CALENDAR).map((value) => `OnCalendar=${value}`)
  const value = fc.oneof({ weight: 12, arbitrary: entry }, { weight: 1, arbitrary: calendar })
  return all(
    fc.array(value, { minLength: 1, maxLength: 3 }),
    maybe(60, among('AccuracySec=1us', 'AccuracySec=100ms', 'AccuracySec=1s', 'AccuracySec=1min')),
    maybe(3, among('RandomizedDelaySec=1us', 'RandomizedDelaySec=0')),
    maybe(8, among('RemainAfterElapse=no')),
    maybe(6, among('Persistent=yes')),
    maybe(2, among('OnClockChange=yes', 'OnTimezoneChange=yes')),
    maybe(2, among('DeferReactivation=yes')),
    triggered(cast, 'Unit', 50),
  )
}

export function socketSection(cast: WideCast, index: number): Lines {
  const where = fc.constantFrom(
    `/run/wide${index}.sock`,
    `@wide${index}`,
    `${7100 + index}`,
    `127.0.0.1:${7200 + index}`,
  )
  const template = cast.names.find((name) => name.includes('@'))
  const command = fc.constantFrom('/bin/true', '/bin/false', '/bin/sleep 0.29', '-/bin/false')
  const step = fc.constantFrom('ExecStartPre', 'ExecStartPost', 'ExecStopPre', 'ExecStopPost')
  return all(
    where.map((address) => [`ListenStream=${address}`]),
    maybe(4, among(`ListenDatagram=/run/wide${index}.dgram`, `ListenFIFO=/run/wide${index}.fifo`)),
    template === undefined ? triggered(cast, 'Service', 70) : maybe(20, among('Accept=yes')),
    maybe(8, among('FlushPending=yes')),
    maybe(10, among('TriggerLimitBurst=2', 'TriggerLimitBurst=1', 'TriggerLimitIntervalSec=10')),
    maybe(4, among('MaxConnections=1', 'MaxConnectionsPerSource=1')),
    maybe(5, among('RemoveOnStop=yes')),
    maybe(
      15,
      fc.tuple(step, command).map(([key, text]) => [`${key}=${text}`]),
    ),
    maybe(3, among('SocketUser=root', 'SocketMode=0600')),
    maybe(2, among('DeferTrigger=yes', 'DeferTrigger=patient', 'PollLimitBurst=2')),
  )
}

export function pathSection(cast: WideCast): Lines {
  const key = fc.constantFrom('PathExists', 'PathExistsGlob', 'PathChanged', 'PathModified', 'DirectoryNotEmpty')
  const path = fc.constantFrom('/run/flag', '/run/flag', '/run/spool', '/run/spool/x')
  const entry = fc.tuple(key, path).map(([name, value]) => `${name}=${value}${name === 'PathExistsGlob' ? '*' : ''}`)
  return all(
    fc.array(entry, { minLength: 1, maxLength: 2 }),
    maybe(10, among('MakeDirectory=yes')),
    maybe(10, among('TriggerLimitBurst=3', 'TriggerLimitBurst=1', 'TriggerLimitIntervalSec=1')),
    triggered(cast, 'Unit', 70),
  )
}

const folderOf = (name: string): string => `/${name.replace(/\.[a-z]+$/, '').replaceAll('-', '/')}`

export function mountSection(cast: WideCast, index: number): Lines {
  const what = weighted([8, 'tmpfs'], [1, '/nonexistent'], [1, '/dev/nowhere'])
  return all(
    what.map((word) => [`What=${word}`, `Where=${folderOf(cast.names[index] ?? '')}`, 'Type=tmpfs']),
    maybe(20, among('Options=size=1M', 'Options=noexec,nosuid', 'Options=nosuchoption', 'Options=nofail')),
    maybe(10, among('LazyUnmount=yes', 'ForceUnmount=yes', 'SloppyOptions=yes', 'ReadWriteOnly=yes')),
    maybe(
      12,
      span.map((seconds) => [`TimeoutSec=${seconds}`]),
    ),
    maybe(5, among('DirectoryMode=0700', 'KillMode=process', 'SendSIGKILL=no')),
  )
}

function automountSection(cast: WideCast, index: number): Lines {
  return all(
    fc.constant([`Where=${folderOf(cast.names[index] ?? '')}`]),
    maybe(25, among('TimeoutIdleSec=1.13', 'TimeoutIdleSec=0')),
  )
}

function swapSection(cast: WideCast, index: number): Lines {
  return all(
    fc.constant([`What=${folderOf(cast.names[index] ?? '')}`]),
    maybe(20, among('Priority=5', 'Options=discard', 'TimeoutSec=2.11')),
  )
}

const TITLES: Readonly<Record<WideKind, string>> = {
  service: '[Service]',
  template: '[Service]',
  target: '[Target]',
  timer: '[Timer]',
  socket: '[Socket]',
  path: '[Path]',
  slice: '[Slice]',
  mount: '[Mount]',
  automount: '[Automount]',
  swap: '[Swap]',
}

function ownSection(cast: WideCast, index: number): Lines {
  switch (cast.kinds[index] ?? 'service') {
    case 'service':
    case 'template':
      return processSettings(cast)
    case 'timer':
      return timerSection(cast)
    case 'socket':
      return socketSection(cast, index)
    case 'path':
      return pathSection(cast)
    case 'mount':
      return mountSection(cast, index)
    case 'automount':
      return automountSection(cast, index)
    case 'swap':
      return swapSection(cast, index)
    case 'slice':
      return maybe(15, among('ConcurrencySoftMax=1', 'ConcurrencyHardMax=1'))
    case 'target':
      return nothing
  }
}

/** Who wants it once it is enabled: now and then somebody of the story, or nobody who is there. */
function installSection(cast: WideCast): Lines {
  const who = fc.constantFrom(...cast.names, 'nowhere.target')
  const key = fc.constantFrom('WantedBy', 'WantedBy', 'RequiredBy', 'UpheldBy')
  return maybe(
    15,
    fc.tuple(key, who).map(([word, name]) => ['[Install]', `${word}=${name}`]),
  )
}

export function wideUnitText(cast: WideCast, index: number): fc.Arbitrary<string> {
  const title = TITLES[cast.kinds[index] ?? 'service']
  const sections = fc.tuple(unitSection(cast, index), ownSection(cast, index), installSection(cast))
  return sections.map(([unit, own, install]) => {
    const lines = [...(unit.length === 0 ? [] : ['[Unit]', ...unit]), ...(own.length === 0 ? [] : [title, ...own])]
    return lines.length === 0 ? '[Unit]\n' : `${[...lines, ...install].join('\n')}\n`
  })
}
