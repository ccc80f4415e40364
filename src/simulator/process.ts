/**
 * The processes of units: born, told, ended. Mirrors exec_spawn(), src/core/execute.c, and manager_dispatch_sigchld(),
 * src/core/manager.c (v255). Differs: what a program does is read off its command line (program.ts), or given by rules;
 * its parent hears of its end at once, the control group's emptiness always comes last.
 */

import { baseName } from '../systemd/path-util.ts'
import type { ProcessRule } from '../systemd/scenario.ts'
import { parseSignal } from '../systemd/signal.ts'
import { isInactiveOrFailed } from '../systemd/unit.ts'
import type { ExecCommand, SocketListener } from '../systemd/unit-config.ts'
import { Heap } from './heap.ts'
import { doIdlePipeDance } from './idle-pipe.ts'
import type { Manager } from './manager.ts'
import { about } from './order.ts'
import { exec } from './process-exec.ts'
import type { ProcessExit } from './process-exit.ts'
import { endedBySignal, exited } from './process-exit.ts'
import type { Program } from './program.ts'
import { unitActiveState } from './unit.ts'
import { unitAddToGcQueue } from './unit-gc.ts'
import type { Unit } from './unit-vtable.ts'

export type ProcessRole = 'main' | 'control' | 'other'

/** What a program does, step by step: each step arranges to be resumed; the return value is the exit code. */
export type Step = (resume: (value: number) => void) => void
export type Run = Generator<Step, number, number>

export interface Process {
  readonly pid: number
  readonly unit: Unit
  role: ProcessRole
  /** The program's name as ps shows it; in parentheses as long as it is still the manager's own code that runs. */
  commandName: string
  /** Null: the manager's child, by birth or by adoption. */
  parent: Process | null
  readonly children: Set<Process>
  readonly request: SpawnRequest
  /** The mount that its working directory is in; children inherit it. Null: none that a unit is of. */
  workingIn: object | null
  alive: boolean
  /** A signal or exit() has been; the process is not gone yet. */
  ending: boolean
  /** By SIGSTOP; what is to happen to it meanwhile waits for SIGCONT. */
  stopped: boolean
  /** With the whole control group: nothing happens to it, but that a deadly signal still kills it. */
  frozen: boolean
  readonly held: (() => void)[]
  /** How it ended, once it is gone. */
  exit: ProcessExit | null
  /** Signals without any effect; children inherit them. */
  readonly ignored: Set<string>
  /** What is done on a signal instead of dying: traps, and a daemon's own handlers. */
  readonly handlers: Map<string, () => void>
  /** Who waits for its end. */
  readonly waiters: (() => void)[]
  run: Run | null
}

/** What the manager wants to run, and what it wants to hear of it. Children of the process inherit it. */
export interface SpawnRequest {
  readonly unit: Unit
  readonly role: ProcessRole
  /** ExecStart, ExecStop …: rules name them. Helpers of the manager have none. */
  readonly setting: string
  /** Which command of the setting, from zero. */
  readonly index: number
  readonly command: ExecCommand
  /** Instead of what the command line says, if no rule says otherwise. */
  readonly program?: Program
  /** Beside the manager's own: MAINPID, SERVICE_RESULT … */
  readonly environment?: Readonly<Record<string, string>>
  /** What it listens on from its birth: the file descriptors that sockets pass on. */
  readonly listeners?: readonly SocketListener[]
  /** Until there are no jobs, or for some seconds, the program is not executed: Type=idle. */
  readonly idle?: boolean
  /** What an unknown program is to do to be ready. */
  readonly daemon?: DaemonKind
  readonly pidFile?: string
  /** The program has been executed: the end of the exec fd. */
  readonly onExec?: (process: Process) => void
  /** A datagram on $NOTIFY_SOCKET. Without it there is no such socket for the process. */
  readonly onNotify?: (sender: Process, tags: readonly string[]) => void
  /** A well-known name on the bus was taken, or is gone. */
  readonly onBusName?: (owned: boolean) => void
}

export type DaemonKind = 'plain' | 'helper' | 'forking' | 'notify' | 'notify-reload' | 'dbus'

export interface ProcessTable {
  nextPid: number
  readonly rules: readonly ProcessRule[]
  readonly byPid: Map<number, Process>
  /** Dead children of the manager that it has not heard of yet. */
  readonly zombies: Heap<Process>
  /** Units whose control groups the kernel has killed: whatever is spawned into them dies. */
  readonly killedGroups: Set<Unit>
  /** Units whose control groups stand still, with all that is below. */
  readonly frozenGroups: Set<Unit>
  /** What programs wrote into files, by path: process ids, mostly. */
  readonly texts: Map<string, string>
}

/** Mirrors what a manager knows of processes when it begins: nothing. */
export const newProcessTable = (rules: readonly ProcessRule[] = []): ProcessTable => ({
  nextPid: 1000,
  rules,
  byPid: new Map(),
  zombies: new Heap((a, b) => a.pid < b.pid),
  killedGroups: new Set(),
  frozenGroups: new Set(),
  texts: new Map(),
})

/** From fork() to execve(), from a deadly signal to the end, from there to SIGCHLD and to the empty group's event. */
const EXEC_USEC = 1_000
const DEATH_USEC = 200
const SIGCHLD_USEC = 100
const CGROUP_EMPTY_USEC = 300

/**
 * Mirrors the environment's part of exec_invoke() (exec_child() until v254): what the unit sets wins over what systemd
 * does. Differs: of the manager's own environment and of files nothing is known.
 */
function environmentOf({ unit, environment }: SpawnRequest): Readonly<Record<string, string>> {
  const variables = { ...environment, ...unit.config.environment }
  for (const pattern of unit.config.unsetEnvironment ?? []) {
    const [name = '', ...value] = pattern.split('=')
    if (value.length === 0 || variables[name] === value.join('=')) delete variables[name]
  }
  return variables
}

/** Mirrors exec_spawn(): the process is there at once, its program a little later. */
export function processSpawn(m: Manager, spawned: SpawnRequest): Process {
  const request = { ...spawned, environment: environmentOf(spawned) }
  const path = request.command.path
  const p = newProcess(m, request, null, request.role, `(${baseName(path)})`)
  if (request.unit.config.ignoreSigpipe ?? true) p.ignored.add('SIGPIPE')
  const start = () => {
    if (!p.alive || p.ending) return
    for (const { does } of rulesFor(m, p)) {
      if (does.kind === 'ignores') p.ignored.add(parseSignal(does.signal) ?? does.signal)
    }
    exec(m, p)
  }
  if (m.processes.killedGroups.has(request.unit)) dieSoon(m, p, endedBySignal(m, 'SIGKILL'))
  if (request.idle) doIdlePipeDance(m, () => m.clock.arm(m.clock.now + about(EXEC_USEC), start))
  else m.clock.arm(m.clock.now + about(EXEC_USEC), start)
  return p
}

/** fork() by a process of the unit: the child does `run` from a little later on. */
export function processFork(
  m: Manager,
  parent: Process,
  commandName: string,
  makeRun: (child: Process) => Run,
): Process {
  const p = newProcess(m, parent.request, parent, 'other', commandName)
  for (const signal of parent.ignored) p.ignored.add(signal)
  p.run = makeRun(p)
  m.clock.arm(m.clock.now + about(EXEC_USEC), () => processAdvance(m, p, 0))
  return p
}

function newProcess(
  m: Manager,
  request: SpawnRequest,
  parent: Process | null,
  role: ProcessRole,
  commandName: string,
): Process {
  const { unit } = request
  const p: Process = {
    pid: m.processes.nextPid++,
    unit,
    role,
    commandName,
    parent,
    children: new Set(),
    request,
    workingIn: parent?.workingIn ?? null,
    alive: true,
    ending: false,
    stopped: false,
    frozen: m.processes.frozenGroups.size > 0 && isGroupFrozen(m, unit),
    held: [],
    exit: null,
    ignored: new Set(),
    handlers: new Map(),
    waiters: [],
    run: null,
  }
  parent?.children.add(p)
  unit.processes.push(p)
  m.processes.byPid.set(p.pid, p)
  return p
}

/** The rules of the scenario for a command; every one whose number is not said. */
export const rulesFor = (m: Manager, { request }: Process): ProcessRule[] =>
  m.processes.rules.filter(
    ({ unit, setting, nth }) =>
      unit === request.unit.id && setting === request.setting && (nth === null || nth === request.index + 1),
  )

/** Lets the program go on: to its next step, or to its end. */
export function processAdvance(m: Manager, p: Process, value: number): void {
  if (!p.alive || p.ending || p.run === null) return
  if (p.stopped || p.frozen) {
    p.held.push(() => processAdvance(m, p, value))
    return
  }
  const { done, value: next } = p.run.next(value)
  if (p.ending) return
  if (done) {
    processEnd(m, p, exited(next))
    return
  }
  let resumed = false
  next((result) => {
    if (resumed) return
    resumed = true
    processAdvance(m, p, result)
  })
}

/** Signals that do nothing to a process that does not care. */
const HARMLESS: readonly string[] = ['SIGCHLD', 'SIGCONT', 'SIGURG', 'SIGWINCH']
const STOPPING: readonly string[] = ['SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU']

/** Mirrors kill(2). False if there is no such process any more. */
export function processKill(m: Manager, p: Process, signal: string): boolean {
  if (!p.alive) return false
  if (p.ending) return true
  if (signal === 'SIGCONT') goOn(p)
  if (signal !== 'SIGKILL') {
    if (signal !== 'SIGSTOP' && p.ignored.has(signal)) return true
    if (STOPPING.includes(signal)) {
      p.stopped = true
      return true
    }
    if (p.stopped) {
      // Once it goes on, the kernel delivers what is pending before the program gets to its next step.
      p.held.unshift(() => processKill(m, p, signal))
      return true
    }
    const handler = p.handlers.get(signal)
    if (handler) {
      if (p.frozen) p.held.push(() => processKill(m, p, signal))
      else handler()
      return true
    }
    if (HARMLESS.includes(signal)) return true
  }
  dieSoon(m, p, endedBySignal(m, signal))
  return true
}

function goOn(p: Process): void {
  p.stopped = false
  if (!p.frozen) for (const event of p.held.splice(0)) event()
}

/** What the kernel makes of a control group's cgroup.freeze: it counts for all groups below. */
export function isGroupFrozen(m: Manager, u: Unit): boolean {
  for (let group: Unit | null = u; group; group = group.slice) if (m.processes.frozenGroups.has(group)) return true
  return false
}

/** After control groups were frozen or thawed. */
export function processesFollowGroups(m: Manager): void {
  for (const p of [...m.processes.byPid.values()]) {
    p.frozen = isGroupFrozen(m, p.unit)
    if (!p.frozen && !p.stopped) goOn(p)
  }
}

function dieSoon(m: Manager, p: Process, exit: ProcessExit): void {
  p.ending = true
  m.clock.arm(m.clock.now + about(DEATH_USEC), () => processEnd(m, p, exit))
}

/** Mirrors the kernel's do_exit(): out of the group, children go to the manager, the parent hears of it. */
export function processEnd(m: Manager, p: Process, exit: ProcessExit): void {
  if (!p.alive) return
  p.alive = false
  p.ending = true
  p.exit = exit
  p.run = null
  const { unit } = p
  unit.processes.splice(unit.processes.indexOf(p), 1)
  m.processes.byPid.delete(p.pid)
  for (const child of p.children) child.parent = null
  p.children.clear()
  p.parent?.children.delete(p)
  for (const waiter of p.waiters.splice(0)) waiter()
  if (p.parent === null) {
    m.processes.zombies.push(p)
    m.clock.arm(m.clock.now + about(SIGCHLD_USEC), () => managerDispatchSigchld(m))
  }
  if (unit.processes.length > 0) return
  const wasOver = isInactiveOrFailed(unitActiveState(unit))
  m.clock.arm(m.clock.now + CGROUP_EMPTY_USEC, () => {
    // SIGCHLD comes first; a unit that is over by then has given up its group, and hears of it no more.
    if (wasOver || !isInactiveOrFailed(unitActiveState(unit))) unitAddToCgroupEmptyQueue(m, unit)
  })
}

/** Mirrors manager_dispatch_sigchld(): one at a time, the oldest child first. */
function managerDispatchSigchld(m: Manager): void {
  const { zombies } = m.processes
  const p = zombies.first
  zombies.pop()
  m.clock.wake()
  if (!p?.exit || m.leaving !== 'no') return
  const { unit } = p
  if (m.units.get(unit.id) === unit) unit.vtable.sigchldEvent?.(m, unit, p, p.exit)
}

/** Mirrors unit_add_to_cgroup_empty_queue(): only if it is really empty. */
function unitAddToCgroupEmptyQueue(m: Manager, u: Unit): void {
  if (u.inCgroupEmptyQueue || u.processes.length > 0 || m.units.get(u.id) !== u) return
  u.inCgroupEmptyQueue = true
  m.cgroupEmptyQueue.push(u)
  unitAddToGcQueue(m, u)
}

/** A datagram to the manager. Until it is read, the sender may be gone; then nobody knows whose it was. */
export function processNotify(m: Manager, sender: Process, tags: readonly string[]): boolean {
  const { onNotify } = sender.request
  if (!onNotify) return false
  m.pending.push(() => onNotify(sender, tags))
  return true
}

/** What a shell would have in `$?`. */
export const shellStatus = (exit: ProcessExit | null): number =>
  exit === null ? 127 : exit.code === 'exited' ? exit.status : 128 + exit.status
