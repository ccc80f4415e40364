// What answers look like in Slack: within its limits, whatever was pasted, and with nothing pasted alive in it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GLOSSARY, RULES } from '../../../src/adapters/catalog.ts'
import { FONT } from '../../../src/adapters/own-files.ts'
import { characters, HomeView, MessageBlocks } from '../../../src/adapters/slack/block-limits.ts'
import { homeView } from '../../../src/adapters/slack/views.ts'
import { diagnose } from '../../../src/diagnose.ts'
import { termReport } from '../../../src/render/glossary.ts'
import { phoneLanes } from '../../../src/render/phone-lanes.ts'
import { ruleReport } from '../../../src/render/rule.ts'
import { reportToSlack, toSlack } from '../../../src/render/slack.ts'
import { candidates, explained, hostile, noEvidence, notCancellation } from '../../render/sample.ts'
import { answered, INCIDENTS } from './answers.ts'

const documents = join(import.meta.dirname, '../../../docs/slack')
const pastes = join(import.meta.dirname, '../../pastes')
const options = {
  picture: { url: 'https://whyjob.example/lanes.png', alt: 'Jobs by unit' },
  notes: ['61% → 97%: isolate is ruled out by line 12.'],
}

test.each(Object.entries({ explained, candidates, notCancellation, noEvidence }))('%s', async (name, answer) => {
  const message = toSlack(answer, options)
  MessageBlocks.parse(message.blocks)
  await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(`expected/${name}.json`)
})

test('an answer to each paste keeps to the limits, with and without a picture', () => {
  let longest = 0
  for (const file of readdirSync(pastes, { recursive: true, encoding: 'utf8' }).filter((f) =>
    /\.(?:txt|paste)$/.test(f),
  )) {
    const answer = diagnose(readFileSync(join(pastes, file), 'utf8'), RULES)
    for (const given of [options, {}]) {
      const { blocks, text } = toSlack(answer, given)
      expect(MessageBlocks.safeParse(blocks).error, file).toBeUndefined()
      expect(characters(blocks)).toBeLessThanOrEqual(12_000)
      expect(text.length).toBeLessThanOrEqual(3000)
      longest = Math.max(longest, characters(blocks))
    }
  }
  expect(longest).toBeGreaterThan(2000)
})

test('every rule and every word of the glossary is explained within the limits', () => {
  const words = GLOSSARY.map(({ term }) => termReport(term, GLOSSARY)!)
  for (const report of [...RULES.map(ruleReport), ...words]) {
    const { blocks, text } = reportToSlack(report)
    expect(MessageBlocks.safeParse(blocks).error, report.title).toBeUndefined()
    expect(text).not.toBe('')
  }
})

const NASTY = [
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<!subteam^S1>',
  '<@U123ABC>',
  '<#C123ABC>',
  '<!date^1392734382^{date}|x>',
  '<https://a.example|nginx.service>',
  '<mailto:a@b.example>',
  '&lt;!channel&gt;',
  '&amp;lt;',
  '*bold*',
  '_x_',
  '~x~',
  '`x`',
  '```\n<!channel>\n```',
  '> quoted',
  '@channel',
  ':bomb:',
  'https://a.example/',
  '\u202egnp.exe',
  '\u0000',
  '\ud800',
  '\u{e0041}',
  '\n',
  '\r\n',
  ' ',
  '',
  'x'.repeat(4000),
  '😀'.repeat(1600),
  'a.service',
]
const nasty = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 8 })
  .map((parts) => parts.join(''))

/** Every string of ours that Slack would read markup in: `mrkdwn` objects and the message's own text. */
function markup(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'type' in value && value.type === 'mrkdwn' ? [String((value as { text?: unknown }).text)] : []
  return [...own, ...Object.values(value).flatMap(markup)]
}

/** Elements of a message that do something, by their type. */
function kinds(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'type' in value && typeof value.type === 'string' ? [value.type] : []
  return [...own, ...Object.values(value).flatMap(kinds)]
}

describe('hostile text', () => {
  test('keeps to the limits in every block, and makes no mention, no link and no markup', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { blocks, text: fallback } = toSlack(hostile(text), { ...options, notes: [text, text] })
        expect(MessageBlocks.safeParse(blocks).error).toBeUndefined()
        expect(markup(blocks)).toEqual([])
        expect(
          kinds(blocks).filter((kind) => ['link', 'user', 'usergroup', 'broadcast', 'channel'].includes(kind)),
        ).toEqual([])
        expect(fallback).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/)
        expect(JSON.stringify(blocks).isWellFormed()).toBe(true)
        expect(JSON.stringify(blocks)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\\u00[01][0-9a-f]|\\ud8/)
      }),
      { numRuns: 500 },
    )
  })

  test('a drop-in is whole or named as left out', () => {
    const long = `[Service]\n${'Environment=X=1\n'.repeat(400)}ExecStop=\n`
    const [remedy] = explained.remedies
    const answer = { ...explained, remedies: [{ ...remedy!, dropIn: { path: '/etc/x.conf', text: long } }, remedy!] }
    const shown = JSON.stringify(toSlack(answer).blocks)
    expect(shown).not.toContain('Environment=X=1')
    expect(shown).toContain('Not shown here, to keep it short: remedies.')
    expect(shown).toContain('ExecStop=/bin/kill')
  })
})

test('a message with everything at its longest names what it leaves out', () => {
  const all = Array.from({ length: 40 }, () => explained.remedies[0]!)
  const { blocks } = toSlack({ ...explained, explanation: 'Why. '.repeat(900), remedies: all }, options)
  MessageBlocks.parse(blocks)
  expect(JSON.stringify(blocks)).toMatch(/Not shown here, to keep it short: .*remedies \(\d+\)/)
})

test.each(Object.entries(INCIDENTS))('%s is committed as it is sent', async (name, pastes) => {
  const { message, answered: verdict } = await answered(pastes)
  MessageBlocks.parse(message.blocks)
  const committed = JSON.parse(readFileSync(join(documents, `${name}.json`), 'utf8')) as typeof message
  MessageBlocks.parse(committed.blocks)
  // The words of rules may change without new photographs; what kind of blocks there are does not by itself.
  expect(committed.blocks[0]?.type).toBe('header')
  expect(committed.blocks.some(({ type }) => type === 'image')).toBe(phoneLanes(verdict.lines, FONT) !== null)
})

test('the home of the app keeps to the limits', () => {
  expect(HomeView.safeParse(JSON.parse(JSON.stringify(homeView()))).error?.issues).toBeUndefined()
})
