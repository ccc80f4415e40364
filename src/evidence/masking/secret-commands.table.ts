/** Commands of which an option or an operand is a secret, where no name tells. */

import { type Shape, shape } from './secret-shape.ts'

const r = String.raw

const SNMP = r`snmp(?:bulk|usm)?(?:walk|get|getnext|set|table|trap|inform|status|df)?`

/** By option, of which commands it is a password's. */
const OPTIONS = [
  [
    '-p',
    [
      r`sshpass|mongo\w{0,12}|cqlsh|7z\w?|u?n?rar|cadaver|user(?:add|mod)|(?:mc)?rcon(?:-cli)?|arangosh|rdesktop|`,
      r`hdbsql|vsql|racadm|upscmd|upsrw|pcs|govc|openfortivpn|fence_\w{2,20}|nodetool|ncftp\w{0,4}|doveadm pw|caddy|`,
      r`pihole -a|(?:docker|podman|helm|skopeo|buildah|oc|crane|nerdctl|az|`,
      r`cf|ibmcloud|argocd|harbor|conan|\w{2,20}ctl)\b.{0,40} login`,
    ].join(''),
  ],
  ['-P', r`(?:un)?zip\w{0,6}|mosquitto_\w{3}|ipmitool|sqlcmd|bcp|tsql|osql|knife|impacket-\w{1,20}|ssh-keygen`],
  ['-N', r`ssh-keygen`],
  ['-c', SNMP],
  ['-A', SNMP],
  ['-X', SNMP],
  ['-w', r`ldap\w{2,10}|ipa-[\w-]{3,40}|kadmin\w{0,8}|security`],
  ['-s', r`ldappasswd|slappasswd`],
  ['-a', r`(?:redis|keydb|valkey)-[\w-]{3,12}`],
  ['-k', r`openssl|netbird|ss-(?:server|local|redir|tunnel|manager)|ss(?:local|server)|n2n|edge`],
  ['-t', r`influx\w{0,3}|doctl|snyk|frpc`],
  ['-hp', r`u?n?rar`],
  ['-pw', r`plink|pscp|psftp|putty|klink|nodetool|addprinc|cpw|change_password|ank`],
  ['-xp', r`send[eE]mail`],
  ['--value', r`ssm|keyvault|\w*(?:secret|passw|token)\w*|parameter`],
  ['pass', r`rclone`],
] as const

/** `mysql -p secret` would be a database's name, but not everybody knows. */
const DATABASE = r`\b(?:mysql|mariadb|mytop|innotop|xtrabackup|innobackupex|pt-)[\w-]{0,20}\b[^|]{0,300}?`

/** Of a subcommand, which operand it is. */
const OPERANDS: readonly Shape[] = [
  // What sets a password is given it last.
  shape(
    'password',
    'passwd phrase rabbitmqctl ejabberdctl prosodyctl token api-key assword credentials_ obscure set-value auth saslauthd crypt _user_',
    r`\b(?:htpasswd -\w{0,4}[bn]\w{0,4}|mosquitto_passwd|wpa_passphrase|mkpasswd|openssl passwd|rclone obscure|`,
    r`(?:add|set|change|register|authenticate|encrypt)[-_](?:user|password|credentials|user-password|authtoken|`,
    r`api-key|`,
    r`agent-token|string)|user set password|setpassword|secret-set-value|doveadm auth (?:test|login)|testsaslauthd|`,
    r`net user|samba-tool user (?:create|add)|(?:ejabberd|prosody)ctl register)`,
    r`(?: --?\w[\w=-]{0,40}){0,8}(?: (?:[^\s'"|-]\S{0,200}|"[^"]{1,100}")){0,2}?(?: (?<user>[A-Za-z_][\w.@-]{0,63}))?`,
    r` (?![-|<>])<W>(?=$|["'\])]| ?[;&|>]| --[a-z])`,
  ),
  shape(
    'token',
    '_login_',
    r`\b(?:vault|gh|npm|oc|bw|op|ngrok|cargo|fly|flyctl|doctl) login (?:--?\w+[ =])?([^\s'"-][^\s'"]{5,256})$`,
  ),
  shape('password', '_login_', r`\blogin [\w.+-]{1,64}@[\w.-]{3,100} (?!-)<W>$`),
  shape('token', 'vault_', r`(?<=\bvault (?:kv (?:put|patch)|write) .{0,300}) (?!ttl=)\w[\w.-]{0,40}=(?!@)<W>`),
  // What is stored as a secret is one, whatever it is called.
  shape(
    'token',
    'ecrets_set ecret_set ecrets_create ecrets_put ecrets_import onfig:set',
    r`(?<=\b(?:secrets? (?:set|create|put|import)|config:set)\b.{0,300}) [A-Za-z_]\w{0,60}=<W>`,
  ),
  shape('token', 'from-literal', r`--from-literal[= ]["']?[\w.-]{1,80}=<W>`),
  shape('token', 'alias_set host_add', r`\bmc(?:li)? (?:alias set|config host add) \S{1,60} \S{1,200} \S{1,100} <W>`),
  shape(
    'password',
    'send_',
    r`\bsend (?:-\w{1,3} )?(?:--? )?\\?"(?=[^"\s]{0,60}[\d!#%^&*@])([^"\s\\]{4,100})\\{1,2}[rn]`,
  ),
]

export const COMMANDS: readonly Shape[] = [
  ...OPTIONS.map(([option, names]) => {
    const joined = /^--|^pass$/.test(option) ? '[ =]{0,4}' : ' {0,4}'
    return shape('password', `_${option}`, r`\b(?:${names})\b[^|]{0,300}? ${option}${joined}<P><W>`)
  }),
  shape('password', '_-p \'-p "-p', DATABASE, r` ["']?-p(?! )<W>`),
  // Whoever gives a command a user gives it a password next.
  shape(
    'password',
    '_-u _-U _-l _-D _-n _--user _--login',
    r`(?<!\b(?:(?:system|journal|login|machine|bus)ctl|mysql\w{0,12}|mariadb[\w-]{0,12})\b.{0,300})`,
    r` (?:-[uUlDn]|--?(?:user(?:name)?|login))[ =]?`,
    r`(?<user>[^\s-]\S{0,100}) (?:\S{1,100} )?-(?:[pP]|pw ?)[ =]?<P><W>`,
  ),
  shape(
    'password',
    '_-u _-U _--user _--auth _--proxy _--creds _-a _-c _-n',
    r`(?<!\b(?:docker|podman|nerdctl|chown)\b.{0,200})`,
    r` (?:-[uU]|--[a-z-]{0,20}(?:user|auth|creds)|(?<=\bhttps? )-a|(?<=\bttyd .{0,100})-c|`,
    r`(?<=\bcheck_\w{2,20} .{0,100})-a|(?<=\btransmission-remote .{0,60})-n)[ =]?["']?`,
    r`(?<user>[\w.@-]{0,64}):(?!\d{1,6}\b)(?:(?<=["'][\w.@-]{0,64}:)([^"']{1,256})(?=["'])|([^\s'"]{1,256}))`,
  ),
  shape('password', '_-U_ _-a_', r`\s(?:-U|(?<=wbinfo )-a) ["']?(?<user>[^\s'"%]{1,100})["']?%["']?([^\s'"]{1,256})`),
  shape('password', 'lftp', r`\blftp\b.{0,200}? -u (?<user>[^\s,]{1,100}),["']?([^\s'"]{1,256})`),
  shape('password', '_/user:', r` /user:(?<user>\S{1,64}) (?!/)<W>`),
  shape('password', '+login_', r`\+login (?<user>\w\S{1,63}) (?!\+)<W>`),
  shape('password', '/p:', r`(?:/u:(?<user>[^\s'"]{1,64}) .{0,100}?)?/p:<W>`),
  ...OPERANDS,
  // What a pipe or a here-string feeds to who asks for a password, and what is said instead of a file.
  shape(
    'password',
    'echo_ printf_',
    r`\b(?:echo|printf) (?:-\w{1,3} )?(?:["']%s(?:\\n)?["'] )?`,
    r`(?:["']?(?<user>[A-Za-z][\w.-]{0,63}):(?=\S))?`,
    r`(?:(?:(?<=["'][\w.-]{0,64}:)|["'])([^'"]{1,256})["']|(?!-)([^\s'"|]{1,256}))`,
    r`(?=(?:[;)&][^|]{0,100})? ?(?:\| ?[^|]{0,200}|>{1,2} ?\S{0,120}/\S{0,40})<A>)`,
  ),
  shape(
    'password',
    'printf_',
    r`\bprintf (?:-- )?(?:'[^']{0,200}%s[^']{0,40}'|"[^"]{0,200}%s[^"]{0,40}") `,
    r`(?:'([^']{1,256})'|"([^"]{1,256})"|([^\s)|]{1,256}))`,
    r`(?=\)| ?\| ?[^|]{0,200}<A>)`,
  ),
  shape(
    'password',
    '<<<',
    r`<A>[^<]{0,100}<<< ?(?:\$?'(?:[\w.-]{1,64}:)?([^']{1,256})'|"(?:[\w.-]{1,64}:)?([^"]{1,256})"|`,
    r`(?:[\w.-]{1,64}:)?([^\s'"]{1,256}))`,
  ),
  shape('password', '<(', r`<\((?:echo|printf) (?:-\w{1,3} ){0,2}(?:["']?%s(?:\\n)?["']? )?["']?([^'")]{1,256})`),
]
