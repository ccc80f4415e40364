/** journalctl -o json, json-pretty, json-sse and json-seq. Entries are read by MESSAGE_ID and fields first. */

import { PASSAGE_LINES } from '../limits.ts'
import { type Desk, type Parser, take } from './desk.ts'
import { type Fields, noteEntry } from './journal-fields.ts'
import { joinedText } from './page.ts'

const SOURCE = 'journal json'

/** Keys that only the journal uses. */
const OURS = /"(?:__?[A-Z][A-Z_]{2,60}|SYSLOG_IDENTIFIER|SYSLOG_FACILITY|MESSAGE|PRIORITY)"\s*:/

export const journalJson: Parser = {
  source: SOURCE,
  begins: '{d[,',
  recognizes: (desk, at) => OURS.test(opening(desk, at)),
  parse: (desk, at) => {
    const { text } = desk.lines[at]!
    const from = text.indexOf('{')
    const close = text.lastIndexOf('}')
    if (close > from && !/^\s*\{$/.test(text)) {
      const entry = parseObject(text.slice(from, close + 1))
      if (!entry) return at
      noteEntry(desk, desk.lines[at]!, entry, { source: SOURCE, first: at, last: at })
      return take(desk, SOURCE, at, at + 1)
    }
    return readPretty(desk, at)
  },
}

/** The start of a line, or of the few lines that begin a pretty-printed object. */
function opening(desk: Desk, at: number): string {
  const { text } = desk.lines[at]!
  if (!/^\s*(?:data: ?|[[,]\s*)?\{/.test(text)) return ''
  if (text.length > 6) return text
  return desk.lines
    .slice(at, at + 8)
    .map((line) => line.text)
    .join(' ')
}

/** How a line of an object begins whose line above is whole. */
const MEMBER = /^\s*(?:["}\]]|[[{]\s*(?:["\d[{]|$)|-?\d+(?:\.\d+)?,?$|(?:true|false|null),?$)/
const CLOSES = /^\s?\}[,\]]?$/

/** Lines that one object on one line may have been wrapped into. */
const COMPACT_LINES = 64

/** An object that was on one line until a terminal or a mailer wrapped it. */
function readWrapped(desk: Desk, at: number): number {
  const { lines } = desk
  for (let next = at + 1; next < lines.length && next - at < COMPACT_LINES; next++) {
    const { text } = lines[next]!
    if (text === '' || /^(?:data: ?)?\{"/.test(text)) break
    if (!text.endsWith('}')) continue
    const whole = joinedText(lines.slice(at, next + 1), '')
    const entry = parseObject(whole.slice(whole.indexOf('{')), true)
    if (!entry) continue
    noteEntry(desk, lines[at]!, entry, { source: SOURCE, first: at, last: next })
    return take(desk, SOURCE, at, next + 1)
  }
  return at
}

function readPretty(desk: Desk, at: number): number {
  const { lines } = desk
  if (/\{\s{0,4}"/.test(lines[at]!.text) && !/[,{[]$/.test(lines[at]!.text)) {
    const next = readWrapped(desk, at)
    if (next > at) return next
  }
  let last = at + 1
  while (last < lines.length && last - at < PASSAGE_LINES && !CLOSES.test(lines[last]!.text)) {
    const { text } = lines[last]!
    // Cut off: another object begins, or what is no part of one.
    if (/^\{/.test(text) || (/[,{[]$/.test(lines[last - 1]!.text) && !MEMBER.test(text))) break
    last++
  }
  const next = last < lines.length && CLOSES.test(lines[last]!.text) ? last + 1 : last
  const text = lines
    .slice(at, next)
    .map((line) => line.text)
    .join('\n')
    .replace(/,\s*$/, '')
  const entry = parseObject(text.slice(text.indexOf('{')))
  if (!entry) return at
  noteEntry(desk, lines[at]!, entry, { source: SOURCE, first: at, last: next - 1 })
  return take(desk, SOURCE, at, next)
}

/** The fields as text; a damaged object gives what can be had of it. */
function parseObject(text: string, wholeOnly = false): Fields | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return wholeOnly ? null : salvage(text)
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const fields = new Map<string, string>()
  for (const [key, item] of Object.entries(value)) {
    const plain = textOf(item)
    if (plain !== null) fields.set(key, plain)
  }
  return fields
}

/** Repeated fields are arrays of strings, binary ones arrays of bytes; long ones are null. */
function textOf(item: unknown): string | null {
  if (typeof item === 'string') return item
  if (typeof item === 'number' || typeof item === 'boolean') return String(item)
  if (!Array.isArray(item)) return null
  if (item.length > 0 && item.every((byte) => typeof byte === 'number')) return bytesOf(item)
  return textOf(item[0])
}

const bytesOf = (bytes: readonly number[]) => new TextDecoder().decode(Uint8Array.from(bytes.slice(0, 65_536)))

const PAIR = /"([A-Z_][A-Z0-9_]{0,63})"\s*:\s*"((?:[^"\\]|\\.){0,4096})"/g

function salvage(text: string): Fields | null {
  const fields = new Map<string, string>()
  for (const [, key = '', value = ''] of text.matchAll(PAIR)) {
    fields.set(key, value.replace(/\\(["\\/])/g, '$1').replace(/\\[nt]/g, ' '))
  }
  return fields.size > 0 ? fields : null
}
