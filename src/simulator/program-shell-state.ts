/** What a shell keeps: variables, traps, jobs. Mirrors dash(1) 0.5.12. */

import type { Manager } from './manager.ts'
import type { Process } from './process.ts'
import { processKill } from './process.ts'
import type { Program } from './program.ts'
import { arithmetic } from './program-arithmetic.ts'
import type { Redirect, Word } from './program-shell.ts'

export interface Shell {
  readonly m: Manager
  readonly p: Process
  readonly variables: Map<string, string>
  last: number
  lastBackground: Process | null
  readonly jobs: Process[]
  /** What `trap` was told, by signal; EXIT among them. */
  readonly traps: Map<string, string>
  /** Signals that were ignored before it began: there is no trap for them. */
  readonly deafTo: ReadonlySet<string>
  readonly pending: string[]
  /** Ends `wait` early. */
  wake: (() => void) | null
  /** What is in the foreground, if the shell waits for it. */
  child: Process | null
  /** SIGINT came meanwhile. */
  interrupted: boolean
  readonly isBash: boolean
  /** `set -e`: the first command that fails ends the script, unless somebody asks how it ended. */
  errexit: boolean
  /** Within how many conditions it is, in which a command may fail, and within how many loops. */
  tested: number
  loops: number
  /** bash executes the last command of -c in its own place, either shell that of a subshell, if nothing is trapped. */
  readonly lastInPlace: boolean
}

/** `exit` and `exec` leave the script from any depth. */
interface Leaving {
  readonly status?: number
  readonly program?: Program
  readonly path?: string
}
export class Leave extends Error {
  readonly leaving: Leaving
  constructor(leaving: Leaving) {
    super('the shell leaves its script')
    this.leaving = leaving
  }
}

/** `break` and `continue` leave as many loops as they say, or go on with the last of them. */
export class LeaveLoop extends Error {
  depth: number
  readonly goesOn: boolean
  constructor(depth: number, goesOn: boolean) {
    super('the shell leaves a loop')
    this.depth = depth
    this.goesOn = goesOn
  }
}

/** Mirrors the shell's start. */
export function newShell(
  m: Manager,
  p: Process,
  variables: Map<string, string>,
  isBash: boolean,
  outer?: Shell,
): Shell {
  const sh: Shell = {
    m,
    p,
    variables,
    last: 0,
    lastBackground: null,
    jobs: [],
    traps: new Map(),
    deafTo: outer?.deafTo ?? new Set(p.ignored),
    pending: [],
    wake: null,
    child: null,
    interrupted: false,
    isBash,
    errexit: outer?.errexit ?? false,
    tested: outer?.tested ?? 0,
    loops: 0,
    lastInPlace: isBash || outer !== undefined,
  }
  p.handlers.set('SIGINT', () => interrupt(sh))
  return sh
}

/**
 * Mirrors onint(): SIGINT ends a shell only when the command in the foreground is done; bash's only if that has died
 * of it, too.
 */
export function interrupt(sh: Shell): void {
  if (sh.child?.alive) {
    sh.interrupted = true
    return
  }
  sh.p.handlers.delete('SIGINT')
  processKill(sh.m, sh.p, 'SIGINT')
}

/** From a child's end to the shell's next step: slower than a signal that just kills. */
const REAP_USEC = 300

/** Calls `next` a moment after the child has ended. */
export function whenReaped({ m }: Shell, child: Process, next: () => void): void {
  child.waiters.push(() => m.clock.arm(m.clock.now + REAP_USEC, next))
}

/** Mirrors redirect(): files are written, what is said to /dev/null or a descriptor is lost. */
export function redirect(sh: Shell, redirects: readonly Redirect[], text: string): void {
  for (const { operator, target } of redirects) {
    if (operator !== '>' && operator !== '>>' && operator !== '>|') continue
    const path = expand(sh, target)
    const { files, processes } = sh.m
    if (path.startsWith('/dev/') || !files.write(path, text.length)) continue
    const full = files.resolve(path)
    processes.texts.set(full, operator === '>>' ? (processes.texts.get(full) ?? '') + text : text)
  }
}

/** What a word becomes: its text, and the same with what was quoted escaped. */
interface Field {
  readonly text: string
  readonly pattern: string
}

/** Mirrors word expansion: variables; unquoted ones are split, and an empty unquoted word vanishes. */
function fields(sh: Shell, word: Word): Field[] {
  const done: Field[] = []
  let current: Field | null = word.length === 0 ? { text: '', pattern: '' } : null
  const add = (text: string, quoted: boolean) => {
    const pattern = quoted ? text.replace(/[*?[\\]/g, '\\$&') : text
    current = { text: (current?.text ?? '') + text, pattern: (current?.pattern ?? '') + pattern }
  }
  for (const part of word) {
    const text = part.kind === 'text' ? part.text : (part.kind === 'variable' ? variable : sum)(sh, part.name)
    if (part.kind === 'text' || part.quoted) {
      add(text, part.quoted)
      continue
    }
    const [first = '', ...rest] = text.split(/\s+/)
    if (text !== '') add(first, false)
    for (const piece of rest) {
      done.push(current ?? { text: '', pattern: '' })
      current = null
      add(piece, false)
    }
  }
  if (current !== null) done.push(current)
  return done
}

/** What is assigned, or redirected to: names of files are not looked for. */
export const expand = (sh: Shell, word: Word): string =>
  fields(sh, word)
    .map(({ text }) => text)
    .join(' ')

/** Mirrors expandmeta(): a pattern that nothing matches stays as it is. Differs: relative patterns always do. */
export function expandWords(sh: Shell, words: readonly Word[]): string[] {
  return words.flatMap((word) =>
    fields(sh, word).flatMap(({ text, pattern }) => {
      const found = pattern.startsWith('/') && /[*?[]/.test(pattern) ? sh.m.files.glob(pattern) : []
      return found.length > 0 ? found : [text]
    }),
  )
}

function sum(sh: Shell, text: string): string {
  const value = arithmetic(text, (name) => variable(sh, name))
  if (value === null) throw new Leave({ status: 2 })
  return String(value)
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
