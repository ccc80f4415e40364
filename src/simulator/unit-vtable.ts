/** A unit in memory, and what each unit type brings along. Mirrors src/core/unit.h (v255): Unit and UnitVTable. */

import type { MessageKey } from '../systemd/messages.ts'
import type { ActiveState, LoadState, UnitType } from '../systemd/unit.ts'
import type { UnitConfig } from '../systemd/unit-config.ts'
import type { Timer } from './clock.ts'
import type { Job } from './job.ts'
import type { Manager } from './manager.ts'
import type { Process } from './process.ts'
import type { ProcessExit } from './process-exit.ts'
import { newRateLimit } from './ratelimit.ts'
import { type Dependencies, noDependencies } from './unit-dependency.ts'
import type { Marker } from './unit-markers.ts'

/** Errors that steer a job, see finishByErrno() of job.ts; named as in errno.h. */
export type Errno =
  | 'EAGAIN'
  | 'EALREADY'
  | 'EBADR'
  | 'ECOMM'
  | 'ENOEXEC'
  | 'EPROTO'
  | 'EOPNOTSUPP'
  | 'ENOLINK'
  | 'ESTALE'
  | 'EDEADLK'
  | 'ETOOMANYREFS'
  | 'EINVAL'
  | 'ECANCELED'
  | 'ENOENT'
  | 'EBUSY'
  | 'EPERM'
  | 'EEXIST'
  | 'ENOMEM'

/** What start, stop and reload return: 'begun' is C's 1 (log "Starting …"), 'underway' its 0, else -errno. */
export type Outcome = 'begun' | 'underway' | Errno

/** Variables that say what has triggered a unit. Mirrors ActivationDetails (v252). */
export type ActivationDetails = Readonly<Record<string, string>>

/** A type adds its own fields to these. Mirrors struct Unit. */
export class Unit {
  readonly id: string
  readonly type: UnitType
  readonly vtable: UnitVTable
  /** Main id and aliases. */
  names: readonly string[]
  loadState: LoadState = 'stub'
  loadError: string | undefined = undefined
  config: UnitConfig
  /** One of its files is not what was loaded: unit_need_daemon_reload(). */
  changedOnDisk = false
  /** To be read through deps() and unitsWithAtom() of unit-dependency.ts. */
  readonly dependencies: Dependencies = noDependencies()
  slice: Unit | null = null
  /** Mirrors unit_type_supported(). */
  readonly supported: boolean
  job: Job | null = null
  nopJob: Job | null = null
  /** When its state last changed in that sense, see unitUpdateTimestamps(). */
  inactiveExitUsec = 0
  activeEnterUsec = 0
  activeExitUsec = 0
  inactiveEnterUsec = 0
  stateChangeUsec = 0
  conditionResult = false
  /**
   * The condition that failed last, as `TYPE=[!]PARAM`; '|' where all trigger conditions failed. Undefined: none on
   * record.
   */
  failedCondition: string | undefined = undefined
  assertResult = false
  startLimit = newRateLimit(10_000_000, 5)
  startLimitHit = false
  /** The three continuous checks share 16 attempts in 10 s. */
  autoStartStopLimit = newRateLimit(10_000_000, 16)
  /** When the checks that were too many are made again. */
  autoStartStopTimer: Timer | null = null
  perpetual = false
  /** In memory at the last daemon-reload: nothing else is coldplugged while the manager runs. */
  coldplugged: 'never' | 'waits' | 'done' = 'never'
  transient = false
  markers: Set<Marker> | null = null
  /** What first started it, for good. */
  activationDetails: ActivationDetails | null = null
  /** Live processes of the unit's control group. */
  readonly processes: Process[] = []
  /** Membership of the manager's queues. */
  inLoadQueue = false
  inTargetDepsQueue = false
  inStopWhenUnneededQueue = false
  inStartWhenUpheldQueue = false
  inStopWhenBoundQueue = false
  inGcQueue = false
  /** What the last collection has found out about it. */
  gcMarker = 0
  inCgroupEmptyQueue = false

  constructor(id: string, vtable: UnitVTable, config: UnitConfig, supported: boolean) {
    this.id = id
    this.names = [id]
    this.type = vtable.type
    this.vtable = vtable
    this.config = config
    this.supported = supported
  }
}

/** status_message_formats of a vtable, as keys of systemd/messages.ts. */
export type JobMessages = Readonly<Partial<Record<string, MessageKey>>>

/** Whether a unit is of the type that this table is of: before C's SERVICE(), MOUNT() and so on. */
export const isOf = <U extends Unit>(u: Unit | undefined, vtable: UnitVTable<U>): u is U => u?.vtable === vtable

/**
 * One per unit type. Hooks that a type does not have are left out, as in C. They are methods, and not functions in
 * fields, so that the table of a type is one of any unit: each is called with its own units only.
 */
export interface UnitVTable<U extends Unit = Unit> {
  readonly type: UnitType
  /** With the type's own fields: object_size, and the init() hook. */
  readonly object: new (
    ...of: ConstructorParameters<typeof Unit>
  ) => U
  /** Of a unit that is there when the manager comes up, whatever anybody asks for. */
  enumeratePerpetual?(m: Manager, u: U): void
  /** After the files were read: what only loaded units can know (implicit edges to others, verification). */
  load?(m: Manager, u: U): void
  activeState(u: U): ActiveState
  subState(u: U): string
  start?(m: Manager, u: U): Outcome
  stop?(m: Manager, u: U): Outcome
  reload?(m: Manager, u: U): Outcome
  canReload?(u: U, m: Manager): boolean
  /** can_start / test_startable hook: 'ok', or an outcome that unit_start returns (start limit: ECANCELED). */
  testStartable?(m: Manager, u: U): 'ok' | Outcome
  /** will_restart hook. */
  willRestart?(u: U): boolean
  /** will_auto_restart, until v253: a restart is scheduled, so the failure does not count yet. */
  willAutoRestart?(u: U): boolean
  /** reload_result == success; a type without the hook always succeeds. */
  reloadSucceeded?(u: U): boolean
  /** A unit that this one triggers changed, or lost its job. */
  triggerNotify?(m: Manager, u: U, other: Unit): void
  /** Since v258, for members of the manager's stop-notify queue: some unit has stopped. True if there was a change. */
  stopNotify?(m: Manager, u: U): boolean
  sigchldEvent?(m: Manager, u: U, process: Process, exit: ProcessExit): void
  notifyCgroupEmpty?(m: Manager, u: U): void
  resetFailed?(m: Manager, u: U): void
  /** Re-arms timers from stored timestamps and the new configuration after daemon-reload. */
  coldplug?(m: Manager, u: U): void
  /** `Result` property, as systemctl reads it for a failed service. */
  result?(u: U): string
  /** Main and control pid, as far as kill needs them. */
  mainProcess?(u: U): Process | null
  controlProcess?(u: U): Process | null
  /** Jobs of this type are garbage-collected when nobody waits (devices). */
  readonly gcJobs?: boolean
  /** It starts other units. */
  readonly canTrigger?: boolean
  /** It cannot come up a second time. */
  readonly onceOnly?: boolean
  /** Instead of the generic lines of jobs, by `TYPE RESULT`; `TYPE` alone is the begin line. */
  jobMessages?(u: U): JobMessages
  /** False as long as the type has a reason to keep the unit in memory. */
  mayGc?(u: U): boolean
  /** Fields to forget when the object goes away. */
  done?(m: Manager, u: U): void
}
