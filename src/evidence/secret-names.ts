/** Who and where, as programs put it: users and hosts in the sentences and tables of sshd, sudo, ps, ls and curl. */

import { isNobody } from './nobody.ts'
import { type Add, UNIT_END } from './secret-keys.ts'

interface Manner {
  readonly kind: 'user' | 'host'
  readonly words: readonly string[]
  /** The last group is the name. */
  readonly pattern: RegExp
}

const r = String.raw

/** A user's name, perhaps quoted and after a domain; the dot that ends a sentence is none of it. */
const USER = r`["'<]?((?:[A-Z][A-Z0-9-]{1,15}\\{1,2}(?!x[0-9a-f]{2}))?[A-Za-z_][\w.-]{0,31}(?<![.-]))(?![\w@=/]|\.\w)`
/** A host's name, perhaps with its domain; no option, path or number. */
const HOST = r`["'<]?((?=[\w.-]{0,80}[a-zA-Z])[A-Za-z0-9](?:[\w.-]{0,100}\w)?)(?![\w/@]|\.\w)`

/** The same, with a number in it, and no number itself: a word would be anything. */
const ODD = [
  r`["'<]?((?!v\d)(?=[\w-]{0,40}[g-zG-Z])(?=[A-Za-z-]{1,40}\d)[A-Za-z][\w-]{2,40}(?:\.[\w-]{1,40}){0,5})`,
  r`(?![\w/@(=]|\.\w)`,
].join('')

/** U, H and O stand for the above; words are separated by `|`. */
function manner(kind: Manner['kind'], words: string, ...source: readonly string[]): Manner {
  const text = source.join('').replace(/<([UHO])>/g, (_, which) => ({ U: USER, H: HOST, O: ODD })[which as 'U'])
  return { kind, words: words.split('|'), pattern: new RegExp(text, 'g') }
}

const MANNERS: readonly Manner[] = [
  // sshd, login, su, sudo, cron, logind, polkit, useradd, databases.
  manner('user', ' user | User ', r`\b(?:of|for|from|by|new|authenticating|invalid|as|unknown) [Uu]ser <U>`),
  manner('user', '(to ', r`\(to \S{1,32}\) <U> on `),
  manner(
    'user',
    'Accepted |Failed password|Failed publickey|Failed keyboard|Failed none',
    r`\b(?:Accepted|Failed) [\w/-]{1,30} for (?:invalid user )?<U> from `,
  ),
  manner('user', '(uid=', r` by <U>\(uid=`),
  manner('user', 'uid=|gid=', r`\b[ug]id=\d{1,10}\(<U>\)`),
  manner('user', 'user=|acct=', r`\b(?:\w{1,20}_|r|l)?(?:user|acct)=<U>`),
  manner('user', 'USER=|USERNAME=|LOGNAME=', r`\b(?:[A-Z][A-Z\d]{1,15}_){0,3}(?:USER(?:NAME)?|LOGNAME)=<U>`),
  manner('user', 'user: name=|group: name=', r`\bnew (?:user|group): name=<U>(?=,)`),
  manner('user', 'user \'|role "|user "', r`\b(?:user|role) ["']<U>["']`),
  manner('user', 'Invalid user |Illegal user ', r`\bI(?:nvalid|llegal) user <U> from `),
  manner('user', 'unix-user:', r`\bunix-user:<U>`),
  manner('user', 'assword for |login as', r`(?:\bassword for |\[sudo\] password for |\blogin as: )<U>(?=:|$)`),
  manner('user', ') CMD (', r`\(<U>\) CMD \(`),
  manner('user', 'sshd: |sshd-session: ', r`\bsshd(?:-session)?: <U>(?= \[|@)`),
  manner('user', ' LOGIN ON', r` LOGIN ON \S{1,20} BY <U>`),
  manner('user', 'imap(|pop3(|lmtp(|lda(|sieve(|imap-login', r`\b(?:imap|pop3|lmtp|lda|\w{0,6}sieve)\(<U>\)`),
  manner('user', '"user|_user', r`["'](?:ansible_|remote_|login_|become_)?user(?:_id|_?name)?["']: ?["']<U>`),
  manner('user', '" *', r`^"<U>"\s{1,9}\*\s`),
  manner('user', 'xpired for ', r`\bexpired for <U>$`),
  manner('user', 'ogin failed: ', r`\b[Ll]ogin failed: <U>(?= \()`),
  manner('user', 'user: \'|user: "', r`\buser: ['"]<U>`),
  manner('user', ' logged in| logged out', r`\buser ([A-Za-z_][\w.-]{0,31})(?=@[\w.-]{1,60} logged )`),
  manner('user', ' FATAL: | ERROR: | LOG: ', r`\] ([A-Za-z_][\w.-]{0,31})(?=@\w{1,40} (?:FATAL|ERROR|LOG): )`),
  manner('user', '] OK |] FAIL ', r`\[<U>(?=\] (?:OK|FAIL) )`),
  // What is run as somebody.
  manner('user', ' -u | --user', r`\b(?:sudo|runuser|crontab|setpriv)\b(?: -[a-zA-Z]{1,3}){0,4}? (?:-u|--user)[ =]<U>`),
  manner('user', 'su -', r`\bsu (?:-|-l|--login) <U>`),
  manner('user', 'chown ', r`(?<![\w-])chown (?:-\w{1,4} )?<U>(?=:| )`),
  manner('user', ' -l ', r`\bssh (?:-\w{1,2} (?:\S{1,60} )?){0,6}?-l <U>`),
  manner('user', 'machine ', r`^machine \S{1,100} login <U>`),
  // Tables and files: ps, w, who, last, loginctl, ls, passwd, shadow.
  manner(
    'user',
    ' ? | pts/| tty',
    r`^<U> +\d{1,8} +(?:\d{1,3}\.\d +\d{1,3}\.\d +\d+ +\d+ |\d+ +\d{1,3} +[\d:A-Za-z]{4,8} )`,
  ),
  manner('user', ' pts/| tty', r`^<U> +(?:pts/\d{1,4}|tty\w{1,4}) `),
  manner('user', ' pts/| seat', r`^ *c?\d{1,6} +\d{1,8} +<U>(?= |$)`),
  manner('user', 'rw-|rwx|r-x', r`^[-dlcbps][-rwxsStT]{9}[.+@]? +\d{1,6} <U> `),
  manner('user', 'rw-|rwx|r-x', r`^[-dlcbps][-rwxsStT]{9}[.+@]? +\d{1,6} \S{1,32} +<U> +\d`),
  manner('user', ':x:', r`^<U>:x:[1-9]\d{3,6}:`),
  manner('user', ':$', r`^<U>:\$[\w$./=+,-]{8}`),
  // Hosts, as they call themselves.
  manner('host', 'ostname', r`\b(?:Static|Transient|Pretty) hostname: <H>`),
  manner('host', 'ost name|ostname', r`\b(?:[Hh]ost ?name|static host name)(?: was| is)? (?:set |changed )?to <H>`),
  manner('host', ' SMP |PREEMPT', r`\bLinux <H>(?= \d{1,2}\.\d{1,3}[.-]\S{1,80} #\d)`),
  manner('host', 'HOST=|HOSTNAME=', r`\b(?:[A-Z]{2,12}_?)?HOST(?:NAME)?=<H>`),
  manner('host', 'hostname|nodename|fqdn', r`\b(?:ansible_)?(?:hostname|nodename|fqdn)["']?(?::|=>|=| =) ?<H>`),
  manner('host', '"host": "|"host":"', r`"host": ?(?=")<H>`),
  manner('host', 'ostname: |Host: ', r`^\s{0,30}(?:Hostname|Host): <H>$`),
  manner('host', ') via ', r`\(<H>\) via `),
  manner(
    'host',
    ' node | Node |node \\"|node "| server | peer | broker | replica | member ',
    r`\b(?:[Nn]ode|server|peer|broker|replica|member) \\?<O>`,
  ),
  manner('host', 'server: |host: "', r`\b(?:server: (?=[^\s,]{1,100},)|host: (?="))<H>`),
  manner('host', 'etrying with ', r`\b[Rr]etrying with <H>`),
  manner('host', 'helo=', r`\bhelo=<H>`),
  manner('host', 'relay=', r`\brelay=<H>`),
  manner('host', 'haproxy[', r`/<H>(?= -?\d{1,9}/-?\d{1,9}/)`),
  manner('host', 'UnknownHost|getaddrinfo ', r`\b(?:UnknownHost\w{0,12}:|getaddrinfo) <H>`),
  manner('host', 'nfs', r`(?<![\w./@:-])<H>(?=:/[\w-]{2})`),
  // Hosts that are asked for, or cannot be reached.
  manner('host', 'resolve host|resolve address|resolve server', r`\bresolve (?:host(?:name)?:?|address|server) <H>`),
  manner('host', 'to host |from host |on host |by host |for host ', r`\b(?:to|from|on|by|for) host <H>(?= |$|,|:|\))`),
  manner(
    'host',
    'onnection to |onnected to |onnect to |onnecting to ',
    r`\b[Cc]onnect(?:ion|ed|ing)? to <H>(?= (?:port|closed|\(|timed|refused|failed)|:\d)`,
  ),
  manner('host', 'lookup ', r`\blookup <H>(?=:| on )`),
  manner('host', 'NOTFOUND |EAI_AGAIN ', r`\b(?:ENOTFOUND|EAI_AGAIN) <H>`),
  manner(
    'host',
    'Name or service|name resolution',
    r`(?:^|[ :"])<H>(?=: (?:Name or service not known|Temporary failure in name resolution))`,
  ),
  manner('host', 'PING ', r`\bPING <H>(?= \()`),
  manner('host', 'Last login', r`\bLast login: .{10,40} from <H>$`),
  manner('host', 'rhost=', r`\brhost=<H>`),
  manner(
    'host',
    ' -h | -H | --host',
    r`\b(?:psql|pg_\w{2,12}|mysql\w{0,12}|mariadb[\w-]{0,12}|redis-cli|ipmitool|`,
    r`mosquitto_\w{3}|ldap\w{2,10}|influx|mongo\w{0,8}|zabbix_\w{3,6}|`,
    r`(?:system|journal|login|machine)ctl)\b.{0,200}? (?:-h|-H|--host)[ =]?<H>(?!@)`,
  ),
  manner(
    'host',
    'ssh ',
    r`(?:^|[\s;&|(])ssh (?:-(?:[A-Za-km-z]{1,4}|l \S{1,32}|[piFoJbcEILQRSWw] \S{1,60}) ){0,6}(?!-)<H>(?=$|[ '"])`,
  ),
]

const MANNER = new RegExp([...new Set(MANNERS.flatMap(({ words }) => words))].map(escaped).join('|'))

/** Names with such an end are known in one place only. */
const INSIDE = new RegExp(
  [
    r`(?<![\w./@:\\-])(?!rc\.local|etc\.)[A-Za-z0-9][\w-]{0,62}(?:\.[\w-]{1,63}){0,5}`,
    r`\.(?:lan|corp|intra|intranet|localdomain|internal|localnet|local|LAN|CORP|LOCAL|INTRA|INTERNAL)(?![\w@(-]|\.\w)`,
  ].join(''),
  'g',
)
const INSIDE_END = /\.(?:lan|corp|intra|local|internal|LAN|CORP|INTRA|LOCAL|INTERNAL)/
/** A name and, right after it, its address. */
const ADDRESSED = new RegExp(
  [
    r`(?<![\w./@:-])([A-Za-z0-9][\w-]{0,62}(?:\.[\w-]{1,63}){0,4}\.[a-z][a-z0-9-]{1,62}|`,
    r`[a-z][a-z-]{1,40}\d[\w-]{0,20})`,
    r`(?= ?[[(]\d{1,3}(?:\.\d{1,3}){3}[\])])`,
  ].join(''),
  'g',
)

export const WORDS_OF_NAMES: readonly string[] = [
  ...new Set(MANNERS.flatMap(({ words }) => words)),
  ...['.lan', '.corp', '.intra', '.local', '.internal', '.LAN', '.CORP', '.INTRA', '.LOCAL', '.INTERNAL'],
]

function escaped(word: string): string {
  return word.replace(/[^\w ]/g, '\\$&')
}

/** Users and hosts of a line, by the words around them. */
export function namesAround(text: string, add: Add): void {
  if (MANNER.test(text)) {
    for (const { kind, words, pattern } of MANNERS) {
      if (!words.some((word) => text.includes(word))) continue
      for (const match of text.matchAll(pattern)) named(kind, match, add)
    }
  }
  if (INSIDE_END.test(text)) {
    for (const { index, 0: name } of text.matchAll(INSIDE)) add('host', index, index + name.length)
  }
}

/** Hosts and users that stand before their address, or after it in a file of hosts. */
export function namesBeforeAddresses(text: string, add: Add): void {
  for (const match of text.matchAll(ADDRESSED)) named('host', match, add)
  for (const match of text.matchAll(PEER)) named('user', match, add)
}

/** As OpenVPN calls who is connected: `name/10.0.0.1:1194`. */
const PEER = /(?<![\w./:-])([A-Za-z][\w.-]{1,60})\/(?=(?:\d{1,3}\.){3}\d{1,3}:\d)/g

export function namesAfterAddress(text: string, add: Add): void {
  const [row = '', address = ''] = HOSTS_ROW.exec(text) ?? []
  if (row === '' || !/[.\d-]/.test(row.slice(address.length))) return
  for (const { index, 0: name } of row.slice(address.length).matchAll(/\S+/g)) {
    if (!isNobody(name) && !/^(?:localhost|ip6-)/.test(name))
      add('host', address.length + index, address.length + index + name.length)
  }
}

/** A row of /etc/hosts. */
const HOSTS_ROW = /^(\s{0,9}(?:\d{1,3}\.){3}\d{1,3}\s{1,20})[A-Za-z][\w-]{0,62}(?:[.\s]{1,20}[\w-]{1,63}){0,12}$/

function named(kind: Manner['kind'], match: RegExpExecArray, add: Add): void {
  const name = match[1]!
  if (isNobody(name) || UNIT_END.test(name)) return
  const from = match.index + match[0].lastIndexOf(name)
  add(kind, from, from + name.length)
}
