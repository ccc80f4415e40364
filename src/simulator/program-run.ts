/** Programs in action, one generator each. Mirrors their manuals; sd_notify(3) and daemon(7) for daemons. */

import type { Manager } from './manager.ts'
import { about } from './order.ts'
import type { Process, Run, Step } from './process.ts'
import { processFork, processKill, processNotify, shellStatus } from './process.ts'
import { commandNameOf } from './process-exec.ts'
import type { Program } from './program.ts'
import { runMount } from './program-mount.ts'
import { runShell } from './program-shell-run.ts'
import { runTest } from './program-test.ts'

/** What a daemon needs until it is ready, and to stop. */
const READY_USEC = 20_000
const STOP_USEC = 1_000
/** Until a client is linked, and on the bus. */
const CLIENT_START_USEC = 4_000
/** What a sleep takes longer than it says: to be loaded, to get a processor again, and to be missed (measured). */
const OVERSLEEP_USEC = 10_000
/** After a signal to oneself, so that it takes effect before the next thing is done. */
const OWN_SIGNAL_USEC = 1_000

/** A step that takes this long. */
export function pause(m: Manager, usec: number): Step {
  return (resume) => void m.clock.arm(m.clock.now + usec, () => resume(0))
}

const forever: Step = () => {}

/** The program's run. Mirrors what its manual says it does. */
export function programRun(m: Manager, p: Process, program: Program): Run {
  switch (program.kind) {
    case 'sleep':
      return runFor(m, program.usec)
    case 'exit':
      return ends(program.status)
    case 'missing':
      return ends(127)
    case 'runs':
      return runByRule(m, p, program)
    case 'daemon':
      return runDaemon(m, p)
    case 'shell':
      return runShell(m, p, program)
    case 'timeout':
      return runTimeout(m, p, program)
    case 'systemctl':
      return runSystemctl(m, program.argv)
    case 'notify':
      return runNotify(m, p, program.argv)
    case 'touch':
    case 'rm':
    case 'mkdir':
    case 'rmdir':
      return ends(changeFiles(m, program))
    case 'mount':
    case 'umount':
      return ends(runMount(m, program.kind, program.argv))
    case 'echo':
      return ends(0)
    case 'test':
      return ends(runTest(m, program.words))
    case 'kill':
      return runKill(m, program)
  }
}

// biome-ignore lint/correctness/useYield: a program that ends before its first step.
function* ends(status: number): Run {
  return status
}

function* runFor(m: Manager, usec: number): Run {
  yield Number.isFinite(usec) ? pause(m, usec + about(OVERSLEEP_USEC)) : forever
  return 0
}

const TIMED_OUT = 124

/** timeout(1): it passes on what it is sent, and ends as its command does, or of SIGKILL with it. */
function* runTimeout(m: Manager, p: Process, program: Extract<Program, { kind: 'timeout' }>): Run {
  const { usec, signal, path } = program
  const child = processFork(m, p, commandNameOf(path), (self) => programRun(m, self, program.program))
  let timedOut = false
  const send = (name: string): void => void processKill(m, child, name)
  for (const name of [...STOP_SIGNALS, 'SIGHUP']) p.handlers.set(name, () => send(name))
  if (Number.isFinite(usec)) {
    m.clock.arm(m.clock.now + usec + about(OVERSLEEP_USEC), () => {
      timedOut = child.alive
      if (timedOut) send(signal)
    })
  }
  yield (resume) => void child.waiters.push(() => resume(0))
  const killed = timedOut && signal === 'SIGKILL' ? signal : timedOut ? undefined : child.exit?.signal
  if (killed !== undefined) return yield* dieOf(m, p, killed)
  return timedOut ? TIMED_OUT : shellStatus(child.exit)
}

function* dieOf(m: Manager, p: Process, signal: string): Run {
  p.handlers.clear()
  p.ignored.clear()
  processKill(m, p, signal)
  yield forever
  return 1
}

function* runByRule(m: Manager, p: Process, { usec, exits }: Extract<Program, { kind: 'runs' }>): Run {
  yield pause(m, usec)
  if (typeof exits === 'number') return exits
  return yield* dieOf(m, p, exits)
}

function changeFiles(m: Manager, program: Extract<Program, { paths: readonly string[] }>): number {
  const { kind, paths, quiet, recursive } = program
  const done = paths.map((path) => {
    if (kind === 'touch') return m.files.touch(path)
    if (kind === 'rm') return (recursive || !m.files.isDirectory(path)) && (m.files.remove(path) || quiet)
    if (kind === 'rmdir') return m.files.isEmptyDirectory(path) && m.files.remove(path)
    if (!quiet) return m.files.mkdir(path)
    m.files.mkdirParents(path)
    return true
  })
  return done.every((ok) => ok) ? 0 : 1
}

function* runKill(m: Manager, { signal, pids }: Extract<Program, { kind: 'kill' }>): Run {
  const status = killPids(m, signal, pids)
  yield pause(m, OWN_SIGNAL_USEC)
  return status
}

/** Mirrors kill(1): fails if one of the processes does not exist. Only processes of units are known. */
export function killPids(m: Manager, signal: string, pids: readonly string[]): number {
  let status = pids.length === 0 ? 1 : 0
  for (const pid of pids) {
    const other = m.processes.byPid.get(Number(pid))
    const reached = other !== undefined && (signal === '0' ? other.alive : processKill(m, other, signal))
    if (!reached) status = 1
  }
  return status
}

/** A client from inside: it waits for its job, unless it says --no-block. */
function* runSystemctl(m: Manager, argv: readonly string[]): Run {
  yield pause(m, about(CLIENT_START_USEC))
  return yield (resume) => m.systemctl(argv, resume)
}

/** Mirrors systemd-notify(1): it speaks in its parent's name, if that belongs to the unit. */
function* runNotify(m: Manager, p: Process, argv: readonly string[]): Run {
  const sender = p.parent ?? p
  const tags: string[] = []
  for (const arg of argv) {
    const option = Object.hasOwn(NOTIFY_OPTIONS, arg) ? NOTIFY_OPTIONS[arg] : undefined
    if (option && (arg === '--ready' || m.features.notifyReloadingOption)) tags.push(...option(m))
    else if (arg === '--pid') tags.push(`MAINPID=${sender.pid}`)
    else if (arg.startsWith('--pid=')) tags.push(`MAINPID=${arg.slice('--pid='.length)}`)
    else if (arg.startsWith('--status=')) tags.push(`STATUS=${arg.slice('--status='.length)}`)
    else if (arg.startsWith('-')) {
      if (!['--no-block', '--exec'].includes(arg)) return 1
    } else tags.push(arg)
  }
  if (tags.length === 0) return 0
  if (!processNotify(m, sender, tags)) return 1
  yield pause(m, OWN_SIGNAL_USEC)
  return 0
}

/** The clock that MONOTONIC_USEC= is of. */
const monotonic = (m: Manager): string => `MONOTONIC_USEC=${m.clock.now}`

const NOTIFY_OPTIONS: Readonly<Record<string, (m: Manager) => readonly string[]>> = {
  '--ready': () => ['READY=1'],
  '--reloading': (m) => ['RELOADING=1', monotonic(m)],
  '--stopping': () => ['STOPPING=1'],
}

const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const
const OTHER_SIGNALS = ['SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGPIPE', 'SIGALRM'] as const

/**
 * Differs: an unknown program is a well-behaved daemon of its service's type: it gets ready, reloads, and stops, by
 * whatever signal its unit sends for that. One that is run before, after or beside the main process does what it has to
 * do, and ends well.
 */
function* runDaemon(m: Manager, p: Process): Run {
  const { daemon = p.request.role === 'control' ? 'helper' : 'plain', pidFile } = p.request
  yield pause(m, READY_USEC)
  if (daemon === 'helper') return 0
  if (daemon === 'forking' && p.role !== 'other') {
    const child = processFork(m, p, p.commandName, (self) => serve(m, self))
    if (pidFile !== undefined) {
      m.processes.texts.set(m.files.resolve(pidFile), `${child.pid}\n`)
      m.files.write(pidFile, 5)
    }
    return 0
  }
  if (daemon === 'notify' || daemon === 'notify-reload') processNotify(m, p, ['READY=1'])
  if (daemon === 'dbus') p.request.onBusName?.(true)
  return yield* serve(m, p)
}

const ignored = (): void => {}

function* serve(m: Manager, p: Process): Run {
  let [stop, wake]: [boolean, () => void] = [false, ignored]
  const { killSignal, restartKillSignal = killSignal } = p.request.unit.config.kill
  const stopSoon = () => {
    stop = true
    wake()
  }
  for (const signal of OTHER_SIGNALS) p.handlers.set(signal, ignored)
  if (p.request.daemon === 'notify-reload') p.handlers.set('SIGHUP', () => reloadOnSignal(m, p))
  for (const signal of [...STOP_SIGNALS, killSignal, restartKillSignal]) p.handlers.set(signal, stopSoon)
  if (!stop) {
    yield (resume) => {
      wake = () => resume(0)
    }
  }
  yield pause(m, STOP_USEC)
  if (p.request.daemon === 'dbus') p.request.onBusName?.(false)
  return 0
}

/** The protocol of Type=notify-reload, sd_notify(3). */
function reloadOnSignal(m: Manager, p: Process): void {
  processNotify(m, p, ['RELOADING=1', monotonic(m)])
  m.clock.arm(m.clock.now + READY_USEC, () => p.alive && processNotify(m, p, ['READY=1']))
}
