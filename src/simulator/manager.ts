/**
 * The manager's own state: units, jobs, queues, virtual time, and what it has said. Mirrors src/core/manager.h
 * (v255).
 */

import type { Atom } from '../systemd/atoms.ts'
import type { Features } from '../systemd/features.ts'
import type { Happening } from '../systemd/happening.ts'
import type { Level, MessageKey } from '../systemd/messages.ts'
import type { Diagnostic } from '../systemd/unit-config.ts'
import type { Loader, LoaderFile } from '../systemd/unit-load.ts'
import type { Clock } from './clock.ts'
import type { Files } from './files.ts'
import type { Job } from './job.ts'
import type { ProcessTable } from './process.ts'
import type { Unit } from './unit-vtable.ts'

/** Every visible line, as journalctl would show it; the trace keeps those with a message id. */
export interface JournalLine {
  readonly atUsec: number
  readonly level: Level
  readonly key: MessageKey
  readonly unit: string | undefined
  readonly text: string
  readonly messageId: string | undefined
}

export interface InstalledLink {
  readonly to: string
  /** The entry among the unit files that it has become, and the file that was there. Null: none. */
  readonly entry: { readonly name: string; readonly hidden: LoaderFile | undefined } | null
}

/** Where systemctl puts its links, and what they are to unit files of the scenario. */
export interface InstallPlace {
  /** In the same folder as the files; in one that goes before theirs; in one where the manager does not look. */
  readonly kind: 'same' | 'above' | 'apart'
  readonly folder: string
  /** By path, in the order of their making. */
  readonly links: Map<string, InstalledLink>
  /** They have changed since the last reload: unit_file_state_outdated. */
  outdated: boolean
}

export interface Manager {
  readonly kind: 'system' | 'user'
  readonly features: Features
  /** What the atoms of this release mean, see unitsWithAtom(). */
  readonly kindsOfAtoms: Readonly<Record<Atom, number>>
  /** Processes of a system's manager leave a core, unless it is the recordings' own: Debian's give them no room. */
  readonly dumpsCore: boolean
  /** There is a console; the recordings have none. */
  readonly hasConsole: boolean
  /** What happens to a unit is told even if its LogLevelMax= drops the debug lines, which a recording is made of. */
  readonly hearsAll: boolean
  /** Types that do not work on this system: unit_type_supported(). */
  readonly unsupportedTypes: ReadonlySet<string>
  readonly clock: Clock
  readonly files: Files
  readonly processes: ProcessTable
  /** Reads a unit's files anew: the loader of systemd/, bound to this scenario's files. */
  readonly load: Loader
  /** What `load` reads; who changes it calls load.rescan(). */
  readonly unitFiles: Map<string, LoaderFile>
  readonly install: InstallPlace
  /** By every name, aliases included. */
  readonly units: Map<string, Unit>
  readonly jobs: Map<number, Job>
  /** Of each unit's newest installed job, which may be over: what its name stands for to who cancels. */
  readonly lastJobIds: Map<string, number>
  nextJobId: number
  /** While daemon-reload: unit_notify leaves jobs alone. */
  reloading: boolean
  readonly loadQueue: Unit[]
  readonly targetDepsQueue: Unit[]
  readonly runQueue: Job[]
  readonly gcJobQueue: Job[]
  readonly stopWhenUnneededQueue: Unit[]
  readonly startWhenUpheldQueue: Unit[]
  readonly stopWhenBoundQueue: Unit[]
  readonly gcUnitQueue: Unit[]
  /** Where the marks of the last collection begin. */
  gcMarker: number
  /** Which search for ordering cycles was the last. */
  orderGeneration: number
  readonly cgroupEmptyQueue: Unit[]
  /** Since v258: sockets that wait until somebody stops, in the order of their coming. */
  readonly stopNotifyQueue: Set<Unit>
  /** Whether they are to be told: somebody has stopped, or a job has ended, which matters if it was the last. */
  stopNotify: 'no' | 'if-idle' | 'yes'
  /** Requests and callbacks that run as events of their own, in order, before the clock moves (sd_event sources). */
  readonly pending: (() => void)[]
  /** Who waits for idle_pipe to be closed; null while there is none. */
  idlePipe: Set<() => void> | null
  /** Bus clients that wait for a job's end. */
  readonly jobListeners: Set<(job: Job, result: string) => void>
  /** Bus clients that wait for a unit's state. */
  readonly unitListeners: Set<(u: Unit) => void>
  /** Clients on the private socket, told how they end when it goes away. */
  readonly disconnectListeners: Set<(end: { readonly status: number; readonly output: string }) => void>
  /** A process of a unit calls systemctl; `done` comes with its exit status. */
  readonly systemctl: (argv: readonly string[], done: (status: number, output: string) => void) => void
  readonly trace: Happening[]
  readonly journal: JournalLine[]
  /** What was said of unit files as they were read, once more whenever they are read again. */
  readonly diagnostics: Diagnostic[]
  /** How many jobs' ends are being worked on, one inside the other. */
  depth: number
  /** Counted down; at zero the simulation ends with `exhausted`. */
  stepsLeft: number
  /** Likewise, but of things that cost time by themselves: see LOAD_WORK. */
  workLeft: number
  exhausted: boolean
  /** The queues have no end: systemd would turn in them for ever. */
  spins: boolean
  /** A transaction had an ordering cycle, be it that a job was dropped for it or that it was refused. */
  metCycle: boolean
  /** It has left its loop, and hears of nothing any more: 'blocked' while it waits before the end. */
  leaving: 'no' | 'blocked' | 'gone'
  /** Emergency actions and exits that were asked for. */
  objective: string | undefined
}
