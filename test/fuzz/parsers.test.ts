// A little of what `npm run fuzz:parsers` does for as long as it is told to, and what it has found.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gather } from '../../src/evidence/gather.ts'
import { SOURCES } from '../../src/evidence/sniff.ts'
import { passages } from './corpus.ts'
import { parseAnywhere, readLawfully } from './laws.ts'
import { pastesOf } from './mutations.ts'

const known = passages()

describe('mutated pastes', () => {
  test.each(SOURCES)('of %s are read lawfully', (source) => {
    expect(known.get(source)?.length, 'passages to begin with').toBeGreaterThan(0)
    const law = (text: string) => {
      readLawfully(text)
      parseAnywhere(text, source)
    }
    fc.assert(fc.property(pastesOf(source, known), law), { numRuns: 25 })
  })
})

test('a command in the second of two lines that a backslash joins is said to be there', () => {
  const { facts } = gather('$ systemctl stop a.service && \\\n  systemctl start b.service\n')
  expect(facts.filter(({ kind }) => kind === 'request').map(({ line }) => line)).toEqual([1, 2])
})

test('lines that were run together are read where a command was typed long before them', () => {
  const file = 'ervice[Unit]\rDescription=A\r\r[Service]\rExecStart=/bin/a\r\r[Install]\rWantedBy=multi-user.target'
  const { facts } = gather(`${'prose\n'.repeat(30)}$ systemctl stop a.service\n${file}\n`)
  expect(facts.filter(({ kind }) => kind === 'unit-text')).not.toEqual([])
})

test('sections without a setting are prose, and are read once', () => {
  const { lines, facts } = gather('[Unit]\n[Install]\n\n[Install]\n')
  expect(lines.map(({ takenFor }) => takenFor)).toEqual(['prose', 'prose', 'prose', 'prose'])
  expect(facts.map(({ kind }) => kind)).toEqual(['prose'])
})
