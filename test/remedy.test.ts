// What an answer shows of a remedy: one line of the story without it, one of the story with it.
import { expect, test } from 'vitest'
import { RULES } from '../src/adapters/catalog.ts'
import { diagnose } from '../src/diagnose.ts'
import { beforeAfter } from '../src/remedy/before-after.ts'
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
