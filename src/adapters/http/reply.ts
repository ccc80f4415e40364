/** Answer → response, in the format that was asked for. */

import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { gather } from '../../evidence/gather.ts'
import type { Answer } from '../../render/answer.ts'
import { toHtml } from '../../render/html.ts'
import { toJson } from '../../render/json.ts'
import { toMarkdown } from '../../render/markdown.ts'
import { markedPaste } from '../../render/marked.ts'
import type { Markup } from '../../render/markup.ts'
import { report } from '../../render/report.ts'
import { toText } from '../../render/text.ts'
import { type Home, home } from './home.ts'
import type { Asked } from './request.ts'

const FORMATS = ['application/json', 'text/markdown', 'text/html', 'text/plain'] as const
export type Format = (typeof FORMATS)[number]

/** Without a preference whoever sends JSON reads JSON, and whoever sends text reads text. */
export function formatFor(c: Context, otherwise = ownKind(c)): Format {
  return accepts(c, { header: 'Accept', supports: [...FORMATS], default: otherwise }) as Format
}

const ownKind = (c: Context): Format =>
  c.req.header('Content-Type')?.startsWith('application/json') ? 'application/json' : 'text/plain'

export function reply(
  c: Context,
  asked: Asked,
  answer: Answer,
  format: Format,
  around: Pick<Home, 'keeps' | 'note'>,
): Response | Promise<Response> {
  c.header('Vary', 'Accept, Content-Type', { append: true })
  c.header('Cache-Control', 'no-store')
  if (format === 'application/json') return c.body(toJson(answer), 200, { 'Content-Type': 'application/json' })
  const words = report(answer)
  switch (format) {
    case 'text/html':
      return c.html(home({ ...around, asked, answer: toHtml(words), lines: linesOf(asked, answer) }))
    case 'text/markdown':
      return c.body(toMarkdown(words), 200, { 'Content-Type': 'text/markdown; charset=utf-8' })
    case 'text/plain':
      return c.text(toText(words))
  }
}

const linesOf = ({ text }: Asked, answer: Answer): Markup => markedPaste(text, gather(text).lines, answer)
