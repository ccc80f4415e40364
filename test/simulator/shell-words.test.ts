// What a shell and its programs are told: options, and words that are looked up in tables, where every object has
// some by itself.
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

const ended = (status: string): string => `a.service: Main process exited, code=exited, status=${status}`

test.each(['constructor', 'toString x', '__proto__ | cat'])('%s is a command that nobody knows', (script) => {
  expect(journalOf(script)).toEqual(journalOf('nobody-knows-it'))
})

test('nor has systemd-notify such an option', () => {
  expect(journalOf('systemd-notify constructor; exit 3')).toContain(ended('3/NOTIMPLEMENTED'))
})

test.each([
  ['set -e -- some; false; exit 3', '1/FAILURE'],
  ['set -o errexit; false; exit 3', '1/FAILURE'],
  ['set -euo pipefail; false; exit 3', '1/FAILURE'],
  ['set -e; set +o errexit; false; exit 3', '3/NOTIMPLEMENTED'],
  ['timeout --signal KILL 0.2 sleep 9; exit $?', '137/n/a'],
])('%s: %s', (script, status) => {
  expect(journalOf(script)).toContain(ended(status))
})

test.each(['valueOf', '__proto__'])('%s is no operator', (word) => {
  const script = `exit $$((1 ${word} 2))`
  expect(journalOf(script)).toContain(ended('2/INVALIDARGUMENT'))
})
