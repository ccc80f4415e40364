/** What a shell does itself. Mirrors the builtins of dash(1) 0.5.12. */

import { parseSignal } from '../systemd/signal.ts'
import type { Run, Step } from './process.ts'
import { shellStatus } from './process.ts'
import { processChdir } from './process-chdir.ts'
import { isMissing, programExists } from './process-exec.ts'
import { programOf } from './program.ts'
import { killPids, pause } from './program-run.ts'
import type { Shell } from './program-shell-state.ts'
import { interrupt, Leave, LeaveLoop, whenReaped } from './program-shell-state.ts'
import { runTest } from './program-test.ts'

/** What it takes to notice a signal: longer than to die of it. */
const TURN_USEC = 1_000
const MAX_TRAPS_PENDING = 100
/** What a builtin ends with that does not understand its arguments. */
const MISUSED = 2

type Builtin = (sh: Shell, args: readonly string[]) => Run

const status = (value: number): Builtin =>
  // biome-ignore lint/correctness/useYield: done at once.
  function* () {
    return value
  }

export const BUILTINS: Readonly<Record<string, Builtin>> = {
  ':': status(0),
  true: status(0),
  false: status(1),
  // biome-ignore lint/correctness/useYield: done at once.
  cd: function* ({ m, p }, [path = '']) {
    if (isMissing(m, path)) return MISUSED
    processChdir(m, p, path)
    return 0
  },
  set: setOptions,
  break: leaveLoop(false),
  continue: leaveLoop(true),
  umask: status(0),
  ulimit: status(0),
  echo: status(0),
  printf: status(0),
  export: exportVariables,
  exit: leave,
  return: leave,
  exec: replace,
  trap: setTrap,
  wait: waitForJobs,
  kill: killBuiltin,
  // biome-ignore lint/correctness/useYield: done at once.
  test: function* (sh, args) {
    return runTest(sh.m, args)
  },
  // biome-ignore lint/correctness/useYield: done at once.
  '[': function* (sh, args) {
    return runTest(sh.m, args.slice(0, -1))
  },
}

// biome-ignore lint/correctness/useYield: done at once.
function* setOptions(sh: Shell, args: readonly string[]): Run {
  for (let at = 0; at < args.length; at++) {
    const [sign = '', ...letters] = args[at]!
    // What follows are the script's own arguments.
    if (!/^[-+][a-zA-Z]/.test(args[at]!)) break
    for (const letter of letters)
      if (letter === 'e' || (letter === 'o' && args[++at] === 'errexit')) sh.errexit = sign === '-'
  }
  return 0
}

function leaveLoop(goesOn: boolean): Builtin {
  // biome-ignore lint/correctness/useYield: never comes back.
  return function* (sh, [depth = '1']) {
    if (sh.loops === 0) return 0
    throw new LeaveLoop(Math.min(Number(depth), sh.loops), goesOn)
  }
}

// biome-ignore lint/correctness/useYield: done at once.
function* exportVariables(sh: Shell, args: readonly string[]): Run {
  for (const arg of args) {
    const [name = '', ...value] = arg.split('=')
    if (value.length > 0) sh.variables.set(name, value.join('='))
  }
  return 0
}

// biome-ignore lint/correctness/useYield: never comes back.
function* leave(sh: Shell, [value]: readonly string[]): Run {
  if (value === undefined) throw new Leave({ status: sh.last })
  throw new Leave({ status: /^\d{1,9}$/.test(value) ? Number(value) & 0xff : MISUSED })
}

function* replace(sh: Shell, [path, ...args]: readonly string[]): Run {
  if (path === undefined) return 0
  throw new Leave({ program: programOf(path, args, (name) => programExists(sh.m, name)), path })
}

function* setTrap(sh: Shell, args: readonly string[]): Run {
  const [action = '', ...names] = args
  for (const name of names) {
    const signal = name === 'EXIT' || name === '0' ? 'EXIT' : parseSignal(name)
    if (signal === null) return 1
    if (sh.deafTo.has(signal)) continue
    sh.traps.delete(signal)
    sh.p.ignored.delete(signal)
    sh.p.handlers.delete(signal)
    if (action === '-') {
      if (signal === 'SIGINT') sh.p.handlers.set(signal, () => interrupt(sh))
      continue
    }
    sh.traps.set(signal, action)
    if (signal === 'EXIT') continue
    if (action === '') sh.p.ignored.add(signal)
    else sh.p.handlers.set(signal, () => trapped(sh, action))
  }
  return 0
}

function trapped(sh: Shell, action: string): void {
  if (sh.pending.length < MAX_TRAPS_PENDING) sh.pending.push(action)
  sh.m.clock.arm(sh.m.clock.now + TURN_USEC, () => sh.wake?.())
}

/** `wait`: for one process, or for all in the background; a trapped signal ends it at once. */
function* waitForJobs(sh: Shell, pids: readonly string[]): Run {
  const jobs = pids.length === 0 ? sh.jobs : sh.jobs.filter(({ pid }) => pids.includes(String(pid)))
  for (const job of [...jobs]) {
    if (!job.alive || sh.pending.length > 0) continue
    const step: Step = (resume) => {
      sh.wake = () => resume(0)
      whenReaped(sh, job, () => resume(0))
    }
    yield step
    sh.wake = null
  }
  const last = jobs.at(-1)
  return pids.length === 0 || !last ? 0 : shellStatus(last.exit)
}

function* killBuiltin(sh: Shell, args: readonly string[]): Run {
  const program = programOf('/bin/kill', args, () => true)
  if (program.kind !== 'kill') return 1
  const illegal = program.pids.findIndex((pid) => !/^-?\d+$/.test(pid))
  const pids = illegal < 0 ? program.pids : program.pids.slice(0, illegal)
  const result = killPids(sh.m, program.signal, pids)
  yield pause(sh.m, TURN_USEC)
  return illegal < 0 && pids.length > 0 ? result : MISUSED
}
