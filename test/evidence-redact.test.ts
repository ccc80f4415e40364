// Secrets, wherever people forget them in what they paste; and what only looks like one.
import { describe, expect, test } from 'vitest'
import { gather } from '../src/evidence/gather.ts'

/** Everything that could leave: quotes and fields of all facts. */
const leaving = (text: string) => JSON.stringify(gather(text).facts)

const R = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const word = (seed: number, length: number) =>
  Array.from({ length }, (_, i) => R.charAt((seed * 7919 + i * i * 104_729 + i * 31) % R.length)).join('')
const hex = (seed: number, length: number) =>
  word(seed, length).replace(/./g, (c) => (c.charCodeAt(0) % 16).toString(16))

/** Shapes that tell by themselves, whatever they stand in. */
const SHAPED: readonly (readonly [string, string])[] = [
  ['AWS access key', `AKIA${word(1, 16).toUpperCase()}`],
  ['GitHub token', `ghp_${word(2, 36)}`],
  ['GitHub fine-grained token', `github_pat_${word(3, 22)}_${word(4, 40)}`],
  ['GitLab token', `glpat-${word(5, 20)}`],
  ['Slack token', `xoxb-${'1234567890'}-${word(6, 24)}`],
  ['Stripe key', `sk_live_${word(7, 24)}`],
  ['Google key', `AIza${word(8, 35)}`],
  ['JWT', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${word(9, 43)}`],
  ['npm token', `npm_${word(10, 36)}`],
  ['SendGrid key', `SG.${word(11, 22)}.${word(12, 43)}`],
  ['model API key', `sk-ant-${word(13, 40)}`],
  ['DigitalOcean token', `dop_v1_${hex(14, 64)}`],
  ['Hugging Face token', `hf_${word(15, 34)}`],
  ['Vault token', `hvs.${word(16, 24)}`],
  ['PyPI token', `pypi-${word(17, 60)}`],
  ['Telegram token', `1234567890:AA${word(18, 33)}`],
  ['key of a vendor nobody knows', `q${word(27, 15)}7Zk${word(28, 12)}`],
  ['DSN', `https://${hex(29, 32)}@errors.example/4`],
  ['registry token', `dckr_pat_${word(23, 27)}`],
  ['hashed password', `$6$${word(24, 8)}$${word(25, 86)}`],
  ['signature of a link', `https://x.example/c?sv=2022&sig=${word(26, 43)}`],
  ['WireGuard key', `${word(19, 43)}=`],
]
const ANYWHERE: readonly ((secret: string) => string)[] = [
  (s) => `Oct 01 14:40:35 host app[12]: login with ${s} refused`,
  (s) => `[Service]\nEnvironment=FOO=${s}\nExecStart=/bin/true`,
  (s) => `$ curl https://api.example/x?y=${s}`,
  (s) =>
    `● x.service - X\n     Loaded: loaded (/x/x.service)\n     Active: active (running)\n` +
    `    Process: 7 ExecStart=/bin/x ${s} (code=exited, status=0/SUCCESS)`,
  (s) => `fatal: [host]: FAILED! => {"changed": false, "msg": "bad ${s}"}`,
]

/** Plain words that only what stands before them gives away. */
const NAMED: readonly ((secret: string) => string)[] = [
  (s) => `[Service]\nEnvironment=DB_PASSWORD=${s}`,
  (s) => `[Service]\nEnvironment="API_TOKEN=${s}" "LOG=debug"`,
  (s) => `[Service]\nEnvironment=LANG=C PGPASSWORD=${s} TZ=UTC`,
  (s) => `[Service]\nExecStart=/usr/bin/app --password=${s} --verbose`,
  (s) => `[Service]\nExecStart=/usr/bin/app --api-key ${s} serve`,
  (s) => `[Service]\nSetCredential=db.pass:${s}`,
  (s) => `[Service]\nExecStart=/usr/bin/mysqld_safe_wrap postgres://app:${s}@db/app`,
  (s) => `$ mysql -u root -p${s} -e "show tables"`,
  (s) => `# sshpass -p ${s} ssh root@host`,
  (s) => `# curl -u admin:${s} https://host/`,
  (s) => `$ export SECRET_KEY_BASE=${s}`,
  (s) => `Oct 01 14:40:35 host app[12]: config: {"password": "${s}", "port": 80}`,
  (s) => `Oct 01 14:40:35 host app[12]: auth_token=${s} user=7`,
  (s) => `Oct 01 14:40:35 host app[12]: Authorization: Bearer ${s}`,
  (s) => `Oct 01 14:40:35 host app[12]: client_secret: ${s}`,
  (s) => `  private_key = ${s}`,
  (s) => `{"MESSAGE":"access_key=${s}","_PID":"7","__REALTIME_TIMESTAMP":"1700000000000000"}`,
  (s) => `systemctl set-environment RABBITMQ_PASS=${s}`,
  (s) => `smtp_passwd: '${s}'`,
  (s) => `redis-cli -a ${s} ping`,
  (s) => `openssl rsa -in x -passin pass:${s}`,
  (s) => `Environment='JWT_SECRET=${s}'`,
  (s) => `wifi psk=${s}`,
  (s) => `//registry.example.org/:_authToken=${s}`,
  (s) => `{"user":"root","passwd":"${s}","unit":"nginx.service"}`,
  (s) => `Oct 01 14:40:35 host app[12]: GET /restart?token=${s}&unit=nginx.service 200`,
  (s) => `$ ldapsearch -D cn=admin,dc=x -w ${s} -b dc=x`,
  (s) => `bindpw ${s}`,
  (s) => `Oct 01 14:40:35 host app[12]: Passwort: ${s}`,
  (s) => `# echo -n ${s} | cryptsetup open /dev/sda2 x -`,
  (s) => `# htpasswd -b /etc/nginx/.htpasswd admin ${s}`,
  (s) => `# useradd -m -p ${s} bob`,
  (s) => `requirepass ${s}`,
  (s) => `machine api.x login bob password ${s}`,
  (s) => `# mongosh -u admin -p ${s} --eval x`,
  (s) => `# unzip -P ${s} a.zip`,
  (s) => `# influx -username admin -password '${s}'`,
  (s) => `# wpa_passphrase home ${s}abc`,
  (s) => `rootpw --plaintext ${s}`,
  (s) => `10.0.0.1 10.0.0.2 : PSK "${s}"`,
  (s) => `define('DB_PASSWORD', '${s}');`,
  (s) => `'dbpass' => '${s}',`,
  (s) => `<password>${s}</password>`,
  (s) => `# etcdctl --user root:${s} get x`,
  (s) => `db.x:5432:app:bob:${s}`,
  (s) => `# rabbitmqctl change_password guest ${s}`,
  (s) => `# ipmitool -H h -U admin -P ${s} power cycle`,
  (s) => `# net ads join -U 'admin%${s}'`,
  (s) => `         password "${s}"`,
  (s) => `Notice: /Stage[main]/X/password: changed '[old]' to '${s}'`,
]
const WORDS = [word(21, 12), 'hunter2', 'c0rrect-horse', `${word(22, 8)}!x`, 'Tr0ub4dor_3']

describe('secrets', () => {
  const cases = [
    ...SHAPED.flatMap(([name, secret]) => ANYWHERE.map((where) => [name, secret, where(secret)] as const)),
    ...NAMED.flatMap((where) => WORDS.map((secret) => ['password', secret, where(secret)] as const)),
  ]

  test(`of ${cases.length}, not one leaves`, () => {
    expect(cases.length).toBeGreaterThanOrEqual(200)
    expect(
      cases.filter(([, secret, text]) => leaving(text).includes(secret)).map(([name, , text]) => [name, text]),
    ).toEqual([])
  })

  test('a private key goes whole', () => {
    const lines = [
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      word(31, 64),
      word(32, 64),
      '-----END OPENSSH PRIVATE KEY-----',
    ]
    expect(leaving(lines.join('\n'))).not.toContain(lines[1])
    expect(leaving(lines.join('\n'))).not.toContain(lines[2])
  })

  test('the same thing gets the same token, and the count is told', () => {
    const { facts, redacted } = gather('a 10.1.2.3 b\nc 10.1.2.3 d 10.9.9.9\nmail ann@example.org')
    expect(facts[0]!.quote).toBe('a [ip-1] b\nc [ip-1] d [ip-2]\nmail [e-mail-1]')
    expect(redacted).toEqual([
      { kind: 'IP address', count: 3 },
      { kind: 'e-mail address', count: 1 },
    ])
  })

  test('names of hosts and users go from where they stand', () => {
    const text =
      'ann@web-7:~$ sudo systemctl restart nginx\nOct 01 14:40:35 web-7 sudo[3]: ann : TTY=pts/0 ; COMMAND=/bin/ls'
    expect(leaving(text)).not.toMatch(/web-7|\bann\b/)
  })

  test('a prompt that was masked before is one, whatever the numbers', () => {
    for (const number of ['1', '4711', '12345']) {
      const { facts } = gather(`[user-${number}]@[host-${number}]:~$ systemctl stop a.service`)
      expect(facts.map(({ kind, source }) => `${kind}, ${source}`)).toEqual(['request, prompt'])
    }
  })

  test('nobody has to be masked on their own machine', () => {
    const text = 'Oct 01 14:40:35 web-7 app[3]: password=hunter2'
    expect(gather(text, { mask: false }).facts[0]!.quote).toBe(text)
  })
})

describe('what is no secret stays', () => {
  test.each([
    'Oct 01 14:40:35 host systemd[1]: getty@tty1.service: Succeeded.',
    'Oct 01 14:40:35 host systemd[1]: systemd-ask-password-console.service: Deactivated successfully.',
    'Oct 01 14:40:35 host systemd[1]: Started user@1000.service - User Manager for UID 1000.',
    'Job for sshd@7-10.0.0.1:22-10.0.0.2:5044.service canceled.',
    'Job for token-refresh.service failed because a timeout was exceeded.',
    '[Service]\nLoadCredential=token:/etc/creds/token\nPassEnvironment=HOME PATH\nKeyringMode=private',
    '[Service]\nEnvironmentFile=/etc/app/secrets.env\nExecStart=/bin/app --password-file=/run/secret --key /etc/k.pem',
    `[Service]\nEnvironment=PASSWORD=$PASS TOKEN=\${TOKEN} KEY_FILE=/etc/key`,
    'Oct 01 14:40:35 host app[7]: listening on 127.0.0.1:80 and [::1]:80',
    'dev-disk-by\\x2duuid-1234\\x2d5678.device: Job dev-disk-by\\x2duuid-1234\\x2d5678.device/start timed out.',
    'Nov 22 16:40:41 host systemd[1]: Startup finished in 1.2s (kernel) + 3.4s (userspace) = 4.6s.',
    '   Active: active (running) since Mon 2024-03-04 10:00:02 UTC; 3min 7s ago',
    'systemd 252 (252.39-1~deb12u1)',
    'Invocation: cbb195f959484ae3a654afb7802a39c9',
  ])('%s', (text) => {
    expect(gather(text).redacted).toEqual([])
  })
})
