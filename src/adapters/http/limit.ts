/** Requests per client, where the platform counts them. */

import type { HonoRequest, MiddlewareHandler } from 'hono'
import type { Assets } from '../assets.ts'
import type { Database } from '../database.ts'
import type { RulePack } from '../rule-pack.ts'
import { Problem, problemResponse } from './problem.ts'

/** What wrangler.toml binds; all of it may be absent, as in tests and elsewhere than on Workers. */
export interface Bindings {
  readonly LIMITER?: { limit(options: { key: string }): Promise<{ success: boolean }> }
  readonly DB?: Database
  readonly ASSETS?: Assets
  /** Rules beside whyjob's own: what `whyjob rules` printed, under the key `pack`. */
  readonly RULE_PACK?: RulePack
}

/** The binding's period, in wrangler.toml. */
const PERIOD_SECONDS = 60

/** Set by the platform for whoever comes through it; from one's own machine it is the loopback. */
const CLIENT = 'CF-Connecting-IP'
const LOOPBACK = ['127.0.0.1', '::1']

/** What chats send is signed, and not to be counted per client. */
const SIGNED = ['/slack/', '/mattermost/', '/v1/hooks/']

/** Whatever computes an answer; looking at kept links is counted, so that nobody tries addresses. */
const isCostly = ({ method, path }: HonoRequest): boolean =>
  path.startsWith('/l/') || (method === 'POST' && !SIGNED.some((prefix) => path.startsWith(prefix)))

export const limited: MiddlewareHandler<{ Bindings: Bindings }> = async (c, next) => {
  const limiter = c.env?.LIMITER
  const client = c.req.header(CLIENT)
  if (limiter === undefined || client === undefined || !isCostly(c.req) || LOOPBACK.includes(client)) {
    return next()
  }
  const { success } = await limiter.limit({ key: client })
  if (success) return next()
  const problem = new Problem('too-many-requests', 'Wait a minute, or run it on your own machine: it is the same.')
  return problemResponse(c, problem, { 'Retry-After': String(PERIOD_SECONDS) })
}
