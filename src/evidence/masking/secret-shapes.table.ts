/** Secrets that can be told without a name: by how they look, or by the command, the call or the file they stand in. */

import { COMMANDS } from './secret-commands.table.ts'
import { type Shape, shape } from './secret-shape.ts'

const r = String.raw

export const SHAPES: readonly Shape[] = [
  // What has a user and a password before an `@` though it is no URL; webhooks have their secret in the path.
  shape(
    'password',
    '@',
    r`(?<![\w/.@:-])(?!mailto|xmpp|sip|s?ftp|ssh|scp|rsync)(?<user>[\w.-]{1,64}):([^\s/:@'"<>\\]{3,128})@(?=[\w([])`,
    r`(?!\S{0,100}\.(?:service|socket|scope|slice|mount|device)\b)`,
  ),
  shape('token', 'arn:aws', r`\barn:aws[\w-]{0,10}:[\w-]{1,30}:[\w-]{0,30}:(\d{12})(?=:)`),
  shape('token', 'hook', r`\bhttps?://[\w./-]{0,100}?hook[\w.-]{0,100}/(?:[a-z]{1,20}/)?([\w@/-]{16,400})`),
  shape(
    'password',
    'jdbc: sqlplus CONNECT_ connect_ rman expdp impdp',
    r`\b(?:jdbc:oracle:\w{2,5}:|(?:sqlplus|CONNECT|connect|(?<=\brman .{0,100})(?:target|catalog)|`,
    r`(?=\w+ [^\s@]+ )(?:ex|im)pdp) )`,
    r`(?<user>[^\s/@]{1,64})/([^\s@/]{1,256})(?=@|(?<=\b(?:rman|..pdp) .{0,200})(?:$|\s))`,
  ),
  // In other languages, whose letters no name of ours has.
  shape(
    'password',
    'asło lave_ lave: lave= ароль ösenord ifre: ifre= odeord パスワード 密码',
    r`(?:[Hh]asło|\b[Cc]lave|[Пп]ароль|[Ll]ösenord|[Şş]ifre|[Kk]odeord|パスワード|`,
    r`密码)["']?\s{0,3}[:=：]\s{0,3}["']?([^\s"',;]{3,128})`,
  ),
  // A plain word, unless it says how the password is.
  shape(
    'password',
    'assword_is assphrase_is asswd_is psk_is PSK_is',
    r`\b(?:[Pp]ass(?:word|phrase|wd)|psk|PSK) is ["'\`]?(?!(?:in|un|not|mis|ex)?(?:correct|valid|set|known|pired|`,
    r`sing|changed|`,
    r`required|`,
    r`needed|accepted|rejected|`,
    r`empty|blank|wrong|right|fine|okay|good|weak|safe|asked|prompted|stored|hashed|crypted|`,
    r`encrypted|hidden|default|different|random|same|there|here|being|used|sent|read|long|short|secret|never|always|`,
    r`also|`,
    r`only|just|still|already|from|with|then|now|mine|visible|optional|\w{2,20}ly(?= (?!and|but)))\b)`,
    r`([A-Za-z][\w-]{3,30}(?: [a-z]{3,12}){0,4})["'\`]?(?=[.,;)!]?$|[.,;!)] |["'\`])`,
  ),
  shape(
    'password',
    'asswort_ist asswort_lautet ennwort_ist asse_est aseña_es lave_es enha_é',
    r`(?:[Pp]asswort (?:ist|lautet)|[Kk]ennwort ist|mot de passe est|[Cc]ontraseña es|[Cc]lave es|[Ss]enha é) `,
    r`["'\`«]?(\w{3,30}-[\w-]{2,60})`,
  ),
  // Whoever is asked has answered where it is seen.
  shape(
    'password',
    'assword: assphrase:',
    r`^(?:Enter|New|Retype(?: new)?|Confirm|Repeat|Current|Old|Verify)(?: \w{2,12}){0,2} [Pp]ass(?:word|`,
    r`phrase): (\S{3,128})$`,
  ),
  // Headers.
  shape(
    'token',
    'uthorization UTHORIZATION',
    r`\b(?:[Aa]uthorization|AUTHORIZATION)["']?(?:\s{0,4}[:=])?\s{0,4}\[?["']?`,
    r`(?:[Bb]asic|[Bb]earer|[Tt]oken|ApiKey|Negotiate|NTLM)[\s\\]{1,4}([\w.~+/=-]{6,4000})`,
  ),
  shape('token', 'uthorization:', r`[Aa]uthorization["']?: ?["']?([\w.~+/=-]{8,4000})["']?$`),
  shape('token', 'earer', r`\b[Bb]earer,?[ \\]{1,3}(?:token: )?\[?(?=[^\d\s]{0,99}\d)([\w.~+/=-]{8,4000})`),
  shape('token', 'response=', r`\bresponse="([0-9a-f]{32})"`),
  shape('cookie', 'ookie": ookie\\":', r`[Cc]ookie\\?": ?\\?"([^"\\]{4,4000})`),
  // What a variable is if nothing sets it.
  shape(
    'password',
    '${',
    r`\$\{\w{0,60}(?:PASS|SECRET|TOKEN|_KEY|passw|secret|token)\w{0,20}:(?:[-=]|(?![-=?+\s\d]))(?!/)([^}]{1,256})\}`,
  ),
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
  // Who quotes a single word has a reason.
  shape(
    'password',
    '! # & % ^ ~',
    r`(?<=[=\s])["'](?=\S{0,60}\d)(?!\S{1,100}\.(?:service|socket|timer|mount|target|scope|slice|path)\b)`,
    r`([\dA-Za-zÀ-ž][^\s"'/\\=:*?{}()[\]<>|,;@$]{0,100}[!#&%^~][^\s"'/\\=:*?{}()[\]<>|,;@$]{0,100})["'](?=$|[\s;])`,
  ),
  ...COMMANDS,
  shape(
    'password',
    'auth AUTH= login= userpass cred',
    r`(?:auth[ =]|AUTH=|\blogin=|userpass |creds?(?: are| is)?:? )["']?(?<user>[\w.@-]{1,64}):([^\s'",]{3,256})`,
  ),
  shape('token', 'AKIA ASIA AGPA AIDA AROA A3T', r`\b(?:A3T[A-Z0-9]|AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}\b`),
  shape('token', ':AA', r`(?:\b|bot)(\d{8,10}:AA[\w-]{32,40})`),
  shape('token', 'K10', r`\bK10[0-9a-f]{8,128}::\w{1,20}:[\w.-]{4,256}`),
  // What protocols and databases say.
  shape('password', 'AUTH', r`\bAUTH"?(?: (?:PLAIN|LOGIN|default))?(?: "?[\w.@=+/-]{1,64}"?)? "?([^\s"]{4,512})"?$`),
  shape('password', 'AUTH', r`\bAUTH (?:PLAIN|LOGIN) ([\w+/]{6,512}={0,2})`),
  shape('password', 'SASL resp=', r`\b(?:SASL [A-Z-]{4,20} .{0,60}?: |resp=)([\w+/]{8,512}={0,2})`),
  shape('password', 'LOGIN', r`\bLOGIN \S{1,100} (\S{1,256})$`),
  shape('password', 'IDENTIFIED', r`\bIDENTIFIED (?:(?:WITH|VIA) \S{1,40} )?(?:BY|AS|USING) [\\]?["']([^"'\\]{1,256})`),
  shape(
    'password',
    'construct( connect( bind( login( cate( .auth(',
    r`(?:construct|connect|bind|login|authenticate|\.auth)\((?:Object\(\w+\), )?(?:'[^']{0,200}', ?){0,2}`,
    r`["'](?<user>[^"']{0,200})["'], ?["']([^"']{1,256})["']`,
  ),
  // What comes before one and is no name of it.
  shape(
    'password',
    '_password_ ommunity com2sec auth-user-pass insecure-password auth-pass keyctl net_use_ alias_set host_add',
    r`\b(?:(?:login|user|username|wifi connect) (?:\S{1,100}|['\"][^'\"]{1,64}['\"]) password|`,
    r`as \S{1,64} (?:with|and) (?:the )?password(?= \S+$)|snmp-server community|`,
    r`[Cc]ommunity string(?! (?:i[sn]|was|mis))|`,
    r`auth-user-pass[\w-]{0,10} \S{1,100}|com2sec6? \S{1,64}\s{1,20}\S{1,64}|`,
    r`insecure-password|sentinel auth-pass \S{1,60}|`,
    r`keyctl (?:add|request2?) \S{1,40} \S{1,100}|net use \S{1,60} \S{1,200}(?! [-/])|`,
    r`mc(?:li)? (?:alias set|config host add) \S{1,60} \S{1,200}) {1,20}<W>`,
  ),
  // Files that hold one without naming it; the last two are ~/.pgpass and what postfix has for a relay.
  shape(
    'password',
    'requirepass masterauth bindpw rootpw community',
    r`(?:^\s{0,40}(?:bindpw|rootpw)|\b(?:requirepass|masterauth)|\br[ow]community6?)(?: --?plaintext)? <W>`,
  ),
  shape(
    'password',
    'PSK_ RSA_ EAP_ XAUTH_ P12_ PIN_ NTLM_ PKCS8_ ECDSA_',
    r`: (?:PSK|RSA|ECDSA|P12|PKCS8|EAP|XAUTH|NTLM|PIN|BLISS)(?: [\w.@/-]{1,200})? "([^"]{1,256})"`,
  ),
  shape('key', 'M_ MD5_ SHA AES', r`^\s{0,9}\d{1,5}\s{1,9}(?:M|MD5|SHA\d{1,3}|AES\w{6,10})\s{1,9}(\S{4,128})`),
  shape('password', 'user=', r`^\s{0,9}user=(?<user>[\w.@-]{1,64}):(?!\d{1,7}$)([^\s:/]{4,256})$`),
  shape(
    'password',
    'redential reds: ogin: ccess:',
    r`\b(?:[Cc]red(?:ential)?s?|[Ll]ogin|[Aa]ccess): \S{1,64} ?[/:|] ?(\S{1,256})$`,
  ),
  shape(
    'password',
    'ogin_is login_are log_in_ login_as redentials_ reds_',
    r`\b(?:[Ll]og(?:in (?:is|are)| ?in (?:as|with))|[Cc]red(?:ential)?s(?: is| are)?):? `,
    r`(?<user>[\w.@-]{1,64}) ?/ ?(?=\S{0,60}[\d!#%^&*@])(\S{4,256})`,
  ),
  shape(
    'password',
    ':*: :5432: :3306: :6432:',
    r`^[\w.*-]{1,100}:(?:\d{2,5}|\*):[\w*-]{1,64}:(?<user>[\w*-]{1,64}):(\S{1,256})$`,
  ),
  shape('password', '@', r`^\[?[\w.-]{1,100}\]?(?::\d{2,5})?\s{1,20}[\w.+-]{1,64}@[\w.-]{1,100}:(\S{1,256})$`),
  // What every line of a journal has is no sign: the ports of relays, and the commonest domains.
  shape('password', ']:25 ]:465 ]:587', r`(?:^|\s)\[[\w.-]{1,100}\]:\d{2,5} (?<user>[\w.+-]{1,64}):(\S{1,256})$`),
  shape(
    'password',
    '&p= ?p=',
    r`[?&]p=([^&\s"']{4,256})(?=\S{0,200}&u=)|[?&]u=[^&\s]{1,64}\S{0,200}&p=([^&\s"']{4,256})`,
  ),
  shape('password', '_on_>', r`\buser \S{1,64} on >(\S{1,256})`),
  shape('password', 'auth=(', r`\bauth=\(["'][^"']{1,64}["'], ?["']([^"']{1,256})["']`),
  shape(
    'password',
    'variable_',
    r`\bvariable "[\w-]{0,40}(?:passw|secret|token|_key)[\w-]{0,40}" \{.{0,80}?\bdefault\s{1,8}= "([^"]{1,256})"`,
  ),
  shape(
    'key',
    'icense icence ICENSE ICENCE ctivat',
    r`\b(?:[Ll]icen[cs]e|LICEN[CS]E|[Aa]ctivat(?:e|ion))(?:[ _](?:key|KEY|`,
    r`code))?[:=]? ?["']?((?:[A-Z\d]{4,8}-){3,8}[A-Z\d]{4,12}|(?=[A-Z]*\d)[A-Z\d]{16,64})\b`,
  ),
  shape('password', 'Login_', r`\bLogin (?:OK|incorrect)[^[]{0,120}: \[[^\]/]{1,64}/([^\]]{1,128})\]`),
  shape('token', 'hc-ping', r`\bhc-ping\.com/([\w-]{20,64})`),
  shape('password', 'MONITOR', r`\bMONITOR \S{1,100} \d{1,3} \S{1,60} (\S{1,256}) `),
  shape('password', '";', r`^\s{1,20}user_\w{1,40}="([^"]{1,256})"`),
  // machine-id(5): not to be shown to anybody.
  shape(
    'token',
    'achine_ID: MACHINE "machine',
    r`(?:\b[Mm]achine ID: |\bmachine_id"?[:=]\s?"?|_MACHINE_ID(?:=|"\s?:\s?"))([0-9a-f]{32})\b`,
  ),
  shape('password', 'localclient', r`\blocalclient:(\w{16,64}):\d`),
  shape('password', 'aad3b435b51404ee', r`\b([0-9a-fA-F]{32}:[0-9a-fA-F]{32})\b`),
  shape('password', 'createUser', r`^createUser (?<user>\S{1,60}) \w{1,8} <W>`),
  shape('password', 'createUser', r`^createUser \S{1,60} \w{1,8} \S{1,200} \w{1,8} <W>`),
  shape(
    'password',
    '*_',
    r`^\s{0,9}"?(?:[\w.@-]{1,64}|\w[\w.@/#-]{1,64}(?=")|\*)"?\s{1,9}`,
    r`\*\s{1,9}(?:"([^"]{4,256})"|([^\s"*]{4,256}))(?:\s{1,9}(?:\*|[\d.]{7,15}))?$`,
  ),
  shape(
    'password',
    'EXECVE',
    r`\ba0="(?:mysql\w{0,12}|mariadb[\w-]{0,12}|sshpass|7z)".{0,300}? a\d{1,2}="-p([^"]{1,256})"`,
  ),
  shape('token', 'proctitle= cmd=', r`\b(?:proctitle|cmd)=((?:[\dA-F]{2}){10,4000})(?!\w)`),
  // What is typed once, and keys of more than one word.
  shape(
    'password',
    'code_is code: one-time pairing OTP PIN_',
    r`\b(?:one-time|verification|login|security|access|pairing|unlock|2FA|MFA|OTP|PIN)(?: code)?(?: is|:)? `,
    r`\[?(\d[\d-]{2,10}\d)\b`,
  ),
  shape('token', 'secret OTP 2FA otp seed', r`\b(?:[A-Z2-7]{4} ){3,15}[A-Z2-7]{4}\b`),
  shape(
    'key',
    'ecovery_c ackup_c',
    r`\b(?:[Rr]ecovery|[Bb]ackup) codes?:? ((?:[\da-z]{4,10}-[\da-z]{4,10}[ ,]{0,2}){1,16})`,
  ),
  shape('key', 'ecovery', r`\b(?:(?:\d{6}|[b-lnrtuv]{8})-){7}(?:\d{6}|[b-lnrtuv]{8})\b`),
  shape('key', 'SHA256:', r`\bSHA256:([A-Za-z0-9+/]{43})(?![\w+/])`),
  shape(
    'key',
    'ssh- ecdsa-',
    r`\b(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-nistp\d{3}|sk-[\w@.-]{8,60}) `,
    r`(AAAA[\w+/=]{30,4000}(?: [\w.-]{1,64}@[\w.-]{1,64})?)`,
  ),
]
