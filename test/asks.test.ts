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
