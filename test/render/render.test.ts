import fc from 'fast-check'
import { Marked } from 'marked'
import { describe, expect, test } from 'vitest'
import { Answer } from '../../src/render/answer.ts'
import { toHtml } from '../../src/render/html.ts'
import { toJson, toNdjson } from '../../src/render/json.ts'
import { toMarkdown } from '../../src/render/markdown.ts'
import { report } from '../../src/render/report.ts'
import { toText } from '../../src/render/text.ts'
import { candidates, explained, hostile, noEvidence, notCancellation } from './sample.ts'

const SAMPLES = { explained, candidates, 'not-a-cancellation': notCancellation, 'no-evidence': noEvidence }

describe.each(Object.entries(SAMPLES))('%s', (name, answer) => {
  test('is of the published shape', () => {
    expect(Answer.parse(answer)).toEqual(answer)
  })
  test('as text', async () => {
    await expect(toText(report(answer))).toMatchFileSnapshot(`expected/${name}.txt`)
  })
  test('as Markdown', async () => {
    await expect(toMarkdown(report(answer))).toMatchFileSnapshot(`expected/${name}.md`)
  })
  test('as HTML', async () => {
    await expect(String(toHtml(report(answer)))).toMatchFileSnapshot(`expected/${name}.html`)
  })
  test('as JSON', () => {
    expect(JSON.parse(toJson(answer))).toEqual(answer)
    expect(toNdjson(answer).trimEnd()).not.toContain('\n')
  })
})

/** What people paste by accident and others on purpose. */
const NASTY = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><b>',
  "' onload='x",
  '</pre></svg></details>',
  '<!-- ',
  '--><i>',
  '&lt;i&gt;',
  ']]>',
  '```\n# x\n```',
  '````',
  '`',
  '[x](javascript:alert(1))',
  '![x](http://a.example/x.png)',
  '**x**',
  '~~x~~',
  '\n\n# x\n\n- y\n\n> z\n\n1. a\n\n',
  '| a | b |\n|---|---|\n| c | d |',
  'http://a.example/x',
  'www.example.com',
  'someone@example.com',
  '@everyone',
  '#123',
  '\u001b[2J\u001b]8;;http://a.example\u0007',
  '\u009b31m',
  '\u202egnp.exe',
  '\u200b',
  '\u2028',
  '\ud800',
  '\u{e0041}',
  'a.service',
  '\\x2d\\',
  '\t',
  '\r\n',
]
const nasty = fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 8 })), {
  maxLength: 8,
})
const answers = nasty.map((parts) => hostile(parts.join('')))

// biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point.
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

const ELEMENTS =
  'article|div|h1|h2|p|ul|li|pre|code|figure|figcaption|details|summary|strong|mark|span|a|svg|g|line|rect|text|title|desc|path|form|input|button'
const ATTRIBUTES =
  'class|id|href|aria-labelledby|tabindex|role|viewBox|width|height|font-family|font-size|x|y|d|text-anchor|x1|x2|y1|y2|rx' +
  '|fill|stroke|stroke-width|opacity|method|action|enctype|type|name|value|aria-label'
const TAG = new RegExp(`^(?:/(?:${ELEMENTS})|(?:${ELEMENTS})(?:\\s+(?:${ATTRIBUTES})="[^"<>]*")*/?)>`)

/** Everything after a '<' that is not a tag of ours. */
const strangeTags = (page: string) =>
  page
    .split('<')
    .slice(1)
    .filter((rest) => !TAG.test(rest))

describe('hostile text', () => {
  test('makes no element, no attribute and no link in a page', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const page = String(toHtml(report(answer)))
        expect(strangeTags(page)).toEqual([])
        expect(page.match(/href="(?!\/rules\/JC\d{3}"|#L\d+")/g)).toBeNull()
        expect(page.match(/action="(?!\/play")/g)).toBeNull()
        expect(page).not.toMatch(STEERING)
      }),
      { numRuns: 1000 },
    )
  })

  test('makes no element, no link and no mention in Markdown', () => {
    const marked = new Marked({ gfm: true })
    fc.assert(
      fc.property(answers, (answer) => {
        const page = marked.parse(toMarkdown(report(answer)), { async: false }).replaceAll('<!-- -->', '')
        const ours = /^\/?(?:h3|p|pre|code(?: class="language-\w+")?|ul|li|strong|em|blockquote|details|summary)>/
        expect(
          page
            .split('<')
            .slice(1)
            .filter((rest) => !ours.test(rest)),
        ).toEqual([])
        expect(page).not.toMatch(STEERING)
      }),
      { numRuns: 1000 },
    )
  })

  test('steers no terminal', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        expect(toText(report(answer))).not.toMatch(STEERING)
        expect(toJson(answer)).not.toMatch(STEERING)
        expect(toNdjson(answer)).not.toMatch(STEERING)
      }),
    )
  })

  test('comes out of JSON as it went in', () => {
    fc.assert(fc.property(answers, (answer) => void expect(JSON.parse(toJson(answer))).toEqual(answer)))
  })
})

test('text keeps to its width where words allow', () => {
  const long = toText(report(explained), { width: 60 }).split('\n')
  const prose = long.filter((line) => !/^ {2}|^#|^--/.test(line))
  expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(60)
})
