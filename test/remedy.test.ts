// What an answer shows of a remedy: one line of the story without it, one of the story with it.
import { expect, test } from 'vitest'
import { RULES } from '../src/adapters/catalog.ts'
import { diagnose } from '../src/diagnose.ts'
import { beforeAfter } from '../src/remedy/before-after.ts'
import { editUnit } from '../src/remedy/edit-unit.ts'
import { forManager } from '../src/remedy/for-manager.ts'
import { commandFor, dropInFor } from '../src/remedy/for-version.ts'
import { simulate } from '../src/simulator/simulate.ts'
import { parseScenario } from '../src/systemd/scenario.ts'

const play = (restart: string) =>
  simulate(
    parseScenario(`manager user
-- app.service --
[Unit]
${restart}
[Service]
ExecStartPre=/bin/sleep 5
ExecStart=/bin/sleep 1000
-- peer.service --
[Service]
ExecStart=/bin/sleep 2
-- timeline --
0    systemctl start peer.service
1    systemctl restart app.service
20   end
`),
    { version: 257 },
  )
const before = play('BindsTo=peer.service\nAfter=peer.service')
const after = play('Wants=peer.service')

test('the end of the job in question, if it is that which changes', () => {
  expect(beforeAfter(before, after, { unit: 'app.service', type: 'start' }, [])).toEqual({
    before: '2.0 app.service job start canceled',
    after: '6.0 app.service job start done',
  })
})

test('a restart goes on as a start: then the wish is shown, and what was in its place', () => {
  const restart = { unit: 'app.service', type: 'reload' }
  expect(beforeAfter(before, after, restart, ['app.service job start done'])).toEqual({
    before: '2.0 app.service job start canceled',
    after: '6.0 app.service job start done',
  })
  expect(beforeAfter(before, after, restart, ['not app.service job stop installed'])).toEqual({
    before: '2.0 app.service job stop installed',
    after: 'never: app.service job stop installed',
  })
  expect(beforeAfter(before, after, restart, ['last app.service state running'])).toEqual({
    before: '2.0 app.service state failed',
    after: '6.0 app.service state running',
  })
})

test('what changes nothing proves nothing', () => {
  const start = { unit: 'app.service', type: 'start' }
  expect(beforeAfter(before, before, start, ['app.service job start done'])).toBeNull()
  expect(beforeAfter(before, before, start, ['peer.service job start done'])).toBeNull()
})

test("a unit of a user's manager is asked for there, and its drop-ins lie in the user's folder", () => {
  const bound = '[Unit]\nBindsTo=net.service\n[Service]\nExecStartPre=/bin/sleep 9\nExecStart=/usr/bin/panel\n'
  const paste = `$ systemctl --user start panel\nJob for panel.service canceled.
$ systemctl --user cat panel\n# /home/eve/.config/systemd/user/panel.service\n${bound}`
  const { remedies, ask } = diagnose(paste, RULES)
  expect(remedies.length).toBeGreaterThan(0)
  for (const { dropIn } of remedies) expect(dropIn?.path ?? '~/.config/systemd/user/').toMatch(/^~\/\.config/)
  const commands = [...remedies.flatMap((one) => one.commands), ...ask.map(({ command }) => command)]
  expect(commands.filter((command) => /\bsystemctl (?!--user)/.test(command))).toEqual([])
})

test("another manager than the first process is a user's, unless a unit of the system is in the paste", () => {
  const log = (pid: number) => `Mar 02 18:04:11 fern systemd[${pid}]: tray.service: Start request repeated too quickly.
Mar 02 18:04:11 fern systemd[${pid}]: Failed to start Tray.\n`
  const askedOf = (paste: string) => diagnose(paste, RULES).remedies.flatMap(({ commands }) => commands)
  expect(askedOf(log(2207))).toContain('systemctl --user reset-failed tray.service')
  expect(askedOf(log(1))).toContain('systemctl reset-failed tray.service')
  const status = '● tray.service - Tray\n     Loaded: loaded (/usr/lib/systemd/system/tray.service; static)\n'
  expect(askedOf(status + log(77))).toContain('systemctl reset-failed tray.service')
})

test('a limit is not set to what was too short already, by the log or by the file', () => {
  const limitOf = (paste: string) =>
    diagnose(paste, RULES).remedies.flatMap(({ dropIn }) => /TimeoutStartSec=.*/.exec(dropIn?.text ?? '')?.[0] ?? [])
  const log = (begin: string) => `Mar 02 ${begin} fern systemd[1]: Starting ledger.service - Ledger...
Mar 02 18:30:00 fern systemd[1]: ledger.service: start operation timed out. Terminating.\n`
  expect(limitOf(log('18:28:30'))).toEqual(['TimeoutStartSec=300'])
  expect(limitOf(log('18:20:00'))).toEqual(['TimeoutStartSec=1200'])
  const file = '# /etc/systemd/system/ledger.service\n[Service]\nTimeoutStartSec=30min\nExecStart=/usr/bin/ledger\n'
  expect(limitOf(`${log('18:28:30')}$ systemctl cat ledger\n${file}`)).toEqual(['TimeoutStartSec=3600'])
})

test("the root's mount is named where it is no option", () => {
  expect(forManager('systemctl show -.mount -p What; systemctl status a.mount', 'user')).toBe(
    'systemctl --user show -p What -- -.mount; systemctl --user status a.mount',
  )
})

test('a drop-in that would have nothing left to say is removed', () => {
  const paste = `$ sudo systemctl start crawl.service
Failed to start crawl.service: Transaction order is cyclic. See system logs for details.
Mar 03 08:30:08 print2 systemd[1]: Starting spool.service - Spooler...
$ systemctl cat crawl.service spool.service
# /etc/systemd/system/crawl.service
[Unit]
After=spool.service
[Service]
ExecStart=/usr/bin/crawl

# /etc/systemd/system/spool.service
[Service]
ExecStartPre=/bin/sleep 5
ExecStart=/usr/bin/spool

# /etc/systemd/system/spool.service.d/10-local.conf
[Unit]
After=crawl.service
`
  const removed = diagnose(paste, RULES).remedies.find(({ commands }) => commands[0]?.startsWith('rm '))
  expect(removed?.dropIn).toBeNull()
  expect(removed?.commands).toEqual(['rm /etc/systemd/system/spool.service.d/10-local.conf', 'systemctl daemon-reload'])
})

const remediesOf = (paste: string) => diagnose(paste, RULES).remedies

test('a section that is not of the type of a unit is not proposed for it', () => {
  const paste = `Mar 03 08:30:08 fern systemd[1]: cam.service: Bound to unit dev-video0.device, but unit isn't active.
Mar 03 08:30:08 fern systemd[1]: Stopping cam.service - Camera...
`
  const texts = remediesOf(paste).map(({ dropIn }) => dropIn?.text ?? '')
  expect(texts.length).toBeGreaterThan(0)
  expect(texts.filter((text) => text.includes('[Service]'))).toEqual([])
})

const missing = (service: string) => `$ sudo systemctl start app.service
Failed to start app.service: Unit pg.service not found.
$ systemctl cat app.service
# /etc/systemd/system/app.service
[Unit]
Requires=pg.service
After=pg.service
${service}`

test('a file that is not here in full, or as it is, is changed by hand', () => {
  const byHand = ['systemctl edit --full app.service']
  const changed = (service: string) => remediesOf(missing(service)).find(({ title }) => title.includes('in place of'))
  expect(changed('[Service]\nExecStart=/usr/bin/app\n')?.dropIn?.text).toContain('Wants=pg.service')
  for (const service of ['', '[Service]\nExecStart=/usr/bin/app --password=Xq9zL2vv7wT\n']) {
    expect(changed(service)).toMatchObject({ dropIn: null, commands: byHand })
    expect(changed(service)?.proof).not.toBeNull()
  }
})

test('a drop-in of many units is left as it is for the others', () => {
  const paste = `# systemctl start render-draft
Job for render-draft.service canceled.
# systemctl stop farm.target
# systemctl cat render-draft.service farm.target
# /etc/systemd/system/render-draft.service
[Service]
ExecStartPre=/bin/sleep 3.5
ExecStart=/bin/sleep infinity

# /etc/systemd/system/render-.service.d/10-farm.conf
[Unit]
PartOf=farm.target
After=farm.target

# /etc/systemd/system/farm.target
[Unit]
Description=The whole farm
`
  const { dropIn, proof } = remediesOf(paste).find(({ title }) => title.startsWith('Take PartOf=')) ?? {}
  expect(dropIn).toEqual({
    path: '/etc/systemd/system/render-draft.service.d/10-farm.conf',
    text: expect.stringMatching(/^\[Unit\]\nAfter=farm.target\n/),
  })
  expect(proof).not.toBeNull()
})

test('what interrupts, and stays so, is nothing to begin with', () => {
  const paste = `Mar 02 18:28:30 fern systemd[1]: Stopping ledger.service - Ledger...
Mar 02 18:30:00 fern systemd[1]: ledger.service: State 'stop-sigterm' timed out. Killing.
Mar 02 18:30:00 fern systemd[1]: ledger.service: Killing process 99 (ledgerd) with signal SIGKILL.
`
  const remedies = remediesOf(paste)
  const killed = remedies.findIndex(({ dropIn }) => dropIn?.text.includes('KillSignal='))
  expect(remedies[killed]?.proof).not.toBeNull()
  expect(remedies[0]?.risk).toBe('reads')
})

test("who calls again and again from a script's variable is stopped first", () => {
  const paste = `# systemctl stop meter
Job for meter.service canceled.
# systemctl cat meter pulse
# /etc/systemd/system/meter.service
[Service]
ExecStart=/usr/bin/meter
ExecStop=/bin/sleep 3

# /etc/systemd/system/pulse.service
[Service]
ExecStart=/usr/local/lib/pulse/loop.sh
Environment=TARGET=meter.service
# cat /usr/local/lib/pulse/loop.sh
#!/bin/sh
while sleep 0.9; do
  test -e /run/pulse/ok || systemctl restart --no-block "$TARGET"
done
`
  expect(diagnose(paste, RULES).code).toBe('JC116')
  const proven = remediesOf(paste).filter(({ proof }) => proof !== null)
  expect(proven.map(({ commands }) => commands)).toEqual([
    ['systemctl stop pulse.service && systemctl stop meter.service'],
  ])
})

test('what systemd-run made is run again by the same command', () => {
  const run = 'systemd-run --unit=nightly -p Type=oneshot /bin/sleep 4'
  const paste = (line: string) => `# ${line}\nJob for nightly.service canceled.\n# systemctl stop nightly.service\n`
  expect(remediesOf(paste(run)).map(({ commands }) => commands)).toContainEqual([
    `systemctl reset-failed nightly.service; ${run}`,
  ])
  const secret = remediesOf(paste(`${run} --password=Xq9zL2vv7wT`)).flatMap(({ commands }) => commands)
  expect(secret.filter((command) => command.includes('systemd-run'))).toEqual([])
})

const ENDED = 'Jun 10 10:00:00 n7 systemd[1]: Started ledger.service - Ledger.\n'

test.each([
  [
    'RuntimeMaxSec=90',
    `Jun 10 10:01:30 n7 systemd[1]: ledger.service: Service reached runtime time limit. Stopping.
Jun 10 10:01:30 n7 systemd[1]: ledger.service: Failed with result 'timeout'.`,
    'RuntimeMaxSec=infinity',
  ],
  [
    'User=ledgerd',
    `Jun 10 10:00:00 n7 (ledger)[30]: ledger.service: Failed at step USER spawning /opt/ledger: No such process
Jun 10 10:00:00 n7 systemd[1]: ledger.service: Main process exited, code=exited, status=217/USER
Jun 10 10:00:00 n7 systemd[1]: ledger.service: Failed with result 'exit-code'.`,
    'DynamicUser=yes',
  ],
])(
  'a program that %s keeps from running is helped by a setting, proven by a story of the remedy',
  (setting, log, text) => {
    const file = `# /etc/systemd/system/ledger.service\n[Service]\nExecStart=/opt/ledger\n${setting}\n`
    const { remedies } = diagnose(`# systemctl start ledger\n${ENDED}${log}\n\n# systemctl cat ledger\n${file}`, RULES)
    const proven = remedies.filter(({ proof }) => proof !== null)
    expect(proven.map(({ dropIn }) => dropIn?.text)).toEqual([`[Service]\n${text}\n`])
  },
)

test('a mount whose name is of another place is mounted where its name says', () => {
  const paste = `$ sudo systemctl start data-share.mount
Failed to start data-share.mount: Unit data-share.mount has a bad unit file setting.
$ journalctl -b
Nov 03 15:57:55 app systemd[1]: data-share.mount: Where= setting doesn't match unit name. Refusing.
$ systemctl cat data-share.mount
# /etc/systemd/system/data-share.mount
[Mount]
What=tmpfs
Where=/srv/share
Type=tmpfs
`
  const [first] = diagnose(paste, RULES).remedies
  expect(first?.dropIn?.text).toContain('Where=/data/share')
  expect(first?.proof?.after).toContain('data-share.mount job start done')
})

test('only the requirement in question becomes a want, however it is spelled', () => {
  const text = '[Unit]\nRequires=db@%i.service cache.service\nRequiresMountsFor=/srv/a /srv/b/c\nAfter=x\n'
  expect(editUnit(text, { Requires: 'Wants=db@7.service' })).toBe(
    text.replace('Requires=db@%i.service cache.service', 'Requires=cache.service\nWants=db@%i.service'),
  )
  expect(editUnit(text, { Requires: 'Wants=cache.service' })).toContain('Requires=db@%i.service\nWants=cache.service\n')
  expect(editUnit(text, { RequiresMountsFor: '-srv-b.mount' })).toContain('RequiresMountsFor=/srv/a\n')
  expect(editUnit(text, { Requires: 'Wants=mail.service', RequiresMountsFor: '-srv-bc.mount' })).toBeNull()
})

test('what does not last is not proven', () => {
  const paste = `$ sudo systemctl start refill.service
Job for refill.service canceled.
$ systemctl cat refill.service tank.service
# /etc/systemd/system/refill.service
[Unit]
Requires=tank.service
After=tank.service
[Service]
ExecStartPre=/bin/sh -c "systemctl stop tank.service; sleep 1"
ExecStart=/usr/bin/refill

# /etc/systemd/system/tank.service
[Service]
ExecStart=/usr/bin/tank
`
  const proven = diagnose(paste, RULES).remedies.filter(({ proof }) => proof !== null)
  expect(proven.flatMap(({ commands }) => commands)).toEqual(['systemctl daemon-reload'])
})

test('a unit that goes when nothing needs it is needed with the remedy as without', () => {
  const paste = `$ systemctl stop lens.service
Job for lens.service canceled.
$ systemctl cat lens.service shutter.service
# /etc/systemd/system/lens.service
[Unit]
StopWhenUnneeded=yes
[Service]
ExecStart=/usr/bin/lens
ExecStop=/bin/sleep 5

# /etc/systemd/system/shutter.service
[Unit]
Requires=lens.service
[Service]
ExecStart=/usr/bin/shutter
$ systemctl start shutter.service
`
  const proofs = diagnose(paste, RULES).remedies.flatMap(({ proof }) => proof ?? [])
  expect(proofs.length).toBeGreaterThan(0)
  for (const { scenario } of proofs) {
    const { states } = simulate(parseScenario(scenario))
    expect(states.get('lens.service')?.active ?? 'inactive').toBe('inactive')
  }
})

test('a drop-in has what the release knows, where it knows it', () => {
  const limit = '[Unit]\nStartLimitIntervalSec=60\nStartLimitBurst=30\n'
  expect(dropInFor(252, limit)).toBe(limit)
  expect(dropInFor(229, limit)).toBe('[Unit]\nStartLimitInterval=60\nStartLimitBurst=30\n')
  expect(dropInFor(219, limit)).toBe('[Service]\nStartLimitInterval=60\nStartLimitBurst=30\n')
  const job = '[Unit]\nJobTimeoutSec=infinity\nJobRunningTimeoutSec=infinity\n'
  expect(dropInFor(219, job)).toBe('[Unit]\nJobTimeoutSec=infinity\n')
  expect(dropInFor(239, '[Service]\nType=exec\n')).toBe('[Service]\nType=simple\n')
  expect(dropInFor(219, '[Service]\nDynamicUser=yes\n')).toBeNull()
  expect(commandFor(247, 'systemctl kill --kill-whom=main a.service')).toBe('systemctl kill --kill-who=main a.service')
})

test('a check after the start may be let fail', () => {
  const paste = `# systemctl start etl
Job for etl.service failed because the control process exited with error code.
# systemctl status etl
× etl.service - Loads the night's files
     Loaded: loaded (/etc/systemd/system/etl.service; static)
     Active: failed (Result: exit-code) since Mon 2026-03-02 15:57:05 UTC; 3s ago
    Process: 31 ExecStart=/usr/bin/etl (code=killed, signal=TERM)
    Process: 32 ExecStartPost=/bin/sh -c sleep 1; exit 7 (code=exited, status=7)
# systemctl cat etl
# /etc/systemd/system/etl.service
[Service]
ExecStart=/usr/bin/etl
ExecStartPost=/bin/sh -c "sleep 1; exit 7"
`
  const proven = diagnose(paste, RULES).remedies.filter(({ proof }) => proof !== null)
  expect(proven.map(({ dropIn }) => dropIn?.text)).toEqual([
    '[Service]\nExecStart=/usr/bin/etl\nExecStartPost=-/bin/sh -c "sleep 1; exit 7"\n',
  ])
  const ignored = paste.replace('\nExecStartPost=', '\nExecStartPost=-')
  expect(remediesOf(ignored).filter(({ proof }) => proof !== null)).toEqual([])
})

test('what has a unit file of its own is not mended in fstab', () => {
  const swap = (path: string) => `# systemctl start dev-sdq3.swap
A dependency job for dev-sdq3.swap failed. See 'journalctl -xe' for details.
Nov 23 15:54:23 n4 systemd[1]: dev-sdq3.device: Job dev-sdq3.device/start timed out.
Nov 23 15:54:23 n4 systemd[1]: Timed out waiting for device dev-sdq3.device - /dev/sdq3.
Nov 23 15:54:23 n4 systemd[1]: Dependency failed for dev-sdq3.swap - More memory.
Nov 23 15:54:23 n4 systemd[1]: dev-sdq3.swap: Job dev-sdq3.swap/start failed with result 'dependency'.
# systemctl cat dev-sdq3.swap
# ${path}/dev-sdq3.swap
[Swap]
What=/dev/sdq3
`
  const commands = (path: string) => remediesOf(swap(path)).flatMap((one) => one.commands)
  expect(commands('/run/systemd/generator')).toContain('sudoedit /etc/fstab')
  expect(commands('/etc/systemd/system')).toContain('systemctl edit --full dev-sdq3.swap')
  expect(commands('/etc/systemd/system')).not.toContain('sudoedit /etc/fstab')
})
