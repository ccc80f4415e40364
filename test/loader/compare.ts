// A loaded unit and the record of one, both as far as they can be compared.

import { parseTime, USEC_PER_SEC } from '../../src/systemd/parse-time.ts'
import { type ExecCommand, INFINITY_USEC, type UnitConfig } from '../../src/systemd/unit-config.ts'
import type { UnitRecord } from './dump.ts'

const LEVELS = { err: 3, warning: 4, notice: 5, info: 6, debug: 7 } as const

export interface Comparable {
  readonly loadState: string
  readonly dependencies: readonly string[]
  readonly settings: Readonly<Record<string, string | number>>
  readonly commands: readonly string[]
  readonly messages: readonly string[]
}

/** Debian's releases up to 254 say the former at debug level only; the latter is said of no unit. */
const DOWNGRADED = /legacy directory|is deprecated\. Please use OnFailureJobMode=/

/** Needs control groups; and since v256, a namespace is taken for a container, where swap has no targets. */
const DEPENDS_ON_MACHINE = /systemd-oomd\.service$/

/** systemd prints nothing more of a unit that it could not load. */
function onlyIfLoaded(state: string, compared: Comparable): Comparable {
  if (state === 'loaded') return compared
  return { loadState: compared.loadState, messages: compared.messages, dependencies: [], settings: {}, commands: [] }
}

export function comparable(config: UnitConfig, recorded: UnitRecord, only = ''): Comparable {
  const mountsFor = config.mountsFor.map(({ type, path }) => `${type}MountsFor ${path}`)
  const settings = settingsOf(config)
  return onlyIfLoaded(recorded.loadState, {
    loadState: config.loadState,
    dependencies: [...config.dependencies.map(({ type, other }) => `${type} ${other}`), ...mountsFor]
      .filter((text) => !DEPENDS_ON_MACHINE.test(text))
      .filter((text) => config.type !== 'swap' || !text.endsWith('.target'))
      .sort(),
    settings: Object.fromEntries(
      Object.entries(settings)
        .filter(([key]) => key in recorded.settings)
        .map(([key, value]) => [key, typeof value === 'number' ? shownUsec(value) : value]),
    ),
    commands: commandsOf(config),
    messages: config.diagnostics
      .filter(({ level, text }) => level !== 'debug' && !DOWNGRADED.test(text) && text.includes(only))
      .map(({ file, line, level, text }) => `<${LEVELS[level]}> ${line === 0 ? '' : `${file}:${line}: `}${text}`)
      .sort(),
  })
}

export function expected(config: UnitConfig, recorded: UnitRecord, only = ''): Comparable {
  const ours = settingsOf(config)
  const spans = Object.entries(recorded.settings).filter(([key]) => key in ours)
  return onlyIfLoaded(recorded.loadState, {
    loadState: recorded.loadState,
    dependencies: recorded.dependencies
      .filter((text) => !isOfMachine(config, text) && !DEPENDS_ON_MACHINE.test(text))
      .filter((text) => config.type !== 'swap' || !text.endsWith('.target'))
      .sort(),
    settings: Object.fromEntries(
      spans.map(([key, value]) => [key, typeof ours[key] === 'number' ? usec(value) : value]),
    ),
    commands: recorded.commands.map(plain).sort(),
    messages: recorded.messages.filter((text) => !DOWNGRADED.test(text) && text.includes(only)).sort(),
  })
}

/** Mounts that the machine had, and the manager's home. */
function isOfMachine(config: UnitConfig, text: string): boolean {
  const [type = '', other = ''] = text.split(' ')
  if (/^\w+MountsFor \/root$/.test(text)) return !config.mountsFor.some(({ path }) => path === '/root')
  if (!other.endsWith('.mount') || !['After', 'Requires', 'Wants'].includes(type)) return false
  return !config.dependencies.some((own) => own.type === type && own.other === other)
}

const usec = (text: string): number => (text === '0' ? 0 : shownUsec(Number(parseTime(text, USEC_PER_SEC))))

/** Printed to the second, but for what is less than one. */
const shownUsec = (usec: number): number =>
  usec < USEC_PER_SEC || usec === INFINITY_USEC ? usec : Math.floor(usec / USEC_PER_SEC) * USEC_PER_SEC

/** Releases quote differently. */
const plain = (text: string): string => text.replace(/\t/g, 't').replace(/["'\\]/g, '')

function commandsOf(config: UnitConfig): string[] {
  const lists: Readonly<Record<string, readonly ExecCommand[]>> = config.service?.exec ?? config.socket?.exec ?? {}
  return Object.entries(lists)
    .flatMap(([setting, commands]) => commands.map(({ argv }) => plain(`${setting} ${argv.join(' ')}`)))
    .sort()
}

const yes = (value: boolean): string => (value ? 'yes' : 'no')

function settingsOf({ id, type, unit, slice, service, socket, timer, path, kill, loadState }: UnitConfig) {
  const settings: Record<string, string | number> = {
    Description: unit.description ?? id,
    Slice: slice ?? 'n/a',
  }
  if (loadState !== 'loaded') return settings
  Object.assign(settings, {
    StopWhenUnneeded: yes(unit.stopWhenUnneeded),
    RefuseManualStart: yes(unit.refuseManualStart),
    RefuseManualStop: yes(unit.refuseManualStop),
    DefaultDependencies: yes(unit.defaultDependencies),
    OnSuccessJobMode: unit.onSuccessJobMode,
    OnFailureJobMode: unit.onFailureJobMode,
    IgnoreOnIsolate: yes(unit.ignoreOnIsolate),
    JobTimeoutSec: unit.jobTimeoutUsec,
    JobRunningTimeoutSec: unit.jobRunningTimeoutUsec,
    'Garbage Collection Mode': unit.collectMode,
    'Failure Action': unit.failureAction,
    'Success Action': unit.successAction,
  })
  if (type === 'service' || type === 'socket' || type === 'mount' || type === 'swap' || type === 'scope') {
    Object.assign(settings, {
      KillMode: kill.killMode,
      KillSignal: kill.killSignal,
      RestartKillSignal: kill.restartKillSignal ?? kill.killSignal,
      FinalKillSignal: kill.finalKillSignal,
      SendSIGKILL: yes(kill.sendSigkill),
      SendSIGHUP: yes(kill.sendSighup),
    })
  }
  if (service) {
    Object.assign(settings, {
      Type: service.type,
      Restart: service.restart,
      RestartSec: service.restartUsec,
      RemainAfterExit: yes(service.remainAfterExit),
      GuessMainPID: yes(service.guessMainPid),
      NotifyAccess: service.notifyAccess,
      OOMPolicy: service.oomPolicy,
      TimeoutStartSec: service.timeoutStartUsec,
      TimeoutStopSec: service.timeoutStopUsec,
      TimeoutStartFailureMode: service.timeoutStartFailureMode,
      TimeoutStopFailureMode: service.timeoutStopFailureMode,
      RuntimeMaxSec: service.runtimeMaxUsec,
      WatchdogSec: service.watchdogUsec,
      PIDFile: service.pidFile ?? '',
      BusName: service.busName ?? '',
    })
  }
  if (socket) {
    Object.assign(settings, {
      FlushPending: yes(socket.flushPending),
      TriggerLimitIntervalSec: socket.triggerLimitIntervalUsec,
      TriggerLimitBurst: String(socket.triggerLimitBurst),
      TimeoutSec: socket.timeoutUsec,
    })
  }
  if (timer) {
    Object.assign(settings, {
      Unit: timer.unit,
      Persistent: yes(timer.persistent),
      OnClockChange: yes(timer.onClockChange),
      OnTimezoneChange: yes(timer.onTimezoneChange),
      RemainAfterElapse: yes(timer.remainAfterElapse),
      AccuracySec: timer.accuracyUsec,
    })
  }
  if (path) Object.assign(settings, { Unit: path.unit, MakeDirectory: yes(path.makeDirectory) })
  return settings
}
