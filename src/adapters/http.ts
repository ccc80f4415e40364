/** The HTTP edge. Routes and headers are here, reading and replying next door; what is said comes from the core. */

import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { etag } from 'hono/etag'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { timing } from 'hono/timing'
import type { Catalog } from '../hypotheses/rule.ts'
import { chatRoutes } from './chat.ts'
import { collectScript, isUnitName } from './collect.ts'
import { audited } from './http/audit.ts'
import { capped } from './http/cap.ts'
import { diagnosed } from './http/diagnose.ts'
import { docs } from './http/docs.ts'
import { EXAMPLES } from './http/examples.ts'
import { explained, glossaryIndex, glossaryPage } from './http/explain.ts'
import { home } from './http/home.ts'
import { type Bindings, limited } from './http/limit.ts'
import { deleteByForm, deleteLink, keepLink, showLink } from './http/links.ts'
import { type Log, logged, type Variables } from './http/log.ts'
import { mcp } from './http/mcp.ts'
import openapi from './http/openapi.json' with { type: 'json' }
import { played, playPage } from './http/play.ts'
import { privacy } from './http/privacy.ts'
import { Problem, problemResponse } from './http/problem.ts'
import { recorded } from './http/record.ts'
import { AnswerMemory } from './http/remembered.ts'
import { TOO_LARGE } from './http/request.ts'
import { ruleIndex, ruleList, rulePage } from './http/rules.ts'
import { simulated } from './http/simulate.ts'
import { ICON, STYLE } from './http/style.ts'
import { MAX_PASTE_BYTES } from './paste.ts'

/** Room for a form's boundaries and JSON's escapes around a paste of the greatest size. */
const MAX_BODY_BYTES = MAX_PASTE_BYTES + 64 * 1024

const CACHED = 'public, max-age=300'

const TAGGED = [
  ...['/', '/play', '/docs', '/privacy', '/openapi.json', '/style.css', '/icon.svg', '/collect.sh', '/record.sh'],
  ...['/v1/rules', '/v1/explain', '/rules', '/rules/*', '/glossary', '/glossary/*'],
]

interface Env {
  Bindings: Bindings
  Variables: Variables
}

export interface Edge {
  readonly catalog: (bindings: Bindings) => Promise<Catalog>
  readonly log?: Log
}

export function edge({ catalog, log = (entry) => console.log(JSON.stringify(entry)) }: Edge) {
  const app = new Hono<Env>()
  const memory = new AnswerMemory()
  app.use(requestId(), logged(log), timing({ totalDescription: '' }), secureHeaders(HEADERS))
  app.use((c, next) => {
    c.set('catalog', () => catalog(c.env ?? {}))
    return next()
  })
  app.use('/v1/*', cors({ origin: '*', exposeHeaders: ['X-Request-Id', 'Server-Timing'] }))
  app.use('/openapi.json', cors({ origin: '*' }))
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
  app.post('/', (c) => diagnosed(c, memory, 'text/html'))
  app.get('/play', (c) => c.html(playPage(), 200, { 'Cache-Control': CACHED }))
  app.post('/play', played)
  app.post('/v1/diagnose', (c) => diagnosed(c, memory))
  app.post('/v1/simulate', simulated)
  app.post('/v1/audit', audited)
  app.get('/v1/explain', explained)
  app.post('/mcp', mcp)

  app.post('/v1/links', (c) => keepLink(c))
  app.delete('/v1/links/:id', deleteLink)
  app.post('/links', (c) => keepLink(c, 'text/html'))
  app.get('/l/:id', showLink)
  app.post('/l/:id/delete', deleteByForm)

  app.get('/v1/rules', async (c) => c.json(ruleList(await c.var.catalog()), 200, { 'Cache-Control': CACHED }))
  app.get('/rules', async (c) => c.html(ruleIndex(await c.var.catalog()), 200, { 'Cache-Control': CACHED }))
  app.get('/rules/:code', rulePage)

  app.get('/glossary', async (c) => c.html(glossaryIndex(await c.var.catalog()), 200, { 'Cache-Control': CACHED }))
  app.get('/glossary/:term', glossaryPage)

  app.get('/openapi.json', (c) => c.json(openapi, 200, { 'Cache-Control': CACHED }))
  app.get('/docs', (c) => c.html(docs(), 200, { 'Cache-Control': CACHED }))
  app.get('/privacy', (c) => c.html(privacy(), 200, { 'Cache-Control': CACHED }))
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css', 'Cache-Control': CACHED }))
  app.get('/icon.svg', (c) => c.body(ICON, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': CACHED }))
  app.get('/collect.sh', (c) => {
    const units = c.req.queries('unit') ?? []
    if (!units.every(isUnitName)) throw new Problem('bad-request', 'That is no name of a unit.')
    return c.text(collectScript(units), 200, { 'Cache-Control': CACHED })
  })
  app.get('/record.sh', recorded)
  app.get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }))

  app.route('/', chatRoutes(log))

  app.notFound((c) => problemResponse(c, new Problem('not-found', 'There is nothing at this address.')))
  app.onError((error, c) => {
    if (error instanceof Problem) return problemResponse(c, error)
    return problemResponse(c, new Problem('our-fault', `Report it with the request id ${c.get('requestId')}, please.`))
  })
  return app
}

/** No frame, nothing from elsewhere, and no script but our own files, which may not call anywhere, not even here. */
const HEADERS: Parameters<typeof secureHeaders>[0] = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    workerSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
}
