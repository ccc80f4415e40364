/** Report → text for a terminal, in the house style. Colours are the caller's business: it gives the paint. */

import type { Block, QuotedLine, Report } from './report.ts'
import { visible, wrap } from './words.ts'

export type Style = 'title' | 'heading' | 'code' | 'mark' | 'number' | 'hint'
export type Paint = (style: Style, text: string) => string

export interface TextOptions {
  readonly width?: number
  readonly paint?: Paint
}

interface Page {
  readonly width: number
  readonly paint: Paint
}

/** 80 columns wide unless told otherwise, but for what must not be broken; each block ends its line. */
export function toText(report: Report, options: TextOptions = {}): string {
  const page: Page = { width: options.width ?? 80, paint: options.paint ?? ((_style, text) => text) }
  const blocks = report.blocks.map((block) => toLines(block, page)).filter((lines) => lines.length > 0)
  return [[ruler(report, page)], ...blocks].map((lines) => `${lines.join('\n')}\n`).join('\n')
}

/** `-- TWO STORIES FIT ------ JC101, JC301` */
function ruler({ title, codes }: Report, { width, paint }: Page): string {
  const left = `-- ${title.toUpperCase()} `
  const right = codes.length === 0 ? '' : ` ${codes.join(', ')}`
  return paint('title', `${left}${'-'.repeat(Math.max(2, width - left.length - right.length))}${right}`)
}

function toLines(block: Block, page: Page): string[] {
  const { width, paint } = page
  switch (block.kind) {
    case 'heading':
      return [paint('heading', `${visible(block.text)}:`)]
    case 'text':
      return sentence(block.text, page)
    case 'quote':
      return quoted(block.lines, page)
    case 'list':
      return block.items.flatMap((item) => indent(sentence(item, { ...page, width: width - 4 }), '  - '))
    case 'code':
      return [paint('number', `# ${visible(block.caption)}`), ...indented(block.text)]
    case 'commands':
      return commands(block.lines, page)
    case 'hint':
      return [...hint(block.text, page), ...(block.commands.length > 0 ? ['', ...commands(block.commands, page)] : [])]
    case 'played':
      return [paint('heading', `${visible(block.caption)}:`), '', ...block.lines.map((line) => `  ${visible(line)}`)]
    case 'fold':
      return []
  }
}

/** Backticks stay, painted or not: they tell what is to be typed. */
const sentence = (text: string, { width, paint }: Page): string[] =>
  wrap(visible(text), width).map((line) => line.replace(/`[^`]+`/g, (code) => paint('code', code)))

const commands = (lines: readonly string[], { paint }: Page): string[] =>
  lines.map((line) => `  $ ${paint('code', visible(line))}`)

const hint = (text: string, page: Page): string[] =>
  indent(sentence(text, { ...page, width: page.width - 'Hint: '.length }), 'Hint: ').map((line, i) =>
    i === 0 ? line.replace('Hint:', page.paint('hint', 'Hint:')) : line,
  )

const indented = (text: string): string[] =>
  visible(text)
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))

const indent = (lines: readonly string[], first: string): string[] =>
  lines.map((line, i) => (i === 0 ? first : ' '.repeat(first.length)) + line)

function quoted(lines: readonly QuotedLine[], { width, paint }: Page): string[] {
  const digits = Math.max(...lines.map(({ line }) => String(line).length))
  const room = Math.max(20, width - digits - 4)
  return lines.flatMap(({ line, text, mark }) => {
    const [before, marked, after] = partsOf(text, mark)
    const shown = fitted([...before], [...marked], [...after], room)
    const row = `  ${paint('number', `${String(line).padStart(digits)}|`)} ${shown.text}`
    if (mark === null) return [row]
    return [row, `${' '.repeat(digits + 4 + shown.from)}${paint('mark', '^'.repeat(shown.to - shown.from))}`]
  })
}

/** Made visible each by itself, for that changes lengths. */
function partsOf(text: string, mark: QuotedLine['mark']): [string, string, string] {
  const [from, to] = mark ?? [0, 0]
  const parts = [text.slice(0, from), text.slice(from, to), text.slice(to)]
  const [before = '', marked = '', after = ''] = parts.map((part) => visible(part).replace(/[\t\n]/g, ' '))
  return [before, marked, after]
}

interface Fitted {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** What is marked stays in sight: a line that is too long is cut on the left as well. */
function fitted(before: string[], marked: string[], after: string[], room: number): Fitted {
  const all = [...before, ...marked, ...after]
  const end = before.length + marked.length
  const start = end <= room - 1 ? 0 : Math.min(before.length, end - (room - 2))
  const left = start > 0 ? ['…', ...all.slice(start + 1)] : all
  const shown = left.length <= room ? left : [...left.slice(0, room - 1), '…']
  const from = before.length - start
  return { text: shown.join(''), from, to: Math.min(end - start, shown.length) }
}
