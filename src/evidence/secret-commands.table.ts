/** Commands of which an option or an operand is a secret, where no name tells. */

import { type Shape, shape } from './secret-shape.ts'

const r = String.raw

const SNMP = r`snmp(?:bulk|usm)?(?:walk|get|getnext|set|table|trap|inform|status|df)?`

/** By option, of which commands it is a password's. */
const OPTIONS = [
  ['-p', r`sshpass|mongo\w{0,12}|cqlsh|7z\w?|u?n?rar|cadaver|user(?:add|mod)`],
  ['-p', r`(?:mc)?rcon(?:-cli)?|arangosh|rdesktop|hdbsql|vsql`],
  ['-p', r`racadm|upscmd|upsrw|pcs|govc|openfortivpn|fence_\w{2,20}|nodetool|ncftp\w{0,4}|doveadm pw|pihole -a|caddy`],
  ['-p', r`(?:docker|podman|helm|skopeo|buildah|oc|crane|nerdctl|az|cf|ibmcloud|argocd|harbor)\b.{0,40} login`],
  ['-P', r`(?:un)?zip\w{0,6}|mosquitto_\w{3}|ipmitool|sqlcmd|bcp|tsql|osql|knife|impacket-\w{1,20}`],
  ['-N', r`ssh-keygen`],
  ['-P', r`ssh-keygen`],
  ['-c', SNMP],
  ['-A', SNMP],
  ['-X', SNMP],
  ['-w', r`ldap\w{2,10}|ipa-[\w-]{3,40}|kadmin\w{0,8}|security`],
  ['-s', r`ldappasswd|slappasswd`],
  ['-a', r`(?:redis|keydb|valkey)-[\w-]{3,12}`],
  ['-k', r`openssl`],
  ['-K', r`openssl`],
  ['-t', r`influx\w{0,3}|doctl|snyk`],
  ['-k', r`netbird|ss-(?:server|local|redir|tunnel|manager)|ss(?:local|server)`],
  ['-r', r`gitlab-runner`],
  ['-b', r`gh secret`],
  ['-hp', r`u?n?rar`],
  ['-pw', r`plink|pscp|psftp|putty|klink|nodetool|addprinc|cpw|change_password|ank`],
  ['--body', r`gh secret`],
  ['--value', r`ssm|keyvault|secrets?|parameter`],
  ['--plaintext', r`caddy`],
  ['pass', r`rclone`],
  ['/pass:', r`wmic|psexec`],
] as const

/** `mysql -p secret` would be a database's name, but not everybody knows. */
const DATABASE = r`\b(?:mysql|mariadb|mytop|innotop|xtrabackup|innobackupex|pt-)[\w-]{0,20}\b[^|]{0,300}?`

/** Of a subcommand, which operand it is. */
const OPERANDS: readonly Shape[] = [
  shape('password', 'htpasswd', r`\bhtpasswd -\w{0,4}b\w{0,4}(?: -\w{1,6}){0,6}(?: \d{1,2})? \S{1,256} \S{1,100} <W>`),
  shape('password', 'htpasswd', r`\bhtpasswd -(?:\w{0,4}n\w{0,4})(?: -\w{1,6}){0,6}(?: \d{1,2})? \S{1,256} <W>`),
  shape('password', 'mosquitto_passwd', r`\bmosquitto_passwd (?:-\w{1,4} ){1,3}\S{1,256} \S{1,100} <W>`),
  shape(
    'password',
    'rabbitmqctl',
    r`\brabbitmqctl .{0,60}?(?:add_user|change_password|authenticate_user) \S{1,100} <W>`,
  ),
  shape('password', 'ejabberdctl prosodyctl', r`ctl .{0,60}?(?:register|change_password) \S{1,100} \S{1,100} <W>`),
  shape('password', 'passphrase', r`\bwpa_passphrase \S{1,64} <W>`),
  shape(
    'token',
    '_login_',
    r`\b(?:vault|gh|npm|oc|bw|op|ngrok|cargo|fly|flyctl|doctl) login (?:--?\w+[ =])?([^\s'"-][^\s'"]{5,256})$`,
  ),
  shape('password', 'bw_', r`\bbw (?:unlock|login \S{1,100}) (?!-)<W>`),
  shape('token', 'authtoken add-api-key', r`\b(?:add-authtoken|authtoken|add-api-key) (?!-)<W>`),
  shape('token', 'cloudflared', r`\bcloudflared .{0,60}?service install <W>`),
  shape('token', 'agent-token', r`\bset-agent-token \S{1,40} <W>`),
  shape('token', 'vault_', r`(?<=\bvault (?:kv (?:put|patch)|write) .{0,300}) \w[\w.-]{0,40}=(?!@)<W>`),
  shape('token', 'secrets_set secrets_put', r`(?<=\bsecrets? (?:set|put) .{0,300}?)\b[A-Z][A-Z0-9_]{1,60}=(?!@)<W>`),
  shape('token', 'alias_set host_add', r`\bmc(?:li)? (?:alias set|config host add) \S{1,60} \S{1,200} \S{1,100} <W>`),
  shape('token', 'alias_set host_add', r`\bmc(?:li)? (?:alias set|config host add) \S{1,60} \S{1,200} <W>`),
  shape('password', 'obscure', r`\brclone obscure <W>`),
  shape('password', 'keyctl', r`\bkeyctl (?:add|request2?) \S{1,40} \S{1,100} <W>`),
  shape(
    'password',
    'passwd_ mkpasswd',
    r`\b(?:openssl passwd|mkpasswd)(?: -(?:salt|m|S|R) \S{1,40}| --?\w[\w=-]{0,40}){0,8}(?: -)? (?![-|<>])<W>`,
  ),
  shape('password', 'samba-tool', r`\bsamba-tool user (?:create|add|setpassword) \S{1,64} (?!-)<W>`),
  shape('password', 'net_user', r`\bnet user (?:add )?\S{1,64} (?![-/])<W>`),
  shape('password', 'net_use_', r`\bnet use \S{1,60} \S{1,200} (?![-/])<W>`),
  shape('password', 'user_set', r`\buser set password \d{1,3} <W>`),
  shape('password', 'set-user-password', r`\bset-user-password \S{1,60} \S{1,60} <W>`),
  shape('password', 'drush', r`\bdrush (?:upwd|user:password) \S{1,64} (?!-)<W>`),
  shape('password', 'doveadm testsaslauthd', r`\bdoveadm auth (?:test|login) (?:-\w \S{1,60} )?\S{1,100} <W>`),
  shape('password', 'radtest', r`\bradtest (?:-\w \S{1,40} )?\S{1,100} <W>`),
  shape('password', 'radtest', r`\bradtest (?:-\w \S{1,40} )?\S{1,100} \S{1,100} \S{1,100} \d{1,6} <W>`),
  shape('password', 'radclient', r`\bradclient .{0,100}?\S (?:auth|acct|coa|disconnect|status|auto) <W>`),
  shape('password', 'isql', r`\bisql (?:-\w{1,3} ){0,6}\S{1,60} \S{1,60} (?!-)<W>`),
  shape('password', 'secret-set-value', r`\bsecret-set-value \S{1,60} (?:--base64 )?(?!-)<W>`),
  shape(
    'password',
    '_target_ expdp impdp sqlldr sqlcl',
    r`\b(?:rman target|expdp|impdp|sqlldr|sqlcl) ["']?[^\s/]{1,64}/([^\s@/'"]{1,256})`,
  ),
  shape('key', '_-y_', r`\s-y (?:hmac-\w{1,12}:)?[\w.-]{1,80}:([\w+/]{8,200}={0,2})`),
  shape('password', 'encrypt_string smtpctl', r`\b(?:encrypt_string|smtpctl encrypt) (?:--\S{1,60} ){0,6}(?!-)<W>`),
  shape('password', 'setpassword', r`\bpihole setpassword <W>`),
  shape(
    'cookie',
    '_-b_ --cookie',
    r`\b(?:curl|http|ab)\b.{0,400}? (?:-b|--cookie|-C) ?["']?[\w.-]{1,60}=((?:[^\s"']|(?<=;) ){4,2000})`,
  ),
  shape(
    'password',
    'send_',
    r`\bsend (?:-\w{1,3} )?(?:--? )?\\?"(?=[^"\s]{0,60}[\d!#%^&*@])([^"\s\\]{4,100})\\{1,2}[rn]`,
  ),
  shape(
    'password',
    'CONNECT_ using_ USING_',
    r`\b(?:connect to|CONNECT TO) \S{1,60} (?:user|USER) \S{1,60} (?:using|USING) <W>`,
  ),
]

export const COMMANDS: readonly Shape[] = [
  ...OPTIONS.map(([option, names]) => {
    const joined = /^--|:$|^pass$/.test(option) ? '[ =]{0,4}' : ' {0,4}'
    return shape('password', `_${option}`, r`\b(?:${names})\b[^|]{0,300}? ${option}${joined}<P><W>`)
  }),
  shape('password', "_-p '-p", DATABASE, r` ["']?-p(?! )<W>`),
  shape('password', '_-p', DATABASE, r` -p (?=[^\s]{0,60}[\d!#%^&*@+$])(?![-/])<W>`),
  // Whoever gives a command a user gives it a password next.
  shape(
    'password',
    '_-u _-U _-l _-D _--user _--login',
    r`(?<!\b(?:(?:system|journal|login|machine|bus)ctl|mysql\w{0,12}|mariadb[\w-]{0,12})\b.{0,300})`,
    r` (?:-[uUlD]|--?(?:user(?:name)?|login))[ =]?`,
    r`[^\s-]\S{0,100} (?:\S{1,100} )?-(?:[pP]|pw ?)[ =]?<P><W>`,
  ),
  shape('password', '_-u _-U', r` -[pw] <P><W> -[uU] `),
  shape('password', '"-p', r` "-p([^"\s]{2,100})"`),
  shape(
    'password',
    '_-u _-U _--user _--auth _--proxy _--creds _-a _-c',
    r`(?<!\b(?:docker|podman|nerdctl|chown)\b.{0,200})`,
    r` (?:-[uU]|--[a-z-]{0,20}(?:user|auth|creds)|(?<=\bhttps? )-a|(?<=\bttyd .{0,100})-c)[ =]?["']?`,
    r`[\w.@-]{1,64}:(?!\d{1,6}\b)([^\s'"]{1,256})`,
  ),
  shape('password', '_-U_ _-a_', r`\s(?:-U|(?<=wbinfo )-a) ["']?[^\s'"%]{1,100}%([^\s'"]{1,256})`),
  shape('password', 'lftp', r`\blftp\b.{0,200}? -u [^\s,]{1,100},["']?([^\s'"]{1,256})`),
  shape('password', '/p:', r`/p:([^\s'"]{1,256})`),
  shape('password', 'pass:', r`-pass(?:in|out)? pass:([^\s'"]{1,256})`),
  ...OPERANDS,
  // What a pipe or a here-string feeds to who asks for a password, and what is said instead of a file.
  shape(
    'password',
    'echo_ printf_',
    r`\b(?:echo|printf) (?:-\w{1,3} )?(?:["']%s(?:\\n)?["'] )?`,
    r`(?:["'](?:[\w.-]{1,64}:)?([^'"|]{1,256})["']|(?!-)([^\s'"|]{1,256}))`,
    r`(?=(?:[;)&][^|]{0,100})? ?\| ?[^|]{0,200}<A>)`,
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
    r`<A>[^<]{0,100}<<< ?(?:\$?'(?:[\w.-]{1,64}:)?([^']{1,256})'|"?(?:[\w.-]{1,64}:)?([^\s'"]{1,256}))`,
  ),
  shape('password', '<(', r`<\((?:echo|printf) (?:-\w{1,3} ){0,2}(?:["']?%s(?:\\n)?["']? )?["']?([^'")]{1,256})`),
]
