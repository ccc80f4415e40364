/** Slack's routes: one address for commands, interactions and events. */

import { type Context, Hono } from 'hono'
import { diagnose } from '../diagnose.ts'
import type { Log } from './http/log.ts'
import { Problem, problemResponse } from './http/problem.ts'
import { deliveryOf, isCertificateProbe } from './slack/delivery.ts'
import type { Deps } from './slack/deps.ts'
import type { SlackBindings } from './slack/env.ts'
import { addresses } from './slack/outward.ts'
import { isSigned } from './slack/signature.ts'

interface Env {
  Bindings: SlackBindings
}

export function slackRoutes(log: Log): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/events', (c) => received(c, log))
  return app
}

async function received(c: Context<Env>, log: Log): Promise<Response> {
  const { SLACK_SIGNING_SECRET: secret = '' } = c.env ?? {}
  if (secret === '') return problemResponse(c, new Problem('not-set-up', NOT_SET_UP))
  const { headers } = c.req.raw
  const bytes = new Uint8Array(await c.req.arrayBuffer())
  if (isCertificateProbe(bytes, headers)) return c.body(null)
  const signed = {
    timestamp: headers.get('x-slack-request-timestamp') ?? '',
    signature: headers.get('x-slack-signature') ?? '',
    body: bytes,
  }
  if (!(await isSigned(secret, signed, Date.now()))) return c.body(null, 401)
  const delivery = deliveryOf(bytes, headers)
  if (delivery === null) return c.body(null, 400)
  if (delivery.body.type === 'url_verification') return c.json({ challenge: delivery.body.challenge })

  const { receiverFor } = await import('./slack/bolt.ts')
  const receiver = receiverFor({
    addresses: addresses(c.env.SLACK_API_URL),
    authorize: async () => ({ botToken: c.env.SLACK_BOT_TOKEN ?? '' }),
    deps: depsOf(c),
    log,
  })
  const { response, done } = receiver.handle(delivery)
  c.executionCtx.waitUntil(done)
  return response
}

const NOT_SET_UP = 'This instance is not connected to Slack: it has no SLACK_SIGNING_SECRET. README.md says how.'

function depsOf(c: Context<Env>): Deps {
  const notYet = async () => {
    throw new Problem('not-set-up', NOT_SET_UP)
  }
  return {
    diagnose,
    baseUrl: c.env.PUBLIC_URL ?? new URL(c.req.url).origin,
    thread: notYet,
    files: notYet,
    forget: notYet,
    feedback: notYet,
    waitUntil: (work) => c.executionCtx.waitUntil(work),
  }
}
