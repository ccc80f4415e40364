/** Random services with every setting that their state machine has. */

import fc from 'fast-check'
import { all, among, type Lines, maybe, nothing, span, weighted } from './fuzz-parts.ts'
import type { WideCast } from './wide-units.ts'

const STATUSES = [0, 0, 1, 2, 3, 75] as const

/** A single command that ends by itself. */
function quick(cast: WideCast): fc.Arbitrary<string> {
  const status = fc.constantFrom(...STATUSES)
  const verb = fc.constantFrom('start', 'stop', 'restart', 'try-restart', 'reload-or-restart', 'reset-failed', 'kill')
  const request = fc
    .tuple(fc.constantFrom('--no-block ', '--no-block ', ''), verb, fc.constantFrom(...cast.names))
    .map(([block, word, name]) => `/bin/systemctl ${word === 'kill' ? '' : block}${word} ${name}`)
  return fc.oneof(
    { weight: 30, arbitrary: span.map((seconds) => `/bin/sleep ${seconds}`) },
    { weight: 18, arbitrary: fc.constant('/bin/true') },
    { weight: 10, arbitrary: fc.constant('/bin/false') },
    { weight: 12, arbitrary: fc.tuple(span, status).map(([s, code]) => `/bin/sh -c 'sleep ${s}; exit ${code}'`) },
    { weight: 5, arbitrary: status.map((code) => `/bin/sh -c "exit ${code}"`) },
    { weight: 3, arbitrary: fc.constantFrom('KILL', 'SEGV', 'ABRT', 'TERM', 'HUP').map(diesOf) },
    { weight: 3, arbitrary: span.map((seconds) => `/bin/sh -c 'sleep ${seconds} & wait; exit 1'`) },
    { weight: 2, arbitrary: fc.constantFrom('/nonexistent/program', '/bin/touch /run/flag', '/bin/rm -f /run/flag') },
    { weight: 7, arbitrary: request },
  )
}

const diesOf = (signal: string): string => `/bin/sh -c 'sleep 0.39; kill -${signal} $$$$'`

/** One that stays, more or less. */
function lasting(cast: WideCast): fc.Arbitrary<string> {
  const status = fc.constantFrom(...STATUSES)
  return fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom('/bin/sleep 1000', '/bin/sleep infinity', '/usr/sbin/daemon --run') },
    { weight: 18, arbitrary: span.map((seconds) => `/bin/sleep ${seconds}`) },
    { weight: 8, arbitrary: fc.constant(`/bin/sh -c 'trap "" TERM; exec sleep 1000'`) },
    { weight: 5, arbitrary: fc.constant(`/bin/sh -c 'trap "" TERM INT; sleep 1000'`) },
    { weight: 6, arbitrary: status.map((code) => `/bin/sh -c 'trap "exit ${code}" TERM; sleep 1000 & wait'`) },
    { weight: 5, arbitrary: span.map((seconds) => `/bin/sh -c 'sleep 1000 & sleep ${seconds}'`) },
    { weight: 4, arbitrary: span.map((s) => `/bin/sh -c 'trap "sleep ${s}; exit 0" TERM; sleep 1000 & wait'`) },
    { weight: 20, arbitrary: quick(cast) },
  )
}

const prefix = weighted([84, ''], [8, '-'], [2, '+'], [2, '!'], [2, ':'], [1, '-+'], [1, '!!'])

function setting(name: string, command: fc.Arbitrary<string>): Lines {
  return fc.tuple(prefix, command).map(([sign, text]) => [`${name}=${sign}${text}`])
}

const type = weighted(
  ...([
    [30, ''],
    [12, 'Type=simple'],
    [26, 'Type=oneshot'],
    [9, 'Type=exec'],
    [8, 'Type=notify'],
  ] as const),
  ...([
    [7, 'Type=forking'],
    [4, 'Type=idle'],
    [3, 'Type=notify-reload'],
    [1, 'Type=dbus'],
  ] as const),
)

const notifies = fc.oneof(
  { weight: 5, arbitrary: span.map((s) => `/bin/sh -c 'sleep ${s}; systemd-notify --ready; exec sleep 1000'`) },
  {
    weight: 2,
    arbitrary: span.map(
      (s) => `/bin/sh -c 'systemd-notify --ready; sleep ${s}; systemd-notify --stopping; sleep 0.77'`,
    ),
  },
  { weight: 1, arbitrary: span.map((s) => `/bin/sh -c 'systemd-notify --ready; exec sleep ${s}'`) },
)

const forks = fc.oneof(
  { weight: 4, arbitrary: span.map((s) => `/bin/sh -c 'sleep ${s}; sleep 1000 & exit 0'`) },
  { weight: 2, arbitrary: span.map((s) => `/bin/sh -c 'sleep ${s} & exit 0'`) },
  { weight: 1, arbitrary: fc.constant(`/bin/sh -c 'exit 3'`) },
  { weight: 1, arbitrary: fc.constant(`/bin/sh -c 'sleep 1000 & echo $! >/run/wide.pid'`) },
)

function startLines(cast: WideCast, word: string): Lines {
  const one = (command: fc.Arbitrary<string>): Lines => setting('ExecStart', command)
  switch (word) {
    case 'Type=oneshot':
      return all(one(quick(cast)), maybe(25, one(quick(cast))), maybe(6, one(quick(cast))))
    case 'Type=notify':
    case 'Type=notify-reload':
      return all(
        fc.oneof(
          { weight: 4, arbitrary: one(notifies) },
          { weight: 1, arbitrary: one(fc.constant('/bin/sleep 1000')) },
        ),
        among('NotifyAccess=all'),
      )
    case 'Type=forking':
      return all(one(forks), maybe(20, among('GuessMainPID=no')), maybe(15, among('PIDFile=/run/wide.pid')))
    case 'Type=dbus':
      return all(one(fc.constant('/bin/sleep 1000')), among('BusName=org.example.wide'))
    default:
      return one(lasting(cast))
  }
}

const exitStatus = fc.constantFrom('1', '2', '3', '1 3', 'SIGKILL', 'SIGTERM', 'TEMPFAIL', '75 SIGABRT', '0')

function restarting(): Lines {
  const when = ['always', 'on-failure', 'on-failure', 'on-success', 'on-abnormal', 'on-abort', 'on-watchdog', 'no']
  return all(
    maybe(
      45,
      fc.constantFrom(...when).map((value) => [`Restart=${value}`]),
    ),
    maybe(
      35,
      span.map((seconds) => [`RestartSec=${seconds}`]),
    ),
    maybe(10, among('RestartMode=direct', 'RestartMode=normal')),
    maybe(4, among('RestartSteps=2', 'RestartMaxDelaySec=3')),
    maybe(
      9,
      exitStatus.map((value) => [`SuccessExitStatus=${value}`]),
    ),
    maybe(
      7,
      exitStatus.map((value) => [`RestartPreventExitStatus=${value}`]),
    ),
    maybe(
      7,
      exitStatus.map((value) => [`RestartForceExitStatus=${value}`]),
    ),
  )
}

function timing(): Lines {
  const seconds = (name: string): Lines => span.map((value) => [`${name}=${value}`])
  return all(
    maybe(12, seconds('TimeoutStartSec')),
    maybe(20, seconds('TimeoutStopSec')),
    maybe(5, seconds('TimeoutAbortSec')),
    maybe(3, seconds('TimeoutSec')),
    maybe(2, among('TimeoutStartSec=0', 'TimeoutStartSec=infinity', 'TimeoutStopSec=infinity')),
    maybe(6, among('TimeoutStartFailureMode=abort', 'TimeoutStartFailureMode=kill')),
    maybe(6, among('TimeoutStopFailureMode=abort', 'TimeoutStopFailureMode=kill')),
    maybe(6, seconds('RuntimeMaxSec')),
    maybe(4, seconds('WatchdogSec')),
  )
}

function killing(): Lines {
  return all(
    maybe(12, among('KillMode=mixed', 'KillMode=process', 'KillMode=none', 'KillMode=control-group')),
    maybe(6, among('SendSIGKILL=no')),
    maybe(4, among('SendSIGHUP=yes')),
    maybe(6, among('KillSignal=SIGINT', 'KillSignal=SIGKILL', 'KillSignal=SIGHUP', 'KillSignal=SIGUSR1')),
    maybe(3, among('RestartKillSignal=SIGINT', 'RestartKillSignal=SIGKILL')),
    maybe(3, among('FinalKillSignal=SIGTERM', 'FinalKillSignal=SIGQUIT')),
    maybe(2, among('WatchdogSignal=SIGKILL', 'WatchdogSignal=SIGTERM')),
  )
}

export function processSettings(cast: WideCast): Lines {
  const command = quick(cast)
  const slices = cast.names.filter((name) => name.endsWith('.slice'))
  return type.chain((word) =>
    all(
      fc.constant(word === '' ? [] : [word]),
      maybe(6, setting('ExecCondition', command)),
      maybe(16, setting('ExecStartPre', command)),
      startLines(cast, word),
      maybe(14, setting('ExecStartPost', command)),
      maybe(30, setting('ExecReload', command)),
      maybe(28, setting('ExecStop', command)),
      maybe(16, setting('ExecStopPost', command)),
      maybe(word === 'Type=oneshot' ? 45 : 15, among('RemainAfterExit=yes')),
      maybe(4, among('ExitType=cgroup', 'ExitType=main')),
      restarting(),
      timing(),
      killing(),
      slices.length === 0
        ? nothing
        : maybe(
            60,
            fc.constantFrom(...slices).map((name) => [`Slice=${name}`]),
          ),
      maybe(2, among('OOMPolicy=stop', 'OOMPolicy=kill', 'NotifyAccess=main', 'User=root', 'PrivateTmp=yes')),
    ),
  )
}
