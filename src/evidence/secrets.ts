/** What in a line is nobody else's business: where it stands and of which kind. Shapes first, then what keys say. */

import { type Add, keyed, UNIT_END, WORDS_OF_KEY } from './secret-keys.ts'
import { hasLongRun, longWords, SHAPES, WORDS_OF_SHAPE } from './secret-shapes.ts'
import { WordFinder } from './word-finder.ts'

export interface Hit {
  readonly kind: string
  readonly from: number
  readonly to: number
}

const WORDS_OF_USER = [
  ' user ',
  ' User ',
  '(to ',
  '(uid=',
  'Accepted ',
  'Failed ',
  'user=',
  'acct=',
  'unix-user:',
  'Invalid user',
]
const anyOf = (words: readonly string[]) =>
  new RegExp(
    [...words]
      .sort()
      .map((word) => word.replace(/[^\w ]/g, '\\$&'))
      .join('|'),
  )

const SHAPE = anyOf(WORDS_OF_SHAPE)
const KEY = anyOf(WORDS_OF_KEY)
const USER = anyOf(WORDS_OF_USER)
const ANY = new WordFinder([...WORDS_OF_SHAPE, ...WORDS_OF_KEY, ...WORDS_OF_USER, '@', '::'])
/** Three of an IPv4 address's four numbers; the middle of a MAC address or of an IPv6 one written out. */
const NUMBERS = /\d\.\d{1,3}\.\d|:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:/
/** A key of 32 bytes is 43 characters of base64 and one to fill up. */
const KEY_LENGTH = 43
const BASE64 = /^[A-Za-z0-9+/]{43}$/

const EMAIL = /(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])/g
const IPV4 = /(?<![\w.@-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g
const IPV6 = new RegExp(
  [
    String.raw`(?<![\w:.])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|(?:[0-9A-Fa-f]{1,4}:){1,6}(?::`,
    '[0-9A-Fa-f]{1,4}){1,6}|(?:[0-9A-Fa-f]{1,4}:){2,7}:|::(?:[0-9A-Fa-f]{1,4}:){0,6}',
    String.raw`[0-9A-Fa-f]{1,4})(?![\w:])`,
  ].join(''),
  'g',
)

/** Who logged in or runs something, as sshd, sudo, login and logind put it. */
const USERS: readonly RegExp[] = [
  / (?:of|for|authenticating|invalid) [Uu]ser ['"]?([A-Za-z_][\w.-]{0,31})/g,
  /\(to \S{1,32}\) ([A-Za-z_][\w.-]{0,31}) on /g,
  /\b(?:Accepted|Failed) \w{1,20} for (?:invalid user )?([A-Za-z_][\w.-]{0,31}) from /g,
  / by ([A-Za-z_][\w.-]{0,31})\(uid=/g,
  /\b(?:\w{1,20}_|r)?(?:user|acct)=['"]?([A-Za-z_][\w.-]{0,31})/g,
  /\bInvalid user ([A-Za-z_][\w.-]{0,31}) from /g,
  /\bowned by unix-user:([A-Za-z_][\w.-]{0,31})/g,
]
const NOBODY =
  /^(?:root|Manager|Slice|nobody|invalid|unknown|user|systemd.*|daemon|www-data|nginx|apache|postgres|mysql|redis|uid)$/

/** What to hide in a line, in the order of the line and without overlaps: what is surest of itself names the kind. */
export function secretsIn(text: string): readonly Hit[] {
  const numbers = NUMBERS.test(text)
  const base64 = base64Key(text)
  const long = hasLongRun(text)
  if (!numbers && base64 < 0 && !long && !ANY.isIn(text)) return NONE
  const hits: Hit[] = []
  const add = (kind: string, from: number, to: number) => {
    if (to > from) hits.push({ kind, from, to })
  }
  if (base64 >= 0) add('key', base64, base64 + KEY_LENGTH + 1)
  if (SHAPE.test(text)) shaped(text, add)
  if (KEY.test(text)) keyed(text, add)
  if (long) longWords(text, (from, to) => add('token', from, to))
  if (numbers || text.includes('@') || text.includes('::')) addresses(text, add)
  if (USER.test(text)) users(text, add)
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

function shaped(text: string, add: Add): void {
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

function addresses(text: string, add: Add): void {
  for (const match of text.includes('@') ? text.matchAll(EMAIL) : []) {
    if (!UNIT_END.test(match[0])) add('e-mail address', match.index, match.index + match[0].length)
  }
  for (const match of /\b(?:ssh|scp|rsync|sftp|sshfs)[ :]/.test(text) ? text.matchAll(LOGIN) : []) {
    const [whole, user = '', host = ''] = match
    add('user', match.index, match.index + user.length)
    add('host', match.index + whole.length - host.length, match.index + whole.length)
  }
  for (const match of text.matchAll(IPV4)) {
    const octets = match[0].split('.').map(Number)
    const own = octets[0] === 127 || match[0] === '0.0.0.0' || match[0] === '255.255.255.255'
    if (!own && octets.every((n) => n < 256)) add('IP address', match.index, match.index + match[0].length)
  }
  if (!text.includes('::') && !THREE.test(text)) return
  for (const match of text.matchAll(MAC)) add('MAC address', match.index, match.index + match[0].length)
  for (const match of text.matchAll(IPV6)) {
    if (match[0] !== '::1') add('IP address', match.index, match.index + match[0].length)
  }
}

/** Where somebody logs in: no instance of a unit. */
const LOGIN = /(?<![\w./@:-])([A-Za-z_][\w.-]{0,31})@([\w-]{1,63}(?:\.[\w-]{1,63}){0,8})(?![\w@]|\.\w)/g
const THREE = /:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:/
const MAC = /(?<![\w:-])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![\w:-])/g

function users(text: string, add: Add): void {
  for (const pattern of USERS) {
    for (const match of text.matchAll(pattern)) {
      const name = match[1]!
      const from = match.index + match[0].lastIndexOf(name)
      if (!NOBODY.test(name)) add('user', from, from + name.length)
    }
  }
}
