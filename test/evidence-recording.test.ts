// The flight recorder's lines, one by one; whole recordings of real machines are in test/pastes.
import { describe, expect, test } from 'vitest'
import { type Fact, factsOf } from '../src/evidence/fact.ts'
import { gather } from '../src/evidence/gather.ts'

const AT = 'Nov 22 18:37:08.749431 whyjob-record[27]: '
const lines = (...said: string[]) => said.map((line) => `${AT}${line}\n`).join('')
const facts = (...said: string[]): readonly Fact[] => gather(lines(...said), { mask: false }).facts
const requests = (...said: string[]) => factsOf(facts(...said), 'request')

describe('a client', () => {
  test('asks for what its command line says, as who it is', () => {
    const [asked, ...more] = requests(
      'client 176 of session-7.scope, uid 0: /usr/bin/systemctl --no-block restart nginx',
      '176 was started by 85 of session-7.scope: /bin/sh /root/deploy.sh',
      '85 was started by 12 of ssh.service: sshd: root@pts/0',
      'client 176 of session-7.scope, uid 0: /usr/bin/systemctl --no-block restart nginx',
    )
    expect(more).toEqual([])
    expect(asked).toMatchObject({ unit: 'nginx.service', type: 'restart', noBlock: true, tense: 'done', by: 'shell' })
    expect(asked).toMatchObject({ requester: 'session-7.scope', at: { text: 'Nov 22 18:37:08.749431' } })
    expect(asked?.asker).toEqual({
      pid: 176,
      unit: 'session-7.scope',
      command: '/usr/bin/systemctl --no-block restart nginx',
      startedBy: [
        { pid: 85, unit: 'session-7.scope', command: '/bin/sh /root/deploy.sh' },
        { pid: 12, unit: 'ssh.service', command: 'sshd: root@pts/0' },
      ],
    })
  })

  test('is no client of what it lets others run later', () => {
    expect(requests('client 5 of -, uid 0: systemd-run --on-active=9 sh -c systemctl stop a.service')).toEqual([])
  })

  test.each([
    ['cron.service', '/usr/sbin/CRON -f', 'cron', 'cron.service'],
    ['app.service', '/bin/sh /opt/app/hook', 'exec', 'app.service'],
    ['user@1000.service/app.slice', 'bash', 'shell', 'user@1000.service'],
    ['systemd-udevd.service', '(udev-worker)', 'udev', 'systemd-udevd.service'],
    ['session-2.scope', 'sudo systemctl stop a', 'sudo', 'session-2.scope'],
    ['session-2.scope', '/usr/bin/python3 /root/.ansible/tmp/x/AnsiballZ_systemd.py', 'ansible', 'session-2.scope'],
    ['session-2.scope', '/usr/bin/dpkg --configure -a', 'package', 'dpkg'],
    ['-', '-bash', 'shell', null],
  ])('of %s, started by %s: %s', (scope, parent, by, requester) => {
    const [asked] = requests(
      `client 9 of ${scope}, uid 0: systemctl stop a`,
      `9 was started by 8 of ${scope}: ${parent}`,
    )
    expect(asked).toMatchObject({ by, requester })
  })

  test('of the bus is met by its message alone, or by its process as well', () => {
    const call = 'call by :1.9, process -: RestartUnit systemd1 "a.service","replace"'
    expect(requests(call)).toMatchObject([{ unit: 'a.service', type: 'restart', by: 'bus', requester: ':1.9' }])
    const known = 'client 4 of panel.service, uid 7: /usr/bin/panel --serve'
    const met = call.replace('process -', 'process 4')
    const asker = { pid: 4, unit: 'panel.service', command: '/usr/bin/panel --serve', startedBy: [] }
    expect(requests(known, met)).toMatchObject([{ unit: 'a.service', by: 'exec', requester: 'panel.service', asker }])
    expect(requests('call by :1.9, process -: Stop a_2dx_2eservice "fail"')).toMatchObject([
      { unit: 'a-x.service', type: 'stop', mode: 'fail' },
    ])
    expect(requests('client 4 of -, uid 7: systemctl restart a', met)).toHaveLength(1)
  })
})

describe('a job', () => {
  const stands = (up: number, down: number) =>
    `of a.service, which is deactivating (stop), last up at ${up}, last down at ${down}`
  const ended = (...said: string[]) =>
    factsOf(facts(...said), 'job-finished').map(({ type, result }) => `${type} ${result}`)
  const stop = `job 5, stop, running, ${stands(7, 3)}`

  test.each([
    ['displaced by one that conflicts', [stop, `job 6, start, waiting, ${stands(7, 3)}`], ['stop canceled']],
    ['over, as the unit was down since', [stop, `job 6, start, waiting, ${stands(7, 9)}`], []],
    ['seen gone before the next', [stop, `no job ${stands(7, 3)}`, `job 6, start, waiting, ${stands(7, 3)}`], []],
    ['still the same', [stop, `job 5, stop, running, ${stands(7, 3)}`], []],
    ['followed by what it would have been merged with', [stop, `job 6, stop, running, ${stands(7, 3)}`], []],
    [
      'a reload, which leaves the unit up whatever becomes of it',
      [`job 5, reload, running, ${stands(7, 3)}`, `job 6, stop, running, ${stands(7, 3)}`],
      [],
    ],
  ])('%s', (_, said, results) => {
    expect(ended(...said)).toEqual(results)
  })

  test('is one that the manager installed', () => {
    expect(factsOf(facts(stop), 'job-debug')).toMatchObject([{ unit: 'a.service', type: 'stop', jobId: 5 }])
  })
})

test('a line that only looks like the recorder’s is any program’s', () => {
  expect(facts('client of nobody', 'job 5, dance, running').map(({ kind }) => kind)).toEqual(['other-log', 'other-log'])
})
