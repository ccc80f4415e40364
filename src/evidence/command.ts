/** Command lines that ask systemd for something, wherever they stand: at a prompt, in a script, in a log. */

import { COMMAND_UNITS } from '../limits.ts'
import type { JobMode } from '../systemd/job.ts'
import { JOB_MODES } from '../systemd/job.ts'
import { ACTION_VERBS, JOB_VERBS, MODE_OPTIONS, OPTIONS_WITH_VALUE } from '../systemd/systemctl.ts'
import { mangleUnitName, parseUnitName, type UnitType } from '../systemd/unit.ts'
import type { JobWord } from './fact.ts'

export interface Call {
  readonly program: string
  readonly verb: string
  readonly units: readonly string[]
  /** Null for what asks for no job. */
  readonly type: JobWord | null
  readonly mode: JobMode
  /** Not waited for: by an option, or as the shell has put it in the background. */
  readonly noBlock: boolean
  readonly userManager: boolean
  readonly options: readonly string[]
  /** Asks without changing anything. */
  readonly query: boolean
  /** Of the call within the text. */
  readonly from: number
  readonly to: number
}

const CHANGES = new Set([
  ...['cancel', 'kill', 'reset-failed', 'daemon-reload', 'daemon-reexec', 'enable', 'disable', 'mask', 'unmask'],
  ...['reenable', 'preset', 'preset-all', 'edit', 'revert', 'link', 'set-property', 'freeze', 'thaw', 'clean', 'bind'],
  ...['set-default', 'add-wants', 'add-requires', 'switch-root', 'import-environment', 'set-environment'],
])

/** Options of systemctl, journalctl and busctl that take the next word with them. */
const WITH_VALUE = new Set([
  ...OPTIONS_WITH_VALUE,
  ...['-u', '-S', '-U', '-b', '-C', '-g', '--unit', '--user-unit', '--since', '--until', '--grep'],
])

const PROGRAM = new RegExp(
  String.raw`(?:^|[\s'"\x60(;&|=+:!@{\[,/-])(systemctl|systemd-run|journalctl|service|invoke-rc\.d|rc-service|deb-systemd-invoke|` +
    String.raw`busctl|dbus-send|gdbus|init\.d/[\w.@-]{1,100})(?=[\s\\'"\x60)]|$)`,
  'g',
)

/** Every call in a text; `atPrompt` also takes `reboot` and its kin for one, which in prose are mere words. */
export function callsIn(text: string, atPrompt = false): Call[] {
  const calls: Call[] = []
  PROGRAM.lastIndex = 0
  for (let match = PROGRAM.exec(text); match; match = PROGRAM.exec(text)) {
    const from = match.index + match[0].length - match[1]!.length
    const words = listFrom(text, from, match[1]!) ?? wordsFrom(text, from)
    // What ends at a backquote is a command in a sentence, and all of it is meant.
    const typed = atPrompt || text.charAt(words.at(-1)?.to ?? text.length) === '`'
    const call = callOf(words, match[1]!, typed)
    if (call) calls.push(inPlace(call, text))
    // What systemd-run is to run may be a call as well.
    if (match[1] !== 'systemd-run') PROGRAM.lastIndex = Math.max(PROGRAM.lastIndex, words.at(-1)?.to ?? 0)
    if (calls.length > COMMAND_UNITS) break
  }
  if (calls.length === 0 && atPrompt) calls.push(...callsDown(text))
  return calls
}

/** As what stands behind it has it. */
function inPlace(call: Call, text: string): Call {
  if (call.verb === 'cancel') return { ...call, units: pickedIn(text.slice(call.to)) }
  return IN_THE_BACKGROUND.test(text.slice(call.to, call.to + 8)) ? { ...call, noBlock: true } : call
}

const IN_THE_BACKGROUND = /^["']?\s{0,3}&(?![&>])/

const PICKED = /^["'\s]{0,4}\$\(systemctl list-jobs\b.{0,80}?\bgrep (?:-\S{1,20} ){0,3}['"]?([\w.@\\-]{1,200})/

/** `systemctl cancel $(systemctl list-jobs | grep x.service | …)`: whose job is meant by the number. */
const pickedIn = (text: string): readonly string[] => [unitOf(PICKED.exec(text)?.[1] ?? '') ?? []].flat()

interface Word {
  readonly text: string
  readonly from: number
  readonly to: number
}

const END_OF_COMMAND = new Set([';', '|', '&', ')', '>', '<', '`', '\n', '}'])

/** From one word's closing quote to before the next one's, however deep a log has escaped them. */
const NEXT_ITEM = /(\\*["']),?\s{0,3}\1([^"'\\\s]{1,250})(?=\1)/y

/** `"systemctl", "restart", "x"`, as programs write the words of a command; null if it is none of these. */
function listFrom(text: string, start: number, program: string): Word[] | null {
  const words: Word[] = []
  NEXT_ITEM.lastIndex = start + program.length
  for (let item = NEXT_ITEM.exec(text); item && words.length < COMMAND_UNITS + 16; item = NEXT_ITEM.exec(text)) {
    const to = NEXT_ITEM.lastIndex
    words.push({ text: item[2]!, from: to - item[2]!.length, to })
  }
  return words.length > 0 ? [{ text: program, from: start, to: start + program.length }, ...words] : null
}

/** Words up to the end of one simple command, quotes taken off. */
function wordsFrom(text: string, start: number): Word[] {
  const words: Word[] = []
  let i = start
  while (i < text.length && words.length < COMMAND_UNITS + 16) {
    while (text.charAt(i) === ' ' || text.charAt(i) === '\t') i++
    const from = i
    let word = ''
    while (i < text.length && text.charAt(i) !== ' ' && text.charAt(i) !== '\t') {
      const c = text.charAt(i)
      if (END_OF_COMMAND.has(c)) break
      if (c === '"' || c === "'") {
        const close = text.indexOf(c, i + 1)
        // A quote that opens nothing closes what the whole command stood in.
        if (close < 0 || /[\n;|]/.test(text.slice(i + 1, close)) || word !== '') break
        word += text.slice(i + 1, close)
        i = close + 1
      } else if (c === '\\' && i + 1 < text.length && /[^x\w]/.test(text.charAt(i + 1))) {
        word += text.charAt(i + 1)
        i += 2
      } else {
        word += c
        i++
      }
    }
    if (word.startsWith('#')) break
    const redirects = /^\d$/.test(word) && /[<>]/.test(text.charAt(i))
    if (word !== '' && !redirects) words.push({ text: word, from, to: i })
    if (i === from || /[;|&)><`\n}"']/.test(text.charAt(i))) break
  }
  return words
}

function callOf(words: readonly Word[], program: string, atPrompt: boolean): Call | null {
  const span = { from: words[0]?.from ?? 0, to: words.at(-1)?.to ?? 0 }
  if (program.startsWith('init.d/')) return initScript(words[1]?.text, program.slice(7), 'init.d', span)
  if (program === 'invoke-rc.d' || program === 'service' || program === 'rc-service') {
    const [name, verb] = words.slice(1).filter((word) => !word.text.startsWith('-'))
    return initScript(verb?.text, name?.text, program, span)
  }
  if (program === 'busctl' || program === 'dbus-send' || program === 'gdbus') return busCall(words, program, span)
  if (program === 'systemd-run') return transientCall(words, program, span)
  return systemctlCall(words, program, span, atPrompt)
}

interface Range {
  readonly from: number
  readonly to: number
}

function initScript(verb: string | undefined, name: string | undefined, program: string, span: Range): Call | null {
  const type = JOB_VERBS.get(verb ?? '')
  // "A service auto restart", "a service that restarts": none is called so.
  if (!verb || !name || WORDS.has(name) || (type === undefined && verb !== 'status')) return null
  const unit = unitOf(name.replace(/\.sh$/, ''))
  if (!unit) return null
  return plainCall(program, verb, [unit], type ?? null, 'replace', span)
}

const WORDS: ReadonlySet<string> = new Set(['auto', 'that', 'which', 'will', 'to', 'and', 'or'])

function plainCall(
  program: string,
  verb: string,
  units: readonly string[],
  type: JobWord | null,
  mode: JobMode,
  { from, to }: Range,
): Call {
  const query = type === null && !CHANGES.has(verb)
  return { program, verb, units, type, mode, noBlock: false, userManager: false, options: [], query, from, to }
}

const isMode = (text: string | undefined): text is JobMode => JOB_MODES.includes(text as JobMode)

/** `busctl call … StartUnit ss foo.service replace` and what the other two make of it. */
function busCall(words: readonly Word[], program: string, span: Range): Call | null {
  const plain = words.map((word) => word.text.replace(/^(?:string|uint32):/, ''))
  const at = plain.findIndex((word) => METHOD.test(word))
  if (at < 0) return null
  const method = METHOD.exec(plain[at]!)![1]!
  // Other programs have things that can be canceled, too.
  if (method === 'Cancel' && !plain.some((word) => word.includes('/systemd1/job/'))) return null
  const unit = plain.slice(at + 1).find((word) => parseUnitName(word) !== null)
  const mode = plain.slice(at + 1).find(isMode) ?? 'replace'
  const type = METHODS[method] ?? null
  return { ...plainCall(program, method, unit ? [unit] : [], type, mode, span), noBlock: true, query: false }
}

const METHOD = new RegExp(
  '(?:^|\\.)((?:Start|Stop|Reload|Restart|TryRestart|ReloadOrRestart|ReloadOrTryRestart)Unit|CancelJob|ClearJobs|' +
    'Cancel|Reload|Reexecute)$',
)

/** Methods of a unit's own object, but for Reload, which the manager has, too, and does another thing. */
export const UNIT_METHODS: Readonly<Record<string, JobWord>> = {
  Start: 'start',
  Stop: 'stop',
  Restart: 'restart',
  TryRestart: 'try-restart',
  ReloadOrRestart: 'reload-or-restart',
  ReloadOrTryRestart: 'reload-or-try-restart',
}

/** Methods of org.freedesktop.systemd1.Manager that ask for a job. */
export const METHODS: Readonly<Record<string, JobWord>> = {
  ...Object.fromEntries(Object.entries(UNIT_METHODS).map(([name, type]) => [`${name}Unit`, type])),
  ReloadUnit: 'reload',
  StartTransientUnit: 'start',
  StartUnitReplace: 'start',
}

/** A service of that name is made and started; scopes, timers and services without a name are told otherwise. */
function transientCall(words: readonly Word[], program: string, span: Range): Call | null {
  const { options } = splitOptions(words)
  if (options.some((option) => /^--(?:scope|on-|path-property|socket-property|timer-property)/.test(option)))
    return null
  const name = options.flatMap((option) => /^(?:--unit|-u)=(.+)$/.exec(option)?.[1] ?? [])[0]
  const unit = name === undefined ? null : unitOf(name)
  if (unit === null) return null
  const noBlock = options.includes('--no-block')
  return { ...plainCall(program, 'systemd-run', [unit], 'start', 'fail', span), options, noBlock }
}

interface Options {
  readonly words: readonly string[]
  readonly options: readonly string[]
}

function splitOptions(words: readonly Word[]): Options {
  const plain: string[] = []
  const options: string[] = []
  for (let i = 1; i < words.length; i++) {
    const word = words[i]!.text
    if (!word.startsWith('-') || word === '-') plain.push(word)
    else if (
      (WITH_VALUE.has(word) || /^-[a-zA-Z]{1,6}u$/.test(word)) &&
      words[i + 1] &&
      !words[i + 1]!.text.startsWith('-')
    ) {
      options.push(`${word}=${words[++i]!.text}`)
    } else options.push(word)
  }
  return { words: plain, options }
}

function systemctlCall(all: readonly Word[], program: string, span: Range, atPrompt: boolean): Call | null {
  const { words, options } = splitOptions(all)
  const verb = program === 'systemctl' ? (words[0] ?? '') : program === 'journalctl' ? 'journalctl' : (words[0] ?? '')
  if (program !== 'journalctl' && !/^[a-z][a-z-]{1,30}$/.test(verb) && verb !== '') return null
  const userManager = options.some((o) => o === '--user' || o.startsWith('--user-unit'))
  const noBlock = options.includes('--no-block')
  const base = { program, options, noBlock, userManager, ...span }
  if (program === 'journalctl') {
    const units = options.flatMap((o) => /^(?:-[a-zA-Z]{0,6}u|--unit|--user-unit)=?(.+)$/.exec(o)?.[1] ?? [])
    return { ...base, verb, units: units.flatMap((u) => unitOf(u) ?? []), type: null, mode: 'replace', query: true }
  }
  const target = ACTION_VERBS.get(verb)
  if (target) {
    const mode = target[1]
    return { ...base, verb, units: [target[0]], type: 'start', mode, query: false }
  }
  const suffix: UnitType = verb === 'isolate' ? 'target' : 'service'
  // `cancel` takes numbers of jobs.
  const units = verb === 'cancel' ? [] : unitsOf(words.slice(1, COMMAND_UNITS), suffix, atPrompt)
  const now = options.includes('--now')
  const type = JOB_VERBS.get(verb) ?? (now ? nowType(verb) : null)
  const mode = verb === 'isolate' ? 'isolate' : modeOf(options)
  return { ...base, verb, units, type, mode, query: type === null && !CHANGES.has(verb) }
}

/** Within a sentence only the first word is sure to be a unit; others have to look like one. */
function unitsOf(words: readonly string[], suffix: UnitType, atPrompt: boolean): string[] {
  const units: string[] = []
  for (const [i, word] of words.entries()) {
    if (!atPrompt && (i > 0 || NO_UNIT.has(word.toLowerCase())) && !/\.[a-z]{4,9}['"`.,:;)]*$/.test(word)) break
    const unit = unitOf(word, suffix)
    if (unit) units.push(unit)
    if (!atPrompt && /[:;,.)]$/.test(word)) break
  }
  return units
}

const NO_UNIT = new Set([
  'and',
  'or',
  'the',
  'to',
  'on',
  'in',
  'is',
  'a',
  'it',
  'for',
  'with',
  'from',
  'failed',
  'command',
])

const nowType = (verb: string): JobWord | null =>
  verb === 'enable' || verb === 'reenable' || verb === 'unmask'
    ? 'start'
    : /^(?:disable|mask)$/.test(verb)
      ? 'stop'
      : null

function modeOf(options: readonly string[]): JobMode {
  for (const option of options) {
    const mode = MODE_OPTIONS.get(option) ?? /^--job-mode=(.*)$/.exec(option)?.[1]
    if (isMode(mode)) return mode
  }
  return 'replace'
}

/** A dot as a pattern has it, quote marks and backslashes as strings have them: none of it is systemd's own escaping. */
const ESCAPED = /\\(?=[.@]|\\x[\da-f]{2})|\\(?:x2[27]|["'])/g

/** What systemctl makes of a word; null for a variable, a pattern or what is no unit's name. */
export function unitOf(word: string, suffix: UnitType = 'service'): string | null {
  const plain = (word.includes('\\') ? word.replace(ESCAPED, '') : word).replace(/[.,:;!?)\]'"`]+$/, '')
  if (plain === '' || plain.length > 200 || /[${}*?[\]<>=%|]/.test(plain)) return null
  const mangled = mangleUnitName(plain, suffix)
  return parseUnitName(mangled) ? mangled : null
}

const WAY_DOWN = /^(?:sudo |\/usr|\/sbin\/|\/usr\/sbin\/)*(reboot|poweroff|halt|shutdown|telinit|init)\b(.{0,80})/

/** What the old runlevels are: 2 to 5 are isolates, as `systemctl isolate` asks for them. */
const RUNLEVELS: ReadonlyMap<string, string> = new Map([
  ...[...'234'].map((level) => [level, 'multi-user.target'] as const),
  ['5', 'graphical.target'],
])

/** `reboot`, `shutdown -r now`, `init 6`. */
function callsDown(text: string): Call[] {
  const match = WAY_DOWN.exec(text)
  if (!match) return []
  const [all, word = '', rest = ''] = match
  const span = { from: 0, to: all.length }
  const target = word.endsWith('init') ? RUNLEVELS.get(/^\s*([2-5])\b/.exec(rest)?.[1] ?? '') : undefined
  if (target) return [plainCall(word, 'isolate', [target], 'start', 'isolate', span)]
  const verb =
    word === 'shutdown'
      ? / -\w*r/.test(rest)
        ? 'reboot'
        : / -c/.test(rest)
          ? ''
          : 'poweroff'
      : ({ '0': 'poweroff', '6': 'reboot', '1': 'rescue' }[/^\s*([016])\b/.exec(rest)?.[1] ?? ''] ?? word)
  const action = ACTION_VERBS.get(verb)
  return action ? [plainCall(word, verb, [action[0]], 'start', action[1], span)] : []
}
