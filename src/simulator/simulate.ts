/** Plays a story: a scenario in, what would have happened out. The same scenario gives the same trace. */

import { FILE_WORK, SIMULATION_STEPS } from '../limits.ts'
import { kindsOfAtoms } from '../systemd/atoms.ts'
import { type Features, featuresOf } from '../systemd/features.ts'
import type { Event, Happening } from '../systemd/happening.ts'
import type { LoadMemory } from '../systemd/load-memory.ts'
import type { Action, Scenario, ScenarioFile } from '../systemd/scenario.ts'
import { isUnitFile, isUnitSymlink } from '../systemd/scenario.ts'
import type { Stock } from '../systemd/stock-units.ts'
import type { Diagnostic } from '../systemd/unit-config.ts'
import { NOWHERE } from '../systemd/unit-file-index.ts'
import { createLoader } from '../systemd/unit-load.ts'
import { NEWEST } from '../systemd/versions.ts'
import { Clock } from './clock.ts'
import { Files } from './files.ts'
import { emit } from './log.ts'
import type { InstallPlace, JournalLine, Manager } from './manager.ts'
import { managerAddJob } from './manager-jobs.ts'
import { managerLoadUnit, unitFileChanged } from './manager-load.ts'
import { managerLoop } from './manager-loop.ts'
import { about, setOrderSeed } from './order.ts'
import { newProcessTable } from './process.ts'
import { socketConnect } from './socket-traffic.ts'
import { systemctl } from './systemctl.ts'
import { systemctlDeedOf } from './systemctl-argv.ts'

export interface SimulateOptions {
  /** The release to play; the scenario's own when left out, else the newest known. */
  readonly version?: number | undefined
  /** Shuffles every walk whose order systemd leaves open, and, if it is odd, every moment; 0, the default, neither. */
  readonly orderSeed?: number
  /** Which units are there unwritten in a system's manager: by default those of a system that is but unpacked. */
  readonly stock?: Stock
  /** Events that may be handled; the simulation says `exhausted` when they are used up. */
  readonly steps?: number
  /** Of simulations of nearly the same units: what is read from the same files need not be read again. */
  readonly memory?: LoadMemory
  /** Work that may be done: jobs asked for, units looked at and loaded, see limits.ts. Then it is `exhausted` as well. */
  readonly work?: number
}

export interface Simulation {
  readonly trace: readonly Happening[]
  /** Every line of a default journal, those without a message id as well. */
  readonly journal: readonly JournalLine[]
  /** What systemd says of the unit files that were loaded. */
  readonly diagnostics: readonly Diagnostic[]
  /** Sub-state and active state of each loaded unit at the end. */
  readonly states: ReadonlyMap<string, { readonly active: string; readonly sub: string; readonly load: string }>
  /** True if the steps were used up before the end. */
  readonly exhausted: boolean
  /** True if systemd itself would not come out of its queues any more: `exhausted`, but for a reason of its own. */
  readonly spins: boolean
  /** The work that was done. */
  readonly work: number
  readonly version: number
}

/** The manager's boot happens before the timeline's zero. */
const BOOT_USEC = -60_000_000
/** Always there. Mirrors manager_enumerate_perpetual(), src/core/manager.c; a user's manager has no system.slice. */
const PERPETUAL = ['-.slice', 'system.slice', 'init.scope', '-.mount']
/** What is up when a story begins; bringing it up is no part of it. */
const UP_BEFORE_STORIES = ['sysinit', 'basic', 'sockets', 'timers', 'paths', 'default'].map((name) => `${name}.target`)
/** Whoever does two things at one moment does them one after the other, and the manager is quicker. */
const APART_USEC = 3_000
const DEFAULT_END_USEC = 10_000_000

/** Mirrors what the oracle does with the same file (test/oracle). Never throws on a scenario's content. */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): Simulation {
  const version = options.version ?? scenario.systemd ?? NEWEST
  setOrderSeed(options.orderSeed ?? 0)
  const world = new World(scenario, version, options)
  world.boot()
  world.play(scenario.timeline)
  return world.result()
}

/** The manager alone, up and idle: the story's units can be asked for, but nothing of its timeline happens. */
export function managerUp(scenario: Scenario, options: SimulateOptions = {}): Manager {
  const world = new World(scenario, options.version ?? scenario.systemd ?? NEWEST, options)
  world.boot()
  return world.manager
}

class World {
  readonly #m: Manager
  readonly #files: Map<string, ScenarioFile>
  readonly #version: number
  readonly #bare: boolean
  readonly #bootTarget: string
  readonly #work: number

  constructor(scenario: Scenario, version: number, options: SimulateOptions) {
    this.#version = version
    this.#work = options.work ?? Number.MAX_SAFE_INTEGER
    this.#bare = options.stock === 'bare'
    // As recordings of a system are made; a machine does as it is told to.
    const recorded = scenario.manager === 'system' && (options.stock ?? 'recorded') === 'recorded'
    this.#bootTarget = recorded ? 'multi-user.target' : 'default.target'
    this.#files = new Map(scenario.files.map((file) => [file.name, file]))
    this.#m = newManager(scenario, version, options, this.#files)
    this.#m.workLeft = this.#work - this.#files.size * FILE_WORK
    if ((options.stock ?? 'recorded') === 'recorded') watchForMountTable(this.#m)
  }

  get manager(): Manager {
    return this.#m
  }

  /** The default target comes up, as in a manager that has just been started. */
  boot(): void {
    const m = this.#m
    m.clock.now = BOOT_USEC
    for (const name of PERPETUAL) {
      if (name === 'system.slice' && m.kind === 'user') continue
      const u = managerLoadUnit(m, name)
      u.vtable.enumeratePerpetual?.(m, u)
    }
    if (this.#bare) {
      for (const name of UP_BEFORE_STORIES) {
        const u = managerLoadUnit(m, name)
        u.vtable.start?.(m, u)
      }
    } else {
      const target = managerLoadUnit(m, this.#bootTarget)
      if (target.loadState === 'loaded') managerAddJob(m, 'start', target, 'replace')
      managerLoop(m, BOOT_USEC / 2)
    }
    m.trace.length = 0
    m.journal.length = 0
  }

  play(timeline: readonly Action[]): void {
    const m = this.#m
    managerLoop(m, -1)
    const due = momentsOf(timeline)
    const end = due.find(({ action }) => action.kind === 'end')?.atUsec
    const untilUsec = end ?? (due.at(-1)?.atUsec ?? 0) + DEFAULT_END_USEC
    for (const { kind, ...made } of timeline) if ('path' in made && kind !== 'rm') m.files.willBeMade(made.path)
    for (const { action, atUsec } of due) {
      if (atUsec <= untilUsec) m.clock.arm(atUsec, () => this.#act(action))
    }
    managerLoop(m, untilUsec)
  }

  #act(action: Action): void {
    const m = this.#m
    switch (action.kind) {
      case 'systemctl':
        systemctl(m, action, ({ status, output }) => this.#clientEnd(action, status, output))
        return
      case 'connect':
        socketConnect(m, managerLoadUnit(m, action.unit))
        return
      case 'touch': {
        m.files.mkdirParents(`${action.path}/..`)
        m.files.touch(action.path)
        const name = unitFileName(m, action.path)
        if (isUnitFile(name) && !this.#files.has(name)) {
          // In a folder of dependencies, an empty file is no link but a mask.
          this.#files.set(name, { name, text: '', ...(isUnitSymlink(name) ? { link: NOWHERE } : {}) })
          m.load.rescan()
        }
        unitFileChanged(m, name, action.path)
        return
      }
      case 'rm': {
        const name = unitFileName(m, action.path)
        if (this.#files.delete(name)) {
          m.load.rescan()
        }
        unitFileChanged(m, name, action.path)
        m.files.remove(action.path)
        return
      }
      case 'mkdir':
        m.files.mkdirParents(`${action.path}/..`)
        m.files.mkdir(action.path)
        return
      case 'end':
        return
    }
  }

  #clientEnd(action: Action, status: number, output: string): void {
    const event: Event = { kind: 'client', command: action.text, status, output: output.trimEnd() }
    emit(this.#m, 'client', event)
    this.#m.clock.wake()
  }

  result(): Simulation {
    const m = this.#m
    const states = new Map(
      [...m.units].map(([name, u]) => [
        name,
        { active: u.vtable.activeState(u), sub: u.vtable.subState(u), load: u.loadState },
      ]),
    )
    return {
      trace: m.trace,
      journal: m.journal,
      diagnostics: m.diagnostics,
      states,
      exhausted: m.exhausted,
      spins: m.spins,
      work: this.#work - m.workLeft,
      version: this.#version,
    }
  }
}

/**
 * When each action comes, the end as well. Of one moment, clients come a little apart; what is done without one is done
 * by the time that the first of them is heard.
 */
function momentsOf(timeline: readonly Action[]): { readonly action: Action; readonly atUsec: number }[] {
  let [previousUsec, sinceUsec] = [Number.NEGATIVE_INFINITY, 0]
  return timeline.map((action) => {
    const waits = action.kind === 'systemctl' || action.kind === 'end'
    if (action.atUsec !== previousUsec) sinceUsec = 0
    else if (waits) sinceUsec += about(APART_USEC)
    previousUsec = action.atUsec
    return { action, atUsec: action.atUsec + about(0) + (waits ? sinceUsec : 0) }
  })
}

/** The scenario's name of a file in the unit folder; other paths are of no unit. */
function unitFileName(m: Manager, path: string): string {
  const full = m.files.resolve(path)
  const folder = `${m.files.unitFolder}/`
  return full.startsWith(folder) ? full.slice(folder.length) : ''
}

/**
 * Mirrors mnt_monitor_enable_userspace(), which mount_enumerate() calls: as long as there is no /run/mount, whatever
 * comes to be in /run gets the manager up, and its late timers go off. Machines have that folder, recordings have not.
 */
function watchForMountTable(m: Manager): void {
  m.files.watch('/run', (event) => event === 'create' && m.clock.wake())
}

/**
 * Recordings are made where /dev has no autofs, and in control groups of their own: whoever knows these for a
 * container's has no swap. Mirrors automount_supported() and swap_supported().
 */
function unsupportedInRecordings({ manager }: Scenario, features: Features): string[] {
  return manager === 'system' || features.knowsForeignContainers ? ['automount', 'swap'] : ['automount']
}

/** Recordings have a system's units in /etc; a user's manager looks for them nowhere else than where they are. */
function installPlace({ manager }: Scenario, stock: Stock): InstallPlace {
  const isSystem = manager === 'system'
  const kind = stock !== 'recorded' ? 'above' : isSystem ? 'same' : 'apart'
  return {
    kind,
    folder: isSystem ? '/etc/systemd/system' : '/root/.config/systemd/user',
    links: new Map(),
    outdated: false,
  }
}

function newManager(
  scenario: Scenario,
  version: number,
  { stock = 'recorded', steps = SIMULATION_STEPS, memory = new Map() }: SimulateOptions,
  files: Map<string, ScenarioFile>,
): Manager {
  const loader = createLoader(files, { version, manager: scenario.manager, includeStock: stock }, memory)
  const features = featuresOf(version)
  const m: Manager = {
    kind: scenario.manager,
    features,
    kindsOfAtoms: kindsOfAtoms(features),
    hearsAll: stock !== 'recorded',
    hasConsole: stock !== 'recorded',
    dumpsCore: scenario.manager === 'system' && stock !== 'recorded',
    unsupportedTypes: new Set(stock === 'recorded' ? unsupportedInRecordings(scenario, features) : []),
    clock: new Clock(),
    files: new Files(`/etc/systemd/${scenario.manager}`),
    processes: newProcessTable(scenario.processes),
    load: loader,
    unitFiles: files,
    install: installPlace(scenario, stock),
    units: new Map(),
    jobs: new Map(),
    lastJobIds: new Map(),
    nextJobId: 1,
    reloading: false,
    loadQueue: [],
    targetDepsQueue: [],
    runQueue: [],
    gcJobQueue: [],
    stopWhenUnneededQueue: [],
    startWhenUpheldQueue: [],
    stopWhenBoundQueue: [],
    gcUnitQueue: [],
    gcMarker: 0,
    orderGeneration: 0,
    cgroupEmptyQueue: [],
    stopNotifyQueue: new Set(),
    stopNotify: 'no',
    pending: [],
    idlePipe: null,
    jobListeners: new Set(),
    unitListeners: new Set(),
    disconnectListeners: new Set(),
    systemctl: (argv, done) => systemctl(m, systemctlDeedOf(argv), ({ status, output }) => done(status, output)),
    trace: [],
    journal: [],
    diagnostics: [],
    stepsLeft: steps,
    workLeft: 0,
    depth: 0,
    exhausted: false,
    spins: false,
    metCycle: false,
    leaving: 'no',
    objective: undefined,
  }
  return m
}
