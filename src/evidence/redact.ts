/** Secrets out of everything that leaves this folder: the same thing gets the same token. */

import type { Desk, Noted } from './desk.ts'
import type { Redaction } from './fact.ts'
import { placeOf } from './page.ts'
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
  const found = [...byShape(desk), ...privateKeys(desk), ...byPlace(desk)]
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
  return found
}

/** Names by where they stand; the distinctive ones also where they stand alone elsewhere. */
function byPlace(desk: Desk): Found[] {
  const { paste } = desk.page
  const known = desk.secrets.map((secret) => ({ ...secret, value: paste.slice(secret.start, secret.end) }))
  const names = new Map(known.filter(({ value }) => DISTINCTIVE.test(value)).map((place) => [place.value, place.kind]))
  const more = [...names].slice(0, 16).flatMap(([value, kind]) => occurrences(paste, value, kind))
  const json = [...paste.matchAll(HOSTNAME)].map((match) => {
    const value = match[1] ?? match[2]!
    const start = match.index + match[0].lastIndexOf(value)
    return { kind: 'host', start, end: start + value.length, value, apart: true }
  })
  return [...known, ...more, ...json]
}

const HOSTNAME = /"_HOSTNAME"\s{0,3}:\s{0,3}"([^"\n]{1,100})"|^[ \t]*_HOSTNAME=(\S{1,100})$/gm

/** Not a word that anything else could be called. */
const DISTINCTIVE = /^(?=.*[.\d])(?=.*[a-zA-Z])[\w.-]{6,}$/

function occurrences(paste: string, value: string, kind: string): Found[] {
  const places: Found[] = []
  for (let at = paste.indexOf(value); at >= 0 && places.length < 10_000; at = paste.indexOf(value, at + value.length)) {
    const end = at + value.length
    if (/[\w.@-]/.test(paste.charAt(at - 1)) || /[\w-]|\.\w/.test(paste.slice(end, end + 2).replace(/^\.$/, '')))
      continue
    places.push({ kind, start: at, end, value, apart: false })
  }
  return places
}

const BEGIN = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g

function privateKeys(desk: Desk): Found[] {
  const { paste } = desk.page
  const found: Found[] = []
  let [start, close] = [0, 0]
  for (const match of paste.matchAll(BEGIN)) {
    if (match.index < start) continue
    const from = match.index + match[0].length
    // Looked for once, wherever it is: a text may have many beginnings and no end.
    if (close >= 0 && close < from) close = paste.indexOf('-----END', from)
    start = close < 0 ? Math.min(paste.length, from + KEY_REACH) : close
    found.push({ kind: 'private key', start: from, end: start, value: paste.slice(from, start), apart: false })
  }
  return found
}

/** How far a key without an end is taken to go. */
const KEY_REACH = 4000

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
