// What real machines of five releases printed, in every format: every line is taken for something, and nothing that the
// manager said at its default level is unknown. test/pastes/record.ts makes the recordings.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gather } from '../src/evidence/gather.ts'
import { RECORDED } from '../src/systemd/versions.ts'
import { printFacts } from './pastes/print.ts'

const folder = join(import.meta.dirname, 'pastes', 'recordings')
const read = (version: number, name: string) => readFileSync(join(folder, String(version), name), 'utf8')

/** Of no interest to jobs, and of this recorder's machines only. */
const ACCEPTED = /^(?:System is tainted|Couldn't stat device|\S+: Failed to read pids\.max)/

/** Facts that a person checked line by line; the others only have to be complete. */
const CHECKED = ['session.txt', 'status.txt', 'journal-short.txt', 'list-dependencies.txt', 'show-some.txt']

/** Of these formats only some entries were recorded. */
const PARTS = [
  ...['short-iso-precise', 'short-precise', 'short-full', 'short-monotonic', 'short-unix'],
  ...['json', 'json-pretty', 'json-sse', 'json-seq', 'export', 'verbose'],
]

describe.each(RECORDED)('systemd %d', (version) => {
  const names = readdirSync(join(folder, String(version)))

  test.each(names)('%s has no line that is not read', (name) => {
    const text = read(version, name)
    const { lines, facts } = gather(text, { mask: false })
    const unread = lines.filter(({ takenFor }) => ['prose', 'quoted', 'script', ''].includes(takenFor))
    expect(unread.map(({ start, end }) => text.slice(start, end))).toEqual([])
    for (const fact of facts) expect(fact.quote).toBe(text.slice(fact.start, fact.end))
    if (name === 'journal-debug.txt') return
    const unknown = facts.filter((fact) => fact.kind === 'other-log' && fact.identifier === 'systemd')
    expect(unknown.filter((fact) => !('text' in fact && ACCEPTED.test(fact.text)))).toEqual([])
  })

  test.each(CHECKED)('%s says what it says', async (name) => {
    const facts = printFacts(gather(read(version, name)))
    await expect(facts).toMatchFileSnapshot(join('pastes', 'expected', String(version), name.replace('.txt', '.facts')))
  })

  test('the journal says the same in every format', () => {
    const told = (name: string) =>
      gather(read(version, `journal-${name}.txt`)).facts.flatMap(({ says }) => says?.key.replace('-service', '') ?? [])
    const short = told('short').join(' ')
    for (const name of ['short-iso', 'with-unit', 'short-x']) expect(told(name).join(' ')).toBe(short)
    for (const name of PARTS) expect(short).toContain(told(name).join(' '))
  })
})
