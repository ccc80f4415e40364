/** The API reference: the OpenAPI document as a page, without a script and without a request elsewhere. */

import type { Context } from 'hono'
import { html, type Markup } from '../../render/markup.ts'
import type { Bindings } from './limit.ts'
import type { Variables } from './log.ts'
import type { OpenApi } from './openapi.ts'
import { page } from './page.ts'
import { PROBLEMS } from './problem.ts'

type In = Context<{ Bindings: Bindings; Variables: Variables }>

export const description = async (c: In): Promise<Response> =>
  c.json(await c.var.files.openapi(), 200, { 'Cache-Control': 'public, max-age=300' })

export function docs({ paths, components }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation })),
  )
  const body = html`<h1>API</h1>
<pre tabindex="0"><code>systemctl status nginx 2&gt;&amp;1 | curl --data-binary @- https://HOST/v1/diagnose</code></pre>
<p>The same for machines: <a href="/openapi.json">openapi.json</a>.</p>
${operations.map(
  ({ method, path, summary, description, responses }) => html`<section>
<h2 id="${method}-${path}"><code>${method} ${path}</code></h2>
<p>${summary}. ${description}</p>
<ul>${Object.entries(responses).map(([status, response]) => html`<li>${status}: ${describe(response)}</li>`)}</ul>
</section>
`,
)}<h2>Problems</h2>
<p>Errors are problem documents (RFC 9457).</p>
<dl>${Object.entries(PROBLEMS).map(
    ([name, { status, title }]) => html`<dt id="${name}"><code>${name}</code></dt><dd>${status}: ${title}.</dd>`,
  )}</dl>
<h2>Shapes</h2>
${Object.entries(components.schemas).map(
  ([id, schema]) => html`<details><summary><code>${id}</code></summary>${shape(schema)}</details>\n`,
)}`
  return page({ title: 'API', body })
}

const describe = (response: object): string => ('description' in response ? String(response.description) : '')

const shape = (schema: object): Markup => html`<pre tabindex="0"><code>${JSON.stringify(schema, null, 2)}</code></pre>`
