/** Links that are kept on request: made, looked at and deleted, by the API and by forms alike. */

import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { explain } from '../../diagnose.ts'
import { gather } from '../../evidence/gather.ts'
import { html, type Markup } from '../../render/markup.ts'
import { type Database, now } from '../database.ts'
import { forget, type Kept, keep, kept, MAX_KEPT_BYTES, NoTable, type Receipt } from '../links.ts'
import { type Masked, masked } from '../masked.ts'
import type { Bindings } from './limit.ts'
import type { Variables } from './log.ts'
import { page } from './page.ts'
import { Problem } from './problem.ts'
import { formatFor, reply } from './reply.ts'
import { readLink, readToken } from './request.ts'

type In = Context<{ Bindings: Bindings; Variables: Variables }>

export async function keepLink(c: In, otherwise?: 'text/html'): Promise<Response> {
  const { expires, ...asked } = await readLink(c)
  const safe = masked(asked.text.replaceAll('\r\n', '\n'))
  if (new TextEncoder().encode(safe.text).length > MAX_KEPT_BYTES) {
    throw new Problem('paste-too-large', `At most ${MAX_KEPT_BYTES} bytes are kept. Keep the minutes that matter.`)
  }
  const receipt = await withDatabase(c, (db) => keep(db, { ...asked, text: safe.text }, expires, now()))
  c.header('Cache-Control', 'no-store')
  c.header('Vary', 'Accept, Content-Type', { append: true })
  c.header('Location', pathOf(receipt.id))
  const url = new URL(pathOf(receipt.id), c.req.url).href
  const wanted = accepts(c, {
    header: 'Accept',
    supports: ['application/json', 'text/html', 'text/plain'],
    default: otherwise ?? (formatFor(c) === 'application/json' ? 'application/json' : 'text/plain'),
  })
  const { redacted } = safe
  switch (wanted) {
    case 'text/html':
      return c.html(receiptPage(url, receipt, safe), 201)
    case 'text/plain':
      return c.text(receiptText(url, new URL(`/v1/links/${receipt.id}`, c.req.url).href, receipt, safe), 201)
    default:
      return c.json({ id: receipt.id, url, expires: dated(receipt), deleteToken: receipt.deleteToken, redacted }, 201)
  }
}

export async function showLink(c: In): Promise<Response> {
  // Before it is known whether there is one: no engine should keep that either.
  c.header('X-Robots-Tag', 'noindex')
  const id = c.req.param('id') ?? ''
  const found = await withDatabase(c, (db) => kept(db, id, now()))
  if (found === null) throw gone()
  const { rules } = await c.var.files.catalog()
  const facts = gather(found.text)
  const answer = explain(facts, rules, found)
  c.set('answered', answer)
  return reply(c, found, { answer, lines: facts.lines }, formatFor(c, 'text/html'), {
    keeps: true,
    note: noteOf(id, found),
  })
}

export async function deleteLink(c: In): Promise<Response> {
  await forgotten(c, bearer(c))
  return c.body(null, 204)
}

/** What a form can do: the token is a field of it. */
export async function deleteByForm(c: In): Promise<Response> {
  await forgotten(c, await readToken(c))
  c.header('Cache-Control', 'no-store')
  const body = html`<h1>Deleted</h1>
<p>The paste of that link is gone. <a href="/">Ask something else</a>.</p>`
  return c.html(page({ title: 'Deleted', body }))
}

async function forgotten(c: In, token: string): Promise<void> {
  const id = c.req.param('id') ?? ''
  if (await withDatabase(c, (db) => forget(db, id, token))) return
  if ((await withDatabase(c, (db) => kept(db, id, now()))) === null) throw gone()
  throw new Problem('wrong-token', 'Only the token that came with the link deletes it.')
}

const gone = (): Problem => new Problem('not-found', 'There is no such link, or its time is over.')

function bearer(c: In): string {
  const [scheme, token = ''] = (c.req.header('Authorization') ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' ? token : ''
}

/** A deployment without a database is a whole one but for this. */
async function withDatabase<T>(c: In, work: (database: Database) => Promise<T>): Promise<T> {
  const database = c.env?.DB
  if (database === undefined) throw new Problem('nothing-kept', 'No database is bound to this copy, as DB.')
  try {
    return await work(database)
  } catch (error) {
    if (!(error instanceof NoTable)) throw error
    throw new Problem('nothing-kept', 'Its database has no tables: apply the migrations.')
  }
}

const pathOf = (id: string): string => `/l/${id}`
const dated = ({ expiresAt }: { readonly expiresAt: number }): string => new Date(expiresAt * 1000).toISOString()
const inWords = (when: { readonly expiresAt: number }): string => `${dated(when).slice(0, 16).replace('T', ' ')} UTC`

const hidden = ({ redacted }: Masked): string =>
  redacted.length === 0 ? 'nothing' : redacted.map(({ kind, count }) => `${kind} (${count})`).join(', ')

function receiptText(url: string, api: string, receipt: Receipt, safe: Masked): string {
  return `${url}

Kept until ${inWords(receipt)}. Masked in it: ${hidden(safe)}.
Delete it: curl -X DELETE -H 'Authorization: Bearer ${receipt.deleteToken}' ${api}
`
}

function receiptPage(url: string, receipt: Receipt, safe: Masked): string {
  const { id, deleteToken } = receipt
  const body = html`<h1>The link is kept</h1>
<p><a href="${pathOf(id)}">${url}</a></p>
<p>Until ${inWords(receipt)} whoever has it can read the paste and its answer. Masked in it: ${hidden(safe)}.</p>
<p>This token deletes it, and is shown only now: <code id="token">${deleteToken}</code></p>
${deleteForm(id, deleteToken)}`
  return page({ title: 'The link is kept', body })
}

function noteOf(id: string, found: Kept): Markup {
  return html`<p class="help">Kept until ${inWords(found)}, for whoever has this link.</p>
<details><summary>Delete it</summary>${deleteForm(id)}</details>`
}

const deleteForm = (id: string, token = ''): Markup => html`<form method="post" action="${pathOf(id)}/delete">
<p><label for="token-field">Token</label> <input id="token-field" name="token" value="${token}" autocomplete="off"
 required> <button type="submit">Delete it now</button></p></form>`
