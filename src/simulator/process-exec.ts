/**
 * From fork() to the program: which one it is, and what happens if there is none. Mirrors exec_invoke(),
 * src/core/exec-invoke.c (v257), and replace_env_argv(), src/basic/env-util.c (v255).
 */

import { baseName } from '../systemd/path-util.ts'
import { parseSignal } from '../systemd/signal.ts'
import type { ExecCommand } from '../systemd/unit-config.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { about } from './order.ts'
import type { Process } from './process.ts'
import { processAdvance, processEnd, rulesFor } from './process.ts'
import { processChdir } from './process-chdir.ts'
import { exited } from './process-exit.ts'
import type { Program } from './program.ts'
import { programOf } from './program.ts'
import { programRun } from './program-run.ts'

/** From execve() to the first thing the program does. */
const START_USEC = 1_000
/** A manager that forks by itself is longer at it than the quickest program lives: it hears of the end first. */
const FORKING_USEC = 1_500
export const NO_FILE = 'No such file or directory'
const EXIT_CHDIR = 200
const EXIT_EXEC = 203
const EXIT_STDIN = 208
export const EXIT_GROUP = 216
export const EXIT_USER = 217
const EXIT_NAMESPACE = 226
/** TASK_COMM_LEN, without the end mark. */
const COMM_LENGTH = 15

/** Mirrors the end of exec_invoke(): execve(), or the exit with status 203 that stands for its failure. */
export function exec(m: Manager, p: Process): void {
  const failed = stepBeforeProgram(m, p)
  if (failed !== null) {
    processEnd(m, p, exited(failed))
    return
  }
  const program = programFor(m, p)
  if (program.kind === 'missing') {
    processEnd(m, p, exited(execFailed(m, p)))
    return
  }
  p.commandName = commandNameOf(p.request.command.path)
  if (m.features.spawnsByExecutor) p.request.onExec?.(p)
  else m.clock.arm(m.clock.now + about(FORKING_USEC), () => p.alive && p.request.onExec?.(p))
  p.run = programRun(m, p, program)
  m.clock.arm(m.clock.now + about(START_USEC), () => processAdvance(m, p, 0))
}

/** The exit status of what fails before the program is looked for, as far as names tell; null if nothing does. */
function stepBeforeProgram(m: Manager, p: Process): number | null {
  const { unit, command } = p.request
  const { user, rootDirectory, workingDirectory } = unit.config
  const fail = (step: string, error: string): void =>
    logUnit(m, unit, 'exec-failed', { path: command.path, step, error })
  if (user !== undefined && SAID_TO_BE_MISSING.test(user)) {
    fail('USER', m.features.unknownUserIsInvalid ? 'Invalid argument' : 'No such process')
    return EXIT_USER
  }
  if (unit.config.readsTerminal && !m.hasConsole) {
    fail('STDIN', NO_FILE)
    return EXIT_STDIN
  }
  const folders = [
    ['NAMESPACE', rootDirectory, EXIT_NAMESPACE],
    ['CHDIR', workingDirectory, EXIT_CHDIR],
  ] as const
  for (const [step, path, status] of folders) {
    if (path === undefined || !isMissing(m, path)) continue
    fail(step, NO_FILE)
    return status
  }
  if (workingDirectory !== undefined) processChdir(m, p, workingDirectory)
  return null
}

/** Differs: what nobody mentions is there, unless its name says that it is not, or somebody makes it later. */
export const isMissing = (m: Manager, path: string): boolean =>
  m.files.comesLater(path) || (SAID_TO_BE_MISSING.test(path) && !m.files.exists(path))

export const commandNameOf = (path: string): string => baseName(path).slice(0, COMM_LENGTH)

function programFor(m: Manager, p: Process): Program {
  const { command, program } = p.request
  for (const { does } of rulesFor(m, p)) {
    if (does.kind !== 'runs') continue
    const { usec, exits } = does
    return { kind: 'runs', usec, exits: typeof exits === 'number' ? exits : (parseSignal(exits) ?? exits) }
  }
  if (program) return program
  return programOf(command.path, argumentsOf(p), (path) => programExists(m, path))
}

/** Mirrors the messages around find_executable_full(). Returns the exit status. */
function execFailed(m: Manager, p: Process): number {
  const { unit, command } = p.request
  const { path } = command
  const isDirectory = m.files.isDirectory(path)
  const isFound = isDirectory && !m.features.programIsRegularFile
  const denied = isFound || m.files.isText(path)
  const args = { path, error: denied ? 'Permission denied' : isDirectory ? 'Is a directory' : NO_FILE }
  if (!isFound && command.ignoreFailure && m.features.missingProgramSkipped) {
    logUnit(m, unit, 'exec-missing-skipped', args)
    return 0
  }
  if (!isFound) logUnit(m, unit, 'exec-missing', args)
  if (isFound || !command.ignoreFailure) logUnit(m, unit, 'exec-failed', { ...args, step: 'EXEC' })
  return EXIT_EXEC
}

/** Where programs of a usual system are. What lies there is taken for a program unless its name says that it is not. */
const PROGRAM_FOLDERS =
  /^\/(?:usr\/)?(?:local\/)?(?:s?bin|lib(?:exec|32|64)?)\/|^\/(?:opt|srv|home|root|etc|var|usr|snap|nix|app|data|run)\//
export const SAID_TO_BE_MISSING = /(?:^|\/)(?:non-?existent|no-?such|does-?not-?exist|missing|not-?found)/i

/** Differs: a program that nobody mentions exists, if it is where programs are. */
export function programExists(m: Manager, path: string): boolean {
  if (SAID_TO_BE_MISSING.test(path) || m.files.isText(path) || m.files.isDirectory(path)) return false
  if (!path.startsWith('/')) return /^[\w.+:[\]-]+$/.test(path)
  return m.files.exists(path) || !isNowhere(path)
}

/** A path that no usual system has. */
export const isNowhere = (path: string): boolean =>
  SAID_TO_BE_MISSING.test(path) || (path.startsWith('/') && !PROGRAM_FOLDERS.test(path))

/** The words behind the program, variables put in, unless `:` in front forbids it. */
function argumentsOf(p: Process): string[] {
  const { command, environment = {} } = p.request
  const written = command.argv.slice(1)
  const words =
    written.every((word) => !word.includes('$')) || forbidsVariables(command)
      ? written
      : written.flatMap((word) => replaceEnvArgv(word, environment))
  return isViaShell(command) && words.length > 0 ? ['-c', words.join(' ')] : words
}

const forbidsVariables = ({ text }: ExecCommand): boolean => /^[-@+!|]*:/.test(text)
const isViaShell = ({ text }: ExecCommand): boolean => /^[-@+!:]*\|/.test(text)

const VARIABLE = /\$(?:\$|\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g

/** Mirrors replace_env_argv(): a word that is `$NAME` alone is split, `$$` is a dollar sign. */
function replaceEnvArgv(word: string, environment: Readonly<Record<string, string>>): string[] {
  if (!word.includes('$')) return [word]
  const alone = /^\$([A-Za-z_]\w*)$/.exec(word)
  if (alone) return (environment[alone[1] as string] ?? '').split(/\s+/).filter((part) => part !== '')
  return [
    word.replace(VARIABLE, (all: string, braced?: string, bare?: string) =>
      all === '$$' ? '$' : (environment[braced ?? bare ?? ''] ?? ''),
    ),
  ]
}
