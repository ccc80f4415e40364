// Lines of the journal that no trace keeps, as they have no message id: which there are, and in which order.
import { expect, test } from 'vitest'
import { simulate } from '../../src/simulator/simulate.ts'
import { parseScenario } from '../../src/systemd/scenario.ts'

/** Such lines, less those at debug level, process ids left out. */
function untraced(story: string): string[] {
  const { journal } = simulate(parseScenario(story), { version: 257 })
  const lines = journal.filter(({ messageId, level }) => messageId === undefined && level !== 'debug')
  return lines.map(({ text }) => text.replace(/process \d+/, 'process PID'))
}

test("what a socket's command leaves behind is told when the socket is down, and before it is up again", () => {
  const story = `manager user
-- a.socket --
[Socket]
ListenStream=7002
ExecStartPre=/bin/sh -c 'sleep 60 &'
KillMode=process
-- a.service --
[Service]
ExecStart=/bin/sleep 60
-- timeline --
0    systemctl start a.socket
1    systemctl stop a.socket
2    systemctl start a.socket
3    end
`
  expect(untraced(story)).toEqual([
    'a.socket: Unit process PID (sleep) remains running after unit stopped.',
    'a.socket: Found left-over process PID (sleep) in control group while starting unit. Ignoring.',
    'a.socket: This usually indicates unclean termination of a previous run, or service implementation deficiencies.',
  ])
})

test('a next command that cannot be spawned while the service is stopped begins the stop anew', () => {
  const story = `manager user
-- a.service --
[Service]
EnvironmentFile=/run/variables
ExecStartPre=/bin/sh -c 'trap "exit 0" TERM; sleep 30'
ExecStartPre=/bin/true
ExecStart=/bin/sleep 60
ExecStop=/bin/true
-- timeline --
0    touch /run/variables
0    systemctl --no-block start a.service
1    rm /run/variables
2    systemctl stop a.service
5    end
`
  expect(untraced(story)).toEqual([
    'a.service: Failed to load environment files: No such file or directory',
    'a.service: Failed to spawn next control task: No such file or directory',
    'a.service: Failed to load environment files: No such file or directory',
    "a.service: Failed to spawn 'stop' task: No such file or directory",
  ])
})
