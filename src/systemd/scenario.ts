/**
 * Scenario files: units, what was done to them and when, and what happened. Named sections between `-- name --` lines,
 * as in txtar. What cannot be read becomes a problem with its line number; the rest of the file still counts.
 */

import { formatTrace, type Happening, parseTraceLine } from './happening.ts'
import { MODE_OPTIONS, OPTIONS_WITH_VALUE } from './systemctl.ts'
import { UNIT_SUFFIX, UNIT_TYPES } from './unit.ts'
import { NEWEST } from './versions.ts'

export interface Scenario {
  /** The lines above the first section that start with '#', without it. */
  readonly comments: readonly string[]
  readonly manager: 'system' | 'user'
  readonly systemd?: number
  readonly seed?: number
  readonly minver?: number
  /** Free keys. */
  readonly headers: Readonly<Record<string, string>>
  /** Unit files, drop-ins and symlinks of .wants folders, in the file's order. */
  readonly files: readonly ScenarioFile[]
  readonly timeline: readonly Action[]
  readonly processes: readonly ProcessRule[]
  readonly traces: readonly ExpectedTrace[]
  readonly problems: readonly Problem[]
}

export interface ScenarioFile {
  /** Relative to the unit folder: `a.service`, `a.service.d/b.conf`, `t.target.wants/a.service`. */
  readonly name: string
  readonly text: string
}

export interface ExpectedTrace {
  /** The versions this was seen with. Null: the one of the header. */
  readonly versions: readonly number[] | null
  readonly happenings: readonly Happening[]
}

export interface Problem {
  readonly line: number
  readonly message: string
}

export type Action = Deed & {
  readonly atUsec: number
  /** Where in the file. */
  readonly line: number
  /** The action as written, without its time. A client's trace line repeats it. */
  readonly text: string
}

export type Deed =
  | SystemctlDeed
  | { readonly kind: 'connect'; readonly unit: string }
  /** A path that is not absolute is one of the unit folder. */
  | { readonly kind: 'touch' | 'rm' | 'mkdir'; readonly path: string }
  | { readonly kind: 'end' }

export interface SystemctlDeed {
  readonly kind: 'systemctl'
  readonly verb: string
  /** Or what else the verb takes, such as job ids. */
  readonly units: readonly string[]
  readonly noBlock: boolean
  readonly jobMode: string | null
  readonly signal: string | null
  /** Every other option, as written. */
  readonly flags: readonly string[]
}

export interface ProcessRule {
  readonly unit: string
  readonly setting: string
  /** Which command of the setting, from 1. Null: every one. */
  readonly nth: number | null
  readonly does: ProcessDoes
}

export type ProcessDoes =
  | { readonly kind: 'runs'; readonly usec: number; readonly exits: number | string }
  | { readonly kind: 'ignores'; readonly signal: string }

/**
 * The trace that is to be expected of a version: the section that names it, or the unnamed one of the file's version.
 */
export function traceFor(scenario: Scenario, version: number): readonly Happening[] | null {
  const named = scenario.traces.find(({ versions }) => versions?.includes(version))
  if (named !== undefined) return named.happenings
  if (version !== (scenario.systemd ?? NEWEST)) return null
  return scenario.traces.find(({ versions }) => versions === null)?.happenings ?? null
}

// Reading.

interface Line {
  readonly number: number
  readonly text: string
}

interface Section {
  readonly name: string
  readonly line: number
  readonly lines: readonly Line[]
}

type Parsed<T> = { readonly value: T } | { readonly problem: string }

const UNIT_FILE = new RegExp(String.raw`^[^\s/]+${UNIT_SUFFIX}$`)
const DROP_IN = new RegExp(String.raw`^(?:[^\s/]+${UNIT_SUFFIX}|(?:${UNIT_TYPES.join('|')}))\.d/[^\s/]+\.conf$`)
const SYMLINK = new RegExp(String.raw`^[^\s/]+${UNIT_SUFFIX}\.(?:wants|requires|upholds)/[^\s/]+${UNIT_SUFFIX}$`)

/** Never throws: lines that cannot be read are among its problems, by their numbers. */
export function parseScenario(text: string): Scenario {
  const problems: Problem[] = []
  const complain = (line: number, message: string): void => void problems.push({ line, message })
  const { preamble, sections } = splitSections(text)
  const head = parsePreamble(preamble, complain)
  const files: ScenarioFile[] = []
  const timeline: Action[] = []
  const processes: ProcessRule[] = []
  const traces: ExpectedTrace[] = []
  for (const section of sections) {
    if (section.name === 'timeline') timeline.push(...parseLines(section.lines, parseAction, complain))
    else if (section.name === 'processes') processes.push(...parseLines(section.lines, parseProcessRule, complain))
    else if (/^trace(?: \d{1,4})*$/.test(section.name)) traces.push(parseTraceSection(section, complain))
    else if (isUnitFile(section.name)) files.push({ name: section.name, text: textOf(section) })
    else complain(section.line, `'${section.name}' is neither a unit file nor timeline, processes or trace`)
  }
  for (const [index, action] of timeline.entries()) {
    const previous = timeline[index - 1]
    if (previous !== undefined && previous.atUsec > action.atUsec) complain(action.line, 'earlier than the line above')
  }
  return { ...head, files, timeline, processes, traces, problems }
}

/** Lines of a timeline by themselves; what is none is left out. */
export const parseTimeline = (lines: readonly string[]): Action[] =>
  parseLines(
    lines.map((text, i) => ({ number: i + 1, text })),
    parseAction,
    () => {},
  )

/** The unit of a file, a drop-in or an entry in a folder of dependencies: `a.service.d/b.conf` → `a.service`. */
export const unitOfFile = (name: string): string => name.replace(/\.(?:d|wants|requires|upholds)\/.*$/s, '')

/** What the story says of the nth command of a unit's setting, from 1. */
export const processRulesOf = (
  { processes }: Pick<Scenario, 'processes'>,
  unit: string,
  setting: string,
  nth: number,
): ProcessRule[] =>
  processes.filter((rule) => rule.unit === unit && rule.setting === setting && (rule.nth === null || rule.nth === nth))

/** A unit, a drop-in, or an entry in a folder of dependencies, by its name in a unit folder. */
export function isUnitFile(name: string): boolean {
  if (name.includes('..')) return false
  return UNIT_FILE.test(name) || DROP_IN.test(name) || SYMLINK.test(name)
}

/** `x.target.wants/a.service` and its like. */
export function isUnitSymlink(name: string): boolean {
  return SYMLINK.test(name)
}

function splitSections(text: string): { preamble: Line[]; sections: Section[] } {
  const preamble: Line[] = []
  const sections: { name: string; line: number; lines: Line[] }[] = []
  const rows = text.replaceAll('\r\n', '\n').split('\n')
  if (rows.at(-1) === '') rows.pop()
  for (const [index, row] of rows.entries()) {
    const name = sectionName(row)
    if (name !== null) sections.push({ name, line: index + 1, lines: [] })
    else (sections.at(-1)?.lines ?? preamble).push({ number: index + 1, text: row })
  }
  return { preamble, sections }
}

function sectionName(row: string): string | null {
  const text = row.trimEnd()
  if (!text.startsWith('-- ') || !text.endsWith(' --') || text.length < '-- x --'.length) return null
  return text.slice('-- '.length, -' --'.length).trim()
}

type Complain = (line: number, message: string) => void

type Head = Pick<Scenario, 'comments' | 'manager' | 'systemd' | 'seed' | 'minver' | 'headers'>

function parsePreamble(lines: readonly Line[], complain: Complain): Head {
  const comments: string[] = []
  const headers = new Map<string, string>()
  let manager: Scenario['manager'] = 'system'
  const numbers: { systemd?: number; seed?: number; minver?: number } = {}
  for (const { number, text } of lines) {
    const row = text.trim()
    if (row === '') continue
    if (row.startsWith('#')) {
      comments.push(row.slice(1).replace(/^ /, ''))
      continue
    }
    const [key = '', value = ''] = splitOnce(row)
    if (key === 'manager') {
      if (value === 'system' || value === 'user') manager = value
      else complain(number, `manager is 'system' or 'user', not '${value}'`)
    } else if (key === 'systemd' || key === 'seed' || key === 'minver') {
      if (/^\d{1,9}$/.test(value)) numbers[key] = Number(value)
      else complain(number, `${key} is a number, not '${value}'`)
    } else headers.set(key, value)
  }
  return { comments, manager, ...numbers, headers: Object.fromEntries(headers) }
}

function splitOnce(text: string): [string, string] {
  const end = text.search(/\s/)
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end).trim()]
}

function textOf({ lines }: Section): string {
  return lines.map(({ text }) => `${text}\n`).join('')
}

type Parse<T> = (text: string, line: number) => Parsed<T>

function parseLines<T>(lines: readonly Line[], parse: Parse<T>, complain: Complain): T[] {
  const found: T[] = []
  for (const { number, text } of lines) {
    const row = text.trimStart()
    if (row.trimEnd() === '' || row.startsWith('#')) continue
    const parsed = parse(row, number)
    if ('value' in parsed) found.push(parsed.value)
    else complain(number, parsed.problem)
  }
  return found
}

function parseTraceSection(section: Section, complain: Complain): ExpectedTrace {
  const [, ...versions] = section.name.split(' ')
  const happenings = parseLines<Happening>(
    section.lines,
    (row) => {
      const value = parseTraceLine(row)
      return value === null ? { problem: `'${row}' is no line of a trace` } : { value }
    },
    complain,
  )
  return { versions: versions.length === 0 ? null : versions.map(Number), happenings }
}

/** Null if the text is no number of seconds with at most six decimals. */
function parseSeconds(text: string): number | null {
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?s?$/.exec(text)
  if (match === null) return null
  const [, seconds = '', fraction = ''] = match
  return Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0'))
}

function parseAction(row: string, line: number): Parsed<Action> {
  const [time, text] = splitOnce(row.trimEnd())
  const atUsec = parseSeconds(time)
  if (atUsec === null) return { problem: `'${time}' is no time in seconds` }
  const deed = parseDeed(text)
  if ('problem' in deed) return deed
  return { value: { ...deed.value, atUsec, line, text } }
}

/** A line of the timeline without its time. */
export function parseDeed(text: string): Parsed<Deed> {
  const [word = '', ...words] = text.split(/\s+/)
  const [object] = words
  switch (word) {
    case 'systemctl':
      return parseSystemctl(words)
    case 'connect':
      return object === undefined
        ? { problem: 'connect to which socket?' }
        : { value: { kind: 'connect', unit: object } }
    case 'touch':
    case 'rm':
    case 'mkdir':
      return object === undefined ? { problem: `${word} what?` } : { value: { kind: word, path: object } }
    case 'end':
      return { value: { kind: 'end' } }
    default:
      return { problem: `'${word}' is no action` }
  }
}

/** How many of a verb's words are units, where not all are: the others are ids, patterns or assignments. */
const NAMED_UNITS: Readonly<Record<string, number>> = { cancel: 0, 'list-jobs': 0, 'set-property': 1 }

function parseSystemctl(words: readonly string[]): Parsed<SystemctlDeed> {
  const plain: string[] = []
  const flags: string[] = []
  let noBlock = false
  let jobMode: string | null = null
  let signal: string | null = null
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (word === '--') {
      plain.push(...words.slice(index + 1))
      break
    }
    if (!word.startsWith('-')) {
      plain.push(word)
      continue
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1
    const option = equals < 0 ? word : word.slice(0, equals)
    let value = equals < 0 ? null : word.slice(equals + 1)
    if (value === null && OPTIONS_WITH_VALUE.includes(option)) value = words[++index] ?? ''
    if (option === '--no-block') noBlock = true
    else if (option === '--job-mode') jobMode = value
    else if (option === '--signal' || option === '-s') signal = value
    else if (MODE_OPTIONS.has(option)) jobMode = MODE_OPTIONS.get(option) ?? null
    else flags.push(value === null ? option : `${option}=${value}`)
  }
  const [verb, ...units] = plain
  if (verb === undefined) return { problem: 'systemctl without a verb' }
  return { value: { kind: 'systemctl', verb, units: units.map(withSuffix), noBlock, jobMode, signal, flags } }

  function withSuffix(name: string, index: number): string {
    if (!/^[\w:\\@-]+$/.test(name) || index >= (NAMED_UNITS[verb ?? ''] ?? Number.POSITIVE_INFINITY)) return name
    return `${name}.${verb === 'isolate' || verb === 'set-default' ? 'target' : 'service'}`
  }
}

const PROCESS_RULE = /^(\S+) ([A-Za-z]+)(?:\[(\d{1,3})\])? (?:runs (\S+) exits (\S+)|ignores (\S+))$/

function parseProcessRule(row: string): Parsed<ProcessRule> {
  const match = PROCESS_RULE.exec(row.trim().split(/\s+/).join(' '))
  const problem = `'${row}' is not of the form UNIT SETTING[n] runs SECONDS exits STATUS, or UNIT SETTING ignores TERM`
  if (match === null) return { problem }
  const [, unit = '', setting = '', nth, seconds, status = '', ignored] = match
  const common = { unit, setting, nth: nth === undefined ? null : Number(nth) }
  if (ignored !== undefined) return { value: { ...common, does: { kind: 'ignores', signal: ignored } } }
  const usec = parseSeconds(seconds ?? '')
  if (usec === null) return { problem }
  const exits = /^\d{1,3}$/.test(status) ? Number(status) : status
  return { value: { ...common, does: { kind: 'runs', usec, exits } } }
}

// Writing.

/** The inverse of parseScenario(), but for the spacing and for comments outside the preamble. */
export function formatScenario(scenario: Scenario): string {
  const { comments, manager, headers, files, timeline, processes, traces } = scenario
  const head = comments.map((comment) => (comment === '' ? '#' : `# ${comment}`))
  if (manager !== 'system') head.push(`manager ${manager}`)
  for (const key of ['systemd', 'seed', 'minver'] as const) {
    if (scenario[key] !== undefined) head.push(`${key} ${scenario[key]}`)
  }
  for (const [key, value] of Object.entries(headers)) head.push(`${key} ${value}`.trimEnd())
  const rest: string[] = []
  if (processes.length > 0) rest.push('-- processes --', ...processes.map(formatProcessRule))
  if (timeline.length > 0) rest.push('-- timeline --')
  for (const { atUsec, text } of timeline) rest.push(`${formatExactSeconds(atUsec).padEnd(4)} ${text}`)
  const units = files.map(({ name, text }) => `-- ${name} --\n${inLines(text)}`).join('')
  const lines = (all: readonly string[]) => all.map((line) => `${line}\n`).join('')
  return `${lines(head)}${units}${lines(rest)}${traces.map(formatTraceSection).join('')}`
}

/** The last line may lack its end. */
const inLines = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`)

function formatTraceSection({ versions, happenings }: ExpectedTrace): string {
  return `-- ${['trace', ...(versions ?? [])].join(' ')} --\n${formatTrace(happenings)}`
}

function formatProcessRule({ unit, setting, nth, does }: ProcessRule): string {
  const subject = `${unit} ${setting}${nth === null ? '' : `[${nth}]`}`
  if (does.kind === 'ignores') return `${subject} ignores ${does.signal}`
  return `${subject} runs ${formatExactSeconds(does.usec)} exits ${does.exits}`
}

function formatExactSeconds(usec: number): string {
  const [seconds, micros] = [Math.floor(usec / 1_000_000), usec % 1_000_000]
  if (micros === 0) return String(seconds)
  return `${seconds}.${String(micros).padStart(6, '0').replace(/0+$/, '')}`
}
