/**
 * Damage within a line: what terminals, chats, mailers and web pages do to characters. Every character kept knows
 * where it was in the paste.
 */

export interface Repaired {
  readonly text: string
  readonly places: readonly number[]
}

interface Hand {
  readonly raw: string
  readonly start: number
  readonly tally: (kind: string) => void
  readonly out: string[]
  readonly places: number[]
  /** Whether the line speaks of a unit; undefined until that is asked. */
  aboutUnits: boolean | undefined
}

/** The line with its damage mended; `start` is its place in the paste. */
export function repair(raw: string, start: number, tally: (kind: string) => void): Repaired {
  const hand: Hand = { raw, start, tally, out: [], places: [], aboutUnits: undefined }
  let i = 0
  while (i < raw.length) {
    const c = raw.charCodeAt(i)
    const skip = c < 128 ? ascii(hand, i, c) : beyondAscii(hand, i, c)
    if (skip > 0) i += skip
    else {
      keep(hand, raw.charAt(i), i)
      i++
    }
  }
  return { text: hand.out.join(''), places: hand.places }
}

function keep(hand: Hand, text: string, at: number): void {
  for (const char of text) {
    hand.out.push(char)
    for (let i = 0; i < char.length; i++) hand.places.push(hand.start + at)
  }
}

/** In place of `length` characters of the paste there is now `text`. */
function instead(hand: Hand, kind: string, at: number, length: number, text: string): number {
  hand.tally(kind)
  keep(hand, text, at)
  return length
}

const CSI = /\[[0-?]{0,40}[ -/]{0,4}[@-~]/y
/** What ends a title or a hyperlink: BEL, ESC \ or the single character that stands for it. */
const STOPS = '\\x07\\x1b\\x9c'
const OSC = new RegExp(`\\][^${STOPS}]{0,4000}(?:\\x1b\\\\|[${STOPS}]|$)`, 'y')
const LOST_ESC = /\[(?:\d{1,3}(?:[;:]\d{1,3}){0,6}m|m(?![\w\]]|[.-]\w)|K(?=\s*\[))/y
/** BBCode, as archives of forums keep it. */
const FORUM_MARK = /\[\/?(?:color|font|size|code|icode|quote|spoiler|highlight|email|noparse)(?:=[^\]\n]{1,60})?\]/iy
/** Bold type of Markdown, around words: no pattern of a path's. */
const BOLD = new RegExp(
  [
    String.raw`(?<=^|[\s(:\]])\*\*(?=[\w"'([].{0,400}[\w.)'"\]]\*\*(?:[\s.,:;)[]|$))`,
    String.raw`(?<=[\w.)'"\]])\*\*(?=[\s.,:;)[]|$)`,
  ].join('|'),
  'y',
)
const ESC_AS_TEXT = /(?:\^\[|#033|\\x1b|\\e|\\033|\\u001b)(?=\[)/iy

/** Length of a match right here, or 0. */
function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  const match = pattern.exec(text)
  return match ? match[0].length : 0
}

/** How many characters were dealt with; 0 to keep this one as it is. */
function ascii(hand: Hand, at: number, c: number): number {
  const { raw } = hand
  if ((c >= 65 && c < 91) || (c >= 48 && c < 60)) return 0
  if (c === 27) {
    const length = lengthAt(CSI, raw, at + 1) || lengthAt(OSC, raw, at + 1) || (at + 1 < raw.length ? 1 : 0)
    return instead(hand, 'colour codes', at, 1 + length, '')
  }
  if (c === 94 || c === 35 || c === 92) {
    const mark = lengthAt(ESC_AS_TEXT, raw, at)
    return mark === 0 ? 0 : instead(hand, 'colour codes', at, mark + lengthAt(CSI, raw, at + mark), '')
  }
  if (c === 91) {
    const lost = lengthAt(LOST_ESC, raw, at)
    if (lost > 0) return instead(hand, 'colour codes', at, lost, '')
    const mark = lengthAt(FORUM_MARK, raw, at)
    return mark > 0 ? instead(hand, 'forum marks', at, mark, '') : markdownLink(hand, at)
  }
  if (c === 38) return entity(hand, at)
  if (c === 42) {
    hand.aboutUnits ??= /systemd|\.(?:service|socket|mount|target|timer)\b/.test(raw)
    const bold = hand.aboutUnits ? lengthAt(BOLD, raw, at) : 0
    return bold > 0 ? instead(hand, 'forum marks', at, bold, '') : 0
  }
  if (c === 60) return chatLink(hand, at)
  if (c === 13) return instead(hand, 'carriage returns', at, 1, at === raw.length - 1 ? '' : ' ')
  if (c === 0) return instead(hand, 'UTF-16', at, 1, '')
  return c < 32 && c !== 9 ? instead(hand, 'control characters', at, 1, '') : 0
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  rarr: '→',
  hellip: '…',
  ndash: '-',
  mdash: '-',
  bull: '●',
  lsquo: "'",
  rsquo: "'",
  ldquo: '"',
  rdquo: '"',
}
const ENTITY = /&(?:#(\d{1,6})|#[xX]([0-9a-fA-F]{1,5})|([a-zA-Z]{2,8}));/y

function entity(hand: Hand, at: number): number {
  ENTITY.lastIndex = at
  const match = ENTITY.exec(hand.raw)
  if (!match) return 0
  const code = match[1] ? Number(match[1]) : match[2] ? Number.parseInt(match[2], 16) : 0
  const text = code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ENTITIES[match[3] ?? '']
  return text === undefined ? 0 : instead(hand, 'HTML entities', at, match[0].length, CHARACTERS[text]?.[1] ?? text)
}

/** `<mailto:getty@tty1.service|getty@tty1.service>`, `<http://x.service|x.service>` and `<http://x.service>`. */
const CHAT_LINK = /<(?:mailto:|https?:\/\/|tel:)([^|<>\s]{1,500})(?:\|([^<>|]{1,500}))?>/y

function chatLink(hand: Hand, at: number): number {
  CHAT_LINK.lastIndex = at
  const match = CHAT_LINK.exec(hand.raw)
  if (!match) return 0
  const label = match[2] ?? match[1]!
  const from = at + match[0].length - 1 - label.length
  hand.tally('chat links')
  for (let i = 0; i < label.length; i++) keep(hand, label.charAt(i), from + i)
  return match[0].length
}

const MARKDOWN_LINK = /\[([^[\]\n]{1,300})\]\((?:mailto:|https?:\/\/)[^()\s]{1,500}\)/y

function markdownLink(hand: Hand, at: number): number {
  MARKDOWN_LINK.lastIndex = at
  const match = MARKDOWN_LINK.exec(hand.raw)
  if (!match) return 0
  hand.tally('chat links')
  for (let i = 0; i < match[1]!.length; i++) keep(hand, match[1]!.charAt(i), at + 1 + i)
  return match[0].length
}

const range = (kind: string, chars: string, text: string): [string, readonly [string, string]][] =>
  [...chars].map((char) => [char, [kind, text]])

/** What is replaced character by character: by which kind of repair, and by what. */
const CHARACTERS: Readonly<Record<string, readonly [string, string]>> = Object.fromEntries([
  ...range('non-breaking spaces', '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009', ' '),
  ...range('non-breaking spaces', '\u200a\u202f\u205f\u3000', ' '),
  ...range('zero-width characters', '\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e', ''),
  ...range('zero-width characters', '\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufe0e\ufe0f', ''),
  ...range('smart quotes', '\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\uff07', "'"),
  ...range('smart quotes', '\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02', '"'),
  ...range('dashes', '\u2010\u2011\u2012\u2212\ufe63\uff0d', '-'),
  ...range('full-width characters', '\uff1a', ':'),
  ...range('full-width characters', '\uff1d', '='),
  ...range('full-width characters', '\uff08', '('),
  ...range('full-width characters', '\uff09', ')'),
  ...range('ligatures', '\ufb00', 'ff'),
  ...range('ligatures', '\ufb01', 'fi'),
  ...range('ligatures', '\ufb02', 'fl'),
  ...range('ligatures', '\ufb03', 'ffi'),
  ...range('ligatures', '\ufb04', 'ffl'),
])

function beyondAscii(hand: Hand, at: number, c: number): number {
  if (c === 0x2013 || c === 0x2014) return dash(hand, at)
  if (LEADS.has(c)) return mojibake(hand, at)
  const found = CHARACTERS[hand.raw.charAt(at)]
  if (found) return instead(hand, found[0], at, 1, found[1])
  if (c === 0x9b)
    return instead(hand, 'colour codes', at, 1 + lengthAt(CSI, `[${hand.raw.slice(at + 1, at + 60)}`, 0) - 1, '')
  if (c < 0xa0) return instead(hand, 'control characters', at, 1, '')
  return 0
}

/** Word processors make one long dash of `--`; a dash between two words stays one. */
function dash(hand: Hand, at: number): number {
  const { raw } = hand
  const opensWord = (at === 0 || /[\s"'`(]/.test(raw.charAt(at - 1))) && /[a-z]/.test(raw.charAt(at + 1))
  const long = opensWord && /[a-z]/.test(raw.charAt(at + 2))
  return instead(hand, 'dashes', at, 1, long ? '--' : '-')
}

/** Bytes that Windows-1252 shows as other characters than Latin-1 does. */
const CP1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090'.concat(
    '\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178',
  )

const byteOf = (char: string): number => {
  const code = char.charCodeAt(0)
  if (code < 256) return code
  const index = CP1252.indexOf(char)
  return index < 0 ? -1 : 0x80 + index
}

/** Of Latin-1's own letters and signs, of typography and line drawing, of pictures; others would be guesses. */
const LEADS = new Set([0xc2, 0xc3, 0xe2, 0xf0])

/** UTF-8 once read as Latin-1 or Windows-1252: `â—` was a dot, `â””â”€` a branch. */
function mojibake(hand: Hand, at: number): number {
  const { raw } = hand
  const first = raw.charCodeAt(at)
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  let code = first & (0xff >> (length + 1))
  for (let i = 1; i < length; i++) {
    const byte = at + i < raw.length ? byteOf(raw.charAt(at + i)) : -1
    if (byte < 0x80 || byte > 0xbf) return bareDot(hand, at, first)
    code = (code << 6) | (byte & 0x3f)
  }
  if (code < 0x80 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return 0
  const char = String.fromCodePoint(code)
  const plain = code === 0x2013 || code === 0x2014 ? '-' : (CHARACTERS[char]?.[1] ?? char)
  return instead(hand, 'wrong encoding', at, length, plain)
}

/** What is left of a dot when the bytes behind `â` were dropped as control characters, or one of them. */
function bareDot(hand: Hand, at: number, first: number): number {
  if (first !== 0xe2 || !/^(?:.*\s)?$/.test(hand.raw.slice(0, at))) return 0
  const rest = /^[\u0080-\u009f—]{0,2}(?= [\w@.:-])/.exec(hand.raw.slice(at + 1, at + 5))
  return rest ? instead(hand, 'wrong encoding', at, 1 + rest[0].length, '●') : 0
}

/** Whether a line has anything that repair() could have to do with; most lines have not. */
export const DAMAGED = new RegExp(
  [
    '[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2013\\u2014]',
    `[${Object.keys(CHARACTERS).join('')}]`,
    `[\\xc2\\xc3\\xe2\\xf0][\\x80-\\xbf${CP1252}]`,
    '\\xe2 [\\w@]',
    '&(?=[a-zA-Z#])',
    '<(?=mailto:|http|tel:)',
    '\\](?=\\()',
    '\\[(?:[\\d;]{0,20}m|K)',
    '\\[/(?:[Cc][Oo]|[Ff][Oo]|[Ss][Ii]|[Ii]co|[Qq][Uu]|[Ss][Pp]|[Hh][Ii]|[Ee][Mm]|[Nn][Oo]p)|\\[(?:[Cc][Oo]|[Ff][Oo]|[Ss][Ii])\\w{2,3}=',
    '\\*\\*[\\w"\'(\\[]',
    '(?:\\^\\[|#033|\\\\(?:x1b|e|033|u001b))\\[',
  ].join('|'),
)
