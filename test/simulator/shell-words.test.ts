// A shell's words are looked up in tables; what every object has by itself is in none of them.
import { expect, test } from 'vitest'
import { simulate } from '../../src/simulator/simulate.ts'
import { parseScenario } from '../../src/systemd/scenario.ts'

const journalOf = (script: string): string[] => {
  const story = `manager user
-- a.service --
[Service]
Type=oneshot
ExecStart=/bin/sh -c '${script}'
-- timeline --
0    systemctl start a.service
1    end
`
  return simulate(parseScenario(story)).journal.map(({ text }) => text)
}

test.each(['constructor', 'toString x', '__proto__ | cat'])('%s is a command that nobody knows', (script) => {
  expect(journalOf(script)).toEqual(journalOf('nobody-knows-it'))
})

test.each(['valueOf', '__proto__'])('%s is no operator', (word) => {
  const script = `exit $$((1 ${word} 2))`
  expect(journalOf(script)).toContain('a.service: Main process exited, code=exited, status=2/INVALIDARGUMENT')
})
