/**
 * What every response has in its head, set at once when it is there. A middleware for each of these would have the
 * platform copy the response, and its headers one by one, before anybody has written a word of it.
 */

import type { Context, MiddlewareHandler } from 'hono'
import type { Variables } from './log.ts'

/** No frame, nothing from elsewhere, and no script but our own files, which may not call anywhere, not even here. */
const POLICY = [
  ...["default-src 'none'", "script-src 'self'", "worker-src 'self'", "style-src 'self'", "img-src 'self'"],
  ...["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"],
].join('; ')

const ALWAYS = Object.entries({
  'Content-Security-Policy': POLICY,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=15552000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
})

/** What only means something to a window. */
const OF_PAGES = Object.entries({
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  'X-Frame-Options': 'DENY',
})

/** Scripts of other sites may call the API and read its description; what a page says is for its own. */
const isForAll = (path: string): boolean => path.startsWith('/v1/') || path === '/openapi.json'
const METHODS = 'GET,HEAD,POST,DELETE'

export const heads: MiddlewareHandler<{ Variables: Variables }> = async (c, next) => {
  const began = performance.now()
  const id = idOf(c.req.header('X-Request-Id'))
  c.set('requestId', id)
  const open = isForAll(c.req.path)
  if (open && c.req.method === 'OPTIONS') c.res = preflight(c)
  else await next()
  const { headers } = c.res
  for (const [name, value] of open ? ALWAYS : [...ALWAYS, ...OF_PAGES]) headers.set(name, value)
  headers.set('X-Request-Id', id)
  headers.set('Server-Timing', `total;dur=${(performance.now() - began).toFixed(1)}`)
  if (!open) return
  headers.set('Access-Control-Allow-Origin', '*')
  headers.set('Access-Control-Expose-Headers', 'X-Request-Id,Server-Timing')
}

/** Whoever calls may name the request, so that a log of theirs and ours can be laid side by side. */
const idOf = (named: string | undefined): string =>
  named !== undefined && /^[\w\-=]{1,255}$/.test(named) ? named : crypto.randomUUID()

/** What a browser asks before it lets a script of another site call. */
function preflight(c: Context): Response {
  const wanted = c.req.header('Access-Control-Request-Headers')
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': METHODS,
      ...(wanted !== undefined && { 'Access-Control-Allow-Headers': wanted, Vary: 'Access-Control-Request-Headers' }),
    },
  })
}
