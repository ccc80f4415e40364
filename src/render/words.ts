/** What every renderer does to a sentence before its own medium's escaping. */

import { UNIT_IN_TEXT } from '../systemd/unit.ts'

/** A piece of a sentence; code is set apart by backticks or colour, depending on the medium. */
export interface Span {
  readonly text: string
  readonly code: boolean
}

const SETTING = '[A-Z][A-Za-z]+=(?:[\\w:.@-]*[\\w-])?'
const BARE = `(?<![\\w/@.-])(${UNIT_IN_TEXT}(?:\\.d/[\\w.-]+|/[a-z-]+)?(?![\\w@-])|${SETTING})`
const CODE = new RegExp(`\`([^\`\\n]+)\`|${BARE}`, 'g')

/** Sentences mark code by backticks; names of units and settings are code without being marked. */
export function spans(sentence: string): Span[] {
  const found: Span[] = []
  let from = 0
  for (const match of sentence.matchAll(CODE)) {
    if (match.index > from) found.push({ text: sentence.slice(from, match.index), code: false })
    found.push({ text: match[1] ?? match[2] ?? '', code: true })
    from = match.index + match[0].length
  }
  if (from < sentence.length) found.push({ text: sentence.slice(from), code: false })
  return found
}

/** Controls but for tab and newline; bidirectional and zero-width ones, which make text look like other text. */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Shows what would otherwise steer a terminal or hide in a page: an escape character becomes `\u{1b}`. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

/** Breaks at spaces, but not in code and not in a word that is too long, so that commands can be copied. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.match(/(?:`[^`\n]*`|\S)+/g) ?? []) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

/** As a heading begins. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** 0.634 → `63%`. */
export function percent(probability: number): string {
  return `${Math.round(probability * 100)}%`
}

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** 2 → `two stories`; from ten on in figures. */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${SMALL[n] ?? n} ${n === 1 ? singular : plural}`
}
