/** What in a line is nobody else's business: where it stands and of which kind. Shapes first, then what keys say. */

import { domains, WORDS_OF_DOMAINS } from './domains.ts'
import { addresses, hasNumbers } from './secret-addresses.ts'
import { WORDS_OF_KEY } from './secret-keys.table.ts'
import { type Add, keyed } from './secret-keys.ts'
import { namesAround, WORDS_OF_NAMES } from './secret-names.ts'
import { SHAPES as WRITTEN } from './secret-shapes.table.ts'
import { hasLongRun, longWords } from './secret-words.ts'
import { WordFinder } from './word-finder.ts'

export interface Hit {
  readonly kind: string
  readonly from: number
  readonly to: number
}

const anyOf = (words: readonly string[]) =>
  new RegExp(
    [...words]
      .sort()
      .map((word) => word.replace(/[^\w ]/g, '\\$&'))
      .join('|'),
  )

const SHAPES = WRITTEN.map((row) => ({ ...row, pattern: new RegExp(row.pattern, 'g') }))
const WORDS_OF_SHAPE = [...new Set(SHAPES.flatMap(({ words }) => words))]

const SHAPE = anyOf(WORDS_OF_SHAPE)
const KEY = anyOf(WORDS_OF_KEY)
const DOMAIN = anyOf(WORDS_OF_DOMAINS)
const ANY = new WordFinder([...WORDS_OF_SHAPE, ...WORDS_OF_KEY, ...WORDS_OF_NAMES, ...WORDS_OF_DOMAINS, '@', '::'])
/** A key of 32 bytes is 43 characters of base64 and one to fill up. */
const KEY_LENGTH = 43
const BASE64 = /^[A-Za-z0-9+/]{43}$/

/** What to hide in a line, in the order of the line and without overlaps: what is surest of itself names the kind. */
export function secretsIn(text: string): readonly Hit[] {
  const numbers = hasNumbers(text)
  const base64 = base64Key(text)
  const long = hasLongRun(text)
  const any = ANY.isIn(text)
  if (!numbers && base64 < 0 && !long && !any) return NONE
  const hits: Hit[] = []
  const add = (kind: string, from: number, to: number) => {
    if (to > from) hits.push({ kind, from, to })
  }
  if (base64 >= 0) add('key', base64, base64 + KEY_LENGTH + 1)
  if (any && SHAPE.test(text)) shaped(text, add)
  if (any && KEY.test(text)) keyed(text, add)
  if (long) longWords(text, (from, to) => add('token', from, to))
  if (numbers || text.includes('@') || text.includes('::')) addresses(text, numbers, add)
  if (any) namesAround(text, add)
  if (any && DOMAIN.test(text)) domains(text, add)
  return merged(hits)
}

/** Those that overlap are one, of the kind that was found first. */
function merged(hits: readonly Hit[]): readonly Hit[] {
  const out: Hit[] = []
  for (const hit of [...hits].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = out.at(-1)
    if (last === undefined || hit.from >= last.to) out.push(hit)
    else if (hit.to > last.to) out[out.length - 1] = { ...last, to: hit.to }
  }
  return out
}

const NONE: readonly never[] = []

/** Where such a key begins; -1 if there is none. */
function base64Key(text: string): number {
  for (let at = text.indexOf('=', KEY_LENGTH); at >= 0; at = text.indexOf('=', at + 1)) {
    const from = at - KEY_LENGTH
    const alone = !/[\w+/=]/.test(text.charAt(at + 1)) && !/[\w+/]/.test(text.charAt(from - 1))
    if (alone && BASE64.test(text.slice(from, at))) return from
  }
  return -1
}

function shaped(line: string, add: Add): void {
  for (const text of [line, asTyped(line)]) if (text !== null) shapedIn(text, add)
}

function shapedIn(text: string, add: Add): void {
  for (const { kind, words, pattern } of SHAPES) {
    if (!words.some((word) => text.includes(word))) continue
    for (const match of text.matchAll(pattern)) {
      const inner = match[1] ?? match[2] ?? match[3]
      const value = inner ?? match[0]
      const from = match.index + (inner === undefined ? 0 : match[0].lastIndexOf(value))
      add(kind, from, from + value.length)
    }
  }
}

/** A list of arguments as the command line that it stands for, place by place; null if the line has none. */
const asTyped = (text: string): string | null =>
  LIST.test(text) ? text.replace(/["'], {0,2}["']/g, (between) => ' '.repeat(between.length)) : null
const LIST = /["'], {0,2}["']-/
