/**
 * The lexical grammar of unit files: config_parse() and parse_line() of src/shared/conf-parser.c (v239 to v262).
 * Linear in the text, whatever the text: a unit file is the first thing that a stranger hands in.
 */

import { featuresOf } from './features.ts'
import { type MessageArgs, type MessageKey, printMessage } from './messages.ts'
import type { UnitType } from './unit.ts'
import { UNIT_TYPES } from './unit.ts'
import type { Diagnostic } from './unit-config.ts'
import { NEWEST } from './versions.ts'

export interface Assignment {
  readonly section: string
  readonly key: string
  readonly value: string
  /** As systemd counts: the last line of a continued one. */
  readonly line: number
  /** Where it begins, which differs with continuation lines. */
  readonly startLine: number
}

export interface ParsedUnitFile {
  readonly assignments: readonly Assignment[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Bytes a line may have, a continued one in sum: LONG_LINE_MAX, src/basic/fileio.h. Counted in characters here. */
const LONG_LINE_MAX = 1024 * 1024

const OWN_SECTION: Readonly<Record<UnitType, string>> = {
  service: 'Service',
  mount: 'Mount',
  swap: 'Swap',
  socket: 'Socket',
  target: 'Target',
  device: 'Device',
  automount: 'Automount',
  timer: 'Timer',
  path: 'Path',
  slice: 'Slice',
  scope: 'Scope',
}

/** The `sections` field of each unit type's vtable. Device units and targets have a section without keys. */
export const ALLOWED_SECTIONS: Readonly<Record<UnitType, ReadonlySet<string>>> = Object.fromEntries(
  UNIT_TYPES.map((type) => [type, new Set(['Unit', OWN_SECTION[type], 'Install'])]),
) as Record<UnitType, Set<string>>

const EVERY_SECTION: ReadonlySet<string> = new Set(['Unit', 'Install', ...Object.values(OWN_SECTION)])

/** What a reader of unit files is told, in the order of the lines. */
export interface UnitFileVisitor {
  /** An errno ends the reading: the parser of a setting found what makes the unit unloadable. */
  assignment(section: string, key: string, value: string, line: number, startLine: number): ReadResult
  problem(line: number, key: MessageKey, args: MessageArgs): void
}

export interface LexicalOptions {
  readonly sections: ReadonlySet<string>
  readonly version: number
  /** The number of the text's first line; 1 in a file, more in a paste. */
  readonly firstLine: number
}

/** How the reading ended: errno names as in C, the last two from the visitor. */
export type ReadResult = 'ok' | 'EBADMSG' | 'ENOBUFS' | 'ENOEXEC' | 'EINVAL'

interface State {
  section: string | null
  ignored: boolean
}

/** Mirrors config_parse(), src/shared/conf-parser.c (v252). Differs: text that is not UTF-8 cannot arrive here. */
export function readUnitFile(text: string, options: LexicalOptions, visitor: UnitFileVisitor): ReadResult {
  const state: State = { section: null, ignored: false }
  let line = options.firstLine - 1
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const pending: string[] = []
  let pendingLength = 0
  let startLine = 0
  while (at < text.length) {
    const end = endOfLine(text, at)
    if (end - at > LONG_LINE_MAX) {
      visitor.problem(line, 'load-line-too-long', {})
      return 'ENOBUFS'
    }
    line++
    const physical = text.slice(at, end)
    at = afterLine(text, end)
    if (isComment(physical)) continue
    const continued = endsEscaped(physical)
    if (pending.length === 0) startLine = line
    if (!continued && pending.length === 0) {
      const result = parseLine(physical, line, line, state, options, visitor)
      if (result !== 'ok') return result
      continue
    }
    pendingLength += physical.length
    if (pendingLength > LONG_LINE_MAX) {
      visitor.problem(line, 'load-continuation-too-long', {})
      return 'ENOBUFS'
    }
    pending.push(continued ? `${physical.slice(0, -1)} ` : physical)
    if (continued) continue
    const result = parseLine(pending.join(''), line, startLine, state, options, visitor)
    if (result !== 'ok') return result
    pending.length = 0
    pendingLength = 0
  }
  if (pending.length === 0) return 'ok'
  return parseLine(pending.join(''), line + 1, startLine, state, options, visitor)
}

const LF = 10
const CR = 13

function endOfLine(text: string, from: number): number {
  const lf = text.indexOf('\n', from)
  const end = lf < 0 ? text.length : lf
  return end > from && text.charCodeAt(end - 1) === CR ? end - 1 : end
}

/** Mirrors read_line(), src/basic/fileio.c: CR LF is one end. Differs: a lone CR is text, as before v241. */
function afterLine(text: string, end: number): number {
  if (text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF) return end + 2
  return end + 1
}

/** Comments go before continuations are looked at: one in between does not end a continued assignment. */
function isComment(physical: string): boolean {
  for (let i = 0; i < physical.length; i++) {
    const code = physical.charCodeAt(i)
    if (isBlank(code)) continue
    return code === 35 || code === 59
  }
  return false
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === LF || code === CR
}

/** An odd number of backslashes at the end. What precedes in a continued line is balanced by then. */
function endsEscaped(physical: string): boolean {
  let i = physical.length
  while (i > 0 && physical.charCodeAt(i - 1) === 92) i--
  return (physical.length - i) % 2 === 1
}

/** Mirrors strstrip(), src/basic/string-util.c. */
function stripBlanks(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isBlank(text.charCodeAt(from))) from++
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--
  return from === 0 && to === text.length ? text : text.slice(from, to)
}

/** Mirrors parse_line(), src/shared/conf-parser.c (v252). */
function parseLine(
  raw: string,
  line: number,
  startLine: number,
  state: State,
  options: LexicalOptions,
  visitor: UnitFileVisitor,
): ReadResult {
  const text = stripBlanks(raw)
  if (text === '') return 'ok'
  if (text.charCodeAt(0) === 91) return parseHeader(text, line, state, options, visitor)
  if (state.section === null) {
    if (!state.ignored) visitor.problem(line, 'load-outside-section', {})
    return 'ok'
  }
  const equals = text.indexOf('=')
  if (equals <= 0) {
    visitor.problem(line, equals < 0 ? 'load-missing-equals' : 'load-missing-key', {})
    return 'ok'
  }
  const key = stripBlanks(text.slice(0, equals))
  const value = stripBlanks(text.slice(equals + 1))
  return visitor.assignment(state.section, key, value, line, startLine)
}

function parseHeader(
  text: string,
  line: number,
  state: State,
  options: LexicalOptions,
  visitor: UnitFileVisitor,
): ReadResult {
  if (text.at(-1) !== ']') {
    visitor.problem(line, 'load-section-header', { header: text })
    return 'EBADMSG'
  }
  const name = text.slice(1, -1)
  if (featuresOf(options.version).sectionHeaderChecked && !isSafeString(name)) {
    visitor.problem(line, 'load-section-characters', { header: text })
    return 'EBADMSG'
  }
  if (options.sections.has(name)) {
    state.section = name
    state.ignored = false
    return 'ok'
  }
  if (!name.startsWith('X-')) visitor.problem(line, 'load-unknown-section', { section: name })
  state.section = null
  state.ignored = true
  return 'ok'
}

/** Mirrors string_is_safe(), src/basic/string-util.c: no control characters, quotes or backslashes. */
export function isSafeString(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 32 || code === 127 || code === 34 || code === 39 || code === 92) return false
  }
  return true
}

/**
 * The type of unit that a file's text is for, from its name: `a.service`, `/etc/…/a.service.d/b.conf`,
 * `service.d/b.conf`.
 */
export function unitTypeOfFile(file: string): UnitType | null {
  const parts = file.split('/')
  const base = parts.at(-1) ?? ''
  const folder = base.endsWith('.conf') ? (parts.at(-2) ?? '').replace(/\.d$/, '') : base
  const type = folder.slice(folder.lastIndexOf('.') + 1)
  return UNIT_TYPES.find((t) => t === type) ?? null
}

/** One text by itself, for whoever quotes it. Sections of any type count where the file's name gives no type away. */
export function parseUnitFile(
  text: string,
  options: { readonly file: string; readonly firstLine?: number; readonly version?: number },
): ParsedUnitFile {
  const { file, firstLine = 1, version = NEWEST } = options
  const type = unitTypeOfFile(file)
  const sections = type === null ? EVERY_SECTION : ALLOWED_SECTIONS[type]
  const assignments: Assignment[] = []
  const diagnostics: Diagnostic[] = []
  readUnitFile(
    text,
    { sections, version, firstLine },
    {
      assignment: (section, key, value, line, startLine) => {
        assignments.push({ section, key, value, line, startLine })
        return 'ok'
      },
      problem: (line, key, args) => {
        const printed = printMessage(key, args, version)
        if (printed !== null) diagnostics.push({ file, line, level: printed.level, text: printed.text })
      },
    },
  )
  return { assignments, diagnostics }
}
