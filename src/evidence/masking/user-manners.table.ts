/** Users as programs name them: sshd, sudo, cron and useradd, keys of logs and settings, what commands are given. */

import { type Manner, manner, wary } from './name-manner.ts'

const r = String.raw

/** Words of which each says that a user's name comes next. */
const KEYS = [
  'ser=|ser"|ser\'|ser:|ser =|ser>|ser  |SER  |SER =|ser "|ser \'|ser  "|-user |sername|ser_name|serName|ser_id|',
  'ser Id=|ser ID=|SER=|SER"|SER\'|SERNAME|rincipal|',
  'login=|login =|login"|-login |owner"|owner=|actor"|actor=|acct=|logname=|LOGNAME=|role "|role \'',
].join('')

export const USERS: readonly Manner[] = [
  // Where a key says so.
  manner(
    'user',
    KEYS,
    r`<K>(?:(?:(?!Dynamic)[A-Za-z]{0,20})?`,
    r`(?:[Uu]ser(?:[_ ]?I[dD]|_?id|_?[Nn]ame)?|USER(?:_?NAME)?)|`,
    'login|logname|LOGNAME|owner|actor|acct|role|principal(?:Name)?)',
    r`<I><U>(?=$|[\s,;&"'\\)}\]|:<>])`,
  ),
  manner(
    'user',
    'tilisateur|suario|suário|utzer|utente|ebruiker|żytkownik|nvändare|ruger|ользовател',
    r`(?:[Uu]tilisateur|[Uu]suário|[Uu]suario|(?:Ben|N|ben)utzer(?:name)?|utente|[Gg]ebruiker(?:snaam)?|`,
    r`[Uu]żytkownika?|`,
    r`[Aa]nvändaren?|[Bb]ruger(?:en)?|[Пп]ользовател[ьяю])`,
    r`(?:\s?[:=]\s?|\s(?!(?:zu|mit|von|aus|und|oder|auf|für|an|est|pas|qui|que|con|por|med|och|til)\b)`,
    r`(?=["']?[\w.-]{2,33}["']?(?:[,;.]|$| (?:zu|mit|von|aus|auf|an|bei|depuis|de|sur|desde|en|em|da|van|från|fra|z|`,
    r`с)\s)))<U>`,
  ),
  manner('user', 'UID="|Group=', r`\b(?:[A-Z]{0,4}[UG]ID=(?=")|Group=)<U>(?=$|[\s"'])`),
  manner(
    'user',
    'ser: |SER: |ame: |owner: |ogin: ',
    r`(?:^|[)\]]: |[{,]|\dZ )\s{0,40}(?:- |# )?(?:\w{1,20}_)?`,
    r`(?:[Uu]ser(?:name)?|USER|owner|[Ll]ogin):\s{1,20}<U>(?=[,}]|$)`,
  ),
  manner('user', '"user|\'user', r`["']user["']: ?\{[^{}]{0,120}?["'](?:name|login)["']: ?(?=["'])<U>`),
  manner('user', 'name": |name\': ', r`["']name["']: ?(?=["'])<U>(?=["'], ?["']pass)`),
  manner('user', 'Uid=|UID=', r`(?<=;)U(?:id|ID)=<U>(?=;|$)`),
  manner('user', 'uid=|cn=|UID=|CN=', r`\b(?:uid|cn|UID|CN)=<U>(?=,(?:[Oo][Uu]|cn|CN|dc|DC|o|O)=)`),
  manner('user', 'uid=|AMAccountName=', r`\b(?:uid|sAMAccountName)=<U>(?=$|[\s)"'])`),
  manner('user', ':user/', r`:user/<U>(?=$|[\s"'])`),
  manner('user', 'sip:', r`\bsip:([A-Za-z_][\w.-]{0,31})(?=@)`),
  manner('user', ']\\[', r`\]\\\[<U>(?=\])`),
  manner('user', ': user |(user ', r`(?:: |\()user <U>(?=[\\"'.)]{0,3}$|\))`),
  manner('user', 'uid=|gid=|groups=', r`\b(?:[ug]id|groups)=\d{1,10}\(<U>\)`),
  // What comes before a name and nothing else.
  manner(
    'user',
    'session: |: name=|unix-user:|USER |ROLE | LOGIN ON|imap(|pop3(|lmtp(|lda(|sieve(|imap-login|sql(|ldap(|passwd-file(|set_id=|uname=|su -|runuser -|' +
      '--uid=|--gid=|by u/| in as ',
    r`(?:\bStarting session: .{1,60} for |\bnew (?:user|group): name=|\bunix-user:|`,
    r`\b(?:CREATE|ALTER|DROP) (?:USER|ROLE) (?:IF (?:NOT )?EXISTS )?| LOGIN ON \S{1,20} BY |`,
    r`\b(?:imap|pop3|lmtp|lda|\w{0,6}sieve|(?:sql|ldap|passwd-file)\((?=[^(),]{1,64},))\(?|`,
    r`(?:\) -|: |^|>) ?USER |\(set_id=|`,
    r`\buname=|\b(?:su|runuser) (?:-|-l|--login) | --[ug]id=|`,
    r`\bby u/|\b(?:[Ll]ogg(?:ed|ing)|log|ssh'?(?:ed|ing)|login) in as )<U>`,
  ),
  // sshd, login, su, sudo, cron, logind, polkit, useradd, databases.
  manner('user', ' user | User ', r`\b(?:of|for|from|by|new|authenticating|invalid|as|unknown) [Uu]ser <U>`),
  manner(
    'user',
    'user |User ',
    r`\b[Uu]ser <U>(?=\(uid=| (?:from|logged|secret|password|(?:is )?not|has|may run|was|added|`,
    r`doesn't|can(?:not|'t)?|could|`,
    r`authenticated|already|on) )`,
  ),
  manner(
    'user',
    'no such user|look up user|does not exist|user `',
    r`(?:\b(?<!determine )user [\`‘']?|\bid: [‘']?)([A-Za-z_][\w.-]{0,31})`,
    r`(?=['’]? (?:does not exist|unknown)|['’]?: (?:no such user|No such process))`,
  ),
  manner('user', "'@'", r`'<U>'(?=@')`),
  manner(
    'user',
    "]...|, u'|User Slice of |gkr-pam: |ctl register | -xu | failed for |session for ",
    r`(?:\]\.{3}\S{1,60}(?=\[)|, u(?=')|\bUser Slice of|\bgkr-pam: .{1,80} for|ctl register| -xu|`,
    r` failed for(?= \S{1,40} on /dev/)|`,
    r`\bsession for(?= \S{1,40} (?:opened|closed)\b)) ?<U>`,
  ),
  wary(
    manner(
      'user',
      'ccount |login as |logon as ',
      r`\b(?:[Aa]ccount|log[io]n as) (?!temporarily|already|not\b|now\b|been\b|permanently)<U>`,
      r`(?=(?: (?:is|was|has been))? (?:un)?(?:locked|disabled|enabled|expired|created|deleted|suspended|succeeded|`,
      r`failed|denied)\b)`,
    ),
  ),
  manner('user', '[/', r`(?:^|\s)<U>(?=\[/(?:\d{1,3}\.){3}\d)`),
  manner('user', "FOR '|add '", r`(?:\bFOR |\badd )'<U>'`),
  manner('user', '(to ', r`\(to \S{1,32}\) <U> on `),
  manner('user', '(to ', r`\(to <U>\) \S{1,32} on `),
  manner(
    'user',
    'Accepted |attempts exceeded|Failed password|Failed publickey|Failed keyboard|Failed none|Postponed ',
    r`\b(?:(?:Accepted|Failed|Postponed) [\w/-]{1,30}|attempts exceeded) for (?:invalid user )?<U> from `,
  ),
  manner('user', ') for ', r`\bauth.{1,200}\) for <U>(?=:)`),
  manner('user', '(uid=', r` by <U>\(uid=`),
  manner('user', 'Invalid user |Illegal user ', r`\bI(?:nvalid|llegal) user (\S{1,64}) from `),
  manner('user', 'Executing command', r`(?:^|: )<U>(?=: Executing command \[)`),
  manner('user', 'assword for |login as', r`(?:[Pp]assword for |\blogin as: )<U>(?=:|$)`),
  manner('user', 'ser is |sername ', r`\b[Uu]ser(?:(?:name)? is|name) <U>(?= and\b|[.,;]|$| login )`),
  manner('user', ' TTY=| PWD=', r`(?:^|["\s])<U> : (?=(?:\w[\w ;]{0,60} ; )?(?:TTY|PWD)=)`),
  wary(
    manner(
      'user',
      'ok for |ttempt for |ailed for |ailure for |ucceeded for |uccess for |uccessful for |ccepted for |enied for |ejected for ',
      r`\b(?:[Aa]uth\w{0,12}|[Ll]og ?[io]n|LOGIN|PAM|[Pp]assword|[Aa]ccess)(?: \w{2,12}){1,2} for <U>`,
      r`(?=$|[,.;:)]| \(| (?:from|via|with)\b)`,
    ),
  ),
  manner('user', '[sudo', r`^\[sudo[^\]]{0,40}\] .{1,40} <U>(?= ?:)`),
  manner(
    'user',
    ') CMD (|) MAIL (|) BEGIN |) END |) LIST (|) RELOAD (|) REPLACE (|) ORPHAN (|) STARTUP (',
    r`\(<U>\) (?:CMD|MAIL|LIST|RELOAD|REPLACE|ORPHAN|BEGIN EDIT|END EDIT|STARTUP) \(`,
  ),
  manner('user', 'sshd: |sshd-session: ', r`\bsshd(?:-session)?: ([A-Za-z_][\w.-]{0,31})(?= \[|@)`),
  // Who asked a server that logs as the first ones did.
  manner('user', ' "GET | "POST | "PUT | "HEAD | "DELETE |] "', r` - <U>(?= (?:\[\d\d/|"(?:GET|POST|PUT) ))`),
  // As Matrix calls people.
  manner('user', ' @|"@|(@', r`(?<=[\s"(])@([a-z][\w.=/-]{1,60})(?=:[\w-]{1,60}\.[a-z])`),
  manner('user', '──(', r`──\(<U>(?=㉿)`),
  manner('user', '" *', r`^"<U>"\s{1,9}\*\s`),
  manner('user', 'xpired for |xpiry for |changed for ', r`\b(?:expired|expiry|changed) for <U>$`),
  manner('user', 'ogin failed: ', r`\b[Ll]ogin failed: <U>(?= \()`),
  manner('user', ' logged in| logged out', r`\buser ([A-Za-z_][\w.-]{0,31})(?=@[\w.-]{1,60} logged )`),
  manner('user', ' FATAL: | ERROR: | LOG: ', r`\] ([A-Za-z_][\w.-]{0,31})(?=@\w{1,40} (?:FATAL|ERROR|LOG): )`),
  manner('user', '] OK |] FAIL ', r`\[<U>(?=\] (?:OK|FAIL) )`),
  manner('user', '@pam|@pve|@pbs', r`[<:=]([A-Za-z_][\w.-]{0,31})(?=@(?:pam|pve|pbs)\b)`),
  manner('user', ' ALL=|sudoers', r`^%?<U>(?= +ALL ?=| is not in the sudoers)`),
  manner('user', 'entries for ', r`\bentries for <U>(?= on )`),
  manner('user', 'AllowUsers|DenyUsers', r`(?<=\b(?:Allow|Deny)Users\s.{0,200}?\s{0,4})(?<!\w)<U>(?=\s|$)`),
  // What is run as somebody, or done to somebody's account.
  manner(
    'user',
    ' -u | --user',
    r`\b(?:sudo|runuser|crontab|setpriv|pkill|killall|pgrep)\b(?: -[a-zA-Z]{1,3}){0,4}? (?:-u|--user)[ =]<U>`,
  ),
  // Clients of systemd mean their own manager.
  wary(
    manner(
      'user',
      ' --user ',
      r`(?<!\b(?:\w{0,20}ctl|systemd\S{0,20}|pip3?|dconf|flatpak|useradd|install)\b.{0,200}) --user <U>(?=$| -|["']|`,
      r` \S+$)`,
    ),
  ),
  wary(manner('user', 'chown |chgrp ', r`(?<![\w-])ch(?:own|grp) (?:-\w{1,4} )?<U>(?=:| )`)),
  manner('user', ' -l ', r`\bssh (?:-\w{1,2} (?:\S{1,60} )?){0,6}?-l <U>`),
  manner('user', 'machine ', r`^machine \S{1,100} login <U>`),
  manner(
    'user',
    ' -M |--machine| shell ',
    r`(?: -M |--machine[ =]|\bmachinectl (?:shell|login) )([A-Za-z_][\w.-]{0,31})(?=@)`,
  ),
  manner(
    'user',
    'linger |user-status |show-user |kill-user |terminate-user ',
    r`(?:(?:en|dis)able-linger|user-status|(?:show|kill|terminate)-user)(?: --?[a-z-]{1,20}(?:=\S{1,60})?){0,4} <U>`,
  ),
  wary(
    manner(
      'user',
      ['passwd |groups |finger |chage |', 'usermod |userdel |useradd |adduser |deluser |kinit '].join(''),
      r`(?:^|[\s/])(?:getent passwd|passwd|`,
      r`groups|finger|chage|kinit|(?:user(?:mod|del|add)|(?:add|del)user))`,
      r`(?: -{1,2}\w[\w-]{0,20}(?:[ =](?!-)(?:[\w,./:-]{1,60}|'[^']{0,200}'|"[^"]{0,200}"))?){0,6}?`,
      r` <U>(?=$|[\s;&|])(?! \w+ \w)`,
    ),
  ),
  wary(manner('user', ' -o ', r`\binstall (?:-\w{1,2}(?: \d{3,4})? ){0,4}-o <U>`)),
  manner('user', 'users.users.', r`\busers\.users\."?([A-Za-z_][\w-]{0,31})(?="?[. =])`),
  // Tables and files: ps, w, who, last, loginctl, ls, passwd, shadow, getfacl, stat.
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
  manner('user', ':x:', r`^[\w.-]{1,32}:x:[1-9]\d{3,6}:\d{1,7}:([A-Za-z][^:,]{2,60})[:,]`),
  manner('user', ':$', r`^<U>:\$[\w$./=+,-]{8}`),
  manner('user', 'id: (', r`\b[UG]id: \( *\d{1,7}/ *<U>\)`),
  manner('user', ':rw|:r-|:--', r`^(?:default:)?(?:user|group):<U>(?=:[r-][w-][x-])`),
  manner('user', ' (1', r`^(?:c?\d{1,6} - )?<U>(?= \([1-9]\d{3,5}\)$)`),
  // Where somebody lives, and where their mail, their clock and their screen are kept.
  manner(
    'user',
    '/home/|/Users/|\\Users\\|/mail/|/crontabs/|/linger/|/media/|/cron/|/screen/S-| ~',
    r`(?:(?<![\w.-])/(?:export/|var/)?home/|\b[A-Z]:\\{1,2}Users\\{1,2}|(?<![\w.-])/Users/|`,
    r`/var/(?:spool/)?mail/|/?crontabs/|/linger/|`,
    r`(?<=\s)~|/run/media/|/spool/cron/|/screen/S-)([A-Za-z_][\w-]{0,31}(?:\.[\w-]{1,31}){0,3})(?![\w@]|\.\w)`,
  ),
  // As people put it.
  manner(
    'user',
    ' wrote:| schrieb:| commented',
    r`^\W{0,4}([A-ZÀ-Ž][\wÀ-ž'.-]{1,30}(?: [A-ZÀ-Ž][\wÀ-ž'.-]{1,30}){0,3})(?=\W{0,4} (?:wrote|schrieb|commented))`,
  ),
  manner(
    'user',
    'ame is |his is ',
    r`\b(?:[Mm]y name is|[Tt]his is(?=(?: [A-Z]\S{1,30}){2,3} (?:from|here)\b)) `,
    r`([A-Z][\w'-]{1,30}(?: [A-Z][\w'.-]{1,30}){0,3})`,
  ),
  manner('user', '> ', r`^(?:\[?\d{1,2}:\d\d(?::\d\d)?\]? )?<[@+ ]?<U>> (?!.*</)`),
  manner('user', ' AM| PM', r`^\*?([A-Z][\w'-]{1,30}(?: [A-Z][\w'.-]{1,30}){0,3})\*? {1,4}\d{1,2}:\d\d ?[AP]M$`),
  manner('user', 'Author: |Committer: |Tagger: ', r`^\s{0,8}(?:Author|Committer|Tagger): {1,4}<U>(?= <)`),
  wary(
    manner(
      'user',
      'dmin |olleague ',
      r`\b(?:[Oo]ur|[Mm]y|[Tt]he) (?:sys)?(?:admin|colleague) `,
      r`(?!(?:who|then|just|also|never|always|only|now|already|group|account|panel|`,
      r`console|interface|script|team)\b)<U>`,
      r`(?=,| (?:re)?(?:started|stopped|booted|loaded|killed|says|said)\b| (?:ran|has|did|was)\b)`,
    ),
  ),
  // polkit's agent: an account, or a person and theirs.
  manner('user', 'icating as: ', r`^Authenticating as: (?:[^()]{1,80} \()?<U>(?=\)?$)`),
  manner('user', 'icating as: ', r`^Authenticating as: ([^()]{2,80}?),{0,4}(?= \()`),
  manner(
    'user',
    'by user |Author: |Committer: |Reporter: |Assignee: ',
    r`\b(?:by user|Author:|Committer:|Reporter:|Assignee:) {1,4}([A-Z][\w'-]{1,30}(?: [A-Z][\w'.-]{1,30}){1,3})`,
  ),
]
