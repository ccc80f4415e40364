/** Secrets that only their letters give away: as vendors begin them, or at random. */

import { UNIT_END } from './secret-keys.ts'
import { VENDORS as BEGINNINGS, FOLLOWERS, GROUPS } from './secret-words.table.ts'

const VENDORS = new RegExp(BEGINNINGS, 'g')

const HEXADECIMAL = new RegExp(GROUPS, 'g')
const JWT = /(?<![\w])eyJ[\w-]{8,2000}(?:\.[\w-]{8,4000}(?:\.[\w-]{0,2000})?|[\w-]{24,2000}={0,2})/g

/**
 * Long words of letters and digits in both cases that nobody could say aloud, perhaps with dots in between, and lines
 * of base64. In a path they are names of files, in a URL not.
 */
const RANDOM = new RegExp(
  [
    String.raw`(?<![\w.@\\/+-])(?:[A-Za-z0-9_-]{1,40}\.){0,4}[A-Za-z0-9_-]{12,512}(?:\.[A-Za-z0-9_-]{1,512}){0,3}`,
    String.raw`(?![\w@\\/+-]|\.[a-z])`,
  ].join(''),
  'g',
)
const IN_URL =
  /(?<=(?::\/\/|\b(?:GET|POST|PUT|HEAD|DELETE|PATCH) )[^\s"']{0,300}\/)[A-Za-z0-9_-]{20,512}(?![\w@\\+-]|\.[a-z])/g
const REQUESTS = /:\/\/|\b(?:GET|POST|PUT|HEAD|DELETE|PATCH) \//
const BASE64 = /(?<![\w.@\\/+=:-])[A-Za-z0-9+/]{40,4000}={0,2}(?![\w@\\/+-]|\.[a-z])/g

const LEAST_RANDOM = 12
/** As long, half of its letters in places where no word has them are no chance. */
const LEAST_SURE = 15
/** As long, a word in one case may be random as well. */
const LEAST_LONG = 24
const LEAST_BASE64 = 40

/** Of which kinds a line has words that are long enough. */
export interface LongRuns {
  readonly words: boolean
  readonly base64: boolean
}

/** Most lines have no such word: from its possible end backwards, few characters of a line need to be looked at. */
export function longRuns(text: string): LongRuns | null {
  const words = hasRun(text, LEAST_RANDOM, isOfWord, isTelling)
  const base64 = hasRun(text, LEAST_BASE64, isOfBase64, () => true)
  return words || base64 ? { words, base64 } : null
}

const isAlphanumeric = (code: number) =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90)
const isOfWord = (code: number) => isAlphanumeric(code) || code === 45 || code === 95
export const isOfBase64 = (code: number): boolean => isAlphanumeric(code) || code === 43 || code === 47

function hasRun(
  text: string,
  least: number,
  isOf: (code: number) => boolean,
  suits: (text: string, from: number, to: number) => boolean,
): boolean {
  for (let from = 0; from + least <= text.length; ) {
    let at = from + least - 1
    while (at >= from && isOf(text.charCodeAt(at))) at--
    if (at < from) {
      at = from + least
      while (at < text.length && isOf(text.charCodeAt(at))) at++
      if (suits(text, from, at)) return true
    }
    from = at + 1
  }
  return false
}

/**
 * Ids of boots, invocations and messages are hexadecimal, and names of fields have no digits: neither is a secret. A
 * short one has letters of both cases, and digits in two places.
 */
function isTelling(text: string, from: number, to: number): boolean {
  const run = text.slice(from, to)
  if (to - from < LEAST_LONG) return /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run)
  return (from > 0 && '.="'.includes(text.charAt(from - 1))) || (/[g-zG-Z]/.test(run) && isMixed(run))
}

/** What no word without it looks random: ids, keys and times, of which a journal's entries have many, mostly lack it. */
function isVaried(text: string, from: number, to: number): boolean {
  const run = text.slice(from, to)
  if (!/\d/.test(run)) return false
  return (/[a-z]/.test(run) && /[A-Z]/.test(run)) || (to - from >= LEAST_LONG && /[g-zG-Z]/.test(run))
}

/** Where something random stands that nothing names. */
export function longWords(text: string, runs: LongRuns, add: (from: number, to: number) => void): void {
  if (runs.words) {
    for (const pattern of text.includes('eyJ') ? [VENDORS, JWT] : [VENDORS]) {
      for (const { index, 0: word } of text.matchAll(pattern)) {
        if (isMixed(word) && !/\.(?:service|scope|slice|mount)\b/.test(word)) add(index, index + word.length)
      }
    }
    for (const { index, 0: word } of text.matchAll(HEXADECIMAL)) add(index, index + word.length)
    if (hasRun(text, LEAST_RANDOM, isOfWord, isVaried)) {
      random(text, RANDOM, add)
      if (REQUESTS.test(text)) random(text, IN_URL, add)
    }
  }
  if (runs.base64) random(text, BASE64, add)
}

/** Words may begin as vendors' keys do: these have digits, or change their case. */
const isMixed = (word: string) => /\d|[a-z][A-Z]/.test(word)

function random(text: string, pattern: RegExp, add: (from: number, to: number) => void): void {
  for (const { index, 0: word } of text.matchAll(pattern)) {
    const parts = word.split('.')
    const isLong = (part: string) => part.length >= LEAST_LONG || parts.length === 1
    if (parts.some((part) => isLong(part) && looksRandom(part)) && !UNIT_END.test(word)) add(index, index + word.length)
  }
}

/** Of both cases, with digits here and there, and no word in it; or of one case, but with more letters than six. */
const looksRandom = (word: string) =>
  word.length >= LEAST_RANDOM && !hasWord(word) && (isOfBothCases(word) || isOfOneCase(word))

/** By chance, a longer one has longer runs of letters; nobody could say those aloud. */
const hasWord = (word: string) =>
  (word.match(/[a-z]{4,}|[A-Z]{4,}/g) ?? []).some(
    (run) => run.length > (word.length < 20 ? 3 : 7 + (word.length - 24) / 16) && isSayable(run),
  )

/** Whether at most one letter in eight is followed by one that languages seldom put there. */
const isSayable = (run: string): boolean => oddPairs(run.toLowerCase()) * 8 <= run.length

/** How many characters are followed by one that words seldom put there: another letter, a capital, a digit. */
function oddPairs(word: string): number {
  let odd = 0
  for (let i = 1; i < word.length; i++) {
    const [a, b] = [word.charAt(i - 1), word.charAt(i)]
    const next = NEXT[a.toLowerCase().charCodeAt(0) - 97]
    const isOdd =
      next === undefined ? /\d/.test(a) && /[a-z]/i.test(b) : !next.includes(b.toLowerCase()) && /\w/.test(b)
    if (isOdd || (/[a-z]/.test(a) && /[A-Z]/.test(b))) odd++
  }
  return odd
}
/** By letter, what may follow it in a word. */
const NEXT = FOLLOWERS.split(' ')

const isOfBothCases = (word: string) =>
  /[A-Z]/.test(word) &&
  /[a-z]/.test(word) &&
  /\d/.test(word) &&
  ((word.length >= LEAST_SURE && oddPairs(word) * 2 >= word.length) ||
    ((word.match(/\d+/g) ?? []).length >= 2 &&
      (word.match(/[A-Z](?=[a-z])|[a-z](?=[A-Z\d])|\d(?=[A-Za-z])|[A-Z](?=\d)/g) ?? []).length * 7 >=
        word.length * (word.length < 20 ? 4 : 2)))

const isOfOneCase = (word: string) =>
  /^[a-z\d]{24,}$|^[A-Z\d]{24,}$/.test(word) &&
  (word.match(/[g-z]/gi) ?? []).length * 5 >= word.length &&
  (word.match(/\d+/g) ?? []).length >= 4 &&
  !(word.match(/[a-z]{7,}/gi) ?? []).some(isSayable)
