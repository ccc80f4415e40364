/** Printed by print_status_info(), src/systemctl/systemctl-show.c (v239 to v262), and by v219's systemctl.c. */

import { PASSAGE_LINES } from '../limits.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { type Desk, learn, note, noteLines, type Parser, take } from './desk.ts'
import type { UnitState } from './fact.ts'
import { readPrefix } from './journal-prefix.ts'
import { indentOf, type TextLine } from './page.ts'
import { execRow, noteExit } from './status-process.ts'
import { spanUsec, stampMoment } from './time.ts'
import { unitState } from './unit-state.ts'

const SOURCE = 'systemctl status'

/** Labels of print_status_info(), and of the manager's own block. */
const LABELS = new Set([
  ...['Loaded', 'Active', 'Drop-In', 'Docs', 'Process', 'Main PID', 'Cntrl PID', 'Control PID', 'Status', 'Error'],
  ...['Tasks', 'Memory', 'Mem peak', 'CPU', 'CGroup', 'TriggeredBy', 'Trigger', 'Triggers', 'Condition', 'Assert'],
  ...['Device', 'Where', 'What', 'Listen', 'Accepted', 'IP', 'IO', 'FD Store', 'Until', 'Duration', 'Job'],
  ...['Invocation', 'Follows', 'Follow', 'Transient', 'Act. Units', 'Extensions', 'Timer', 'Refused', 'Since', 'Unit'],
  ...['State', 'Units', 'Jobs', 'Failed', 'systemd', 'Tainted', 'start condition failed at', 'Swap', 'Zswap'],
])
const LABEL = /^\s*([A-Za-z][A-Za-z. -]{0,24}):(?:\s+(.*)|$)/
const HEADER = /^\s*([●○×↻*x•◦◯⚫?✗✖-]|\S)\s+(\S{3,256})(?:\s+[-–—]\s+(.*))?$/
const PLAIN_HEADER = /^\s*()(\S{3,256})\s+-\s+(.*)$/

interface Field {
  readonly label: string
  readonly index: number
  text: string
}

export const systemctlStatus: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    if (isLoaded(text) || isActive(text) || TREE_ROW.test(text)) return true
    return headerOf(text) !== null && fieldsFollow(desk, at + 1)
  },
  parse: (desk, at) => {
    // What went to the error stream can stand in the middle of a block.
    if (TREE_ROW.test(desk.lines[at]!.text)) return take(desk, SOURCE, at, at + 1)
    const header = headerOf(desk.lines[at]!.text)
    const first = header && fieldsFollow(desk, at + 1) ? skipToField(desk, at + 1) : at
    const { fields, next } = readFields(desk, first)
    if (fields.length === 0) return at
    if (header?.host) return take(desk, SOURCE, at, next)
    const unit = header?.unit ?? unitOf(desk, fields)
    if (unit) noteBlock(desk, at, next, unit, header?.description ?? null, fields)
    return take(desk, SOURCE, at, next)
  },
}

const TREE_ROW = /^\s+(?:[├└]─|[|`]-)\d+ \S/

interface Header {
  readonly unit: string | null
  readonly description: string | null
  /** The manager's own block. */
  readonly host: boolean
}

function headerOf(text: string): Header | null {
  if (text.length > 1000) return null
  const match = HEADER.exec(text) ?? PLAIN_HEADER.exec(text)
  if (!match) return null
  const [, dot = '', name = '', description] = match
  if (parseUnitName(name)) return { unit: name, description: description ?? null, host: false }
  const isHost = /^[●○×*]$/.test(dot) && description === undefined && /^[\w.-]+$/.test(name)
  return isHost ? { unit: null, description: null, host: true } : null
}

const isLoaded = (text: string) => /^\s*Loaded: (?:loaded|not-found|masked|bad-setting|error|merged|stub)\b/.test(text)
const isActive = (text: string) =>
  /^\s*Active: (?:active|inactive|failed|activating|deactivating|reloading|refreshing|maintenance)\b/.test(text)

/** A description that was wrapped may stand between the header and its first field. */
function fieldsFollow(desk: Desk, from: number): boolean {
  for (let i = from; i < desk.lines.length && i < from + 3; i++) {
    const { text } = desk.lines[i]!
    if (isLoaded(text) || isActive(text) || /^\s+(?:Follows?|Transient|State): /.test(text)) return true
    if (text === '' || headerOf(text) !== null) return false
  }
  return false
}

function skipToField(desk: Desk, from: number): number {
  let i = from
  while (i < from + 2 && !LABEL.test(desk.lines[i]!.text)) i++
  return i
}

const CONTINUES = /^\s*(?:[├└│|●○×↻*]|‣(?! Type=)|[|`]-|\d+ )|^\s{6,}/

/** Fields with their continuation lines, up to the blank line before the log or to what is no field. */
function readFields(desk: Desk, from: number): { fields: Field[]; next: number } {
  const fields: Field[] = []
  let i = from
  for (; i < desk.lines.length && i - from < PASSAGE_LINES; i++) {
    const { text } = desk.lines[i]!
    if (text === '') break
    const match = LABEL.exec(text)
    const label = match?.[1]
    if (label !== undefined && LABELS.has(label)) {
      // A second Loaded: is another unit's, whose header was lost.
      if (label === 'Loaded' && fields.some((f) => f.label === 'Loaded')) break
      fields.push({ label, index: i, text: match?.[2] ?? '' })
      continue
    }
    const last = fields.at(-1)
    if (!last || readPrefix(text) || (headerOf(text) && fieldsFollow(desk, i + 1))) break
    if (CONTINUES.test(text)) last.text += `\n${text.trim()}`
    else if (isOpen(last.text)) last.text += text.startsWith(' ') ? ` ${text.trim()}` : text
    else break
  }
  return { fields, next: i }
}

/** A parenthesis that was opened and not closed: the terminal wrapped the line. */
const isOpen = (text: string) => text.lastIndexOf('(') > text.lastIndexOf(')')

/** Without a header: by the path, or by what was asked for. */
function unitOf(desk: Desk, fields: readonly Field[]): string | null {
  const path = /\((\/\S+\/([^/;)\s]+))[;)]/.exec(fieldOf(fields, 'Loaded') ?? '')?.[2]
  if (path && parseUnitName(path)) return path
  const reason = /Unit (\S+) (?:not found|is masked|has a bad)/.exec(fieldOf(fields, 'Loaded') ?? '')?.[1]
  if (reason && parseUnitName(reason)) return reason
  const group = /\/([^/\s]+)$/m.exec(fieldOf(fields, 'CGroup')?.split('\n')[0] ?? '')?.[1]
  if (group && parseUnitName(group)) return group
  const asked = desk.typed?.calls.find((call) => call.verb === 'status')
  return asked?.units.length === 1 ? asked.units[0]! : null
}

const fieldOf = (fields: readonly Field[], label: string) =>
  fields.find((f) => f.label === label)?.text.replace(/[`'"]+$/, '')

const LOADED = /^(\S+)(?: \((.*)\))?/s
const ACTIVE =
  /^(\S+)(?: \((?!Result: )([^()]+)\))?(?: \(frozen\))?(?: \(Result: ([a-z-]+)\))?(?:.*? since (.+?)(?:; (.+))?)?$/s

function noteBlock(
  desk: Desk,
  at: number,
  next: number,
  unit: string,
  description: string | null,
  fields: readonly Field[],
): void {
  const loaded = loadedOf(fieldOf(fields, 'Loaded') ?? '')
  const active = ACTIVE.exec(fieldOf(fields, 'Active') ?? '')
  const main = /^(\d+)(?: \((.*?)\))?/.exec(fieldOf(fields, 'Main PID') ?? '')
  const processes = fields.filter((f) => f.label === 'Process')
  const cut = description !== null && /(?:…|\.\.\.)$/.test(description)
  if (!cut) learn(desk, description, unit)
  const ago = active?.[5] === undefined ? null : spanUsec(active[5].replace(/ (?:ago|left)$/, ''))
  const active1 = active?.[1] ?? null
  const state = unitState(SOURCE, unit, {
    description,
    ...loaded,
    active: active1,
    sub: active?.[2] ?? (active1 === 'failed' ? 'failed' : null),
    result: active?.[3] ?? null,
    since: active?.[4] === undefined ? null : stampMoment(active[4].trim()),
    sinceAgoUsec: ago,
    triggeredBy: unitsIn(fieldOf(fields, 'TriggeredBy')),
    triggers: unitsIn(fieldOf(fields, 'Triggers')),
    jobId: numberOf(fieldOf(fields, 'Job')),
    exec: processes.flatMap((f) => execRow(f.text) ?? []),
    dropIns: dropIns(fieldOf(fields, 'Drop-In')),
    docs: (fieldOf(fields, 'Docs') ?? '').split('\n').filter(Boolean),
    mainPid: main ? Number(main[1]) : null,
    mainCommand: main?.[2] && !main[2].startsWith('code=') ? main[2] : null,
    statusText: /^"(.*)"$/s.exec(fieldOf(fields, 'Status') ?? '')?.[1] ?? null,
    conditions: [...(fieldOf(fields, 'Condition') ?? '').split('\n'), ...(fieldOf(fields, 'Assert') ?? '').split('\n')]
      .map((text) => text.replace(/^[├└─|`\s-]+/, ''))
      .filter((text) => text !== ''),
    what: fieldOf(fields, 'What') ?? null,
    where: fieldOf(fields, 'Where') ?? null,
    listen: (fieldOf(fields, 'Listen') ?? '').split('\n').filter(Boolean),
    nextElapse: fieldOf(fields, 'Trigger') ?? null,
  })
  noteLines(desk, state, at, next - 1, indentOf(desk.lines[at]!.text))
  for (const field of fields) {
    if (field.label === 'Process' || field.label === 'Main PID') {
      noteExit(desk, desk.lines[field.index]!, unit, field.label, field.text)
    } else if (field.label === 'Condition' || field.label === 'Assert') {
      noteCheck(desk, desk.lines[field.index]!, unit, field)
    }
  }
}

function loadedOf(text: string): Pick<UnitState, 'load' | 'loadReason' | 'path' | 'fileState' | 'preset'> {
  const match = LOADED.exec(text)
  const inner = match?.[2] ?? ''
  const reason = /^Reason: (.*)$/s.exec(inner)?.[1] ?? null
  const [path = '', fileState, ...more] = reason === null ? inner.split(/; ?/) : []
  const preset = more.find((part) => /preset:/.test(part))
  return {
    load: match?.[1] ?? null,
    loadReason: reason,
    path: path.startsWith('/') ? path : null,
    fileState: fileState && /^[a-z-]+$/.test(fileState) ? fileState : null,
    preset: preset?.replace(/^.*preset: ?/, '') ?? null,
  }
}

const unitsIn = (text: string | undefined) =>
  (text ?? '').split(/[\s●○×↻*]+/).filter((word) => word !== '' && parseUnitName(word) !== null)

const numberOf = (text: string | undefined) =>
  text !== undefined && /^\d+/.test(text) ? Number.parseInt(text, 10) : null

/** `DIR` and `└─a.conf, b.conf` in turn, as paths. */
function dropIns(text: string | undefined): string[] {
  let dir = ''
  return (text ?? '').split('\n').flatMap((line) => {
    const plain = line.replace(/^[├└─│|`\s-]+/, '')
    if (plain.startsWith('/')) {
      dir = plain
      return []
    }
    return plain
      .split(/, ?/)
      .filter(Boolean)
      .map((name) => (dir === '' ? name : `${dir}/${name}`))
  })
}

function noteCheck(desk: Desk, line: TextLine, unit: string, field: Field): void {
  const check = /((?:Condition|Assert)\w+=\S+)/.exec(field.text)?.[1] ?? null
  const what = field.label === 'Assert' ? 'assert' : 'condition'
  note(desk, { kind: 'condition-skip', source: SOURCE, certainty: 1, unit, what, check }, line, indentOf(line.text))
}
