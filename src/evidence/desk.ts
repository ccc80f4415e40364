/** What the parsers work on: the lines, what they were taken for, the facts noted so far, and what came before. */

import { FACTS, LOOKAHEAD_LINES, OTHER_LOGS } from '../limits.ts'
import type { Call } from './command.ts'
import type { FactKind, FactOf, Moment, Span } from './fact.ts'
import type { Memory, Reading } from './hear.ts'
import { isStock } from './masking/nobody.ts'
import { type Page, placeOf, type TextLine } from './page.ts'
import type { Recorded } from './recording.ts'

type Unplaced<K extends FactKind> = Omit<FactOf<K>, keyof Span | 'id' | 'quote' | 'request'>

/** A fact before it knows its place, its number and the request it answers. */
export type Draft = { [K in FactKind]: Unplaced<K> }[FactKind]

export interface Noted extends Span {
  /** Becomes the fact; what the rest of the paste tells is filled in when all is read. */
  draft: Draft
  /** What asked for this, where the paste shows it. */
  readonly answers: Noted | null
  readonly boot: string | undefined
  /** Of a stamp before the line, for what has no time of its own. */
  readonly at: Moment | undefined
  /** Empty until the facts are numbered. */
  id: string
}

/** The last command seen, for what its output does not say by itself. */
export interface Typed {
  readonly calls: readonly Call[]
  readonly noted: readonly Noted[]
  readonly text: string
  /** Index of its line. */
  readonly at: number
  /** Typed at a prompt, or part of a tool's own report. */
  readonly by: 'prompt' | 'tool'
  /** Requests of earlier commands that were put in the background: their answers come later. */
  readonly unanswered?: readonly Noted[]
}

/** A place that is nobody's business, known from where it stands and not from how it looks. */
export interface Secret {
  readonly start: number
  readonly end: number
  readonly kind: string
  /** Before the message or command, so that no field of a fact is made from it. */
  readonly apart: boolean
}

export interface Desk {
  readonly page: Page
  readonly lines: readonly TextLine[]
  readonly takenFor: string[]
  readonly noted: Noted[]
  /** Descriptions and the unit they belong to; null where they fit several. */
  readonly names: Map<string, string | null>
  readonly secrets: Secret[]
  readonly memory: Memory
  /** What tells the release, by its wording. */
  readonly wordings: { readonly reading: Reading; readonly noted: Noted }[]
  typed: Typed | null
  /** Name of the task or resource that a tool is at, and what it does. */
  task: Noted | null
  /** What the flight recorder has said so far. */
  recording: Recorded
  boot: string | undefined
  boots: number
  otherLogs: number
  /** Lines that may still be looked at ahead of their turn. */
  lookahead: number
  /** Characters of the longest line: one as long may have been wrapped. */
  readonly width: number
}

export function newDesk(page: Page): Desk {
  return {
    page,
    lines: page.lines,
    takenFor: new Array<string>(page.lines.length).fill(''),
    noted: [],
    names: new Map(),
    secrets: [],
    memory: new Map(),
    wordings: [],
    typed: null,
    task: null,
    recording: { clients: new Map(), job: null },
    boot: undefined,
    boots: 0,
    otherLogs: 0,
    lookahead: LOOKAHEAD_LINES,
    width: page.lines.reduce((most, { start, end }) => Math.max(most, end - start), 0),
  }
}

/** How one format is read. */
export interface Parser {
  readonly source: string
  /** Formats like it, that it reads as well. */
  readonly also?: readonly string[]
  /** First characters that a line of it can have, blanks aside; undefined: any. */
  readonly begins?: string
  /** Whether a passage of it begins with line `at`. Cheap: it is asked for nearly every line. */
  readonly recognizes: (desk: Desk, at: number) => boolean
  /** Reads the passage; the index of the first line that is not part of it. `at` again: it was none after all. */
  readonly parse: (desk: Desk, at: number) => number
}

/** Notes a fact whose words are a line, or the part of it from one character to before another. */
export function note(desk: Desk, draft: Draft, line: TextLine, from = 0, to = line.text.length): Noted {
  return place(desk, draft, line, placeOf(line, from), placeOf(line, to), null)
}

/** As note(), for what a request led to. */
export function noteAnswer(desk: Desk, draft: Draft, line: TextLine, answers: Noted | null, from = 0): Noted {
  return place(desk, draft, line, placeOf(line, from), placeOf(line, line.text.length), answers)
}

/** Notes a fact whose words are several lines, both ends included. */
export function noteLines(desk: Desk, draft: Draft, first: number, last: number, from = 0): Noted {
  const begin = desk.lines[first]!
  const end = desk.lines[last]!
  return place(desk, draft, begin, placeOf(begin, from), placeOf(end, end.text.length), null)
}

function place(desk: Desk, draft: Draft, line: TextLine, start: number, end: number, answers: Noted | null): Noted {
  const from = line.spread ? line.start + line.shift : start
  const to = line.spread ? line.end : end
  // Of lines that were joined, it may begin in a later one.
  let { number } = line
  while (number < desk.page.lines.length && desk.page.lines[number]!.start <= from) number++
  const noted: Noted = { draft, line: number, start: from, end: to, answers, boot: desk.boot, at: line.at, id: '' }
  if (desk.noted.length >= FACTS) return noted
  if (draft.kind === 'other-log' && desk.otherLogs++ >= OTHER_LOGS) return noted
  desk.noted.push(noted)
  return noted
}

/** Marks lines as read, the last one not included. */
export function take(desk: Desk, source: string, from: number, to: number): number {
  for (let i = from; i < to && i < desk.takenFor.length; i++) desk.takenFor[i] = source
  return to
}

/** Remembers whose description this is. */
export function learn(desk: Desk, description: string | null | undefined, unit: string): void {
  if (!description || description === unit) return
  const known = desk.names.get(description)
  if (known === undefined) desk.names.set(description, unit)
  else if (known !== unit) desk.names.set(description, null)
}

/** Signs, variables and levels of a log stand in a host's place. */
const NAMELESS = /^(?:$|[^\p{L}\p{N}_]|[A-Z]$)/u

/** A name that is somebody's and no unit's, by where it stands; common ones are nobody's. */
export function hide(desk: Desk, kind: 'host' | 'user', line: TextLine, from: number, to: number, apart = true): void {
  const name = line.text.slice(from, to)
  if (line.spread || isStock(name) || NAMELESS.test(name)) return
  desk.secrets.push({ kind, start: placeOf(line, from), end: placeOf(line, to), apart })
}

/** Whether a fact is of a kind. */
export const isNoted = <K extends FactKind>(noted: Noted | null, kind: K): noted is Noted & { draft: FactOf<K> } =>
  noted?.draft.kind === kind
