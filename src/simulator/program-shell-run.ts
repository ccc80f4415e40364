/** A shell in action. Mirrors dash(1) 0.5.12: every command is forked, traps wait for the foreground command. */

import type { Manager } from './manager.ts'
import type { Process, Run, Step } from './process.ts'
import { processFork, shellStatus } from './process.ts'
import { commandNameOf, programExists } from './process-exec.ts'
import type { Program } from './program.ts'
import { programOf } from './program.ts'
import { BUILTINS } from './program-builtins.ts'
import { pause, programRun } from './program-run.ts'
import type { Redirect, Script } from './program-shell.ts'
import { parseShell } from './program-shell.ts'
import type { Shell } from './program-shell-state.ts'
import {
  expand,
  expandWords,
  interrupt,
  Leave,
  LeaveLoop,
  newShell,
  redirect,
  whenReaped,
} from './program-shell-state.ts'

const TURN_USEC = 1_000

/** Mirrors main() of the shell: the script, then the trap on EXIT. */
export function* runShell(m: Manager, p: Process, program: Extract<Program, { kind: 'shell' }>): Run {
  const variables = new Map([...Object.entries(p.request.environment ?? {}), ...(program.variables ?? [])])
  const sh = newShell(m, p, variables, program.name === 'bash')
  sh.errexit = program.errexit
  return yield* runScript(sh, program.script)
}

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
      yield* condition(sh, script.left)
      if ((sh.last === 0) === (script.kind === 'and')) yield* evaluate(sh, script.right, tail)
      break
    case 'not':
      yield* condition(sh, script.script)
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
  if (sh.errexit && sh.tested === 0 && sh.last !== 0 && FAILS.includes(script.kind))
    throw new Leave({ status: sh.last })
  return sh.last
}

/** Mirrors EV_TESTED: of what may fail without an end, and of what that is made of. */
function* condition(sh: Shell, script: Script): Run {
  sh.tested++
  yield* evaluate(sh, script, false)
  sh.tested--
  return sh.last
}

/** What `set -e` looks at: all else is made of these. */
const FAILS: readonly Script['kind'][] = ['simple', 'pipe', 'subshell']

/** One turn of a loop. True if it was the last. */
function* turn(sh: Shell, body: Script): Generator<Step, boolean, number> {
  sh.loops++
  const { tested } = sh
  try {
    yield* evaluate(sh, body, false)
  } catch (error) {
    if (!(error instanceof LeaveLoop) || --error.depth > 0) throw error
    Object.assign(sh, { tested, last: 0 })
    return !error.goesOn
  } finally {
    sh.loops--
  }
  return false
}

function* compound(sh: Shell, script: Extract<Script, { kind: 'if' | 'while' | 'for' }>, tail: boolean): Run {
  if (script.kind === 'if') {
    yield* condition(sh, script.test)
    const branch = sh.last === 0 ? script.body : script.otherwise
    if (branch) yield* evaluate(sh, branch, tail)
    else sh.last = 0
    return sh.last
  }
  if (script.kind === 'for') {
    for (const value of expandWords(sh, script.words)) {
      sh.variables.set(script.name, value)
      if (yield* turn(sh, script.body)) break
    }
    return sh.last
  }
  let status = 0
  for (;;) {
    yield* condition(sh, script.test)
    if ((sh.last === 0) === script.until) break
    const over = yield* turn(sh, script.body)
    status = sh.last
    if (over) break
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

/** A child that goes on with the same variables, and without the traps that do something: one, also for `( … ) &`. */
function subshell(sh: Shell, script: Script): Process {
  const { m, p } = sh
  const body = script.kind === 'subshell' ? script.body : script
  return processFork(m, p, p.commandName, (child) =>
    runScript(newShell(m, child, new Map(sh.variables), sh.isBash, sh), body),
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
  const words = script.kind === 'simple' ? expandWords(sh, script.words) : []
  const [path] = words
  if (script.kind !== 'simple' || path === undefined || Object.hasOwn(BUILTINS, path)) return subshell(sh, script)
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
  sh.child = child
  if (child.alive) yield (resume) => whenReaped(sh, child, () => resume(0))
  sh.child = null
  sh.last = shellStatus(child.exit)
  if (sh.interrupted && (!sh.isBash || child.exit?.signal === 'SIGINT')) {
    interrupt(sh)
    yield pause(sh.m, TURN_USEC)
  }
  sh.interrupted = false
  return sh.last
}

function* simple(sh: Shell, script: Extract<Script, { kind: 'simple' }>, tail: boolean): Run {
  const words = expandWords(sh, script.words)
  const [name, ...args] = words
  if (name === undefined) {
    for (const { name: variable, value } of script.assignments) sh.variables.set(variable, expand(sh, value))
    redirect(sh, script.redirects, '')
    sh.last = 0
    return 0
  }
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined
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
