/** Answer → response, in the format that was asked for. */

import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import type { Facts } from '../../evidence/fact.ts'
import type { Answer } from '../../render/answer.ts'
import { toHtml } from '../../render/html.ts'
import { toJson } from '../../render/json.ts'
import { toMarkdown } from '../../render/markdown.ts'
import { markedPaste } from '../../render/marked.ts'
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

/** `lines` are those of the paste as it was read for the answer: reading takes as long as all the rest. */
export function reply(
  c: Context,
  asked: Asked,
  { answer, lines }: { readonly answer: Answer; readonly lines: Facts['lines'] },
  format: Format,
  around: Pick<Home, 'keeps' | 'note'>,
): Response | Promise<Response> {
  if (format !== 'text/html') return send(c, format, bytesOf(answer, format))
  const shown = home({
    ...around,
    asked,
    answer: toHtml(report(answer)),
    lines: markedPaste(asked.text, lines, answer),
  })
  return c.html(shown, 200, WITHOUT_CACHE)
}

type Plain = Exclude<Format, 'text/html'>

/** The answer in a format that holds nothing else. */
export function bytesOf(answer: Answer, format: Plain): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(RENDERED[format](answer))
}

export function send(c: Context, format: Plain, body: Uint8Array<ArrayBuffer>): Response {
  const type = format === 'application/json' ? format : `${format}; charset=utf-8`
  return c.body(body, 200, { ...WITHOUT_CACHE, 'Content-Type': type })
}

const RENDERED: Readonly<Record<Plain, (answer: Answer) => string>> = {
  'application/json': toJson,
  'text/markdown': (answer) => toMarkdown(report(answer)),
  'text/plain': (answer) => toText(report(answer)),
}

/** Whoever asks gets it, and nobody on the way keeps it. */
const WITHOUT_CACHE = { Vary: 'Accept, Content-Type', 'Cache-Control': 'no-store' }
