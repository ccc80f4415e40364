/** Passages of one format, cut, joined, repeated, damaged as terminals and chats do, and mixed with other formats. */

import fc from 'fast-check'
import type { Passages } from './corpus.ts'

type Change = (text: string) => string

const STRANGE = [
  ...['\u0000', '\u001b[31m', '\u001b]8;;http://x\u0007', '\u202e', '\ufffd', '\ud800', '\ufeff', '\r', '\t', '\u00a0'],
  ...['…', '“', '’', '–', '🦊', '=', '"', "'", '\\', '`', '```', '&amp;', '&#x27;', '{', '}', '[', ']', '(', ')', '$('],
  ...['> ', '| ', '# ', '-- ', '● ', '├─', ': ', '; ', ' \\\n', '\n', '\n\n', '\r\n', '<http://x.service|x.service>'],
]

const EXTREMES = ['', '0', '-1', '9'.repeat(20), '1e309', '99999999999999999999', '0x', 'NaN', '٣']

const splice = (text: string, at: number, gone: number, put: string) => {
  const from = at % (text.length + 1)
  return text.slice(0, from) + put + text.slice(from + gone)
}

const byLine =
  (change: (lines: string[]) => string[]): Change =>
  (text) =>
    change(text.split('\n')).join('\n')

const wrapped = (columns: number): Change =>
  byLine((lines) => lines.flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, 'gsu')) ?? ['']))

const DAMAGE: readonly Change[] = [
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('\n', '\r'),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replaceAll("'", '’').replaceAll('"', '”').replaceAll('-', '–'),
  (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  (text) => [...text].join('\u0000'),
  (text) => `\ufffd\ufffd${[...text].join('\u0000')}`,
  byLine((lines) => lines.map((line) => `> ${line}`)),
  byLine((lines) => lines.map((line, i) => `${i + 1}: ${line}`)),
  byLine((lines) => lines.map((line) => `| ${line} |`)),
  byLine((lines) => lines.map((line) => `\u001b[1;31m${line}\u001b[0m`)),
  byLine((lines) => lines.map((line) => `    ${line}`)),
  byLine((lines) => lines.map((line) => line.trimStart())),
  byLine((lines) => [...lines].reverse()),
  byLine((lines) => [lines.join(' ')]),
  byLine((lines) => lines.flatMap((line) => [line, line])),
  (text) => text.replace(/\S+\.(?:service|socket|target)/g, (name) => `<http://${name}|${name}>`),
  wrapped(80),
  wrapped(20),
]

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.nat(), fc.nat(12), fc.oneof(fc.constantFrom(...STRANGE), fc.string({ unit: 'binary', maxLength: 4 })))
      .map(
        ([at, gone, put]): Change =>
          (text) =>
            splice(text, at, gone, put),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.nat().map(
      (at): Change =>
        (text) =>
          text.slice(at % (text.length + 1)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat().map(
      (at): Change =>
        (text) =>
          text.slice(0, at % (text.length + 1)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(20), fc.constantFrom(...EXTREMES)).map(([nth, number]): Change => {
      return (text) => {
        let seen = 0
        return text.replace(/\d+/g, (digits) => (seen++ % 21 === nth ? number : digits))
      }
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(), fc.nat()).map(
      ([one, other]): Change =>
        byLine((lines) => {
          const all = [...lines]
          const moved = all.splice(one % all.length, 1)
          all.splice(other % (all.length + 1), 0, ...moved)
          return all
        }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat().map((at): Change => byLine((lines) => lines.filter((_, i) => i !== at % lines.length))),
  },
  { weight: 2, arbitrary: fc.constantFrom(...DAMAGE) },
)

const passageOf = (all: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...all), fc.array(change, { maxLength: 5 }))
    .map(([text, changes]) => changes.reduce((changed, one) => one(changed), text))

/** A paste that is mostly of one format. */
export function pastesOf(source: string, passages: Passages): fc.Arbitrary<string> {
  const own = passageOf(passages.get(source) ?? [''])
  const others = passageOf([...passages.values()].flatMap((all) => all.slice(0, 200)))
  return fc
    .array(fc.oneof({ weight: 3, arbitrary: own }, { weight: 1, arbitrary: others }), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join('\n'))
}

/** A passage, or a piece of one line of it, again and again. */
export function repeatedOf(source: string, passages: Passages): fc.Arbitrary<(length: number) => string> {
  return fc
    .tuple(passageOf(passages.get(source) ?? ['']), fc.nat(), fc.integer({ min: 1, max: 40 }), fc.nat(4))
    .map(([text, nth, size, how]) => {
      const at = nth % (text.length + 1)
      const piece = how === 4 ? TIGHT[nth % TIGHT.length]! : text.slice(at, at + size) || ' '
      const [before, again, after] =
        how === 0
          ? ['', `${text}\n`, '']
          : how === 1
            ? ['', `${lineAt(text, at)}\n`, '']
            : [text.slice(0, at), piece, text.slice(at)]
      return (length) => before + again.repeat(Math.ceil(length / again.length)) + after
    })
}

/** What many a pattern begins with, and few of them end. */
const TIGHT = [
  '**a**',
  '/a/b.c:',
  '//',
  'http://a',
  'a=b;',
  'key=',
  'a.b.',
  'x.service',
  '"a":',
  '[a](',
  '<a|',
  '`a`',
  ': ',
]

const lineAt = (text: string, at: number) =>
  text.slice(text.lastIndexOf('\n', at - 1) + 1, (text.indexOf('\n', at) + 1 || text.length + 1) - 1)
