/** What loading a unit's files yields: the settings that systemd's job engine and state machines read. */

import type { DependencyType } from './atoms.ts'
import type { JobMode } from './job.ts'
import type { Level } from './messages.ts'
import type { LoadState, UnitType } from './unit.ts'

/** A time span that never ends: USEC_INFINITY. */
export const INFINITY_USEC = Number.POSITIVE_INFINITY

/** Where a dependency comes from; UnitDependencyMask of src/core/unit.h, as far as it matters here. */
export type DependencyOrigin = 'file' | 'implicit' | 'default' | 'dropin-dir' | 'mountinfo' | 'udev'

export interface ConfiguredDependency {
  readonly type: DependencyType
  readonly other: string
  readonly origin: DependencyOrigin
}

/** Written in a file, or who triggers whom: what systemd adds to every unit by itself sets none apart. */
export const setsApart = ({ origin, type }: ConfiguredDependency): boolean =>
  origin === 'file' || origin === 'dropin-dir' || type === 'Triggers' || type === 'TriggeredBy'

/** All kinds of dependency that a unit has on one other. */
export interface ConfiguredKinds {
  readonly other: string
  /** Their bits, see KIND_BITS. */
  readonly kinds: number
}

/** What systemd says about a file it reads; `text` without the `FILE:LINE: ` in front. */
export interface Diagnostic {
  readonly file: string
  /** 1-based; 0 where systemd names no line (verification) but the unit: `NAME: text`. */
  readonly line: number
  readonly level: Level
  readonly text: string
}

/** One Condition…= or Assert…= line. */
export interface ConfiguredCondition {
  /** `ConditionPathExists` or `AssertPathExists`, without `=`. */
  readonly setting: string
  readonly trigger: boolean
  readonly negate: boolean
  readonly parameter: string
}

/** One command of an Exec…= line. */
export interface ExecCommand {
  readonly path: string
  readonly argv: readonly string[]
  /** `-`: failure does not count. */
  readonly ignoreFailure: boolean
  /** As written, prefixes included, for quoting. */
  readonly text: string
}

export type EmergencyAction = string

export interface UnitConfig {
  /** The main name: the fragment's base name, an alias resolved. */
  readonly id: string
  readonly type: UnitType
  /** Every name that resolves to the same fragment, the id among them. */
  readonly names: readonly string[]
  readonly loadState: LoadState
  /** errno name behind 'error' and 'bad-setting', e.g. ENOEXEC. */
  readonly loadError?: string
  readonly fragmentPath?: string
  readonly dropInPaths: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  /** Configured, implicit and default ones that follow from the files alone, in systemd's order of adding. */
  readonly dependencies: readonly ConfiguredDependency[]
  /** The same by the other unit, in the order of their first mention. */
  readonly others: readonly ConfiguredKinds[]
  /** Slice= or the default slice; undefined where a unit has none (-.slice, devices, targets …). */
  readonly slice?: string
  /** RequiresMountsFor= and what stands for it, and WantsMountsFor=. */
  readonly mountsFor: readonly { readonly path: string; readonly type: 'Requires' | 'Wants' }[]
  readonly unit: UnitSection
  readonly service?: ServiceSection
  readonly socket?: SocketSection
  readonly timer?: TimerSection
  readonly path?: PathSection
  readonly mount?: MountSection
  readonly automount?: AutomountSection
  readonly swap?: SwapSection
  readonly scope?: ScopeSection
  readonly sliceSection?: SliceSection
  readonly kill: KillContext
  /** Environment=, and what UnsetEnvironment= takes out of it and of what systemd sets. */
  readonly environment?: Readonly<Record<string, string>>
  readonly unsetEnvironment?: readonly string[]
  /** EnvironmentFile= without `-` in front: no command starts without them. */
  readonly environmentFiles?: readonly string[]
  /** Where a process goes, unless that may be missing, and who it becomes before it is its program. */
  readonly workingDirectory?: string
  readonly rootDirectory?: string
  /** StandardInput=tty, and its like. */
  readonly readsTerminal?: true
  /** IgnoreSIGPIPE=, if it is off. */
  readonly ignoreSigpipe?: false
  /** User=, unless DynamicUser= has it made. */
  readonly user?: string
  /** LogLevelMax=, as syslog counts: less urgent lines about the unit are dropped, the manager's as well. */
  readonly logLevelMax?: number
  /** Which of its directories there are to be cleaned: state for StateDirectory= … */
  readonly cleanable?: readonly string[]
  /** CPUWeight= (100) and Nice= (0): the run queue sorts by them. */
  readonly cpuWeight: number
  readonly nice: number
}

export interface UnitSection {
  readonly description?: string
  readonly sourcePath?: string
  readonly defaultDependencies: boolean
  readonly stopWhenUnneeded: boolean
  readonly refuseManualStart: boolean
  readonly refuseManualStop: boolean
  readonly allowIsolate: boolean
  readonly ignoreOnIsolate: boolean
  readonly onFailureJobMode: JobMode
  readonly onSuccessJobMode: JobMode
  readonly jobTimeoutUsec: number
  readonly jobRunningTimeoutUsec: number
  readonly jobTimeoutAction: EmergencyAction
  readonly startLimitIntervalUsec: number
  readonly startLimitBurst: number
  readonly startLimitAction: EmergencyAction
  readonly failureAction: EmergencyAction
  readonly successAction: EmergencyAction
  readonly collectMode: 'inactive' | 'inactive-or-failed'
  /** As written. systemd prepends to its lists, so it tests the last one first; likewise with asserts. */
  readonly conditions: readonly ConfiguredCondition[]
  readonly asserts: readonly ConfiguredCondition[]
  readonly perpetual: boolean
}

export type ServiceType = 'simple' | 'exec' | 'forking' | 'oneshot' | 'dbus' | 'notify' | 'idle' | 'notify-reload'
export type ExecSetting =
  | 'ExecCondition'
  | 'ExecStartPre'
  | 'ExecStart'
  | 'ExecStartPost'
  | 'ExecReload'
  | 'ExecReloadPost'
  | 'ExecStop'
  | 'ExecStopPost'
export type Restart = 'no' | 'on-success' | 'on-failure' | 'on-abnormal' | 'on-watchdog' | 'on-abort' | 'always'
export type TimeoutFailureMode = 'terminate' | 'abort' | 'kill'

/** Exit codes and signal names (`SIGTERM`) of a …ExitStatus= setting. */
export interface ExitStatusSet {
  readonly codes: readonly number[]
  readonly signals: readonly string[]
}

export interface ServiceSection {
  readonly type: ServiceType
  readonly exitType: 'main' | 'cgroup'
  readonly exec: Readonly<Record<ExecSetting, readonly ExecCommand[]>>
  readonly pidFile?: string
  readonly busName?: string
  readonly remainAfterExit: boolean
  readonly guessMainPid: boolean
  readonly restart: Restart
  readonly restartUsec: number
  readonly restartSteps: number
  readonly restartMaxDelayUsec: number
  readonly restartMode: 'normal' | 'direct' | 'debug'
  readonly restartPreventStatus: ExitStatusSet
  readonly restartForceStatus: ExitStatusSet
  readonly successStatus: ExitStatusSet
  readonly timeoutStartUsec: number
  readonly timeoutStopUsec: number
  /** undefined: the stop timeout stands for it. */
  readonly timeoutAbortUsec?: number
  readonly timeoutStartFailureMode: TimeoutFailureMode
  readonly timeoutStopFailureMode: TimeoutFailureMode
  readonly runtimeMaxUsec: number
  readonly watchdogUsec: number
  readonly notifyAccess: 'none' | 'main' | 'exec' | 'all'
  readonly reloadSignal: string
  readonly sockets: readonly string[]
  readonly fileDescriptorStoreMax: number
  readonly oomPolicy: 'continue' | 'stop' | 'kill'
}

export interface KillContext {
  readonly killMode: 'control-group' | 'mixed' | 'process' | 'none'
  readonly killSignal: string
  /** undefined: the kill signal stands for it. */
  readonly restartKillSignal?: string
  readonly finalKillSignal: string
  readonly watchdogSignal: string
  readonly sendSigkill: boolean
  readonly sendSighup: boolean
}

export interface SocketListener {
  /**
   * The key without `Listen`: Stream, Datagram, SequentialPacket, FIFO, Netlink, Special, MessageQueue, USBFunction.
   */
  readonly kind: string
  readonly address: string
}

export interface SocketSection {
  readonly listeners: readonly SocketListener[]
  readonly accept: boolean
  /** The service it starts; undefined with Accept=yes (an instance per connection). */
  readonly service?: string
  readonly maxConnections: number
  readonly maxConnectionsPerSource: number
  readonly flushPending: boolean
  readonly triggerLimitIntervalUsec: number
  readonly triggerLimitBurst: number
  readonly pollLimitIntervalUsec: number
  readonly pollLimitBurst: number
  readonly deferTrigger: 'no' | 'yes' | 'patient'
  readonly deferTriggerMaxUsec: number
  readonly timeoutUsec: number
  readonly removeOnStop: boolean
  /** Who owns the sockets. */
  readonly user?: string
  readonly group?: string
  readonly exec: Readonly<
    Record<'ExecStartPre' | 'ExecStartPost' | 'ExecStopPre' | 'ExecStopPost', readonly ExecCommand[]>
  >
}

export interface TimerValue {
  readonly base: 'OnActiveSec' | 'OnBootSec' | 'OnStartupSec' | 'OnUnitActiveSec' | 'OnUnitInactiveSec' | 'OnCalendar'
  /** For the monotonic kinds. */
  readonly usec: number
  /** For OnCalendar=: the normalized expression. */
  readonly calendar?: string
}

export interface TimerSection {
  readonly values: readonly TimerValue[]
  readonly onClockChange: boolean
  readonly onTimezoneChange: boolean
  readonly persistent: boolean
  readonly remainAfterElapse: boolean
  readonly accuracyUsec: number
  readonly randomizedDelayUsec: number
  readonly deferReactivation: boolean
  readonly unit: string
}

export interface PathSpec {
  readonly kind: 'PathExists' | 'PathExistsGlob' | 'PathChanged' | 'PathModified' | 'DirectoryNotEmpty'
  readonly path: string
}

export interface PathSection {
  readonly specs: readonly PathSpec[]
  readonly unit: string
  readonly makeDirectory: boolean
  readonly triggerLimitIntervalUsec: number
  readonly triggerLimitBurst: number
}

export interface MountSection {
  readonly what: string
  readonly where: string
  readonly fsType: string
  readonly options: readonly string[]
  readonly timeoutUsec: number
  readonly lazyUnmount: boolean
  readonly forceUnmount: boolean
}

export interface AutomountSection {
  readonly where: string
  readonly timeoutIdleUsec: number
}

export interface SwapSection {
  readonly what: string
  readonly timeoutUsec: number
}

export interface ScopeSection {
  readonly runtimeMaxUsec: number
  readonly timeoutStopUsec: number
}

export interface SliceSection {
  readonly concurrencySoftMax: number
  readonly concurrencyHardMax: number
  readonly activatingConcurrencyMax: number
}
