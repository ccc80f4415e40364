/** The glossary: systemd's words and the causes, each a page, and one address that explains whatever it is asked. */

import type { Context } from 'hono'
import { CAUSES } from '../../hypotheses/cause.ts'
import type { Catalog } from '../../hypotheses/rule.ts'
import { termReport } from '../../render/glossary.ts'
import { toHtml } from '../../render/html.ts'
import { toMarkdown } from '../../render/markdown.ts'
import { html } from '../../render/markup.ts'
import type { Report } from '../../render/report.ts'
import { toText } from '../../render/text.ts'
import { entryOf, explainable, explainedReports } from '../explain.ts'
import type { Bindings } from './limit.ts'
import type { Variables } from './log.ts'
import { page } from './page.ts'
import { Problem } from './problem.ts'
import { formatFor } from './reply.ts'

type In = Context<{ Bindings: Bindings; Variables: Variables }>

export async function explained(c: In): Promise<Response> {
  const query = c.req.query('q') ?? ''
  const catalog = await c.var.files.catalog()
  if (query.trim() === '') throw new Problem('bad-request', `Say what: ?q=JC101. ${explainable(catalog)}`)
  const reports = explainedReports(query, catalog)
  if (reports.length === 0) throw new Problem('not-found', `That is not explained here. ${explainable(catalog)}`)
  c.header('Vary', 'Accept', { append: true })
  switch (formatFor(c, 'application/json')) {
    case 'application/json':
      return c.json({ entries: reports.map(entryOf) })
    case 'text/markdown':
      return markdown(c, reports)
    case 'text/plain':
      return c.text(reports.map((one) => toText(one)).join('\n'))
    case 'text/html': {
      const [first] = reports
      return c.redirect(first ? entryOf(first).url : '/glossary')
    }
  }
}

const markdown = (c: Context, reports: readonly Report[]): Response =>
  c.body(reports.map(toMarkdown).join('\n'), 200, { 'Content-Type': 'text/markdown; charset=utf-8' })

export function glossaryIndex({ glossary }: Catalog): string {
  const list = (words: readonly string[]) =>
    html`<ul>${words.map((word) => html`<li><a href="/glossary/${word}">${word}</a></li>\n`)}</ul>`
  const body = html`<h1>Glossary</h1>
<p>What systemd calls the things around a job.</p>
${list(glossary.map(({ term }) => term))}
<h2>Causes</h2>
<p>Why a job was canceled, in one word of a closed vocabulary.</p>
${list(CAUSES)}`
  return page({ title: 'Glossary', body })
}

export async function glossaryPage(c: In): Promise<Response> {
  const catalog = await c.var.files.catalog()
  const term = termReport(c.req.param('term') ?? '', catalog.glossary)
  if (term === null) throw new Problem('not-found', 'There is no such word. /glossary lists them.')
  c.header('Vary', 'Accept', { append: true })
  switch (formatFor(c, 'text/html')) {
    case 'application/json':
      return c.json(entryOf(term))
    case 'text/markdown':
      return markdown(c, [term])
    case 'text/plain':
      return c.text(toText(term))
    case 'text/html':
      return c.html(page({ title: term.title, body: html`${toHtml(term)}${rulesOf(term.title, catalog)}` }))
  }
}

/** Of a cause: the rules that find it. */
function rulesOf(word: string, catalog: Catalog) {
  const rules = explainedReports(word, catalog).flatMap(({ codes, title }) => codes.map((code) => ({ code, title })))
  if (rules.length === 0) return false
  return html`<h2>Rules</h2>
<ul>${rules.map(({ code, title }) => html`<li><a class="code" href="/rules/${code}">${code}</a> ${title}</li>\n`)}</ul>`
}
