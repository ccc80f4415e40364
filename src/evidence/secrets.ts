/** What in a line is nobody else's business: where it stands and of which kind. Shapes first, then what keys say. */

export interface Hit {
  readonly kind: string
  readonly from: number
  readonly to: number
}

/**
 * What the patterns below cannot do without: most lines have none of it. Plain words only, which a regular expression
 * looks for all at once.
 */
const WORDS_OF_SHAPE = [
  ...['AKIA', 'ASIA', 'AGPA', 'AIDA', 'AROA', 'AIza', 'eyJ', 'ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat'],
  ...[
    'glpat-',
    'gldt-',
    'glrt-',
    'glcbt-',
    'xox',
    '_live_',
    '_test_',
    'npm_',
    'SG.',
    'sk-',
    'dop_v1',
    'doo_v1',
    'dor_v1',
  ],
  ...['hf_', 'hvs.', 'hvb.', 'hvr.', 'pypi-', ':AA', 'hooks.slack', 'AGE-SECRET', 'ssh-rsa', 'ssh-ed', 'ssh-dss'],
  ...['uthorization', 'earer ', '://', 'curl ', 'mysql', 'mariadb', 'sshpass', 'redis-cli', 'pass:', 'ookie'],
]
const WORDS_OF_KEY = [
  ...['pass', 'Pass', 'PASS', 'pwd', 'Pwd', 'PWD', 'pw=', 'secret', 'Secret', 'SECRET', 'token', 'Token', 'TOKEN'],
  ...['key', 'Key', 'KEY', 'redential', 'REDENTIAL', 'jwt', 'JWT', 'psk', 'PSK'],
]
const WORDS_OF_USER = [' user ', '(uid=', 'Accepted ', 'Failed ', 'user=', 'acct=', 'unix-user:', 'Invalid user']
const anyOf = (words: readonly string[]) =>
  new RegExp(
    [...words]
      .sort()
      .map((word) => word.replace(/[.()]/g, '\\$&'))
      .join('|'),
  )

const SHAPE = anyOf(WORDS_OF_SHAPE)
const KEY = anyOf(WORDS_OF_KEY)
const USER = anyOf(WORDS_OF_USER)
const ANY = anyOf([...WORDS_OF_SHAPE, ...WORDS_OF_KEY, ...WORDS_OF_USER, '@', '::'])
/** Three of an IPv4 address's four numbers; the middle of a MAC address or of an IPv6 one written out. */
const NUMBERS = /\d\.\d{1,3}\.\d|:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:/
/** A key of 32 bytes is 43 characters of base64 and one to fill up. */
const KEY_LENGTH = 43
const BASE64 = /^[A-Za-z0-9+/]{43}$/

/** Things that can be told by their shape alone; the first group, where there is one, is what to hide. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ['token', /\b(?:AKIA|ASIA|AGPA|AIDA|AROA)[0-9A-Z]{16}\b/g],
  ['token', /\bgh[pousr]_[A-Za-z0-9]{20,255}\b/g],
  ['token', /\bgithub_pat_[A-Za-z0-9_]{20,255}\b/g],
  ['token', /\b(?:glpat|gldt|glrt|glcbt)-[\w-]{18,255}/g],
  ['token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}/g],
  ['token', /\b(?:sk|pk|rk|whsec)_(?:live|test)_[A-Za-z0-9]{10,255}\b/g],
  ['token', /\bAIza[\w-]{35}/g],
  ['token', /\beyJ[\w-]{8,2000}\.[\w-]{8,4000}(?:\.[\w-]{0,2000})?/g],
  ['token', /\bnpm_[A-Za-z0-9]{30,255}\b/g],
  ['token', /\bSG\.[\w-]{16,64}\.[\w-]{16,128}/g],
  ['token', /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,255}/g],
  ['token', /\bdo[opr]_v1_[a-f0-9]{32,128}\b/g],
  ['token', /\bhf_[A-Za-z0-9]{20,128}\b/g],
  ['token', /\bhv[sbr]\.[\w-]{20,255}/g],
  ['token', /\bpypi-[\w-]{40,255}/g],
  ['token', /\b\d{8,10}:AA[\w-]{32,40}/g],
  ['token', /hooks\.slack\.com\/services\/(T\w{6,12}\/B\w{6,12}\/\w{16,32})/g],
  ['key', /\bAGE-SECRET-KEY-1[0-9A-Z]{50,70}\b/g],
  ['key', /\bssh-(?:rsa|ed25519|dss) (AAAA[A-Za-z0-9+/=]{30,4000})/g],
  ['token', /\b[Aa]uthorization['"]?\s*[:=]\s*['"]?(?:Basic|Bearer|Token|Digest|ApiKey)\s+([\w.~+/=-]{6,4000})/g],
  ['token', /\b[Bb]earer\s+([\w.~+/=-]{16,4000})/g],
  ['password', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@'"]{0,128}:([^\s/@'"]{1,256})@/g],
  ['password', /\bcurl\b.{0,200}? (?:-u|--user)[ =]['"]?[^\s:'"]{1,100}:([^\s'"]{1,256})/g],
  [
    'password',
    /\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|mariadb-admin)\b.{0,200}? -p([^\s'"-][^\s'"]{0,255})/g,
  ],
  ['password', /\b(?:sshpass) -p ?['"]?([^\s'"]{1,256})/g],
  ['password', /\bredis-cli\b.{0,200}? -a ['"]?([^\s'"]{1,256})/g],
  ['password', /-pass(?:in|out)? pass:([^\s'"]{1,256})/g],
  ['cookie', /\b(?:[Ss]et-)?[Cc]ookie: ?([^\r\n]{4,4000})/g],
]

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
  if (!numbers && base64 < 0 && !ANY.test(text)) return NONE
  const hits: Hit[] = []
  const add = (kind: string, from: number, to: number) => {
    if (to > from && !hits.some((hit) => from < hit.to && hit.from < to)) hits.push({ kind, from, to })
  }
  if (base64 >= 0) add('key', base64, base64 + KEY_LENGTH + 1)
  if (SHAPE.test(text)) shaped(text, add)
  if (KEY.test(text)) assigned(text, add)
  if (numbers || text.includes('@') || text.includes('::')) addresses(text, add)
  if (USER.test(text)) users(text, add)
  return hits.sort((a, b) => a.from - b.from)
}

const NONE: readonly Hit[] = []

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
    String.raw`(?<![\w.@-])(--?)?(["']?)([A-Za-z][\w.-]{0,60})\2(\s{0,3}[=:]\s{0,3}|`,
    String.raw`\s{1,3})("(?:[^"\\]|\\.){0,400}"?|'[^']{0,400}'?|[^\s,;}\])]{1,400})`,
  ].join(''),
  'g',
)

function assigned(text: string, add: Add): void {
  PAIR.lastIndex = 0
  for (let match = PAIR.exec(text); match; match = PAIR.exec(text)) {
    const [whole, option = '', , key = '', mark = '', value = ''] = match
    const explicit = /[=:]/.test(mark) || option === '--'
    const kind = explicit ? kindOfKey(key) : null
    if (!kind) {
      // The value may be the next key: `Environment="DB_PASSWORD=x"`, `env FOO=1 TOKEN=y`.
      PAIR.lastIndex = match.index + whole.length - value.length - (mark.length > 0 ? 0 : 1)
      if (PAIR.lastIndex <= match.index) PAIR.lastIndex = match.index + 1
      continue
    }
    const from = match.index + whole.length - value.length
    const quoted = /^["']/.test(value) ? 1 : 0
    const closed = quoted && value.length > 1 && value.endsWith(value.charAt(0)) ? 1 : 0
    const plain = value.slice(quoted, value.length - closed).replace(/["']+$/, '')
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
    String.raw`Pass\w+|KeyringMode|SecureBits|PWD|OLDPWD|passwd|AcceptCredential|`,
    'CredentialsDirectory|CREDENTIALS_DIRECTORY|.*(?:_FILE|File|_PATH|',
    'Path|_DIR|_URL|_NAME|_TTL|_LENGTH|_TYPE|_ID))$',
  ].join(''),
)

function kindOfKey(key: string): string | null {
  if (key === 'SetCredential' || key === 'SetCredentialEncrypted') return 'token'
  if (HARMLESS.test(key) || UNIT_END.test(key)) return null
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_.-]+/)
  for (let i = 0; i < words.length; i++) {
    const kind = WORDS[words[i]!]
    if (kind) return kind
    if (words[i] === 'key' && KEYS.test(words[i - 1] ?? '')) return 'key'
  }
  return null
}

/** Variables, templates, paths, booleans and words that say something about a secret are none. */
const NO_SECRET = new RegExp(
  [
    String.raw`^(?:[$%{<[(*]|\/|~\/|\.{1,3}$|-|yes$|no$|true$|false$|on$|off$|`,
    'null$|none$|nil$|undefined$|file$|prompt$|required$|invalid|incorrect|',
    'expired|wrong|missing|authentication|check|for$|is$|was$|not$|has$|',
    'failed|changed|accepted|rejected|error)',
  ].join(''),
  'i',
)

const isSecretValue = (value: string) => value.length > 0 && !NO_SECRET.test(value) && !UNIT_END.test(value)
