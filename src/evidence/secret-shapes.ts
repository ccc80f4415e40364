/** Secrets that can be told without a key's name: by how they look, or by the command or file they stand in. */

/** What the patterns below cannot do without; one of these words is in every line that one of them matches. */
export const WORDS_OF_SHAPE = [
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
  ...['dckr_pat_', 'sig=', 'ldap', '$1$', '$2', '$5$', '$6$', '$7$', '$y$', '$gy$', '$argon2', 'echo ', 'htpasswd'],
  ...['useradd', 'usermod', 'ipmitool', 'rabbitmqctl', 'requirepass', 'masterauth', 'bindpw', 'rootpw', 'community '],
  ...['key-', 'sq0', 'shp', 'lin_api', 'ya29.', 'GOCSPX-', 'ATATT3', 'tskey-', 'ebhook', 'mongo', 'cqlsh', '7z'],
  ...[
    'mosquitto',
    'unzip',
    'lftp',
    'etcdctl',
    'freerdp',
    'auth-user',
    'PSK ',
    '{PLAIN',
    '{CLEAR',
    '{SHA',
    '{SSHA',
    '{CRYPT',
    ':587 ',
    ':465 ',
    'apikey',
    'api-key',
  ],
  ...['assword', 'passwd', 'assphrase', 'secret', 'token', ' -U ', ':*:', ':5432:'],
]

/** Things that can be told by their shape alone; the first group, where there is one, is what to hide. */
export const SHAPES: readonly (readonly [string, RegExp])[] = [
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
  ['token', /(?:\b|\bbot)(\d{8,10}:AA[\w-]{32,40})/g],
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
  ['token', /\bdckr_pat_[\w-]{20,64}/g],
  ['token', /[?&](?:sig|signature|X-Amz-Signature)=([\w%+/=-]{16,512})/g],
  // crypt(5): what the system keeps of a password is as good as it to who has the time.
  ['password', /\$(?:1|2[abxy]?|5|6|7|y|gy|argon2[id]{1,2})\$[\w./$,=+-]{20,512}/g],
  ['password', /\bldap(?:search|modify|add|delete|whoami|passwd)\b.{0,200}? -w ['"]?([^\s'"]{1,256})/g],
  ['password', /\bhtpasswd -\w{0,4}b\w{0,4} \S{1,256} \S{1,100} ['"]?([^\s'"]{1,256})/g],
  ['password', /\buser(?:add|mod) .{0,200}?(?:-p|--password)[ =]['"]?([^\s'"]{1,256})/g],
  ['password', /\bipmitool\b.{0,200}? -P ['"]?([^\s'"]{1,256})/g],
  ['password', /\brabbitmqctl (?:add_user|change_password) \S{1,100} ['"]?([^\s'"]{1,256})/g],
  ['password', /\s-U ['"]?[^\s'"%]{1,100}%([^\s'"]{1,256})/g],
  [
    'password',
    /\becho (?:-\w{1,3} )?['"]?([^\s'"|]{1,256})['"]? ?\| ?(?:sudo )?(?:cryptsetup|passwd|docker login|sudo -S|su |kinit|gpg)\b/g,
  ],
  ['password', /^\s{0,40}(?:requirepass|masterauth|bindpw|rootpw|r[ow]community6?) ['"]?([^\s'"]{1,256})/g],
  ['password', /\b(?:login|user|username) \S{1,100} password ['"]?([^\s'"]{1,256})/g],
  ['password', /\b[Pp]ass(?:word|phrase) (?:is|was|set to) ['"]?(?=[^\s'"]{0,100}[\d#$%&!_-])([^\s'"]{4,256})/g],
  ['password', /\b(?:password|passwd|passphrase|secret|token) "([^"\s]{4,256})"/g],
  ['password', /\b(?:password|secret|token): changed .{1,256} to '([^']{1,256})'/g],
  // ~/.pgpass: host, port, database, user, password.
  ['password', /^[\w.*-]{1,100}:(?:\d{2,5}|\*):[\w*-]{1,64}:[\w*-]{1,64}:(\S{1,256})$/g],
  // What some vendors begin or end their keys with.
  ['token', /\b(?:key-[0-9a-f]{32}|sq0[a-z]{3}-[\w-]{22,64}|shp(?:at|ca|pa|ss)_[0-9a-f]{32}|lin_api_\w{32,64})\b/g],
  ['token', /\b(?:ya29\.[\w-]{20,512}|GOCSPX-[\w-]{20,64}|ATATT3[\w=-]{20,512}|tskey-\w{3,12}-[\w-]{10,128})/g],
  ['token', /\bhttps?:\/\/([0-9a-f]{32})@/g],
  ['token', /\/api\/webhooks\/\d{10,24}\/([\w-]{20,128})/g],
  ['token', /\/webhookb2\/([\w@-]{20,128}\/IncomingWebhook\/[\w/-]{16,256})/g],
  // Commands and files that take a password without naming it.
  ['password', /\b(?:mongo\w{0,12}|cqlsh|7za?|mysqlbinlog)\b.{0,200}? -p ?['"]?([^\s'"-][^\s'"]{0,255})/g],
  ['password', /\b(?:mosquitto_\w{3}|unzip)\b.{0,200}? -P ['"]?([^\s'"]{1,256})/g],
  ['password', /\blftp\b.{0,200}? -u [^\s,]{1,100},['"]?([^\s'"]{1,256})/g],
  ['password', /\betcdctl\b.{0,200}? --user[ =][^\s:]{1,100}:([^\s'"]{1,256})/g],
  ['password', /freerdp\b.{0,200}? \/p:([^\s'"]{1,256})/g],
  ['password', /\bwpa_passphrase \S{1,64} ['"]?([^\s'"]{8,64})/g],
  ['password', /\brootpw --?plaintext ([^\s'"]{1,256})/g],
  ['password', /\bauth-user-pass \S{1,100} ([^\s'"]{1,256})/g],
  ['password', /: PSK "([^"]{1,256})"/g],
  ['password', /\{(?:PLAIN|CLEARTEXT|SHA\d{0,3}|SSHA\d{0,3}|CRYPT)\}([^\s:'"]{1,256})/g],
  ['password', /^\[?[\w.-]{1,100}\]?(?::\d{2,5})? [\w.+-]{1,64}@[\w.-]{1,100}:(\S{1,256})$/g],
  ['password', /\bjdbc:oracle:\w{2,5}:[^\s/]{1,64}\/([^\s@]{1,256})@/g],
  ['password', /<(?:password|passwd|secret|token|apikey|api-key)>([^<]{1,256})</g],
  ['password', /\b[Pp]assword ['"]?(?=[^\s'"]{0,100}[\d!@#$%^&*_])([^\s'"]{6,256})/g],
  ['cookie', /\b(?:[Ss]et-)?[Cc]ookie: ?([^\r\n]{4,4000})/g],
]

/** Long words of letters and digits in both cases that nobody could say aloud. */
const RANDOM = /(?<![\w.@\\/-])[A-Za-z0-9_-]{24,512}(?![\w@\\/-]|\.[a-z])/g

const LEAST_RANDOM = 24

/** Most lines have no such word: from its possible end backwards, few characters of a line need to be looked at. */
export function hasLongWord(text: string): boolean {
  for (let from = 0; from + LEAST_RANDOM <= text.length; ) {
    let at = from + LEAST_RANDOM - 1
    while (at >= from && isOfWord(text.charCodeAt(at))) at--
    if (at < from) return true
    from = at + 1
  }
  return false
}

const isOfWord = (code: number) =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 45 || code === 95

/** Where something random stands that nothing names: of both cases, with digits here and there, and no word in it. */
export function randomWords(text: string): readonly (readonly [from: number, to: number])[] {
  return [...text.matchAll(RANDOM)]
    .filter(([word]) => looksRandom(word))
    .map(({ index, 0: word }) => [index, index + word.length] as const)
}

const looksRandom = (word: string) =>
  /[A-Z]/.test(word) &&
  /[a-z]/.test(word) &&
  (word.match(/\d+/g) ?? []).length >= 2 &&
  !/[a-z]{8}|[A-Z]{8}/.test(word) &&
  (word.match(/[A-Z](?=[a-z])|[a-z](?=[A-Z\d])|\d(?=[A-Za-z])|[A-Z](?=\d)/g) ?? []).length * 3 >= word.length
