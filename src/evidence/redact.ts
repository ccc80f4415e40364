/** Secrets out of everything that leaves this folder: the same thing gets the same token. */

import { firstThat } from './bisect.ts'
import type { Desk, Noted } from './desk.ts'
import type { Redaction } from './fact.ts'
import { endOfName, isOfProgram, type NameKind, stemsOf } from './masking/known-names.ts'
import { namesByLine } from './masking/name-lines.ts'
import { isNobody } from './masking/nobody.ts'
import { type BlockHit, blocksIn } from './masking/secret-blocks.ts'
import { secretsIn } from './masking/secrets.ts'
import { type Found, isNameKind, otherPlaces } from './masking/spread.ts'
import { tokenFor } from './masking/token.ts'
import { placeOf } from './page.ts'

interface Place extends Found {
  token: string
}

/** What a token stands for. */
export interface Masking {
  readonly kind: string
  readonly value: string
}

export interface Mask {
  readonly redacted: readonly Redaction[]
  /** By token, of which each stands for one thing in this paste alone. */
  readonly maskings: ReadonlyMap<string, Masking>
  /** The paste from one place to before another, masked; with other tokens in place of some. */
  quote(start: number, end: number, renamed?: ReadonlyMap<string, string>): string
  /** The fact's fields, masked; the same object if there is nothing in its place to hide. */
  draft(noted: Noted): Noted['draft']
}

export const NO_MASK = (paste: string): Mask => ({
  redacted: [],
  maskings: new Map(),
  quote: (start, end) => paste.slice(start, end),
  draft: (noted) => noted.draft,
})

export function findSecrets(desk: Desk): Mask {
  const tokens = new Map<string, Map<string, string>>()
  const counts = new Map<string, number>()
  const maskings = new Map<string, Masking>()
  const tokenOf = (kind: string, value: string) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    const known = tokens.get(kind) ?? new Map<string, string>()
    if (known.size === 0) tokens.set(kind, known)
    const before = known.get(value)
    if (before !== undefined) return before
    const token = tokenFor(kind, known.size + 1)
    known.set(value, token)
    maskings.set(token, { kind, value })
    return token
  }
  const stems = stemsOf(desk.noted)
  const shaped = byShape(desk, stems)
  const found = [...shaped, ...privateKeys(desk), ...byPlace(desk, shaped, stems)]
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  const places: Place[] = []
  let end = -1
  const isOfMount = mountsIn(desk.page.paste)
  for (const place of found) {
    if (place.start < end || isOfMount(place)) continue
    end = place.end
    const named = place as Place
    named.token = tokenOf(place.kind, place.value)
    places.push(named)
  }
  const { paste } = desk.page
  return {
    redacted: [...counts].map(([kind, count]) => ({ kind, count })),
    maskings,
    quote: (from, to, renamed) => masked(paste, places, from, to, renamed),
    draft: (noted) => {
      const first = firstIn(places, noted.start, noted.end)
      if (first < 0) return noted.draft
      // Prose is what was quoted, and may be long.
      if (noted.draft.kind === 'prose') return { ...noted.draft, text: masked(paste, places, noted.start, noted.end) }
      return maskFields(noted, places, first)
    },
  }
}

function byShape(desk: Desk, stems: ReadonlySet<string>): Found[] {
  const found: Found[] = []
  for (const line of desk.lines) {
    if (line.user) {
      const [start, end] = line.user
      const value = desk.page.paste.slice(start, end)
      if (!isNobody(value)) found.push({ kind: 'user', start, end, value, apart: true })
    }
    for (const { kind, from, to } of secretsIn(line.text)) {
      const value = line.text.slice(from, to)
      // A service's own account is no person.
      if (kind === 'user' && stems.has(value)) continue
      found.push({ kind, start: placeOf(line, from), end: placeOf(line, to - 1) + 1, value, apart: false })
    }
  }
  const add = ({ line, from, to, kind }: BlockHit) => {
    const value = line.text.slice(from, to)
    if (kind !== undefined && stems.has(value)) return
    found.push({
      kind: kind ?? 'token',
      start: placeOf(line, from),
      end: placeOf(line, to - 1) + 1,
      value,
      apart: false,
    })
  }
  for (const hit of blocksIn(desk.lines)) add(hit)
  namesByLine(desk.lines, desk.takenFor, isElse(desk.page.paste, stems), add)
  return found
}

/** Whether a unit or a program has the name, too. */
const isElse = (paste: string, stems: ReadonlySet<string>) => {
  const asked = new Map<string, boolean>()
  return (name: string): boolean => {
    if (!asked.has(name)) asked.set(name, asked.size < ASKED && isOfProgram(paste, name))
    return stems.has(name) || asked.get(name)!
  }
}
/** So many names are looked for in the whole paste. */
const ASKED = 256

/** Names by where they stand, and wherever else they and secrets do. */
function byPlace(desk: Desk, shaped: readonly Found[], stems: ReadonlySet<string>): Found[] {
  const { paste } = desk.page
  const placed: Found[] = desk.secrets.map((secret) => ({ ...secret, value: paste.slice(secret.start, secret.end) }))
  for (const match of paste.matchAll(HOSTNAME)) {
    const value = match[1] ?? match[2]!
    const start = match.index + match[0].lastIndexOf(value)
    placed.push({ kind: 'host', start, end: start + value.length, value, apart: true })
  }
  return [...placed, ...otherPlaces(paste, placed, shaped, stems)]
}

/** The path that a mount unit's name is made of stays, as the name does. */
function mountsIn(paste: string): (place: Found) => boolean {
  const mounts = new Set(paste.includes('home-') ? [...paste.matchAll(MOUNT)].map(([, name]) => name!) : [])
  return ({ kind, value, start }) => kind === 'user' && mounts.has(value) && paste.slice(start - 6, start) === '/home/'
}
const MOUNT = /(?<!\w)home-([A-Za-z_]\w{0,31})(?=-|\.mount|\.automount)/g

const HOSTNAME = /"_HOSTNAME"\s{0,3}:\s{0,3}"([^"\n]{1,100})"|^[ \t]*_HOSTNAME=(\S{1,100})$/gm

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
  const first = firstThat(places.length, (i) => places[i]!.end > start)
  return first < places.length && places[first]!.start < end ? first : -1
}

function masked(
  paste: string,
  places: readonly Place[],
  start: number,
  end: number,
  renamed?: ReadonlyMap<string, string>,
): string {
  const first = firstIn(places, start, end)
  if (first < 0) return paste.slice(start, end)
  let out = ''
  let at = start
  for (let i = first; i < places.length && places[i]!.start < end; i++) {
    const place = places[i]!
    out += paste.slice(at, Math.max(at, place.start)) + (renamed?.get(place.token) ?? place.token)
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

/** The same object where nothing in it is to be hidden, as in most. */
function maskValue(value: unknown, places: readonly Place[], depth: number): unknown {
  if (typeof value === 'string') return maskText(value, places)
  if (value === null || typeof value !== 'object' || depth > 5) return value
  let out = value as Record<string, unknown>
  for (const [key, item] of Object.entries(value)) {
    const masked = KEPT.has(key) ? item : maskValue(item, places, depth + 1)
    if (masked === item) continue
    if (out === value) out = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
    out[key] = masked
  }
  return out
}

function maskText(text: string, places: readonly Place[]): string {
  let out = text
  for (const { value, token, kind } of places) {
    if (!out.includes(value)) continue
    if (isNameKind(kind)) out = maskName(out, value, token, kind)
    else out = out.split(value).join(token)
  }
  return out
}

/** A name as a word of its own, not as part of a unit's name. */
function maskName(text: string, name: string, token: string, kind: NameKind): string {
  let out = ''
  let done = 0
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (endOfName(text, at, name, kind) !== at + name.length) continue
    out += text.slice(done, at) + token
    done = at + name.length
  }
  return out + text.slice(done)
}
