// What is asked for next: each command once, with all that its output would mean.
import { expect, test } from 'vitest'
import { RULES } from '../src/adapters/catalog.ts'
import { diagnose } from '../src/diagnose.ts'

const asked = (paste: string) => diagnose(paste, RULES).ask

test('no command asks for what another asks for anyway', () => {
  const asks = asked('# systemctl restart api.service\nJob for api.service canceled.\n')
  const parts = asks.map(({ command }) => command.split('; '))
  for (const [i, one] of parts.entries()) {
    for (const other of parts.slice(0, i)) expect(one.every((part) => other.includes(part))).toBe(false)
  }
  expect(asks[0]?.because).toContain('`Stopping` line right after `Starting`')
})

test('nor for less of the same: fewer properties, or a part of the log', () => {
  const asks = asked('# systemctl restart api.service\nJob for api.service canceled.\n')
  const commands = asks.flatMap(({ command }) => command.split('; '))
  expect(commands.filter((one) => one.startsWith('systemctl show '))).toHaveLength(1)
  expect(commands.filter((one) => one.startsWith('journalctl '))).toHaveLength(1)
  expect(asks[0]?.because).toContain('BindsTo=, PartOf= or Conflicts=')
})

test('nor for properties that are in the paste, and no shell takes a name apart', () => {
  const upheld = asked('# systemctl stop a.service\n# systemctl show a.service -p UpheldBy\nUpheldBy=b.target\n')
  expect(upheld.map(({ command }) => command)).not.toContain('systemctl show a.service -p UpheldBy')
  const bound = asked(
    '# systemctl start m.mount\nJob for m.mount canceled.\n# systemctl show m.mount -p BindsTo\n' +
      'BindsTo=dev-disk-by\\x2dlabel-M.device\n',
  )
  expect(bound.map(({ command }) => command).join('\n')).toContain("status 'dev-disk-by\\x2dlabel-M.device'")
})
