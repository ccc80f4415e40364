/**
 * The manager's own sentences, one table in two directions: `simulator/` prints from it, `evidence/` reads with it.
 * The rows live in messages/*.table.ts, by the C file that logs them.
 */

import { HISTORY_MESSAGES } from './messages/history.table.ts'
import { JOB_MESSAGES } from './messages/job.table.ts'
import { LOAD_MESSAGES } from './messages/load.table.ts'
import { OTHER_MESSAGES } from './messages/other.table.ts'
import { SERVICE_MESSAGES } from './messages/service.table.ts'
import { TRANSACTION_MESSAGES } from './messages/transaction.table.ts'
import { TRIGGER_MESSAGES } from './messages/trigger.table.ts'
import { UNIT_MESSAGES } from './messages/unit.table.ts'

/** syslog levels as systemd names them; lines at 'info' and above are in a default journal. */
export type Level = 'err' | 'warning' | 'notice' | 'info' | 'debug'

export interface Wording {
  /** Placeholders in braces. The unit's name prefix is not part of it. */
  readonly text: string
  readonly since?: number
  readonly until?: number
  /** Where the level changed from one release to another. */
  readonly level?: Level
  /** Where only some releases attach one. */
  readonly messageId?: string
}

export interface MessageSpec {
  readonly level: Level
  readonly messageId?: string
  /** Printed as `NAME: text`, as log_unit_…() does; the others stand alone. */
  readonly prefixed: boolean
  readonly wordings: readonly Wording[]
}

const TABLES = {
  ...JOB_MESSAGES,
  ...TRANSACTION_MESSAGES,
  ...UNIT_MESSAGES,
  ...SERVICE_MESSAGES,
  ...TRIGGER_MESSAGES,
  ...LOAD_MESSAGES,
  ...OTHER_MESSAGES,
  ...HISTORY_MESSAGES,
} as const

export type MessageKey = keyof typeof TABLES
export type MessageArgs = Readonly<Record<string, string | number>>

export const MESSAGES: Readonly<Record<MessageKey, MessageSpec>> = TABLES

export interface Printed {
  readonly text: string
  readonly level: Level
  readonly messageId?: string
}

/** The sentence as one release prints it, without the unit prefix; null where that release has no such sentence. */
export function printMessage(key: MessageKey, args: MessageArgs, version: number): Printed | null {
  const spec: MessageSpec = MESSAGES[key]
  const wording = spec.wordings.find((w) => covers(w, version))
  if (!wording) return null
  const text = fill(wording.text, args)
  const level = wording.level ?? spec.level
  const messageId = wording.messageId ?? spec.messageId
  return messageId === undefined ? { text, level } : { text, level, messageId }
}

const covers = (w: Wording, version: number) =>
  version >= (w.since ?? 0) && version <= (w.until ?? Number.POSITIVE_INFINITY)

function fill(template: string, args: MessageArgs): string {
  let text = ''
  const parts = split(template)
  for (let i = 0; i < parts.length; i++) text += i % 2 === 0 ? parts[i]! : String(args[parts[i]!] ?? '')
  return text
}

/** Literals at even places, placeholder names at odd ones. */
function split(template: string): readonly string[] {
  const known = splits.get(template)
  if (known) return known
  const parts = template.split(/\{([a-zA-Z0-9]+)\}/)
  splits.set(template, parts)
  return parts
}

/** Of the templates in the tables, which are few. */
const splits = new Map<string, readonly string[]>()

export interface ParsedMessage {
  readonly key: MessageKey
  readonly args: Readonly<Record<string, string>>
  /** Releases whose wording this is; null means no bound. */
  readonly since: number | null
  readonly until: number | null
}

/** Every reading of one sentence (without its unit prefix), the most literal first. */
export function parseMessage(text: string): readonly ParsedMessage[] {
  const found: (ParsedMessage & { weight: number })[] = []
  for (const entry of index().get(text.charAt(0)) ?? []) tryEntry(entry, text, found)
  for (const entry of index().get('') ?? []) tryEntry(entry, text, found)
  found.sort((a, b) => b.weight - a.weight)
  return found.map(({ weight: _, ...parsed }) => parsed)
}

interface Entry {
  readonly key: MessageKey
  readonly wording: Wording
  readonly parts: readonly string[]
  readonly weight: number
}

let byFirstLetter: Map<string, Entry[]> | undefined

function index(): Map<string, Entry[]> {
  if (byFirstLetter) return byFirstLetter
  byFirstLetter = new Map()
  for (const [key, spec] of Object.entries(MESSAGES) as [MessageKey, MessageSpec][]) {
    for (const wording of spec.wordings) {
      const parts = split(wording.text)
      const weight = parts.reduce((sum, part, i) => (i % 2 === 0 ? sum + part.length : sum), 0)
      const first = parts[0]?.charAt(0) ?? ''
      const list = byFirstLetter.get(first) ?? []
      list.push({ key, wording, parts, weight })
      byFirstLetter.set(first, list)
    }
  }
  return byFirstLetter
}

function tryEntry(entry: Entry, text: string, found: (ParsedMessage & { weight: number })[]): void {
  const args = match(entry.parts, text)
  if (!args) return
  const { since, until } = entry.wording
  found.push({ key: entry.key, args, since: since ?? null, until: until ?? null, weight: entry.weight })
}

/** Literals are found left to right, each once: linear in the text, whatever the template. */
function match(parts: readonly string[], text: string): Record<string, string> | null {
  const head = parts[0] ?? ''
  if (!text.startsWith(head)) return null
  const args: Record<string, string> = {}
  let at = head.length
  for (let i = 1; i < parts.length; i += 2) {
    const literal = parts[i + 1] ?? ''
    const last = i + 2 >= parts.length
    const next = literal === '' ? text.length : last ? text.length - literal.length : text.indexOf(literal, at + 1)
    if (next <= at || (last && !text.endsWith(literal))) return null
    args[parts[i] as string] = text.slice(at, next)
    at = next + literal.length
  }
  return at === text.length ? args : null
}
