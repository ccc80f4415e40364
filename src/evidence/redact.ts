/** Secrets out of everything that leaves this folder: the same thing gets the same token. */

import type { Desk, Noted } from './desk.ts'
import type { Redaction } from './fact.ts'
import { isWord } from './nobody.ts'
import { placeOf } from './page.ts'
import { blocksIn } from './secret-blocks.ts'
import { UNIT_END } from './secret-keys.ts'
import { secretsIn } from './secrets.ts'

interface Place {
  readonly start: number
  readonly end: number
  readonly kind: string
  token: string
  /** As the mended text has it, to be found in what was read. */
  readonly value: string
  /** Where a log or a prompt has its host or user: no field of a fact is made from that. */
  readonly apart: boolean
}

export interface Mask {
  readonly redacted: readonly Redaction[]
  /** The paste from one place to before another, masked. */
  quote(start: number, end: number): string
  /** The fact's fields, masked; the same object if there is nothing in its place to hide. */
  draft(noted: Noted): Noted['draft']
}

export const NO_MASK = (paste: string): Mask => ({
  redacted: [],
  quote: (start, end) => paste.slice(start, end),
  draft: (noted) => noted.draft,
})

export function findSecrets(desk: Desk): Mask {
  const tokens = new Map<string, Map<string, string>>()
  const counts = new Map<string, number>()
  const tokenOf = (kind: string, value: string) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    const known = tokens.get(kind) ?? new Map<string, string>()
    if (known.size === 0) tokens.set(kind, known)
    const token = known.get(value) ?? `[${kind.replace(/ address$/, '').toLowerCase()}-${known.size + 1}]`
    known.set(value, token)
    return token
  }
  const shaped = byShape(desk)
  const found = [...shaped, ...privateKeys(desk), ...byPlace(desk, shaped)]
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  const places: Place[] = []
  let end = -1
  for (const place of found) {
    if (place.start < end) continue
    end = place.end
    const named = place as Place
    named.token = tokenOf(place.kind, place.value)
    places.push(named)
  }
  const { paste } = desk.page
  return {
    redacted: [...counts].map(([kind, count]) => ({ kind, count })),
    quote: (from, to) => masked(paste, places, from, to),
    draft: (noted) => {
      const first = firstIn(places, noted.start, noted.end)
      if (first < 0) return noted.draft
      // Prose is what was quoted, and may be long.
      if (noted.draft.kind === 'prose') return { ...noted.draft, text: masked(paste, places, noted.start, noted.end) }
      return maskFields(noted, places, first)
    },
  }
}

type Found = Omit<Place, 'token'>

function byShape(desk: Desk): Found[] {
  const found: Found[] = []
  for (const line of desk.lines) {
    for (const { kind, from, to } of secretsIn(line.text)) {
      const value = line.text.slice(from, to)
      found.push({ kind, start: placeOf(line, from), end: placeOf(line, to - 1) + 1, value, apart: false })
    }
  }
  for (const { line, from, to } of blocksIn(desk.lines)) {
    const value = line.text.slice(from, to)
    found.push({ kind: 'token', start: placeOf(line, from), end: placeOf(line, to - 1) + 1, value, apart: false })
  }
  return found
}

/** Names by where they stand, and those that nothing else is called also where they stand alone elsewhere. */
function byPlace(desk: Desk, shaped: readonly Found[]): Found[] {
  const { paste } = desk.page
  const placed = desk.secrets.map((secret) => ({ ...secret, value: paste.slice(secret.start, secret.end) }))
  const json = [...paste.matchAll(HOSTNAME)].map((match) => {
    const value = match[1] ?? match[2]!
    const start = match.index + match[0].lastIndexOf(value)
    return { kind: 'host', start, end: start + value.length, value, apart: true }
  })
  const names = new Map<string, string>()
  const secrets = new Map<string, string>()
  for (const { kind, value } of [...placed, ...json, ...shaped]) {
    if ((kind === 'host' || kind === 'user') && !isWord(value)) names.set(value, kind)
    // A secret that was known by its name may stand somewhere without one.
    if (value.length >= 10 && SECRETS.has(kind) && DISTINCTIVE.test(value) && !UNIT_END.test(value))
      secrets.set(value, kind)
    const [label = ''] = kind === 'host' && value.includes('.') ? value.split('.', 1) : []
    if (DISTINCTIVE.test(label) && !names.has(label)) names.set(label, kind)
  }
  const sought = [...[...names].slice(0, NAMES), ...[...secrets].slice(0, SECRET_WORDS)]
  const more = sought.flatMap(([value, kind]) => occurrences(paste, value, kind))
  return [...placed, ...json, ...more]
}

const SECRETS = new Set(['password', 'token', 'key'])
/** Of one paste, so many of each are looked for. */
const NAMES = 32
const SECRET_WORDS = 96

const HOSTNAME = /"_HOSTNAME"\s{0,3}:\s{0,3}"([^"\n]{1,100})"|^[ \t]*_HOSTNAME=(\S{1,100})$/gm

/** Not a word that anything else could be called. */
const DISTINCTIVE = /^(?=.*[.\d])(?=.*[a-zA-Z])[\w.-]{6,}$/

/** Where a name stands by itself. What a unit or a folder is called, too, may mean those. */
function occurrences(paste: string, value: string, kind: string): Found[] {
  const places: Found[] = []
  const distinctive = DISTINCTIVE.test(value)
  for (let at = paste.indexOf(value); at >= 0 && places.length < 10_000; at = paste.indexOf(value, at + value.length)) {
    const end = at + value.length
    const [before, after] = [paste.slice(Math.max(0, at - 6), at), paste.slice(end, end + 2)]
    if (!distinctive && (/(?<!\/home)\/$/.test(before) || /^[.-]\w/.test(after)) && !/\w$/.test(before)) return []
    if (!distinctive && OF_MANAGER.test(lineAround(paste, at))) continue
    if (/[\w./@-]$/.test(before) || /^[\w@/-]|^\.\w/.test(after)) continue
    places.push({ kind, start: at, end, value, apart: false })
  }
  return places
}

/** Lines with descriptions, which are made of words. */
const OF_MANAGER = /\bsystemd\[\d|Description=|[●○×*] |\.(?:service|socket|target|mount|timer|path)\b/

function lineAround(paste: string, at: number): string {
  const before = paste.slice(Math.max(0, at - 200), at)
  const after = paste.slice(at, at + 200)
  return before.slice(before.lastIndexOf('\n') + 1) + after.split('\n', 1)[0]
}

const BEGIN = /-----BEGIN (?:[A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-----/g

function privateKeys(desk: Desk): Found[] {
  const { paste } = desk.page
  const found: Found[] = []
  let [last, close] = [0, 0]
  for (const { index: start, 0: begin } of paste.matchAll(BEGIN)) {
    if (start < last) continue
    const from = start + begin.length
    // Looked for once, wherever it is: a text may have many beginnings and no end.
    if (close >= 0 && close < from) close = paste.indexOf('-----END', from)
    const closed = close >= 0 && close - from <= KEY_REACH
    last = closed
      ? close + (/^-----END [\w ]{0,60}-----/.exec(paste.slice(close, close + 80))?.[0].length ?? 8)
      : restOf(paste, from)
    found.push({ kind: 'private key', start, end: last, value: paste.slice(start, last), apart: false })
  }
  return [...found, ...keysWithoutBegin(desk)]
}

/** How far a key goes. */
const KEY_REACH = 16_000

/** What follows the beginning of a key whose end was cut off: the line, and lines that end in base64. */
function restOf(paste: string, from: number): number {
  let end = endOfLine(paste, from)
  for (let next = endOfLine(paste, end + 1); next > end && next - from <= KEY_REACH; next = endOfLine(paste, end + 1)) {
    if (!/[A-Za-z0-9+/]{16,128}={0,2}\s{0,9}$/.test(paste.slice(Math.max(end, next - 140), next))) break
    end = next
  }
  return end
}

const endOfLine = (paste: string, from: number) => {
  const at = paste.indexOf('\n', from)
  return at < 0 ? paste.length : at
}

const END = /-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/
const KEY_LINE = /^[\s>|]{0,40}[A-Za-z0-9+/]{16,128}={0,2}$/
const KEY_LINES = 120

/** What is left of a key whose beginning was cut off. */
function keysWithoutBegin(desk: Desk): Found[] {
  const found: Found[] = []
  for (const [i, { text }] of desk.lines.entries()) {
    if (!text.includes('-----END') || !END.test(text)) continue
    for (let at = i - 1; at >= 0 && i - at <= KEY_LINES && KEY_LINE.test(desk.lines[at]!.text); at--) {
      const line = desk.lines[at]!
      const value = line.text.trim()
      const start = placeOf(line, line.text.indexOf(value))
      found.push({ kind: 'private key', start, end: placeOf(line, line.text.length), value, apart: false })
    }
  }
  return found
}

/** Index of the first place that begins within a span, or reaches into it; -1 if none does. */
function firstIn(places: readonly Place[], start: number, end: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (places[middle]!.end <= start) low = middle + 1
    else high = middle
  }
  return low < places.length && places[low]!.start < end ? low : -1
}

function masked(paste: string, places: readonly Place[], start: number, end: number): string {
  const first = firstIn(places, start, end)
  if (first < 0) return paste.slice(start, end)
  let out = ''
  let at = start
  for (let i = first; i < places.length && places[i]!.start < end; i++) {
    const place = places[i]!
    out += paste.slice(at, Math.max(at, place.start)) + place.token
    at = Math.min(place.end, end)
  }
  return out + paste.slice(at, end)
}

function maskFields(noted: Noted, places: readonly Place[], first: number): Noted['draft'] {
  const values = new Map<string, Place>()
  const all = noted.draft.kind === 'tool-task'
  for (let i = first; i < places.length && places[i]!.start < noted.end; i++) {
    if (all || !places[i]!.apart) values.set(places[i]!.value, places[i]!)
  }
  const inside = [...values.values()]
  if (inside.length === 0) return noted.draft
  // Most of them by far, and there is only one field.
  if (noted.draft.kind === 'other-log') return { ...noted.draft, text: maskText(noted.draft.text, inside) }
  return maskValue(noted.draft, inside, 0) as Noted['draft']
}

/** Fields that hold names of units, words of ours or of systemd's own, where a short name could do harm. */
const KEPT = new Set(['kind', 'source', 'unit', 'other', 'key', 'verb', 'type', 'mode', 'result', 'says'])

function maskValue(value: unknown, places: readonly Place[], depth: number): unknown {
  if (typeof value === 'string') return maskText(value, places)
  if (value === null || typeof value !== 'object' || depth > 5) return value
  if (Array.isArray(value)) return value.map((item) => maskValue(item, places, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, KEPT.has(key) ? item : maskValue(item, places, depth + 1)]),
  )
}

function maskText(text: string, places: readonly Place[]): string {
  let out = text
  for (const { value, token, kind } of places) {
    if (!out.includes(value)) continue
    if (kind === 'host' || kind === 'user') out = out.replace(alone(value), token)
    else out = out.split(value).join(token)
  }
  return out
}

/** A short name as a word of its own, not as part of a unit's name or a path. */
const alone = (name: string) => new RegExp(`(?<![\\w./@-])${name.replace(/[^\w]/g, '\\$&')}(?![\\w@/-]|\\.\\w)`, 'g')
