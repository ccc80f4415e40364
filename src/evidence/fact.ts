/**
 * What a paste says, piece by piece. A fact claims no more than its words do: who asked for what, what systemd or a
 * tool answered, what a unit looked like, what a file contains. Names are mended and complete (`nginx` typed becomes
 * `nginx.service`); `quote` is the paste's own text, secrets masked.
 */

import type { JobMode, JobResult, JobType } from '../systemd/job.ts'
import { grouped } from './grouped.ts'
import { onceFor } from './once-for.ts'
import type {
  Boundary,
  BusActivation,
  OtherLog,
  Prose,
  StartLimit,
  StillTriggered,
  UnitFileChange,
  Version,
} from './remarks.ts'
import type {
  DependencyRow,
  FstabLine,
  QueuedJob,
  SocketRow,
  TimerRow,
  UnitProperty,
  UnitState,
  UnitText,
} from './shown.ts'
import type { Base, Sentence } from './span.ts'
import type { Told } from './told/told.ts'

export type * from './remarks.ts'
export type * from './shown.ts'
export type { Base, Moment, Sentence, Span } from './span.ts'

/** What a request asks of the engine, as a client says it; more than what can be installed. */
export type JobWord = JobType | 'reload-or-restart' | 'reload-or-try-restart'

/** Who printed or relayed it. */
export type Via = 'client' | 'manager' | 'debug' | 'catalog' | 'bus' | 'ansible' | 'puppet' | 'chef' | 'salt' | 'other'

interface OfManager extends Base, Sentence {
  /** Null where the text has only a description that the rest of the paste does not resolve. */
  readonly unit: string | null
  /** Of the instance that logged it: 1 is the system manager. */
  readonly managerPid: number | null
}

/** Any sentence of the manager that none of the more telling kinds covers. */
export interface ManagerLine extends OfManager {
  readonly kind: 'manager-line'
}

/** The visible begin or end of a job: `Starting …`, `Stopped …`. */
export interface JobLine extends OfManager {
  readonly kind: 'job-line'
  readonly phase: 'begin' | 'end'
  /** 'stop' stands for a restart's stop half too, unless a JOB_TYPE= field says which. */
  readonly type: 'start' | 'stop' | 'reload' | 'restart' | 'verify-active'
  readonly result: JobResult | null
  readonly jobId: number | null
  /** As printed between the words. */
  readonly description: string
}

/** What job.c and transaction.c say at debug level, but for the end of a job. */
export interface JobDebug extends OfManager {
  readonly kind: 'job-debug'
  readonly event:
    | 'trying'
    | 'enqueued'
    | 'installed'
    | 'merged'
    | 'rerun'
    | 'reinstalled'
    | 'converting'
    | 'held'
    | 'collecting'
  readonly type: string | null
  readonly mode: string | null
  /** The type merged or converted into. */
  readonly into: string | null
  readonly jobId: number | null
}

/** A job ended, by anyone's words. */
export interface JobFinished extends Base {
  readonly kind: 'job-finished'
  readonly unit: string | null
  /** Said, or inferred from the command or task shown (`typeInferred`); else null. */
  readonly type: JobWord | null
  readonly typeInferred: boolean
  readonly result: JobResult
  readonly via: Via
  readonly jobId: number | null
  /** For 'failed': the service result the client explains (`exit-code`, `timeout` …). */
  readonly serviceResult: string | null
  /** The request (id of its fact) that waited for it, where the paste shows one. */
  readonly request: string | null
}

export type Refusal =
  | 'not-found'
  | 'not-loaded'
  | 'masked'
  | 'bad-setting'
  | 'load-failed'
  | 'exists'
  | 'only-by-dependency'
  | 'not-applicable'
  | 'isolate'
  | 'destructive'
  | 'jobs-conflict'
  | 'cyclic'
  | 'shutting-down'
  | 'concurrency'
  | 'frozen'
  | 'access-denied'
  | 'no-such-job'
  | 'timeout'
  | 'disconnected'
  | 'chroot'
  | 'no-bus'
  | 'other'

/** A request that never became a job. */
export interface RequestRefused extends Base {
  readonly kind: 'request-refused'
  readonly unit: string | null
  readonly type: JobWord | null
  readonly error: Refusal
  readonly via: Via
  /** The unit in the way: the one missing, masked, or with the job that would be displaced. */
  readonly other: string | null
  /** destructive: `queued` is what `other` has, `included` what the transaction wants; jobs-conflict: both wanted. */
  readonly queued: string | null
  readonly included: string | null
  /** The error's own words. */
  readonly text: string
  readonly request: string | null
  /** What the manager itself tried on a unit's behalf: 'upholds', 'on-failure', 'wants', 'trigger' …; else null. */
  readonly onBehalf: string | null
}

export type RequestedBy =
  | 'shell'
  | 'sudo'
  | 'script'
  | 'cron'
  | 'udev'
  | 'exec'
  | 'ansible'
  | 'puppet'
  | 'chef'
  | 'salt'
  | 'ci'
  | 'bus'
  | 'dbus-activation'
  | 'package'
  | 'other'

/** A process, as the flight recorder met it. */
export interface Process {
  readonly pid: number
  /** Its unit or session; null where it belongs to none. */
  readonly unit: string | null
  readonly command: string
}

/** The process that asked, and up to the first one those that started it. */
export interface Asker extends Process {
  readonly startedBy: readonly Process[]
}

/** Somebody asked, or a file says that somebody will. One fact per unit named. */
export interface Request extends Base {
  readonly kind: 'request'
  readonly unit: string | null
  /** systemctl's verb or the bus method: 'restart', 'daemon-reload', 'mask', 'status', 'cancel', 'StartUnit' … */
  readonly verb: string
  /** Null for verbs that ask for no job. */
  readonly type: JobWord | null
  readonly mode: JobMode
  readonly by: RequestedBy
  readonly noBlock: boolean
  readonly userManager: boolean
  /** Done at that moment (typed, logged), or written down for later (a script, an Exec line, a task). */
  readonly tense: 'done' | 'written'
  /** Who: a bus name, a user, a unit's setting (`app.service ExecStop`), a task's name. */
  readonly requester: string | null
  readonly command: string
  /** Where the flight recorder met it. */
  readonly asker?: Asker
}

/** The flight recorder watched a unit: of what asked for its jobs, only what comes and goes at once is not seen. */
export interface Recording extends Base {
  readonly kind: 'recording'
  readonly unit: string
}

export interface ExitStatus extends Base {
  readonly kind: 'exit-status'
  readonly status: number
  readonly request: string | null
}

export interface ProcessExit extends Base {
  readonly kind: 'process-exit'
  readonly unit: string | null
  /** 'main', 'control', 'mount', 'condition check' …, or the setting (`ExecStartPre`) in a status. */
  readonly process: string
  readonly pid: number | null
  readonly code: 'exited' | 'killed' | 'dumped'
  /** Exit status or signal number as printed; null where only a name is there. */
  readonly status: number | null
  /** `FAILURE`, `EXEC`, `KILL`, `TERM`; null if not printed. */
  readonly statusName: string | null
  readonly success: boolean
  readonly command: string | null
}

export interface BusMessage extends Base {
  readonly kind: 'bus-message'
  readonly message: 'call' | 'signal' | 'return' | 'error'
  readonly member: string
  readonly sender: string | null
  readonly unit: string | null
  readonly jobId: number | null
  readonly mode: string | null
  readonly error: string | null
}

/** One task, resource or step of a configuration tool or pipeline. */
export interface ToolTask extends Base {
  readonly kind: 'tool-task'
  readonly tool: 'ansible' | 'puppet' | 'chef' | 'salt' | 'ci' | 'apt' | 'dnf' | 'other'
  /** Of the task or resource; null where only its outcome is in the paste. */
  readonly name: string | null
  readonly handler: boolean
  readonly host: string | null
  readonly outcome: 'ok' | 'changed' | 'failed' | 'skipped' | 'unreachable' | 'ignored' | null
  /** name, state, enabled, daemon_reload, no_block …, as printed. */
  readonly params: Readonly<Record<string, string>>
  readonly message: string | null
}

export interface Reload extends Base {
  readonly kind: 'reload'
  readonly what: 'daemon-reload' | 'daemon-reexec'
  readonly phase: 'requested' | 'begin' | 'end' | 'rejected'
  readonly requester: { readonly pid: number | null; readonly comm: string | null; readonly unit: string | null } | null
}

export interface Shutdown extends Base {
  readonly kind: 'shutdown'
  readonly what: 'reboot' | 'poweroff' | 'halt' | 'kexec' | 'soft-reboot' | 'exit' | 'emergency' | 'sleep' | 'unknown'
  readonly phase: 'requested' | 'going' | 'reached'
  readonly requester: string | null
}

/** One line about an ordering cycle, whichever program printed it. */
export interface Cycle extends Base {
  readonly kind: 'cycle'
  readonly event: 'found' | 'step' | 'deleted' | 'unbreakable'
  /** The unit whose check found it; before 230 not said. */
  readonly unit: string | null
  /** As `unit/type`; for 'found' in one line (259) the whole path. */
  readonly jobs: readonly string[]
  /** The job that the check began with. */
  readonly beginning: string | null
}

export interface ConditionSkip extends Base {
  readonly kind: 'condition-skip'
  readonly unit: string | null
  readonly what: 'condition' | 'assert'
  /** `ConditionPathExists=!/x`; null where systemd does not say which. */
  readonly check: string | null
}

export type Fact =
  | ManagerLine
  | JobLine
  | JobDebug
  | JobFinished
  | RequestRefused
  | Request
  | Recording
  | ExitStatus
  | ProcessExit
  | UnitState
  | UnitProperty
  | UnitText
  | QueuedJob
  | TimerRow
  | SocketRow
  | DependencyRow
  | BusMessage
  | ToolTask
  | Reload
  | Shutdown
  | Cycle
  | ConditionSkip
  | StartLimit
  | Boundary
  | StillTriggered
  | UnitFileChange
  | FstabLine
  | BusActivation
  | OtherLog
  | Version
  | Told
  | Prose

export type FactKind = Fact['kind']
export type FactOf<K extends FactKind> = Extract<Fact, { readonly kind: K }>

/** One line of the paste as it came. */
export interface PasteLine {
  /** 1-based. */
  readonly number: number
  readonly start: number
  /** Without the line's end. */
  readonly end: number
  /** A format's name, 'blank' or 'prose'. */
  readonly takenFor: string
}

/** One kind of repair, and how often. */
export interface Mending {
  readonly kind: string
  readonly count: number
  /** The first line it was made on. */
  readonly line: number
}

export interface Redaction {
  readonly kind: string
  readonly count: number
}

export interface Facts {
  readonly lines: readonly PasteLine[]
  readonly facts: readonly Fact[]
  readonly mended: readonly Mending[]
  readonly redacted: readonly Redaction[]
  /** What of the paste was left unread because of a bound in limits.ts; null if nothing. */
  readonly cut: string | null
}

const NONE: readonly Fact[] = []
/** The facts of one kind, in the order of the paste. */
export function factsOf<K extends FactKind>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] {
  return (byKind(facts).get(kind) ?? NONE) as readonly FactOf<K>[]
}

const byKind = onceFor((facts: readonly Fact[]) => grouped(facts, ({ kind }) => kind as string))
