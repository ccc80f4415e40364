/** What in a line is nobody else's business: where it stands and of which kind. Shapes first, then what keys say. */

import { hasLongWord, randomWords, SHAPES, WORDS_OF_SHAPE } from './secret-shapes.ts'
import { WordFinder } from './word-finder.ts'

export interface Hit {
  readonly kind: string
  readonly from: number
  readonly to: number
}

/**
 * What the patterns below cannot do without: most lines have none of it. Plain words only, which a regular expression
 * looks for all at once.
 */
const WORDS_OF_KEY = [
  ...[
    'pass',
    'Pass',
    'PASS',
    'pwd',
    'Pwd',
    'PWD',
    'pw=',
    'pw ',
    'secret',
    'Secret',
    'SECRET',
    'token',
    'Token',
    'TOKEN',
  ],
  ...['key', 'Key', 'KEY', 'redential', 'REDENTIAL', 'jwt', 'JWT', 'psk', 'PSK'],
]
const WORDS_OF_USER = [' user ', '(uid=', 'Accepted ', 'Failed ', 'user=', 'acct=', 'unix-user:', 'Invalid user']
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
const UNIT_END = /\.(?:service|socket|target|mount|timer|path|device|swap|automount|slice|scope)$/
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
  / (?:of|for) (?:invalid )?user ['"]?([A-Za-z_][\w.-]{0,31})/g,
  /\b(?:Accepted|Failed) \w{1,20} for (?:invalid user )?([A-Za-z_][\w.-]{0,31}) from /g,
  / by ([A-Za-z_][\w.-]{0,31})\(uid=/g,
  /\b(?:ruser|user|acct)=['"]?([A-Za-z_][\w.-]{0,31})/g,
  /\bInvalid user ([A-Za-z_][\w.-]{0,31}) from /g,
  /\bowned by unix-user:([A-Za-z_][\w.-]{0,31})/g,
]
const NOBODY = /^(?:root|nobody|invalid|unknown|user|systemd.*|daemon|www-data|nginx|apache|postgres|mysql|redis|uid)$/

/** What to hide in a line, in the order of the line and without overlaps: what is surest of itself comes first. */
export function secretsIn(text: string): readonly Hit[] {
  const numbers = NUMBERS.test(text)
  const base64 = base64Key(text)
  const random = hasLongWord(text) ? randomWords(text) : NONE
  if (!numbers && base64 < 0 && random.length === 0 && !ANY.isIn(text)) return NONE
  const hits: Hit[] = []
  const add = (kind: string, from: number, to: number) => {
    if (to > from && !hits.some((hit) => from < hit.to && hit.from < to)) hits.push({ kind, from, to })
  }
  if (base64 >= 0) add('key', base64, base64 + KEY_LENGTH + 1)
  if (SHAPE.test(text)) shaped(text, add)
  if (KEY.test(text)) assigned(text, add)
  for (const [from, to] of random) add('token', from, to)
  if (numbers || text.includes('@') || text.includes('::')) addresses(text, add)
  if (USER.test(text)) users(text, add)
  return hits.sort((a, b) => a.from - b.from)
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

type Add = (kind: string, from: number, to: number) => void

function shaped(text: string, add: Add): void {
  for (const [kind, pattern] of SHAPES) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? match[0]
      const from = match.index + (match[1] === undefined ? 0 : match[0].lastIndexOf(value))
      add(kind, from, from + value.length)
    }
  }
}

function addresses(text: string, add: Add): void {
  for (const match of text.includes('@') ? text.matchAll(EMAIL) : []) {
    if (!UNIT_END.test(match[0])) add('e-mail address', match.index, match.index + match[0].length)
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

/** `KEY=value`, `"key": "value"`, `key: value`, `--key value`. */
const PAIR = new RegExp(
  [
    String.raw`(?<![\w.@-])(--?)?(["']?)([A-Za-z_][\w.-]{0,60})\2(\s{0,3}[=:]>?\s{0,3}|(?<='), ?(?=')|`,
    String.raw`\s{1,3})("(?:[^"\\]|\\.){0,400}"?|'[^']{0,400}'?|[^\s,;}\])]{1,400})`,
  ].join(''),
  'g',
)

function assigned(text: string, add: Add): void {
  PAIR.lastIndex = 0
  for (let match = PAIR.exec(text); match; match = PAIR.exec(text)) {
    const [whole, option = '', , key = '', mark = '', value = ''] = match
    const explicit = /[=:,]/.test(mark) || option === '--' || (option === '-' && key.length > 1)
    const kind = explicit ? kindOfKey(key, value) : null
    if (!kind) {
      // The value may be the next key: `Environment="DB_PASSWORD=x"`, `env FOO=1 TOKEN=y`.
      PAIR.lastIndex = match.index + whole.length - value.length - (mark.length > 0 ? 0 : 1)
      if (PAIR.lastIndex <= match.index) PAIR.lastIndex = match.index + 1
      continue
    }
    const from = match.index + whole.length - value.length
    const quoted = /^["']/.test(value) ? 1 : 0
    const closed = quoted && value.length > 1 && value.endsWith(value.charAt(0)) ? 1 : 0
    const given = value.slice(quoted, value.length - closed).replace(/["']+$/, '')
    // In a URL the next field follows at once.
    const plain = /[?&]/.test(text.charAt(match.index - 1)) ? given.replace(/&.*$/, '') : given
    const colon = key === 'SetCredential' ? plain.indexOf(':') + 1 : 0
    if (isSecretValue(plain.slice(colon))) add(kind, from + quoted + colon, from + quoted + plain.length)
  }
}

const WORDS: Readonly<Record<string, string>> = {
  password: 'password',
  passwd: 'password',
  passphrase: 'password',
  passwort: 'password',
  pass: 'password',
  pwd: 'password',
  pw: 'password',
  pgpassword: 'password',
  secret: 'token',
  secrets: 'token',
  token: 'token',
  tokens: 'token',
  apikey: 'token',
  jwt: 'token',
  credential: 'token',
  psk: 'key',
  privatekey: 'key',
  presharedkey: 'key',
  secretkey: 'key',
  accesskey: 'key',
}
const KEYS = new RegExp(
  [
    '^(?:api|access|private|secret|auth|encryption|signing|license|account|',
    'master|shared|preshared|service|app|hmac|webhook|deploy|session|',
    'storage|cookie)$',
  ].join(''),
)

/** Settings of systemd and of its neighbours that are no secrets, whatever their names look like. */
const HARMLESS = new RegExp(
  [
    '^(?:LoadCredential(?:Encrypted)?|ImportCredential|PassEnvironment|',
    'Pass(?:Credentials|Security|PacketInfo|PIDFD|FileDescriptorsToExec)|KeyringMode|',
    'SecureBits|PWD|OLDPWD|AcceptCredential|',
    'CredentialsDirectory|CREDENTIALS_DIRECTORY|.*(?:_FILE|File|_PATH|',
    'Path|_DIR|_URL|_NAME|_TTL|_LENGTH|_TYPE|_ID))$',
  ].join(''),
)

/** `dbpass`, `adminpwd`; not `bypass` and its like. */
const RUN_TOGETHER = /(?<!^by|^com|^sur|^under|^over|^tres|^encom)(?:pass|passwd|password|passphrase|pwd|apikey)$/

/** A key of nobody knows what is one if what it is set to could be nothing else. */
const RANDOM_VALUE = /^["']?(?=[^\s]{0,200}\d)[A-Za-z0-9+/=_-]{20,}["']?$/

function kindOfKey(key: string, value: string): string | null {
  if (key === 'SetCredential' || key === 'SetCredentialEncrypted') return 'token'
  if (HARMLESS.test(key) || UNIT_END.test(key)) return null
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_.-]+/)
  for (let i = 0; i < words.length; i++) {
    const kind = WORDS[words[i]!]
    if (kind) return kind
    if (words[i] === 'key' && (KEYS.test(words[i - 1] ?? '') || RANDOM_VALUE.test(value))) return 'key'
    if (RUN_TOGETHER.test(words[i]!)) return 'password'
  }
  return null
}

/** Variables, templates, paths, booleans and words that say something about a secret are none. */
const NO_SECRET = new RegExp(
  [
    String.raw`^(?:[$%{<[(*]|\/|~\/|\.{1,3}$|-|yes$|no$|true$|false$|on$|off$|`,
    'null$|none$|nil$|undefined$|file$|prompt$|required$|invalid|incorrect|',
    'expired|wrong|missing|authentication|check|for$|is$|was$|not$|has$|',
    'failed|changed|accepted|rejected|error|files\\b|compat\\b|sss\\b)',
  ].join(''),
  'i',
)

const isSecretValue = (value: string) => value.length > 0 && !NO_SECRET.test(value) && !UNIT_END.test(value)
