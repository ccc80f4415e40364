/** Report → Markdown for a ticket or a chat. Pasted text can make no link, no mention, no markup and no HTML. */

import type { Block, QuotedLine, Report } from './report.ts'
import { sentenceCase, spans, visible } from './words.ts'

export function toMarkdown(report: Report): string {
  const codes = report.codes.length === 0 ? '' : ` (${report.codes.join(', ')})`
  const title = `### ${prose(sentenceCase(report.title))}${codes}`
  return [title, ...report.blocks.map(toBlock)].map((block) => `${block}\n`).join('\n')
}

function toBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `**${inline(block.text)}**`
    case 'text':
      return inline(block.text)
    case 'quote':
      return fenced(quoted(block.lines))
    case 'list':
      return block.items.map((item) => `- ${inline(item)}`).join('\n')
    case 'code':
      return fenced(`# ${block.caption}\n${block.text}`, 'ini')
    case 'commands':
      return fenced(block.lines.join('\n'), 'sh')
    case 'hint':
      return [`> **Hint:** ${inline(block.text)}`, ...commands(block.commands)].join('\n\n')
    case 'played':
      return `${inline(block.caption)}:\n\n${fenced(block.lines.join('\n'))}`
    case 'fold':
      return `<details><summary>${inline(block.caption)}</summary>\n\n${fenced(block.text)}\n\n</details>`
  }
}

/** Newlines would end the paragraph, the list item or the quote that the sentence stands in. */
function inline(sentence: string): string {
  return spans(visible(sentence).replace(/\s+/g, ' '))
    .map(({ text, code }) => (code ? codeSpan(text) : prose(text)))
    .join('')
}

/** A mention or an issue number is not markup but still a link where chats and forges show it: a comment splits it. */
function prose(text: string): string {
  return text
    .replace(/[\\`*_[\]<>~&]/g, '\\$&')
    .replace(/^(\s*)([#>+-]|\d+[.)])/, '$1\\$2')
    .replace(/[@#](?=[\w-])/g, '$&<!-- -->')
    .replace(/(?:https?|ftp)(?=:)|www(?=\.)/gi, '$&<!-- -->')
}

/** Backticks cannot be escaped in code; a fence longer than any of theirs holds them. */
function fence(text: string, atLeast: number): string {
  const runs = text.match(/`+/g) ?? []
  return '`'.repeat(Math.max(atLeast, ...runs.map((run) => run.length + 1)))
}

function codeSpan(text: string): string {
  const ticks = fence(text, 1)
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${ticks}${space}${text}${space}${ticks}`
}

function fenced(text: string, language = ''): string {
  const shown = visible(text).trimEnd()
  const ticks = fence(shown, 3)
  return `${ticks}${language}\n${shown}\n${ticks}`
}

const commands = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : [fenced(lines.join('\n'), 'sh')])

function quoted(lines: readonly QuotedLine[]): string {
  const digits = Math.max(...lines.map(({ line }) => String(line).length))
  return lines.map(({ line, text }) => `${String(line).padStart(digits)}| ${text.replace(/\s+/g, ' ')}`).join('\n')
}
