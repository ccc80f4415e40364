/**
 * The HTTP edge. Routes and headers are here, reading and replying next door; what is said comes from the core. What a
 * route needs is loaded by the first who asks for it: a Worker that starts has all of them before it and needs one.
 */

import { type Context, Hono } from 'hono'
import { etag } from 'hono/etag'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { MAX_PASTE_BYTES } from '../limits.ts'
import { chatRoutes } from './chat.ts'
import { collectScript, isUnitName } from './collect.ts'
import type { Files } from './files.ts'
import { capped, TOO_LARGE } from './http/cap.ts'
import { EXAMPLES } from './http/examples.ts'
import { heads } from './http/heads.ts'
import { home } from './http/home.ts'
import { type Bindings, limited } from './http/limit.ts'
import { type Log, logged, type Variables } from './http/log.ts'
import { Problem, problemResponse } from './http/problem.ts'
import { AnswerMemory } from './http/remembered.ts'
import { loadedWithCore } from './loaded.ts'

/** Room for a form's boundaries and JSON's escapes around a paste of the greatest size. */
const MAX_BODY_BYTES = MAX_PASTE_BYTES + 64 * 1024

const CACHED = 'public, max-age=300'

const TAGGED = [
  ...['/', '/play', '/docs', '/privacy', '/openapi.json', '/collect.sh', '/record.sh'],
  ...['/v1/rules', '/v1/explain', '/rules', '/rules/*', '/glossary', '/glossary/*'],
]

interface Env {
  Bindings: Bindings
  Variables: Variables
}

export interface Edge {
  readonly files: (bindings: Bindings) => Files
  readonly log?: Log
}

export function edge({ files, log = (entry) => console.log(JSON.stringify(entry)) }: Edge) {
  const app = new Hono<Env>()
  const memory = new AnswerMemory()
  app.use(logged(log), heads)
  app.use((c, next) => {
    c.set('files', files(c.env ?? {}))
    return next()
  })
  app.on('GET', TAGGED, etag())
  app.use(capped(MAX_BODY_BYTES, TOO_LARGE))
  app.use(limited)
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const problem = new Problem('method-not-allowed', `This address takes ${methods.join(', ')}.`)
        return problemResponse(c, problem, { Allow: methods.join(', ') })
      },
    }),
  )

  app.get('/', (c) => {
    const name = c.req.query('example') ?? ''
    const example = Object.hasOwn(EXAMPLES, name) ? EXAMPLES[name] : undefined
    c.header('Cache-Control', CACHED)
    const keeps = c.env?.DB !== undefined
    return c.html(home({ keeps, ...(example !== undefined && { asked: { text: example.paste } }) }))
  })
  app.post('/', async (c) => (await answers(c)).diagnosed(c, memory, 'text/html'))
  app.get('/play', async (c) => cached(c, (await answers(c)).playPage()))
  app.post('/play', async (c) => (await answers(c)).played(c))
  app.post('/v1/diagnose', async (c) => (await answers(c)).diagnosed(c, memory))
  app.post('/v1/simulate', async (c) => (await answers(c)).simulated(c))
  app.post('/v1/audit', async (c) => (await answers(c)).audited(c))
  app.get('/v1/explain', async (c) => (await answers(c)).explained(c))
  app.post('/mcp', async (c) => (await answers(c)).mcp(c))

  app.post('/v1/links', async (c) => (await answers(c)).keepLink(c))
  app.delete('/v1/links/:id', async (c) => (await answers(c)).deleteLink(c))
  app.post('/links', async (c) => (await answers(c)).keepLink(c, 'text/html'))
  app.get('/l/:id', async (c) => (await answers(c)).showLink(c))
  app.post('/l/:id/delete', async (c) => (await answers(c)).deleteByForm(c))

  app.get('/v1/rules', async (c) => (await answers(c)).ruleList(c))
  app.get('/rules', async (c) => cached(c, (await answers(c)).ruleIndex(await c.var.files.catalog())))
  app.get('/rules/:code', async (c) => (await answers(c)).rulePage(c))

  app.get('/glossary', async (c) => cached(c, (await answers(c)).glossaryIndex(await c.var.files.catalog())))
  app.get('/glossary/:term', async (c) => (await answers(c)).glossaryPage(c))

  app.get('/openapi.json', async (c) => (await answers(c)).description(c))
  app.get('/docs', async (c) => cached(c, (await answers(c)).docs(await c.var.files.openapi())))
  app.get('/privacy', async (c) => cached(c, (await answers(c)).privacy()))
  app.get('/collect.sh', (c) => {
    const units = c.req.queries('unit') ?? []
    if (!units.every(isUnitName)) throw new Problem('bad-request', 'That is no name of a unit.')
    return c.text(collectScript(units), 200, { 'Cache-Control': CACHED })
  })
  app.get('/record.sh', async (c) => (await answers(c)).recorded(c))
  app.get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }))

  app.route('/', chatRoutes(log))

  app.notFound((c) => problemResponse(c, new Problem('not-found', 'There is nothing at this address.')))
  app.onError((error, c) => {
    if (error instanceof Problem) return problemResponse(c, error)
    return problemResponse(c, new Problem('our-fault', `Report it with the request id ${c.get('requestId')}, please.`))
  })
  return app
}

/** At once, but for the first time. */
const answers = loadedWithCore(() => import('./http/answers.ts'))

const cached = (c: Context, page: string) => c.html(page, 200, { 'Cache-Control': CACHED })
