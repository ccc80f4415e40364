// Laws of the reader: it never throws, its spans hold their quotes, every line is accounted for, and each sentence of
// the manager that a release prints is read as that sentence.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gather } from '../src/evidence/gather.ts'
import { hear } from '../src/evidence/hear.ts'
import { MESSAGES, type MessageKey, parseMessage, printMessage } from '../src/systemd/messages.ts'

const recordings = join(import.meta.dirname, 'pastes', 'recordings', '252')
const corpus = readdirSync(recordings).flatMap((name) => readFileSync(join(recordings, name), 'utf8').split('\n'))

const rounds = { numRuns: 300 }

/** Lines of real output, cut, joined, repeated and mixed with what no program prints. */
const damagedLine = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...corpus) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...corpus), fc.nat(200)).map(([line, at]) => line.slice(at)) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...corpus), fc.nat(200)).map(([line, at]) => line.slice(0, at)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...corpus), fc.nat(120), fc.string({ unit: 'binary', maxLength: 4 }))
      .map(([line, at, extra]) => line.slice(0, at) + extra + line.slice(at)),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  { weight: 1, arbitrary: fc.constantFrom('', '```', '> ', '{', '}', '[Unit]', '| ', '$ ', '# ', '\u001b[31m', '-- ') },
)
const paste = fc.array(damagedLine, { maxLength: 40 }).map((lines) => lines.join('\n'))

/** Texts without a single LF end their lines in CR. */
const lineEnd = (text: string) => (text.includes('\n') || !text.includes('\r') ? '\n' : '\r')

describe('any paste', () => {
  test('is read without an exception, each fact holding its quote', () => {
    fc.assert(
      fc.property(paste, (text) => {
        const { facts } = gather(text, { mask: false })
        for (const { start, end, quote, line } of facts) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThanOrEqual(start)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(quote).toBe(text.slice(start, end))
          expect(line).toBe(text.slice(0, start).split(lineEnd(text)).length)
        }
      }),
      rounds,
    )
  })

  test('has each of its lines taken for something, once and in order', () => {
    fc.assert(
      fc.property(paste, (text) => {
        const { lines } = gather(text)
        expect(lines.every(({ takenFor }) => takenFor !== '')).toBe(true)
        lines.forEach(({ number, start, end }, i) => {
          expect(number).toBe(i + 1)
          expect(start).toBe(i === 0 ? 0 : text.indexOf(lineEnd(text), lines[i - 1]!.start) + 1)
          expect(end).toBeGreaterThanOrEqual(start)
        })
      }),
      rounds,
    )
  })

  test('has the same facts when read again, numbered in the order of the paste', () => {
    fc.assert(
      fc.property(paste, (text) => {
        const first = gather(text)
        expect(gather(text)).toEqual(first)
        expect(first.facts.map(({ id }) => id)).toEqual(first.facts.map((_, i) => `e${i + 1}`))
        const starts = first.facts.map(({ start }) => start)
        expect(starts).toEqual([...starts].sort((a, b) => a - b))
      }),
      rounds,
    )
  })

  test('says the same behind quote marks and line numbers, and with other line ends', () => {
    const text = readFileSync(join(recordings, 'status.txt'), 'utf8')
    const told = (paste: string) => gather(paste).facts.map(({ kind, says }) => `${kind} ${says?.key ?? ''}`)
    const lines = text.split('\n')
    expect(told(lines.map((line) => `> ${line}`).join('\n'))).toEqual(told(text))
    expect(told(lines.join('\r\n'))).toEqual(told(text))
    expect(told(lines.map((line, i) => `${String(i + 1).padStart(4)}: ${line}`).join('\n'))).toEqual(told(text))
    expect(told(lines.map((line) => line.replaceAll(' ', '\u00a0')).join('\n'))).toEqual(told(text))
    expect(told(lines.map((line) => line.replaceAll("'", '\u2019')).join('\n'))).toEqual(told(text))
    expect(told([...text].join('\0'))).toEqual(told(text))
  })
})

describe('one table, two directions', () => {
  /** What each place can hold; a word of the sentence itself would make two sentences of one. */
  const argument = (name: string) => {
    if (/job|into|^a$|^b$|deleted|start$/.test(name)) return 'nginx.service/start'
    return /id|counter|ms|count/.test(name) ? '17' : 'x.service'
  }
  const versions = Array.from({ length: 24 }, (_, i) => 239 + i)

  test.each(Object.keys(MESSAGES) as MessageKey[])('%s is read as what it was printed from', (key) => {
    for (const version of versions) {
      const wording = MESSAGES[key].wordings.find((w) => version >= (w.since ?? 0) && version <= (w.until ?? 999))
      if (!wording) continue
      const names = [...wording.text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
      const args = Object.fromEntries(names.map((name) => [name, argument(name)]))
      const readings = parseMessage(printMessage(key, args, version)!.text)
      expect(readings.filter((reading) => reading.key === key).map((reading) => reading.args)).toContainEqual(args)
    }
  })

  test('a sentence behind a unit is read as one of the sentences that stand there', () => {
    for (const key of Object.keys(MESSAGES) as MessageKey[]) {
      const printed = printMessage(key, {}, 252)
      if (!printed || !MESSAGES[key].prefixed || /\{/.test(MESSAGES[key].wordings[0]!.text)) continue
      expect(hear(new Map(), `a@b.service: ${printed.text}`).reading?.key, printed.text).toBeDefined()
    }
  })
})
