/** One structured line per request: what was asked of which route, and how it went. Never a byte of what was pasted. */

import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Answer } from '../../render/answer.ts'
import type { Files } from '../files.ts'

export interface Variables {
  requestId: string
  files: Files
  /** Set by routes that answer, for the log alone. */
  answered: Pick<Answer, 'outcome' | 'cause' | 'code'>
}

export type Log = (entry: Readonly<Record<string, unknown>>) => void

export function logged(log: Log): MiddlewareHandler<{ Variables: Variables }> {
  return async (c, next) => {
    const began = Date.now()
    await next()
    log({
      at: 'request',
      id: c.get('requestId'),
      method: METHODS.includes(c.req.method) ? c.req.method : 'other',
      // The pattern, not the path: what follows /rules/ is whatever someone typed.
      route: routePath(c, -1),
      status: c.res.status,
      ms: Date.now() - began,
      bytes: Number(c.req.header('Content-Length') ?? 0),
      ...answered(c),
      ...(c.error !== undefined && failed(c.error)),
    })
  }
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

function answered(c: Context<{ Variables: Variables }>): object {
  const { outcome, cause, code } = c.get('answered') ?? {}
  return outcome === undefined ? {} : { outcome, cause, code }
}

/** A message may quote what was pasted; names and places in our code cannot. */
function failed(error: Error): object {
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { error: error.name, stack: places.slice(0, 8).map((line) => line.trim()) }
}
