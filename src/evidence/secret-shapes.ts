/** Secrets that can be told without a name: by how they look, or by the command, the call or the file they stand in. */

/** A line that has none of the words needs not be looked at; the first group that is there is what to hide. */
export interface Shape {
  readonly kind: 'password' | 'token' | 'key' | 'cookie'
  readonly words: readonly string[]
  readonly pattern: RegExp
}

/** Perhaps quoted, to the end of the word. */
const WORD = String.raw`(?:"([^"]{1,256})"|'([^']{1,256})'|["']?([^\s"']{1,256}))`
/** No option, number, port or path, as `-p` has them of commands that mean no password by it. */
const NO_PORT = String.raw`(?![-/]|\d[\d.:/]*(?:\s|$|udp|tcp))`
/** What asks for a password on its standard input. */
const ASKS = String.raw`(?:passw|phrase|stdin|sudo -S|crypt|\bsu |kinit|gpg|login|base64 -d|secret|token|creds)`

/** W, P and A stand for the above; words are separated by blanks, and `_` in them is one. */
function shape(kind: Shape['kind'], words: string, ...source: readonly string[]): Shape {
  const text = source.join('').replace(/<([WPA])>/g, (_, which) => ({ W: WORD, P: NO_PORT, A: ASKS })[which as 'W'])
  return { kind, words: words.split(' ').map((word) => word.replaceAll('_', ' ')), pattern: new RegExp(text, 'g') }
}

const r = String.raw

/** Options that are a password's, of commands where nothing else tells. */
const commands = (
  [
    ['-p', r`mysql\w{0,12}|mariadb[\w-]{0,12}|mongo\w{0,12}|cqlsh|sshpass|7z\w?|cadaver|user(?:add|mod)`],
    ['-P', r`(?:un)?zip|mosquitto_\w{3}|ipmitool|sqlcmd`],
    ['-c', r`snmp(?:bulk)?(?:walk|get|set|table|trap)`],
    ['-A', r`snmp(?:bulk)?(?:walk|get|set|table|trap)`],
    ['-X', r`snmp(?:bulk)?(?:walk|get|set|table|trap)`],
    ['-w', r`ldap\w{2,10}|ipa-[\w-]{3,40}`],
    ['-s', r`ldappasswd`],
    ['-a', r`redis-cli`],
  ] as const
).map(([option, names]) =>
  shape('password', option === '-c' ? 'snmp' : `_${option}`, r`\b(?:${names})\b.{0,300}? ${option} ?<P><W>`),
)

export const SHAPES: readonly Shape[] = [
  // URLs and what else has a user and a password before an `@`; webhooks have their secret in the path.
  shape('password', '://', r`\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@'"]{0,128}:([^\s/'"]{1,256})@(?=[\w[(])`),
  shape(
    'password',
    '@',
    r`(?<![\w/.@:-])(?!mailto|xmpp|sip)[\w.-]{1,64}:([^\s/:@'"<>\\]{3,128})@(?=[\w([])`,
    r`(?!\S{0,100}\.(?:service|socket|scope|slice|mount|device)\b)`,
  ),
  shape('token', '://', r`\bhttps?://([\w-]{20,128}(?::[\w-]{0,64})?)@`),
  shape('token', 'hook', r`\bhttps?://[\w./-]{0,100}?hook[\w.-]{0,100}/(?:[a-z]{1,20}/)?([\w@/-]{16,400})`),
  shape('password', 'jdbc: sqlplus', r`\b(?:jdbc:oracle:\w{2,5}:|sqlplus )[^\s/]{1,64}/([^\s@/]{1,256})@`),
  // Headers.
  shape(
    'token',
    'uthorization UTHORIZATION',
    r`\b(?:[Aa]uthorization|AUTHORIZATION)["']?(?:\s{0,4}[:=])?\s{0,4}["']?`,
    r`(?:[Bb]asic|[Bb]earer|[Tt]oken|ApiKey|Negotiate|NTLM)[\s\\]{1,4}([\w.~+/=-]{6,4000})`,
  ),
  shape('token', 'uthorization:', r`[Aa]uthorization["']?: ?["']?([\w.~+/=-]{8,4000})["']?$`),
  shape('token', 'earer', r`\b[Bb]earer,?[ \\]{1,3}(?:token: )?\[?(?=[^\d\s]{0,99}\d)([\w.~+/=-]{8,4000})`),
  shape('token', 'response=', r`\bresponse="([0-9a-f]{32})"`),
  shape('cookie', 'ookie:', r`\b(?:[Ss]et-)?[Cc]ookie: ?([^\r\n]{4,4000})`),
  // crypt(5) and its like: what is kept of a password is as good as it to who has the time.
  shape(
    'password',
    '$1$ $2 $5$ $6$ $7$ $y$ $gy$ $apr1$ $argon2',
    r`\$(?:1|2[abxy]?|5|6|7|y|gy|apr1|argon2[id]{1,2})\$[\w./$,=+-]{20,512}`,
  ),
  shape(
    'password',
    'pbkdf2 SCRAM- md5',
    r`\b(?:pbkdf2[\w:-]{0,20}\$|SCRAM-SHA-\d{1,3}\$\d{1,8}:|md5(?=[0-9a-f]{32}\b))([\w$:/+=.-]{16,512})`,
  ),
  shape('password', '{PLAIN {CLEAR {SHA {SSHA {CRYPT', r`\{(?:PLAIN|CLEARTEXT|S?SHA\d{0,3}|CRYPT)\}([^\s:'"]{1,256})`),
  ...commands,
  // Whoever gives a command a user gives it a password next.
  shape(
    'password',
    '_-u _-U _-l _-D _--user _--login',
    r`(?<!\b(?:system|journal|login|machine|bus)ctl\b.{0,300}) (?:-[uUlD]|--?(?:user(?:name)?|login))[ =]?`,
    r`[^\s-]\S{0,100} (?:\S{1,100} )?-[pPw][ =]?<P><W>`,
  ),
  shape('password', '_-u _-U', r` -[pw] <P><W> -[uU] `),
  shape('password', '"-p', r` "-p([^"\s]{2,100})"`),
  shape(
    'password',
    '_-u _--user _--auth _--proxy _--creds',
    r`(?<!\b(?:docker|podman|nerdctl|chown)\b.{0,200}) (?:-u|--[a-z-]{0,20}(?:user|auth|creds))[ =]?["']?`,
    r`[\w.@-]{1,64}:(?!\d{1,6}\b)([^\s'"]{1,256})`,
  ),
  shape(
    'password',
    'auth login= userpass cred',
    r`(?:auth[ =]|\blogin=|userpass |creds? )["']?[\w.@-]{1,64}:([^\s'",]{3,256})`,
  ),
  shape('password', '_-U_', r`\s-U ["']?[^\s'"%]{1,100}%([^\s'"]{1,256})`),
  shape('password', 'lftp', r`\blftp\b.{0,200}? -u [^\s,]{1,100},["']?([^\s'"]{1,256})`),
  shape('password', '/p:', r`/p:([^\s'"]{1,256})`),
  shape('password', 'pass:', r`-pass(?:in|out)? pass:([^\s'"]{1,256})`),
  shape('password', 'htpasswd', r`\bhtpasswd -\w{0,4}b\w{0,4} \S{1,256} \S{1,100} <W>`),
  shape('password', 'rabbitmqctl', r`\brabbitmqctl (?:add_user|change_password) \S{1,100} <W>`),
  shape('password', 'passphrase', r`\bwpa_passphrase \S{1,64} <W>`),
  shape('token', '_login_', r`\b(?:vault|gh|npm|oc) login (?:--?\w+[ =])?([^\s'"-][^\s'"]{5,256})$`),
  shape('token', 'AKIA ASIA AGPA AIDA AROA A3T', r`\b(?:A3T[A-Z0-9]|AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}\b`),
  shape('token', ':AA', r`(?:\b|bot)(\d{8,10}:AA[\w-]{32,40})`),
  shape('token', 'K10', r`\bK10[0-9a-f]{8,128}::\w{1,20}:[\w.-]{4,256}`),
  // What a pipe or a here-string feeds to who asks for a password, and what is said instead of a file.
  shape(
    'password',
    'echo_ printf_',
    r`\b(?:echo|printf) (?:-\w{1,3} )?(?:["']%s(?:\\n)?["'] )?`,
    r`(?:["'](?:[\w.-]{1,64}:)?([^'"|]{1,256})["']|(?!-)([^\s'"|]{1,256})) ?\| ?(?=[^|]{0,200}<A>)`,
  ),
  shape('password', '<<<', r`<A>[^<]{0,100}<<< ?["']?(?:[\w.-]{1,64}:)?([^\s'"]{1,256})`),
  shape('password', '<(', r`<\((?:echo|printf) (?:-\w{1,3} ){0,2}["']?([^'")]{1,256})`),
  // What protocols and databases say.
  shape('password', 'AUTH', r`\bAUTH"?(?: (?:PLAIN|LOGIN|default))?(?: "?[\w.@=+/-]{1,64}"?)? "?([^\s"]{4,512})"?$`),
  shape('password', 'AUTH', r`\bAUTH (?:PLAIN|LOGIN) ([\w+/]{6,512}={0,2})`),
  shape('password', 'SASL resp=', r`\b(?:SASL [A-Z-]{4,20} .{0,60}?: |resp=)([\w+/]{8,512}={0,2})`),
  shape('password', 'PASS_', r`(?:^|[:>] |[CS]: )PASS (\S{1,256})$`),
  shape('password', 'LOGIN', r`\bLOGIN \S{1,100} (\S{1,256})$`),
  shape('password', 'IDENTIFIED', r`\bIDENTIFIED (?:WITH \S{1,40} )?(?:BY|AS) '([^']{1,256})'`),
  shape(
    'password',
    'construct( connect( bind( login( cate(',
    r`(?:construct|connect|bind|login|authenticate)\((?:'[^']{0,200}', ?){1,3}'([^']{1,256})'`,
  ),
  // Files that hold one without naming it; the last two are ~/.pgpass and what postfix has for a relay.
  shape('password', '_password_', r`\b(?:login|user|username|wifi connect) \S{1,100} password <W>`),
  shape(
    'password',
    'requirepass masterauth bindpw rootpw community',
    r`^\s{0,40}(?:requirepass|masterauth|bindpw|rootpw|r[ow]community6?)(?: --?plaintext)? <W>`,
  ),
  shape('password', 'ommunity com2sec', r`\b(?:snmp-server community|com2sec6? \S{1,64}\s{1,20}\S{1,64}) {1,20}<W>`),
  shape('password', 'auth-user-pass', r`\bauth-user-pass[\w-]{0,10} \S{1,100} <W>`),
  shape('password', 'PSK_', r`: PSK "([^"]{1,256})"`),
  shape('password', 'redential', r`\b[Cc]redentials?: \S{1,64} ?[/:|] ?(\S{1,256})$`),
  shape('password', 'changed_', r`\b(?:password|secret|token): changed .{1,256} to '([^']{1,256})'`),
  shape('password', '*_"', r`^\s{0,9}"?[\w.@-]{1,64}"?\s{1,9}\*\s{1,9}"([^"]{1,256})"`),
  shape(
    'password',
    ':*: :5432: :3306: :6432:',
    r`^[\w.*-]{1,100}:(?:\d{2,5}|\*):[\w*-]{1,64}:[\w*-]{1,64}:(\S{1,256})$`,
  ),
  shape('password', '@', r`^\[?[\w.-]{1,100}\]?(?::\d{2,5})? [\w.+-]{1,64}@[\w.-]{1,100}:(\S{1,256})$`),
  // What is typed once, and keys of more than one word.
  shape(
    'password',
    'code_is code: one-time pairing OTP PIN_',
    r`\b(?:one-time|verification|login|security|access|pairing|2FA|MFA|OTP|PIN)(?: code)?(?: is|:)? \[?(\d{4,12})\b`,
  ),
  shape('token', 'secret OTP 2FA', r`\b(?:[A-Z2-7]{4} ){3,15}[A-Z2-7]{4}\b`),
  shape('key', 'ecovery', r`\b(?:(?:\d{6}|[b-lnrtuv]{8})-){7}(?:\d{6}|[b-lnrtuv]{8})\b`),
  shape('key', 'ssh-', r`\bssh-(?:rsa|ed25519|dss) (AAAA[\w+/=]{30,4000}(?: [\w.-]{1,64}@[\w.-]{1,64})?)`),
]

/** What no pattern above can do without. */
export const WORDS_OF_SHAPE: readonly string[] = [...new Set(SHAPES.flatMap(({ words }) => words))]

/** What vendors begin their keys with, or such a key's first bytes in base64. */
const VENDORS = new RegExp(
  [
    '(?<![A-Za-z0-9])(?:AIza|(?:gh[pousr]|github_pat|npm|hf|hv[bsr]|[srp]k_(?:live|test)|whsec|do[opr]_v1|figd|glc|',
    'glsa|',
    'dckr_(?:pat|oat)|shp(?:at|ca|pa|ss)|lin_api|sntry[su]|rubygems|phc|gsk|r8|ntn|secret|hcaik|nvapi|xai|',
    'pscale_tkn|tfp|',
    'waka|cf(?:k|ut|at)|vc[piark])[_.-]|sq0[a-z]{3}-|gl(?:pat|dt|rt|cbt|ptt|ft|soat|oas|agent|imt|ffct)-|xox[a-z]-|',
    'xapp-|',
    'sk-|pypi-|SG\\.|ya29\\.|GOCSPX-|AT[AC]TT3|tskey-|NRAK-|EAAC|dapi(?=[0-9A-Fa-f]{32})|PMAK-|pplx-|LTAI|ops_eyJ|',
    'AGE-SECRET-KEY-1|b3BlbnNzaC1rZXktdjE|LS0tLS1CRUdJTi|key-(?=[0-9a-f]{32}))[\\w.=+/-]{14,4000}',
  ].join(''),
  'g',
)
const JWT = /(?<![\w])eyJ[\w-]{8,2000}(?:\.[\w-]{8,4000}(?:\.[\w-]{0,2000})?|[\w-]{24,2000}={0,2})/g

/** Long words of letters and digits in both cases that nobody could say aloud, and lines of base64. */
const RANDOM = /(?<![\w.@\\/+-])[A-Za-z0-9_-]{24,512}(?![\w@\\/+-]|\.[a-z])/g
const BASE64 = /(?<![\w.@\\/+=:-])[A-Za-z0-9+/]{40,4000}={0,2}(?![\w@\\/+-]|\.[a-z])/g

const LEAST_RANDOM = 24
const LEAST_BASE64 = 40

/** Most lines have no such word: from its possible end backwards, few characters of a line need to be looked at. */
export const hasLongRun = (text: string): boolean => hasLongWord(text) || hasBase64(text)

const hasLongWord = (text: string) => hasRun(text, LEAST_RANDOM, isOfWord)
const hasBase64 = (text: string) => text.length >= LEAST_BASE64 && hasRun(text, LEAST_BASE64, isOfBase64)

function hasRun(text: string, least: number, isOf: (code: number) => boolean): boolean {
  for (let from = 0; from + least <= text.length; ) {
    let at = from + least - 1
    while (at >= from && isOf(text.charCodeAt(at))) at--
    if (at < from) return true
    from = at + 1
  }
  return false
}

const isAlphanumeric = (code: number) =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90)
const isOfWord = (code: number) => isAlphanumeric(code) || code === 45 || code === 95
const isOfBase64 = (code: number) => isAlphanumeric(code) || code === 43 || code === 47

/** Where something random stands that nothing names. */
export function longWords(text: string, add: (from: number, to: number) => void): void {
  if (hasLongWord(text)) {
    for (const pattern of text.includes('eyJ') ? [VENDORS, JWT] : [VENDORS]) {
      for (const { index, 0: word } of text.matchAll(pattern)) {
        if (/\d|[a-z][A-Z]/.test(word) && !/\.(?:service|scope|slice|mount)\b/.test(word))
          add(index, index + word.length)
      }
    }
    random(text, RANDOM, add)
  }
  if (hasBase64(text)) random(text, BASE64, add)
}

function random(text: string, pattern: RegExp, add: (from: number, to: number) => void): void {
  for (const { index, 0: word } of text.matchAll(pattern)) if (looksRandom(word)) add(index, index + word.length)
}

/** Of both cases, with digits here and there, and no word in it. */
const looksRandom = (word: string) =>
  /[A-Z]/.test(word) &&
  /[a-z]/.test(word) &&
  (word.match(/\d+/g) ?? []).length >= 2 &&
  !/[a-z]{8}|[A-Z]{8}/.test(word) &&
  (word.match(/[A-Z](?=[a-z])|[a-z](?=[A-Z\d])|\d(?=[A-Za-z])|[A-Z](?=\d)/g) ?? []).length * 3 >= word.length
