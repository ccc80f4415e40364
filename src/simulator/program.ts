/**
 * A command line → what the program behind it does. Mirrors nothing of systemd: these are the programs that scenarios
 * and real unit files call most, as their manuals describe them.
 */

import { baseName } from '../systemd/path-util.ts'
import { parseSignal, signalName } from '../systemd/signal.ts'
import type { Script } from './program-shell.ts'
import { parseShell } from './program-shell.ts'

export type Program =
  | { readonly kind: 'sleep'; readonly usec: number }
  | { readonly kind: 'exit'; readonly status: number }
  /** From a rule: a number is an exit code, a text a signal's name. */
  | { readonly kind: 'runs'; readonly usec: number; readonly exits: number | string }
  /** Unknown: runs until told to stop, then stops at once. */
  | { readonly kind: 'daemon' }
  | {
      readonly kind: 'shell'
      readonly name: string
      readonly script: Script
      readonly errexit: boolean
      /** What env(1) sets before. */
      readonly variables?: readonly (readonly [string, string])[]
    }
  | {
      readonly kind: 'timeout'
      readonly usec: number
      readonly signal: string
      readonly path: string
      readonly program: Program
    }
  | { readonly kind: 'systemctl'; readonly argv: readonly string[] }
  | { readonly kind: 'notify'; readonly argv: readonly string[] }
  | {
      readonly kind: 'touch' | 'rm' | 'mkdir' | 'rmdir'
      readonly paths: readonly string[]
      readonly quiet: boolean
      readonly recursive: boolean
    }
  | { readonly kind: 'mount' | 'umount'; readonly argv: readonly string[] }
  | { readonly kind: 'echo'; readonly text: string }
  | { readonly kind: 'test'; readonly words: readonly string[] }
  | { readonly kind: 'kill'; readonly signal: string; readonly pids: readonly string[] }
  | { readonly kind: 'missing' }

/** Programs that end at once and well, as far as anyone here can tell. */
const QUICK = new Set(
  (
    'true : echo printf cat date logger ls ps id env uname hostname sync stat readlink chmod chown ln cp mv install ' +
    'modprobe sysctl ip iptables nft udevadm mktemp tee head tail wc grep sed cut tr sort awk find ' +
    'systemd-tmpfiles systemd-cat systemd-run journalctl loginctl busctl dbus-send wall setfacl getent'
  ).split(' '),
)

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** sleep(1): the sum of its arguments; null if one is no time. */
function sleepUsec(args: readonly string[]): number | null {
  let usec = 0
  for (const arg of args) {
    if (/^inf(inity)?$/.test(arg)) return Number.POSITIVE_INFINITY
    const match = /^(\d{0,12}(?:\.\d{0,9})?)([smhd]?)$/.exec(arg)
    if (match === null || !/\d/.test(match[1] ?? '')) return null
    usec += Math.round(Number(match[1]) * (UNITS[match[2] || 's'] ?? 1) * 1_000_000)
  }
  return args.length === 0 ? null : usec
}

/** What `path`, called with `args`, is going to do. `exists` says whether there is such a program at all. */
export function programOf(path: string, args: readonly string[], exists: (path: string) => boolean): Program {
  if (!exists(path)) return { kind: 'missing' }
  const name = baseName(path)
  switch (name) {
    case 'sleep': {
      const usec = sleepUsec(args)
      return usec === null ? { kind: 'exit', status: 1 } : { kind: 'sleep', usec }
    }
    case 'false':
      return { kind: 'exit', status: 1 }
    case 'sh':
    case 'bash':
    case 'dash':
      return shellOf(name, args)
    case 'systemctl':
      return { kind: 'systemctl', argv: args }
    case 'mount':
    case 'umount':
      return { kind: name, argv: args }
    case 'systemd-notify':
      return { kind: 'notify', argv: args }
    case 'echo':
      return { kind: 'echo', text: `${args.filter((arg) => !/^-[neE]+$/.test(arg)).join(' ')}\n` }
    case 'touch':
    case 'rm':
    case 'mkdir':
    case 'rmdir':
      return fileProgram(name, args)
    case 'test':
      return { kind: 'test', words: args }
    case '[':
      return { kind: 'test', words: args.slice(0, -1) }
    case 'kill':
      return killOf(args)
    case 'env':
    case 'nohup':
    case 'setsid':
    case 'nice':
      return wrapped(args, exists)
    case 'timeout':
      return timeoutOf(args, exists)
    default:
      return QUICK.has(name) ? { kind: 'exit', status: 0 } : { kind: 'daemon' }
  }
}

function shellOf(name: string, args: readonly string[]): Program {
  const at = args.findIndex((arg) => /^-[a-z]*c$/.test(arg))
  const text = at < 0 ? undefined : args[at + 1]
  const script = text === undefined ? null : parseShell(text)
  const errexit = args.slice(0, at + 1).some((arg) => /^-[a-z]*e/.test(arg))
  return script === null ? { kind: 'daemon' } : { kind: 'shell', name, script, errexit }
}

function fileProgram(kind: 'touch' | 'rm' | 'mkdir' | 'rmdir', args: readonly string[]): Program {
  const options = args.filter((arg) => arg.startsWith('-')).join('')
  const paths = args.filter((arg) => !arg.startsWith('-'))
  const quiet = options.includes(kind === 'rm' ? 'f' : 'p')
  return { kind, paths, quiet, recursive: args.some((arg) => /^-(?:[a-zA-Z]*[rR]|-recursive$)/.test(arg)) }
}

function killOf(args: readonly string[]): Program {
  let signal = 'SIGTERM'
  const pids: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    const named = arg === '-s' || arg === '-n' ? args[++i] : /^-(?:SIG)?([A-Z0-9+]+)$/.exec(arg)?.[1]
    if (named === undefined) pids.push(arg)
    else if (named === '0') signal = '0'
    else signal = /^\d{1,2}$/.test(named) ? signalName(Number(named)) : `SIG${named.replace(/^SIG/, '')}`
  }
  return { kind: 'kill', signal, pids }
}

/** `env NAME=value program …` and the like. */
function wrapped(args: readonly string[], exists: (path: string) => boolean): Program {
  const at = firstWord(args, ['-n', '-u', '-C'], (arg) => arg.includes('='))
  const path = args[at]
  if (path === undefined) return { kind: 'exit', status: 0 }
  const program = programOf(path, args.slice(at + 1), exists)
  if (program.kind !== 'shell') return program
  const set = args.slice(0, at).filter((arg) => !arg.startsWith('-') && arg.includes('='))
  const variables = set.map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)] as const)
  return { ...program, variables: [...variables, ...(program.variables ?? [])] }
}

/** Where the first argument is that is neither an option, nor an option's value, nor to be skipped. */
function firstWord(
  args: readonly string[],
  withValue: readonly string[],
  skip: (arg: string) => boolean = () => false,
): number {
  return args.findIndex((arg, i) => !arg.startsWith('-') && !withValue.includes(args[i - 1] ?? '') && !skip(arg))
}

/** timeout(1). Differs: --kill-after= never comes to bear. */
function timeoutOf(args: readonly string[], exists: (path: string) => boolean): Program {
  const at = firstWord(args, ['-s', '--signal', '-k', '--kill-after'])
  const usec = sleepUsec(args.slice(at, at + 1))
  const path = args[at + 1]
  if (at < 0 || usec === null || path === undefined) return { kind: 'exit', status: 125 }
  const named = args
    .slice(0, at)
    .map((arg, i) => (/^(?:-s|--signal)$/.test(args[i - 1] ?? '') ? arg : /^(?:-s|--signal=)(.+)/.exec(arg)?.[1]))
  const signal = parseSignal(named.find((name) => name !== undefined) ?? 'TERM') ?? 'SIGTERM'
  return {
    kind: 'timeout',
    usec: usec || Number.POSITIVE_INFINITY,
    signal,
    path,
    program: programOf(path, args.slice(at + 2), exists),
  }
}
