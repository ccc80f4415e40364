/** A report's blocks → rich text. A `switch` over their kinds, as every renderer is. */

import type { Block, QuotedLine } from './report.ts'
import { cut, type RichPart, type RichSection, type RichSpan, SLACK } from './slack-blocks.ts'
import { spans, visible } from './words.ts'

/** A sentence longer than this is no sentence; what is to be copied is given whole or not at all. */
const SENTENCE = 1500
const CODE = SLACK.text - 100
/** A line of a paste on a phone. */
const QUOTED = 240
const ITEMS = 8

export function richParts(block: Block): RichPart[] {
  switch (block.kind) {
    case 'heading':
      return [section(bold(block.text))]
    case 'text':
      return [section(sentence(block.text))]
    case 'quote':
      return preformatted(quoted(block.lines))
    case 'list':
      return list(block.items)
    case 'code':
      return [section([code(block.caption)]), ...preformatted(block.text)]
    case 'commands':
      return preformatted(block.lines.join('\n'))
    case 'hint':
      return [section([...bold('Hint: '), ...sentence(block.text)]), ...preformatted(block.commands.join('\n'))]
    case 'played':
      return [section(sentence(`${block.caption}:`)), ...preformatted(block.lines.join('\n'))]
    case 'fold':
      return [section(sentence(`${block.caption}:`)), ...chunks(visible(block.text))]
  }
}

/** True if nothing of it has to be cut, so that what is copied from it is whole. */
export function isWhole(block: Block): boolean {
  if (block.kind === 'code') return visible(block.text).length <= CODE
  if (block.kind === 'commands') return visible(block.lines.join('\n')).length <= CODE
  return block.kind !== 'hint' || visible(block.commands.join('\n')).length <= CODE
}

const section = (elements: readonly RichSpan[]): RichSection => ({ type: 'rich_text_section', elements })

const bold = (text: string): RichSpan[] => [
  { type: 'text', text: `${oneLine(text, SENTENCE)} `, style: { bold: true } },
]

/** Code in a sentence has no newline and no end that a client could take for something else. */
const code = (text: string): RichSpan => ({ type: 'text', text: oneLine(text, SENTENCE), style: { code: true } })

function sentence(text: string): RichSpan[] {
  return spans(cut(visible(text).replace(/\s+/g, ' '), SENTENCE)).map((span) =>
    span.code ? code(span.text) : { type: 'text', text: span.text },
  )
}

/** Slack refuses an element without text. */
function oneLine(text: string, most: number): string {
  const line = cut(visible(text).replace(/\s+/g, ' ').trim(), most)
  return line === '' ? '–' : line
}

function list(items: readonly string[]): RichPart[] {
  if (items.length === 0) return []
  const more = items.length > ITEMS ? [section(sentence(`and ${items.length - ITEMS} more`))] : []
  return [
    {
      type: 'rich_text_list',
      style: 'bullet',
      elements: [...items.slice(0, ITEMS).map((item) => section(sentence(item.trim() === '' ? '–' : item))), ...more],
    },
  ]
}

function preformatted(text: string): RichPart[] {
  const shown = cut(visible(text).trimEnd(), CODE)
  return shown === '' ? [] : [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: shown }], border: 0 }]
}

/** A text that is too long for one element, in several, broken at line ends. */
function chunks(text: string): RichPart[] {
  const parts: string[] = []
  let part = ''
  for (const line of text.trimEnd().split('\n')) {
    const next = part === '' ? line : `${part}\n${line}`
    if (next.length <= CODE) part = next
    else {
      parts.push(part)
      part = line
    }
  }
  return [...parts, part].flatMap(preformatted)
}

/** ` 2| Job for nginx.service canceled.` A long line keeps what it is quoted for. */
function quoted(lines: readonly QuotedLine[]): string {
  const digits = Math.max(0, ...lines.map(({ line }) => String(line).length))
  return lines.map((line) => `${String(line.line).padStart(digits)}| ${around(line)}`).join('\n')
}

function around({ text, mark }: QuotedLine): string {
  const [from] = mark ?? [0]
  const start = Math.max(0, Math.min(from - 20, text.length - QUOTED))
  const shown = visible(text.slice(start)).replace(/\s+/g, ' ')
  return cut(start > 0 ? `…${shown}` : shown, QUOTED)
}
