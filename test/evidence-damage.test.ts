// What terminals, chats and tickets do to real output does not change what is read from it, every quote stays a part of
// the paste as it came, and a format is read alike when another one stands right above it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gather } from '../src/evidence/gather.ts'

const folder = join(import.meta.dirname, 'pastes', 'recordings', '257')
const LINES = 40
/** Its first lines; of objects over several lines, whole ones. */
function beginning(text: string): string {
  const some = text.split('\n').slice(0, LINES).join('\n').trimEnd()
  return some.startsWith('{\n') ? some.slice(0, some.lastIndexOf('\n}') + 2) : some
}
const samples = readdirSync(folder)
  .map((name) => ({ name, text: beginning(readFileSync(join(folder, name), 'utf8')) }))
  // Too short to show that its lines are numbered or indented, and one that has links and colours of its own.
  .filter(({ name, text }) => text.split('\n').length >= 5 && name !== 'status-colour.txt')

const line = (change: (text: string, at: number) => string) => (text: string) => text.split('\n').map(change).join('\n')

const DAMAGE: Readonly<Record<string, (text: string) => string>> = {
  'colours of lines': line((text) => `\u001b[0;1;31m${text}\u001b[0m`),
  'colours of words': (text) => text.replace(/(\w+\.service)/g, '\u001b[0;1;39m$1\u001b[0m'),
  'links of a terminal': (text) => text.replace(/(\w+\.service)/g, '\u001b]8;;file://x/$1\u001b\\$1\u001b]8;;\u001b\\'),
  'no-break spaces': (text) => text.replaceAll(' ', '\u00a0'),
  'zero-width spaces': (text) => text.replaceAll('.service', '\u200b.service'),
  'smart quotes': (text) => text.replaceAll("'", '\u2019').replaceAll('"', '\u201d'),
  'links of a chat': (text) => text.replace(/(?<![\w@/.:-])([\w-]+\.service)(?![\w.])/g, '<http://$1|$1>'),
  'addresses of a chat': (text) => text.replace(/(?<![\w@/.:-])([\w-]+@[\w-]+\.service)(?![\w.])/g, '<mailto:$1|$1>'),
  'entities of HTML': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'a fence': (text) => `\`\`\`console\n${text}\n\`\`\``,
  'quote marks': line((text) => `> ${text}`),
  'line numbers': line((text, at) => `${String(at + 1).padStart(4)}: ${text}`),
  'line numbers and tabs': line((text, at) => `${String(at + 1).padStart(6)}\t${text}`),
  'CR LF': (text) => text.replaceAll('\n', '\r\n'),
  CR: (text) => text.replaceAll('\n', '\r'),
  indentation: line((text) => `    ${text}`),
  'blanks at the end': line((text) => `${text}    `),
  'UTF-16': (text) => `\ufffd\ufffd${[...text].join('\0')}`,
}

function told(text: string): string[] {
  const { facts } = gather(text, { mask: false })
  for (const { start, end, quote } of facts) expect(quote).toBe(text.slice(start, end))
  return facts
    .filter(({ kind }) => kind !== 'prose')
    .map((fact) => `${fact.kind} ${'unit' in fact ? fact.unit : ''} ${fact.says?.key ?? ''}`)
}

describe.each(Object.keys(DAMAGE))('%s', (kind) => {
  test.each(samples)('$name', ({ text }) => {
    expect(told(DAMAGE[kind]!(text))).toEqual(told(text))
  })
})

/** One of each format; what they say of releases and boots depends on all of a paste. */
const FORMATS = [
  ...['session', 'status', 'show-some', 'cat', 'list-units', 'list-timers', 'list-sockets', 'list-paths'],
  ...['list-dependencies', 'critical-chain', 'dump', 'journal-short', 'journal-short-full', 'journal-short-monotonic'],
  ...['journal-verbose', 'journal-json', 'journal-json-pretty', 'journal-export', 'journal-cat', 'busctl-monitor'],
].map((name) => `${name}.txt`)
const pairs = samples.flatMap((above) => samples.map((below) => [above, below] as const))

test('no format takes lines of the one below it', () => {
  for (const [above, below] of pairs) {
    if (!FORMATS.includes(above.name) || !FORMATS.includes(below.name) || above === below) continue
    const taken = (text: string) => gather(text, { mask: false }).lines.map(({ takenFor }) => takenFor)
    const both = taken(`${above.text}\n${below.text}`)
    expect(both, `${above.name} above ${below.name}`).toEqual([...taken(above.text), ...taken(below.text)])
  }
})
