/** Random units, much like those that people write to see what a manager makes of them. */

import fc from 'fast-check'
import { all, among, type Lines, maybe, nothing, span, weighted } from './fuzz-parts.ts'

export type Kind = 'service' | 'target' | 'timer' | 'socket' | 'path' | 'slice'

/** What there is in the scenario to refer to. */
export interface Cast {
  readonly names: readonly string[]
  readonly kinds: readonly Kind[]
}

const DEPENDENCIES = [
  ...[
    [10, 'Requires'],
    [12, 'Wants'],
    [8, 'BindsTo'],
    [6, 'PartOf'],
    [8, 'Conflicts'],
    [5, 'Requisite'],
  ],
  ...[
    [6, 'Before'],
    [14, 'After'],
    [3, 'Upholds'],
    [4, 'OnFailure'],
    [3, 'OnSuccess'],
    [3, 'PropagatesStopTo'],
  ],
  ...[
    [1, 'StopPropagatedFrom'],
    [1, 'PropagatesReloadTo'],
    [1, 'ReloadPropagatedFrom'],
  ],
] as const satisfies readonly (readonly [number, string])[]

/** Half of the requirements are ordered, too: without it, most of what is interesting never happens. */
function dependency(cast: Cast, self: string): Lines {
  const others = cast.names.filter((name) => name !== self)
  return fc.tuple(weighted(...DEPENDENCIES), fc.constantFrom(...others), fc.boolean()).map(([kind, other, ordered]) => {
    const lines = [`${kind}=${other}`]
    const follows = ['Requires', 'Wants', 'BindsTo', 'PartOf', 'Conflicts', 'Requisite'].includes(kind)
    return follows && ordered ? [...lines, `After=${other}`] : lines
  })
}

function unitSection(cast: Cast, index: number): Lines {
  const self = cast.names[index] ?? ''
  return all(
    maybe(75, among('DefaultDependencies=no')),
    fc.array(dependency(cast, self), { maxLength: 3 }).map((lists) => lists.flat()),
    maybe(7, among('StopWhenUnneeded=yes')),
    maybe(2, among('RefuseManualStart=yes', 'RefuseManualStop=yes')),
    maybe(cast.kinds[index] === 'target' ? 60 : 5, among('AllowIsolate=yes')),
    maybe(3, among('IgnoreOnIsolate=yes')),
    maybe(
      5,
      span.map((seconds) => [`JobTimeoutSec=${seconds}`]),
    ),
    maybe(
      4,
      span.map((seconds) => [`JobRunningTimeoutSec=${seconds}`]),
    ),
    maybe(6, among('ConditionPathExists=/run/flag', 'ConditionPathExists=!/run/flag')),
    maybe(2, among('AssertPathExists=/run/flag', 'AssertPathExists=!/run/flag')),
    maybe(
      10,
      fc.integer({ min: 1, max: 4 }).map((burst) => [`StartLimitBurst=${burst}`]),
    ),
    maybe(3, among('StartLimitIntervalSec=0', 'StartLimitIntervalSec=3')),
    maybe(2, among('OnFailureJobMode=fail', 'OnFailureJobMode=isolate', 'OnFailureJobMode=flush')),
    maybe(2, among('CollectMode=inactive-or-failed')),
  )
}

// Services.

function command(cast: Cast, lasting: boolean): fc.Arbitrary<string> {
  const verb = fc.constantFrom('start', 'start', 'stop', 'restart', 'try-restart', 'reload-or-restart')
  const other = fc.constantFrom(...cast.names)
  const exits = fc.constantFrom(0, 0, 1, 3)
  return fc.oneof(
    { weight: lasting ? 60 : 5, arbitrary: fc.constant('/bin/sleep 1000') },
    { weight: 40, arbitrary: span.map((seconds) => `/bin/sleep ${seconds}`) },
    { weight: lasting ? 4 : 15, arbitrary: fc.constant('/bin/true') },
    { weight: lasting ? 4 : 6, arbitrary: fc.constant('/bin/false') },
    { weight: 10, arbitrary: fc.tuple(span, exits).map(([s, status]) => `/bin/sh -c "sleep ${s}; exit ${status}"`) },
    { weight: lasting ? 8 : 1, arbitrary: fc.constant(`/bin/sh -c 'trap "" TERM; exec sleep 1000'`) },
    { weight: lasting ? 3 : 1, arbitrary: span.map((s) => `/bin/sh -c 'trap "" TERM; exec sleep ${s}'`) },
    {
      weight: lasting ? 3 : 14,
      arbitrary: fc.tuple(verb, other).map(([word, name]) => `/bin/systemctl --no-block ${word} ${name}`),
    },
    { weight: 1, arbitrary: fc.tuple(verb, other).map(([word, name]) => `/bin/systemctl ${word} ${name}`) },
  )
}

const serviceType = weighted(
  ...([
    [45, ''],
    [8, 'Type=simple'],
    [28, 'Type=oneshot'],
    [10, 'Type=exec'],
    [5, 'Type=notify'],
  ] as const),
  ...([
    [3, 'Type=forking'],
    [1, 'Type=idle'],
  ] as const),
)

function setting(name: string, cast: Cast, lasting = false): Lines {
  return fc
    .tuple(weighted([93, ''], [7, '-']), command(cast, lasting))
    .map(([prefix, text]) => [`${name}=${prefix}${text}`])
}

function serviceSection(cast: Cast): Lines {
  const seconds = (name: string): Lines => span.map((value) => [`${name}=${value}`])
  const slices = cast.names.filter((name) => name.endsWith('.slice'))
  const settings = all(
    maybe(10, setting('ExecStartPre', cast)),
    maybe(8, setting('ExecStartPost', cast)),
    maybe(40, setting('ExecStop', cast)),
    maybe(15, setting('ExecStopPost', cast)),
    maybe(25, setting('ExecReload', cast)),
    maybe(4, setting('ExecCondition', cast)),
    maybe(25, among('RemainAfterExit=yes')),
    maybe(25, among('Restart=on-failure', 'Restart=always', 'Restart=on-success', 'Restart=on-abnormal')),
    maybe(25, seconds('RestartSec')),
    maybe(4, among('RestartMode=direct', 'RestartSteps=3')),
    maybe(10, seconds('TimeoutStartSec')),
    maybe(20, seconds('TimeoutStopSec')),
    maybe(4, seconds('RuntimeMaxSec')),
    maybe(5, among('SuccessExitStatus=3', 'RestartPreventExitStatus=1', 'SuccessExitStatus=KILL')),
    maybe(4, among('KillMode=mixed', 'KillMode=process', 'KillMode=none')),
    maybe(3, among('KillSignal=SIGINT', 'KillSignal=SIGKILL', 'SendSIGKILL=no')),
    slices.length === 0
      ? nothing
      : maybe(
          60,
          fc.constantFrom(...slices).map((name) => [`Slice=${name}`]),
        ),
  )
  return serviceType.chain((type) => {
    const lasting = type !== 'Type=oneshot'
    const start =
      type === 'Type=forking'
        ? span.map((value) => [`ExecStart=/bin/sh -c "sleep ${value} & exit 0"`])
        : all(setting('ExecStart', cast, lasting), lasting ? nothing : maybe(15, setting('ExecStart', cast)))
    return all(fc.constant(type === '' ? [] : [type]), start, settings)
  })
}

// The others.

function triggered(cast: Cast, percent: number): Lines {
  const services = cast.names.filter((name) => name.endsWith('.service') || name.endsWith('.target'))
  if (services.length === 0) return nothing
  return maybe(
    percent,
    fc.constantFrom(...services).map((name) => [`Unit=${name}`]),
  )
}

function timerSection(cast: Cast): Lines {
  const kinds = fc.constantFrom('OnActiveSec', 'OnActiveSec', 'OnUnitActiveSec', 'OnUnitInactiveSec')
  const entry = fc.tuple(kinds, span).map(([kind, seconds]) => `${kind}=${seconds}`)
  return all(
    fc.array(entry, { minLength: 1, maxLength: 2 }),
    fc.constant(['AccuracySec=1ms']),
    maybe(5, among('RemainAfterElapse=no')),
    triggered(cast, 50),
  )
}

function socketSection(cast: Cast, index: number): Lines {
  const services = cast.names.filter((name) => name.endsWith('.service'))
  return all(
    fc.constantFrom(`/run/${index}.sock`, `@${index}`, String(7000 + index)).map((where) => [`ListenStream=${where}`]),
    services.length === 0 ? nothing : fc.constantFrom(...services).map((name) => [`Service=${name}`]),
    maybe(8, among('FlushPending=yes', 'TriggerLimitBurst=2', 'RemoveOnStop=yes')),
  )
}

function pathSection(cast: Cast): Lines {
  const kinds = fc.constantFrom('PathExists', 'PathExists', 'PathChanged', 'PathModified', 'DirectoryNotEmpty')
  return all(
    fc.tuple(kinds, fc.constantFrom('/run/flag', '/run/p1', '/run/p2')).map(([kind, path]) => [`${kind}=${path}`]),
    triggered(cast, 80),
  )
}

const SECTIONS: Readonly<Record<Kind, (cast: Cast, index: number) => Lines>> = {
  service: serviceSection,
  target: () => nothing,
  timer: timerSection,
  socket: socketSection,
  path: pathSection,
  slice: () => nothing,
}

const TITLES: Readonly<Record<Kind, string>> = {
  service: '[Service]',
  target: '[Target]',
  timer: '[Timer]',
  socket: '[Socket]',
  path: '[Path]',
  slice: '[Slice]',
}

export function unitText(cast: Cast, index: number): fc.Arbitrary<string> {
  const kind = cast.kinds[index] ?? 'service'
  return fc.tuple(unitSection(cast, index), SECTIONS[kind](cast, index)).map(([unit, own]) => {
    const lines = ['[Unit]', ...unit, ...(own.length === 0 ? [] : [TITLES[kind], ...own])]
    return `${lines.join('\n')}\n`
  })
}
