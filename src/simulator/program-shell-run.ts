/** A shell in action. Mirrors dash(1) 0.5.12: every command is forked, traps wait for the foreground command. */

import { parseSignal } from '../systemd/signal.ts'
import type { Manager } from './manager.ts'
import type { Process, Run, Step } from './process.ts'
import { processFork, shellStatus } from './process.ts'
import { commandNameOf, programExists } from './process-exec.ts'
import type { Program } from './program.ts'
import { programOf } from './program.ts'
import { killPids, pause, programRun } from './program-run.ts'
import type { Redirect, Script, Word } from './program-shell.ts'
import { parseShell } from './program-shell.ts'
import { runTest } from './program-test.ts'

interface Shell {
  readonly m: Manager
  readonly p: Process
  readonly variables: Map<string, string>
  last: number
  lastBackground: Process | null
  readonly jobs: Process[]
  /** What `trap` was told, by signal; EXIT among them. */
  readonly traps: Map<string, string>
  readonly pending: string[]
  /** Ends `wait` early. */
  wake: (() => void) | null
  /** bash executes the last command of -c in its own place, if nothing is trapped. */
  readonly lastInPlace: boolean
}

/** `exit` and `exec` leave the script from any depth. */
interface Leaving {
  readonly status?: number
  readonly program?: Program
  readonly path?: string
}
class Leave extends Error {
  readonly leaving: Leaving
  constructor(leaving: Leaving) {
    super('the shell leaves its script')
    this.leaving = leaving
  }
}

const TURN_USEC = 1_000
const MAX_TRAPS_PENDING = 100

/** Mirrors main() of the shell: the script, then the trap on EXIT. */
export function* runShell(m: Manager, p: Process, { name, script }: Extract<Program, { kind: 'shell' }>): Run {
  const variables = new Map(Object.entries(p.request.environment ?? {}))
  return yield* runScript(newShell(m, p, variables, name === 'bash'), script)
}

const newShell = (m: Manager, p: Process, variables: Map<string, string>, lastInPlace: boolean): Shell => ({
  m,
  p,
  variables,
  last: 0,
  lastBackground: null,
  jobs: [],
  traps: new Map(),
  pending: [],
  wake: null,
  lastInPlace,
})

function* runScript(sh: Shell, script: Script): Run {
  try {
    yield* evaluate(sh, script, true)
  } catch (error) {
    if (!(error instanceof Leave)) throw error
    const { program, path = '' } = error.leaving
    if (program) return yield* become(sh, program, path)
    sh.last = error.leaving.status ?? sh.last
  }
  const onExit = sh.traps.get('EXIT')
  if (onExit !== undefined && onExit !== '') {
    sh.traps.delete('EXIT')
    yield* runTrap(sh, onExit)
  }
  return sh.last & 0xff
}

/** execve() in the shell's own process. */
function* become(sh: Shell, program: Program, path: string): Run {
  const { m, p } = sh
  if (program.kind === 'missing') return 127
  p.handlers.clear()
  p.commandName = commandNameOf(path)
  return yield* programRun(m, p, program)
}

function* runTrap(sh: Shell, text: string): Run {
  const script = parseShell(text)
  const before = sh.last
  try {
    if (script) yield* evaluate(sh, script, false)
  } catch (error) {
    if (!(error instanceof Leave) || error.leaving.program) throw error
    sh.last = error.leaving.status ?? before
    throw new Leave({ status: sh.last })
  }
  sh.last = before
  return 0
}

function* runPendingTraps(sh: Shell): Run {
  for (let text = sh.pending.shift(); text !== undefined; text = sh.pending.shift()) yield* runTrap(sh, text)
  return 0
}

/** `tail`: nothing comes after it. */
function* evaluate(sh: Shell, script: Script, tail: boolean): Run {
  switch (script.kind) {
    case 'simple':
      yield* simple(sh, script, tail)
      break
    case 'list':
      for (const [i, { script: item, background }] of script.items.entries()) {
        if (background) yield* inBackground(sh, item)
        else yield* evaluate(sh, item, tail && i === script.items.length - 1)
      }
      break
    case 'and':
    case 'or':
      yield* evaluate(sh, script.left, false)
      if ((sh.last === 0) === (script.kind === 'and')) yield* evaluate(sh, script.right, tail)
      break
    case 'not':
      yield* evaluate(sh, script.script, false)
      sh.last = sh.last === 0 ? 1 : 0
      break
    case 'pipe':
      yield* pipe(sh, script.scripts)
      break
    case 'group':
      yield* evaluate(sh, script.body, tail)
      break
    case 'subshell':
      yield* foreground(sh, subshell(sh, script.body))
      break
    default:
      yield* compound(sh, script, tail)
  }
  yield* runPendingTraps(sh)
  return sh.last
}

function* compound(sh: Shell, script: Extract<Script, { kind: 'if' | 'while' | 'for' }>, tail: boolean): Run {
  if (script.kind === 'if') {
    yield* evaluate(sh, script.test, false)
    const branch = sh.last === 0 ? script.body : script.otherwise
    if (branch) yield* evaluate(sh, branch, tail)
    else sh.last = 0
    return sh.last
  }
  if (script.kind === 'for') {
    for (const value of script.words.flatMap((word) => expand(sh, word))) {
      sh.variables.set(script.name, value)
      yield* evaluate(sh, script.body, false)
    }
    return sh.last
  }
  let status = 0
  for (;;) {
    yield* evaluate(sh, script.test, false)
    if ((sh.last === 0) === script.until) break
    yield* evaluate(sh, script.body, false)
    status = sh.last
    yield pause(sh.m, TURN_USEC)
  }
  sh.last = status
  return status
}

function* pipe(sh: Shell, scripts: readonly Script[]): Run {
  const children = scripts.map((script) => subshell(sh, script))
  for (const child of children) yield* foreground(sh, child)
  return sh.last
}

/** A child that goes on with the same variables, and without the traps that do something. */
function subshell(sh: Shell, script: Script): Process {
  const { m, p } = sh
  return processFork(m, p, p.commandName, (child) =>
    runScript(newShell(m, child, new Map(sh.variables), sh.lastInPlace), script),
  )
}

/** A background command does not hear of the keyboard's signals. */
function* inBackground(sh: Shell, script: Script): Run {
  const child = subshellOrCommand(sh, script)
  for (const signal of ['SIGINT', 'SIGQUIT']) child.ignored.add(signal)
  sh.jobs.push(child)
  sh.lastBackground = child
  sh.last = 0
  yield pause(sh.m, 0)
  return 0
}

function subshellOrCommand(sh: Shell, script: Script): Process {
  const words = script.kind === 'simple' ? script.words.flatMap((word) => expand(sh, word)) : []
  const [path] = words
  if (script.kind !== 'simple' || path === undefined || path in BUILTINS) return subshell(sh, script)
  return forkProgram(sh, path, words.slice(1), script.redirects)
}

function forkProgram(sh: Shell, path: string, args: readonly string[], redirects: readonly Redirect[]): Process {
  const { m, p } = sh
  const program = programOf(path, args, (name) => programExists(m, name))
  return processFork(m, p, commandNameOf(path), (child) => {
    redirect(sh, redirects, program.kind === 'echo' ? program.text : '')
    return programRun(m, child, program)
  })
}

/** Until the child has ended. A trapped signal is dealt with only then. */
function* foreground(sh: Shell, child: Process): Run {
  if (child.alive) yield (resume) => void child.waiters.push(() => resume(0))
  sh.last = shellStatus(child.exit)
  return sh.last
}

function* simple(sh: Shell, script: Extract<Script, { kind: 'simple' }>, tail: boolean): Run {
  const words = script.words.flatMap((word) => expand(sh, word))
  const [name, ...args] = words
  if (name === undefined) {
    for (const { name: variable, value } of script.assignments) sh.variables.set(variable, expand(sh, value).join(' '))
    redirect(sh, script.redirects, '')
    sh.last = 0
    return 0
  }
  const builtin = BUILTINS[name]
  if (builtin) {
    const text = name === 'echo' ? `${args.join(' ')}\n` : ''
    redirect(sh, script.redirects, text)
    sh.last = yield* builtin(sh, args)
    return sh.last
  }
  const program = programOf(name, args, (path) => programExists(sh.m, path))
  const trapped = [...sh.traps.values()].some((text) => text !== '')
  if (tail && sh.lastInPlace && !trapped) throw new Leave({ program, path: name })
  return yield* foreground(sh, forkProgram(sh, name, args, script.redirects))
}

/** Files are written, what is said to /dev/null or a descriptor is lost. */
function redirect(sh: Shell, redirects: readonly Redirect[], text: string): void {
  for (const { operator, target } of redirects) {
    if (operator !== '>' && operator !== '>>' && operator !== '>|') continue
    const path = expand(sh, target).join(' ')
    const { files, processes } = sh.m
    if (path.startsWith('/dev/') || !files.write(path, text.length)) continue
    const full = files.resolve(path)
    processes.texts.set(full, operator === '>>' ? (processes.texts.get(full) ?? '') + text : text)
  }
}

/** Mirrors word expansion: variables; unquoted ones are split, and an empty unquoted word vanishes. */
function expand(sh: Shell, word: Word): string[] {
  const words: string[] = []
  let current: string | null = word.length === 0 ? '' : null
  for (const part of word) {
    const text = part.kind === 'text' ? part.text : variable(sh, part.name)
    if (part.kind === 'text' || part.quoted) {
      current = (current ?? '') + text
      continue
    }
    const [first = '', ...rest] = text.split(/\s+/)
    if (text !== '') current = (current ?? '') + first
    for (const piece of rest) {
      words.push(current ?? '')
      current = piece
    }
  }
  if (current !== null) words.push(current)
  return words
}

function variable(sh: Shell, name: string): string {
  switch (name) {
    case '$':
      return String(sh.p.pid)
    case '!':
      return String(sh.lastBackground?.pid ?? '')
    case '?':
      return String(sh.last)
    default:
      return sh.variables.get(name) ?? ''
  }
}

type Builtin = (sh: Shell, args: readonly string[]) => Run

const status = (value: number): Builtin =>
  // biome-ignore lint/correctness/useYield: done at once.
  function* () {
    return value
  }

const BUILTINS: Readonly<Record<string, Builtin>> = {
  ':': status(0),
  true: status(0),
  false: status(1),
  cd: status(0),
  set: status(0),
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
function* exportVariables(sh: Shell, args: readonly string[]): Run {
  for (const arg of args) {
    const [name = '', ...value] = arg.split('=')
    if (value.length > 0) sh.variables.set(name, value.join('='))
  }
  return 0
}

// biome-ignore lint/correctness/useYield: never comes back.
function* leave(sh: Shell, [value]: readonly string[]): Run {
  throw new Leave({ status: value === undefined ? sh.last : Number(value) || 0 })
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
    sh.traps.delete(signal)
    sh.p.ignored.delete(signal)
    sh.p.handlers.delete(signal)
    if (action === '-') continue
    sh.traps.set(signal, action)
    if (signal === 'EXIT') continue
    if (action === '') sh.p.ignored.add(signal)
    else sh.p.handlers.set(signal, () => trapped(sh, action))
  }
  return 0
}

function trapped(sh: Shell, action: string): void {
  if (sh.pending.length < MAX_TRAPS_PENDING) sh.pending.push(action)
  sh.wake?.()
}

/** `wait`: for one process, or for all in the background; a trapped signal ends it at once. */
function* waitForJobs(sh: Shell, pids: readonly string[]): Run {
  const jobs = pids.length === 0 ? sh.jobs : sh.jobs.filter(({ pid }) => pids.includes(String(pid)))
  for (const job of [...jobs]) {
    if (!job.alive || sh.pending.length > 0) continue
    const step: Step = (resume) => {
      sh.wake = () => resume(0)
      job.waiters.push(() => resume(0))
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
  const result = killPids(sh.m, program.signal, program.pids)
  yield pause(sh.m, TURN_USEC)
  return result
}
