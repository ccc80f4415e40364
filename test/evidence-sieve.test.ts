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

/** Lines of two logs, of their programs and of none, some of them longer than is read, and not all of them ASCII. */
const LINE = fc.oneof(
  fc.constantFrom(
    'Nov 20 04:00:00 host systemd[1]: Stopping a.service...',
    "Nov 20 04:00:01 host systemd[1]: a.service: Failed with result 'exit-code'.",
    'Nov 20 04:00:01 host worker[7]: nothing to see here é 😀',
    '{"_PID":"1","SYSLOG_IDENTIFIER":"systemd","UNIT":"b.service","MESSAGE":"Started b.service."}',
    '{"_PID":"7","SYSLOG_IDENTIFIER":"worker","MESSAGE":"nothing to \\"see\\" here"}',
    'Job for a.service canceled.',
    '$ sudo systemctl stop a',
    '',
    `Nov 20 04:00:02 host worker[7]: ${'y'.repeat(70_000)} systemd`,
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
)

test('of any log, what is read of the rest is what is read of the whole, however it comes', () => {
  fc.assert(
    fc.property(fc.array(LINE, { maxLength: 40 }), fc.integer({ min: 1, max: 300 }), (lines, length) => {
      const text = lines.join('\n')
      const some = sieved(text, length)
      expect(some).toEqual(sieved(text, 1_000_000))
      const every = text.split('\n')
      const isKept = new Set(some.numbers)
      for (const [i, line] of every.entries()) {
        if (!isKept.has(i + 1)) expect(line).toMatch(/nothing to|y systemd$|^$/)
      }
      expect(some.text).toBe(some.numbers.map((number) => every[number - 1]?.slice(0, 65_536)).join('\n'))
    }),
    { numRuns: 200 },
  )
})

test('of a log without end the last entries are kept, and the text above it', () => {
  const entry = (i: number) => `Nov 20 04:00:00 host systemd[1]: Started a${i}.service.\n`
  const ordinary = (i: number) => `Nov 20 04:00:00 host worker[7]: nothing to see here, ${i}\n`
  // Of worth is every entry, or one of so many, so that none or all of what waited is searched.
  for (const oneOf of [1, 40]) {
    const results = [1, 37].map((size) => {
      const sieve = new Sieve()
      sieve.push('Job for a.service canceled.\n')
      let piece = ''
      for (let i = 0; i < 900_000; i++) {
        piece += i % oneOf === 0 ? entry(i) : ordinary(i)
        if (i % (1000 * size) !== 0) continue
        sieve.push(piece)
        piece = ''
      }
      sieve.push(piece)
      return sieve.end()
    })
    const [{ text, numbers }, other] = results as [ReturnType<Sieve['end']>, unknown]
    expect(other).toEqual(results[0])
    expect(text.startsWith('Job for a.service canceled.\n')).toBe(true)
    expect(numbers.at(-1)).toBe(oneOf === 1 ? 900_001 : 899_962)
    expect(text.length).toBeGreaterThan(1024 * 1024)
    expect(text.length).toBeLessThan(1024 * 1024 + 200)
  }
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
