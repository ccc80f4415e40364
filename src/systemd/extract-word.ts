/** Words with quotes and escapes: extract_first_word() of src/basic/extract-word.c (v239 to v262). */

export interface WordFlags {
  /** Quotes group and go away. */
  readonly unquote?: boolean
  /** Backslashes begin C escapes. */
  readonly cUnescape?: boolean
  /** Escapes that C does not know stay as they are. */
  readonly unescapeRelax?: boolean
  /** Backslashes are ordinary. */
  readonly retainEscape?: boolean
}

/** A word and where to go on; null at the end of the text; EINVAL for an open quote or a bad escape. */
export type Word = { readonly word: string; readonly next: number } | null | 'EINVAL'

const isBlank = (c: string): boolean => c === ' ' || c === '\t' || c === '\n' || c === '\r'
const isBlankCode = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13

export function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && isBlankCode(text.charCodeAt(at))) at++
  return at
}

/** Most words have nothing in them that means anything. */
const PLAIN = /[^ \t\n\r"'\\]+(?![^ \t\n\r])/y

/** Mirrors extract_first_word() with blanks between words. */
export function extractFirstWord(text: string, from: number, flags: WordFlags): Word {
  let at = skipBlanks(text, from)
  if (at === text.length) return null
  PLAIN.lastIndex = at
  if (PLAIN.test(text)) return { word: text.slice(at, PLAIN.lastIndex), next: skipBlanks(text, PLAIN.lastIndex) }
  const parts: string[] = []
  let quote = ''
  let plainFrom = at
  for (; at < text.length; at++) {
    const c = text.charAt(at)
    if (c === '\\' && flags.retainEscape !== true) {
      parts.push(text.slice(plainFrom, at))
      const escaped = unescapeAt(text, at + 1, quote, flags)
      if (escaped === 'EINVAL') return 'EINVAL'
      parts.push(escaped.text)
      at = escaped.next - 1
      plainFrom = escaped.next
    } else if (quote !== '') {
      if (c !== quote) continue
      parts.push(text.slice(plainFrom, at))
      quote = ''
      plainFrom = at + 1
    } else if (flags.unquote === true && (c === '"' || c === "'")) {
      parts.push(text.slice(plainFrom, at))
      quote = c
      plainFrom = at + 1
    } else if (isBlank(c)) break
  }
  if (quote !== '') return 'EINVAL'
  parts.push(text.slice(plainFrom, Math.max(at, plainFrom)))
  return { word: parts.join(''), next: skipBlanks(text, at) }
}

/** What stands behind a backslash. */
function unescapeAt(
  text: string,
  at: number,
  quote: string,
  flags: WordFlags,
): { text: string; next: number } | 'EINVAL' {
  if (at >= text.length) return flags.unescapeRelax && quote === '' ? { text: '\\', next: at } : 'EINVAL'
  const c = text.charAt(at)
  if (flags.cUnescape !== true) return { text: c, next: at + 1 }
  const found = cunescapeOne(text, at)
  if (found !== null) return found
  return flags.unescapeRelax ? { text: `\\${c}`, next: at + 1 } : 'EINVAL'
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
  s: ' ',
}

const HEX = /[0-9a-fA-F]*/y
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }
const OCTAL = /[0-3][0-7]{2}/y

/** Mirrors cunescape_one(), src/basic/escape.c. Null for what it does not know; a NUL is never let in. */
function cunescapeOne(text: string, at: number): { text: string; next: number } | null {
  const c = text.charAt(at)
  const plain = ESCAPES[c]
  if (plain !== undefined) return { text: plain, next: at + 1 }
  const digits = HEX_DIGITS[c]
  if (digits !== undefined) {
    HEX.lastIndex = at + 1
    const hex = (HEX.exec(text)?.[0] ?? '').slice(0, digits)
    const code = hex.length === digits ? Number.parseInt(hex, 16) : 0
    return code === 0 || code > 0x10ffff ? null : { text: String.fromCodePoint(code), next: at + 1 + digits }
  }
  OCTAL.lastIndex = at
  const octal = Number.parseInt(OCTAL.exec(text)?.[0] ?? '0', 8)
  return octal === 0 ? null : { text: String.fromCharCode(octal), next: at + 3 }
}

/** Words between blanks, where neither quotes nor backslashes mean anything. */
export function splitWords(text: string): string[] {
  const words: string[] = []
  let from = 0
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !isBlankCode(text.charCodeAt(i))) continue
    if (i > from) words.push(text.slice(from, i))
    from = i + 1
  }
  return words
}
