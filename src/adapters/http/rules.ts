/** The rules: a list, and a page for each, as HTML, Markdown, text or JSON. */

import type { Context } from 'hono'
import type { Catalog, Rule } from '../../hypotheses/rule.ts'
import { toHtml } from '../../render/html.ts'
import { toMarkdown } from '../../render/markdown.ts'
import { html } from '../../render/markup.ts'
import { ruleReport } from '../../render/rule.ts'
import { toText } from '../../render/text.ts'
import type { Bindings } from './limit.ts'
import type { Variables } from './log.ts'
import { page } from './page.ts'
import { Problem } from './problem.ts'
import { formatFor } from './reply.ts'

type In = Context<{ Bindings: Bindings; Variables: Variables }>

export async function ruleList(c: In): Promise<Response> {
  const { rules } = await c.var.files.catalog()
  return c.json({ rules: rules.map(summary) }, 200, { 'Cache-Control': 'public, max-age=300' })
}

const summary = ({ code, slug, cause, mirrors, what, why, next }: Rule): object => ({
  code,
  slug,
  cause,
  mirrors,
  what,
  why,
  next,
  url: `/rules/${code}`,
})

export function ruleIndex({ rules }: Catalog): string {
  const rows = rules.map(
    ({ code, slug, what }) =>
      html`<li><a class="code" href="/rules/${code}">${code}</a> ${slug.replaceAll('-', ' ')}<br>
<span class="help">${what}</span></li>\n`,
  )
  const body = html`<h1>Rules</h1>
<p>Every way in which a job can be canceled, or look canceled, that is known here.</p>
<ul>${rows}</ul>`
  return page({ title: 'Rules', body })
}

export async function rulePage(c: In): Promise<Response> {
  const wanted = (c.req.param('code') ?? '').toUpperCase()
  const { rules } = await c.var.files.catalog()
  const rule = rules.find(({ code }) => code === wanted)
  if (rule === undefined) throw new Problem('not-found', 'There is no rule of that code. /rules lists them.')
  c.header('Vary', 'Accept', { append: true })
  switch (formatFor(c, 'text/html')) {
    case 'application/json':
      return c.json(summary(rule))
    case 'text/markdown':
      return c.body(toMarkdown(ruleReport(rule)), 200, { 'Content-Type': 'text/markdown; charset=utf-8' })
    case 'text/plain':
      return c.text(toText(ruleReport(rule)))
    case 'text/html':
      return c.html(page({ title: `${rule.code} ${rule.slug}`, body: html`${toHtml(ruleReport(rule))}` }))
  }
}
