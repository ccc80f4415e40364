/** What in a line is nobody else's business: where it stands and of which kind. Shapes first, then what keys say. */

import { WordFinder } from '../word-finder.ts'
import { authorities, domains, WORDS_OF_DOMAINS } from './domains.ts'
import { isNobody } from './nobody.ts'
import { addresses, hasNumbers } from './secret-addresses.ts'
import { WORDS_AS_THEY_ARE, WORDS_IN_ANY_CASE } from './secret-keys.table.ts'
import { type Add, keyed } from './secret-keys.ts'
import { namesAround, WORDS_OF_NAMES } from './secret-names.ts'
import { SHAPES as WRITTEN } from './secret-shapes.table.ts'
import { isOfBase64, longRuns, longWords } from './secret-words.ts'

export interface Hit {
  readonly kind: string
  readonly from: number
  readonly to: number
}

const SHAPES = WRITTEN.map((row) => ({ ...row, pattern: new RegExp(row.pattern, 'g') }))

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const WORDS_OF_KEY = [
  ...WORDS_AS_THEY_ARE.split(' '),
  ...WORDS_IN_ANY_CASE.split(' ').flatMap((word) => [word, capital(word), word.toUpperCase()]),
]

/** What a line has to have, by what is looked for: shapes, keys, names, domains, URLs, addresses. */
const WORDS = [
  ...SHAPES.map(({ words }) => words),
  WORDS_OF_KEY,
  ...WORDS_OF_NAMES,
  WORDS_OF_DOMAINS,
  ['://', '@//'],
  ['@', '%40', '::'],
]
const KEY = SHAPES.length
const NAMES = KEY + 1
const DOMAIN = NAMES + WORDS_OF_NAMES.length
const AUTHORITY = DOMAIN + 1
const ADDRESS = AUTHORITY + 1
const FINDER = new WordFinder(WORDS)
/** No word ends as base64 does that was filled up; so short, it may still be one of someone's settings. */
const LEAST_PADDED = 16

/** What to hide in a line, in the order of the line and without overlaps: what is surest of itself names the kind. */
export function secretsIn(text: string): readonly Hit[] {
  const numbers = hasNumbers(text)
  const padded = paddedBase64(text, 0)
  const long = longRuns(text)
  const which = FINDER.groupsIn(text)
  if (!numbers && padded === null && long === null && which.length === 0) return NONE
  const hits: Hit[] = []
  const add = (kind: string, from: number, to: number) => {
    if (to > from) hits.push({ kind, from, to })
  }
  for (let key = padded; key !== null; key = paddedBase64(text, key[1])) add('key', ...key)
  if ((which[0] ?? KEY) < KEY) shaped(text, which, add)
  if (which.includes(KEY)) keyed(text, add)
  if (long) longWords(text, long, (from, to) => add('token', from, to))
  if (numbers || which.includes(ADDRESS)) addresses(text, numbers, add)
  namesAround(text, which, NAMES, add)
  if (which.includes(DOMAIN)) domains(text, add)
  if (which.includes(AUTHORITY)) authorities(text, add)
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

/** The next word that only base64 is: letters of both cases and digits, made a multiple of four by what ends it. */
function paddedBase64(text: string, start: number): readonly [number, number] | null {
  for (let at = text.indexOf('=', start + LEAST_PADDED - 2); at >= 0; at = text.indexOf('=', at + 1)) {
    const to = at + (text.charAt(at + 1) === '=' ? 2 : 1)
    if (/[\w+/="'$-]/.test(text.charAt(to))) continue
    let from = at
    while (from > 0 && isOfBase64(text.charCodeAt(from - 1))) from--
    const word = text.slice(from, at)
    const isFull = to - from >= LEAST_PADDED && (to - from) % 4 === 0
    if (isFull && /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word)) return [from, to]
  }
  return null
}

function shaped(text: string, which: readonly number[], add: Add): void {
  shapedIn(text, which, add)
  const typed = asTyped(text)
  if (typed !== null) shapedIn(typed, FINDER.groupsIn(typed), add)
}

function shapedIn(text: string, which: readonly number[], add: Add): void {
  for (const row of which) {
    if (row >= KEY) return
    const { kind, pattern } = SHAPES[row]!
    for (const match of text.matchAll(pattern)) {
      const user = match.groups?.user
      // Whose it is, if that is told at all, comes first.
      const inner = match.slice(user === undefined ? 1 : 2).find((group) => group !== undefined)
      const value = inner ?? match[0]
      const at = inner === undefined ? 0 : match[0].lastIndexOf(value)
      add(kind, match.index + at, match.index + at + value.length)
      if (user === undefined || isNobody(user)) continue
      const from = match.index + match[0].lastIndexOf(user, at - 1)
      add('user', from, from + user.length)
    }
  }
}

/** A list of arguments as the command line that it stands for, place by place; null if the line has none. */
const asTyped = (text: string): string | null =>
  LIST.test(text) ? text.replace(/["'], {0,2}["']/g, (between) => ' '.repeat(between.length)) : null
const LIST = /["'], {0,2}["']-/
