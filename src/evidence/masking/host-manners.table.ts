/** Hosts as they and others call them: hostnamed, clusters, what deploys, who is asked and cannot be reached. */

import { DEVICE, type Manner, manner, NUMBERED, wary } from './name-manner.ts'

const r = String.raw

/** Words of which each says that a host's name comes next. */
const KEYS = [
  'ost=|ost =|ost  |OST  |OST =|ost"|host\'|host:|--host |ostname|ost_name|ostName|nodename|node_name|nodeName|HOST=|HOST"|HOST\'|',
  'HOSTNAME|RemoteHost=|node.name|peer-name|peer_name|node=|node"|node:|node\\\\"|-node |-node-name |fqdn|machine=|machine":|certname|minion|peer=',
].join('')

/** Where databases, brokers, directories and clusters listen. */
const PORTS = [
  ...['5432', '6432', '3306', '1521', '1433', '27017', '6379', '6380', '11211', '9200', '9042', '5672', '5671', '1883'],
  ...['8883', '10050', '10051', '7946', '9092', '2379', '6443', '8500', '8200', '3128', '1080', '2049', '3260', '8086'],
]

/** Clients of databases, directories and the like, with the same options for whom they ask and as whom. */
const CLIENTS = [
  r`psql|pg_\w{2,12}|mysql\w{0,12}|mariadb[\w-]{0,12}|redis-cli|ipmitool|mosquitto_\w{3}|ldap\w{2,10}|influx|`,
  r`mongo\w{0,8}|zabbix_\w{3,6}|openconnect|rdesktop|clickhouse-client|sqlcmd|smbclient|rpcclient|realm|snmp\w{2,12}`,
].join('')

export const HOSTS: readonly Manner[] = [
  // Where a key says so.
  manner(
    'host',
    KEYS,
    // What is at the end of a key comes before all of its beginnings are tried.
    r`(?<![\w$-])(?=[\w.-]{0,90}?(?:ost|OST|ode|fqdn|machine|certname|minion|peer))`,
    r`<K>(?:(?:(?!local)[A-Za-z]{0,20})?(?:[Hh]ost(?:_?[Nn]ame)?(?:-override)?|HOST(?:_?NAME)?)|`,
    // What Node.js calls its modules in a trace is no machine.
    r`[Nn]ode(?!:(?:internal/|\w{2,20}(?:["')]|:\d)))`,
    r`(?:[._-]?[Nn]ame)?|fqdn|machine|certname|minion(?:_id)?|peer(?:[._-]?name)?)`,
    r`<I><H>(?=$|[\s,;&"'\\)}\]|:>])`,
  ),
  manner('host', 'instance=', r`\binstance="?<H>(?="?:\d{2,5}\b)`),
  manner(
    'host',
    'ostname: |ost: |OST: |ode: |erver: |ame: ',
    r`(?:^|[{,]|\dZ )\s{0,30}(?:\w{2,12} |- |\w{1,20}_)?`,
    r`(?:[Hh]ostname|[Hh]ost|HOST|(?:Runner|Machine) name|Node|server):\s{1,20}`,
    r`<H>(?=$|[,}]|:\d)`,
  ),
  manner('host', 'unner name: |achine name: |puter name: ', r`\b(?:[Rr]unner|[Mm]achine|[Cc]omputer) name: <H>`),
  manner('host', 'Pretty hostname', r`^\s{0,20}Pretty hostname: (\S.{0,80})$`),
  // What comes before a name and nothing else.
  manner(
    'host',
    'UPID:|rabbit@|ejabberd@|emqx@|riak@|, ignoring: |pdsh@|[SUCCESS] |[FAILURE] |etrying with |helo=|relay=|' +
      'UnknownHost|EHLO |HELO |getaddrinfo |nfs: server |resolve |ssigned |kubelet, ',
    r`(?:\b(?:UPID:|(?:rabbit|ejabberd|emqx|riak|pdsh)@|host pattern, ignoring: |[Rr]etrying with |(?:helo|relay)=|`,
    r`UnknownHost\w{0,12}: |(?:EHLO|HELO|getaddrinfo(?: E[A-Z_]{5,10}| for)?|nfs: server|kubelet,(?! \w+:)|`,
    r`[Aa]ssigned \S{1,100} to) |`,
    r`resolve (?:host(?:name)?:?|address|server) )|\[(?:SUCCESS|FAILURE)\] )<H>`,
  ),
  // The same, where the name ends a phrase.
  manner(
    'host',
    'to host |from host |on host |by host |for host |unning on |uilding remotely on |PING |logged |Last login|' +
      ' catalog for | Client Run for |included: |cordon |drain |taint node|onnection to |onnected to |onnect to |' +
      'onnecting to ',
    r`\b(?:(?:to|from|on|by|for) host|Running on|Building remotely on|PING|logged (?:in|out|on) from|`,
    r`Last login: .{10,40} from|(?:catalog|Client Run) for|included: \S{1,200} for|(?:un)?cordon|drain|`,
    r`(?:describe|taint|label|get) nodes?|[Cc]onnect(?:ion|ed|ing)? to`,
    r`(?= (?!D-)(?=[\w.-]{0,80}[-.\d])[\w.-]{1,100}(?: (?:as|port|closed|timed|refused|failed)|:\d|`,
    r`(?<!\.sock): [A-Z])))`,
    r` <H>(?=$|[\s,;:)]|\.{3})`,
  ),
  // As they call themselves.
  manner(
    'host',
    'ost name|ostname',
    r`\b(?:[Hh]ost ?name|static host name)(?: was| is| called)? (?:(?:set |changed )?to )?<H>(?=$|[.,;'")]|\s\w)`,
    r`(?! (?:is|was|of|for|to|and|in)\b)`,
  ),
  manner('host', 'llowed hosts: ', r`\ballowed hosts: <H>`),
  manner('host', 'proftpd[', r`\bproftpd\[\d{1,8}\]: <H>(?= \()`),
  manner('host', ' SMP |PREEMPT', r`\bLinux <H>(?= \d{1,2}\.\d{1,3}[.-]\S{1,80} #\d)`),
  manner('host', ' login:', r`^<H>(?= login:)`),
  manner('host', '──(', r`──\(\S{1,40}(?:㉿|💀)<H>(?=\))`),
  manner('host', 'ummary for ', r`^Summary for <H>$`),
  manner('host', '.pts-|.tty', r`\b\d{1,8}\.(?:pts|tty)\w{0,4}(?:-\d{1,4})?\.<H>`),
  // Of a cluster.
  manner(
    'host',
    'Online: [|OFFLINE: [|Offline: [|Standby: [|Nodes: [',
    r`(?<=\b(?:Online|OFFLINE|Offline|Standby|Nodes): \[.{0,400}? )<H>(?= )`,
  ),
  manner(
    'host',
    'Current DC: |Lock owner: |leader (|I am (',
    r`(?:\bCurrent DC: |\bLock owner: (?:\S{1,80}; I am )?|\bleader \(|\bI am \()<H>(?=[;), ]|$)`,
  ),
  manner(
    'host',
    'node |Node |peer |member |; host ',
    r`\b(?:[Nn]ode|peer|member|(?<=; )host) <H>`,
    r`(?= (?:status|state|will|is|was|has|left|joined|not|now|lost|already|cordoned|drained)\b)`,
  ),
  manner(
    'host',
    ' node | Node |node \\"|node "| server | peer | broker | replica | member | agent ',
    r`\b(?:[Nn]ode|server|peer|broker|replica|member|agent) [\\\`]?(?!${DEVICE})<O>`,
  ),
  manner(
    'host',
    ' our | my |My |Our |ost is |ost es |ost ist |ox is |achine is ',
    r`(?:\b(?:[Oo]ur|[Mm]y)(?: \w{1,12}){0,2}? (?:host|server|machine|box|VM|node|laptop|NAS)|`,
    r`\b(?:[Hh]ost|[Bb]ox|[Mm]achine))`,
    r`(?: is| es| ist)?(?: called| named| on)? \`?(?!${DEVICE})<O>`,
  ),
  // As Kerberos calls services, and what joins a domain.
  manner('host', 'host/|HTTP/|nfs/|ldap/', r`\b(?:host|HTTP|nfs|ldap)/([\w.-]{2,100}@[A-Z][\w.-]{1,100})`),
  manner('host', 'realm join', r`\brealm join(?: .{0,60})? <H>$`),
  // What configures and deploys.
  manner('host', 'ansible_host|ansible_user|ansible_conn', r`^<H>(?= +ansible_\w+=)`),
  manner('host', 'orkstation ', r`\b[Ww]orkstation <H>(?=\])`),
  manner('host', 'domain_name|domain=|domain"', r`\bdomain(?:_name)?<I>([\w-]{1,63}(?:\.[\w-]{1,63}){1,6})(?![\w.])`),
  manner('host', 'salt ', r`\bsalt (?:-\w{1,2} (?:\d{1,4} )?){0,4}["']?<H>(?=["']? [a-z]+\.[a-z])`),
  manner(
    'host',
    'pdsh |clush ',
    r`\b(?:pdsh|clush) (?:-\w{1,2} )?([a-z][\w.-]{0,60}\[[\d,-]{1,60}\]|[a-z][\w.-]{1,60}\d)`,
  ),
  manner('host', 'run: |out: |err: ', r`^\[<H>(?=\] (?:run|out|err|sudo|local|put): )`),
  manner('host', ', system ID: ', r`(?:^\s{1,4}|runner .{1,40} )on <H>(?= )`),
  manner('host', ', system ID: ', r`\bon \S{1,80} ([\w-]{6,12})(?=, system ID: )`),
  // Groups of Windows, accounts of clouds, certificates.
  manner('host', 'CN=|CN =', r`\bCN ?= ?(?=[\w.-]{0,60}[-.\d])<H>(?=$|[\s,/"'])`),
  manner('host', 'workgroup ', r`\bworkgroup <H>(?=$|[ ,.])`),
  wary(
    manner(
      'host',
      '--profile|--account|--project|--context|--tenant|--cluster|ccountName=',
      r`(?: --(?:profile|account-name|project|context|tenant|cluster(?:-name)?)[ =]|\bAccountName=)`,
      r`(?=\S{0,60}[-\d]|\S{9})<H>(?=$|[\s;"'])`,
    ),
  ),
  manner('host', 's3://|gs://', r`\b(?:s3|gs)://([a-z\d][\w.-]{2,62})`),
  manner('host', ' ALERT: |EXTERNAL COMMAND: ', r`\b(?:ALERT: |EXTERNAL COMMAND: \w{1,60};)<H>(?=;)`),
  // Programs about their peers.
  manner('host', ' via ', r`\bRunning on \S{1,200} via <H>(?=\.{3}$)`),
  manner('host', ') via ', r`\(<H>\) via `),
  manner('host', 'Server=|SERVER=|Data Source=', r`\b(?:Server|SERVER|Data Source)=(?:tcp:)?<H>(?=[;,])`),
  manner(
    'host',
    'server: |erver at "|server": "|server":"|host: "|host: \'| /v:',
    r`(?:\b(?:server: (?=[^\s,]{1,100},)|host: (?=["'])|server at (?=")|server": ?(?="\w*[-\d]))| /v:)<H>`,
  ),
  manner('host', 'haproxy[', r`/<H>(?= -?\d{1,9}/-?\d{1,9}/)`),
  manner('host', "'@'", r`'@'<H>'`),
  manner('host', 'DHCPACK', r`\bDHCPACK\(\S{1,20}\) \S{7,45} \S{17} <H>`),
  manner('host', 'nfs|What=|scp |rsync ', r`(?<![\w./@:-])<H>(?=:/[\w-]{2}|::\w)`),
  manner('host', '% /', r`^(?://)?<H>(?=:?/\S{0,200}\s.{0,80}\d% /)`),
  manner(
    'host',
    'ddresses|etry_join|ervers|osts|eeds|rokers|embers',
    r`(?<=\b\w{0,20}(?:[Aa]ddresses|[Rr]etry_join|[Ss]ervers|[Hh]osts|[Ss]eeds|[Bb]rokers|[Mm]embers)`,
    r`["']?\s{0,3}[:=]\s{0,3}\[`,
    r`[^[\]]{0,300}?)(?=["'])<H>(?=[:"'])`,
  ),
  manner('host', '\\\\|cifs|smb|What=//', r`(?:^|[\s'"=])(?://|\\\\)([A-Za-z\d][\w.-]{0,100})(?=[/\\ ][\w$]|$)`),
  manner(
    'host',
    PORTS.map((port) => `:${port}`).join('|'),
    // A line of a program's source has a number, too.
    r`(?<![\w./@-]|[a-z]:)(?=[\w.-]{0,80}[\d.-])(?!\S{0,80}\.(?:[chm]|cc|cpp|go|py|rs|java|kt|[jt]s|rb|php|p[lm]|sh):)`,
    r`<H>(?=:(?:${PORTS.join('|')})\b)`,
  ),
  manner('host', 'ansible ', r`(?:^|[$#>] )ansible (?!-)<H>(?= -)`),
  // Hosts that are asked for, or cannot be reached.
  manner('host', 'lookup ', r`\blookup <H>(?=:| on )`),
  manner(
    'host',
    'Name or service|name resolution',
    r`(?:^|[ :"])<H>(?=: (?:Name or service not known|Temporary failure in name resolution))`,
  ),
  manner(
    'host',
    ' ping | telnet | nslookup | traceroute | dig |ping -|cqlsh |nc -| mtr |keyscan |nmap ',
    r`(?:^|[$#>] |sudo )(?:ping6?|telnet|nslookup|traceroute|dig|cqlsh|nc|mtr|`,
    r`ssh-keyscan|nmap)(?: -\w{1,3}(?: ?\d{1,4})?){0,4} <H>(?=$|\s)`,
  ),
  wary(
    manner(
      'host',
      '--server|--broker|--gateway',
      r` --(?:[a-z]{1,20}-)?(?:server|broker|gateway)[ =](?:tcp:)?<H>(?=$|[\s:,"'])`,
    ),
  ),
  manner('host', '--add-host|"', r`(?:--add-host[= ]|^\s{1,12}- ["'])<H>(?=[:=](?:\d{1,3}\.){3}\d)`),
  manner('host', 'New machine |in as ', r`\b(?:New machine|in as \S{1,32} on(?: the)?) <H>(?=[.,;]?$|[.,;] )`),
  manner('host', 'Node: ', r`^\s{0,8}Node:\s{1,20}([A-Za-z][\w.-]{1,80})(?=/\d)`),
  manner('host', ' pts/| tty', r`^\S{1,32} +(?:pts/\d{1,4}|tty\w{1,4}) +<H>(?= +[A-Z][a-z]{2} [A-Z][a-z]{2} +\d)`),
  // As people say where they were.
  manner(
    'host',
    ' server, | host, | machine, | box, | node, | VM, ',
    r`\b(?:server|host|machine|box|node|VM), \`?(?!${DEVICE}|${NUMBERED})<O>`,
  ),
  manner(
    'host',
    ' -h| -H | -S | -s | -z | --host',
    r`\b(?:${CLIENTS}|(?:system|journal|login|machine)ctl)\b.{0,200}? (?:-h|-H|-S|(?<=\bzabbix_.{0,200})-[sz]|`,
    r`--host)[ =]?<H>(?!@)`,
  ),
  manner('user', ' -u| -U| -l ', r`\b(?:${CLIENTS}|(?:docker|podman|helm) login)\b.{0,200}? -(?:[uU] ?|l )<U>`),
  manner(
    'host',
    'ssh ',
    r`(?:^|[\s;&|("'\`])ssh (?:-(?:[A-Za-km-z]{1,4}|l \S{1,32}|[piFoJbcEILQRSWw] \S{1,60}) ){0,6}(?!-)<H>(?=$|[ '"\`])`,
  ),
]
