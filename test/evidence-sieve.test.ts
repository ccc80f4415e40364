// What is kept of a long log has to be what would have been read of the whole, at the same places.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gather } from '../src/evidence/gather.ts'
import { gatherSieved, Sieve } from '../src/evidence/sieve.ts'
import { WordFinder } from '../src/evidence/word-finder.ts'
import { longPaste } from './bench/worlds.ts'

function sieved(text: string, pieceLength: number) {
  const sieve = new Sieve()
  for (let at = 0; at < text.length; at += pieceLength) sieve.push(text.slice(at, at + pieceLength))
  return sieve.end()
}

const PASTE = `${longPaste(100_000)}Nov 20 04:00:00 host sudo[12]: ana : COMMAND=/usr/bin/systemctl stop worker0 # é 😀
Nov 20 04:00:01 host worker[1]: ordinary é 😀
Nov 20 04:00:02 host systemd[1]: worker0.service: Failed with result 'exit-code'.
`

test('what the manager, clients and files say is read as from the whole, at its places', () => {
  const telling = ({ facts }: ReturnType<typeof gather>) =>
    facts.filter(({ kind }) => kind !== 'other-log').map(({ id: _, ...fact }) => fact)
  const some = gatherSieved(sieved(PASTE, 1000))
  expect(telling(some)).toEqual(telling(gather(PASTE)))
  expect(some.facts.length).toBeLessThan(gather(PASTE).facts.length)
  // Where nothing is masked, a quote is what stands at its place.
  const unmasked = gatherSieved(sieved(PASTE, 1000), { mask: false })
  for (const { start, end, quote, line } of unmasked.facts) {
    if (quote.includes('\n')) continue
    expect(PASTE.slice(start, end)).toBe(quote)
    expect(PASTE.slice(0, start).split('\n').length).toBe(line)
  }
})

test('how it comes in pieces makes no difference', () => {
  const whole = sieved(PASTE, PASTE.length)
  for (const length of [1, 7, 64, 4096, 65_536]) expect(sieved(PASTE, length)).toEqual(whole)
})

test('of a log without end the last entries are kept, and the text above it', () => {
  const sieve = new Sieve()
  sieve.push('Job for a.service canceled.\n')
  const entry = (i: number) => `Nov 20 04:00:00 host systemd[1]: Started a${i}.service.\n`
  for (let i = 0; i < 200; i++) sieve.push(Array.from({ length: 1000 }, (_, j) => entry(i * 1000 + j)).join(''))
  const { text, numbers } = sieve.end()
  expect(text.startsWith('Job for a.service canceled.\n')).toBe(true)
  expect(text.endsWith('Started a199999.service.')).toBe(true)
  expect(text.length).toBeLessThan(2 * 1024 * 1024)
  expect(numbers.at(-1)).toBe(200_001)
})

test('a line longer than any is read keeps the places below it right', () => {
  const long = `Nov 20 04:00:00 host systemd[1]: ${'x'.repeat(200_000)}\n`
  const last = 'Nov 20 04:00:02 host systemd[1]: Stopped a.service.'
  const { starts, numbers } = sieved(`${long}${last}\n`, 10_000)
  expect([starts.at(-1), numbers.at(-1)]).toEqual([long.length, 2])
})

test('words are found where they end first', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 })
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'é'), maxLength: 40 })
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), text, (words, within) => {
      const ends = words.map((one) => (within.includes(one) ? within.indexOf(one) + one.length - 1 : within.length))
      const first = Math.min(...ends)
      expect(new WordFinder([words]).find(within, 0, within.length)).toBe(first === within.length ? -1 : first)
    }),
  )
})
