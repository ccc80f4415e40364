/** Slack's one address for commands, interactions and events. */

import type { Context } from 'hono'
import type { Database } from './database.ts'
import type { Log, Variables } from './http/log.ts'
import { Problem, problemResponse } from './http/problem.ts'
import { receiverFor } from './slack/bolt.ts'
import { type Delivery, deliveryOf, isCertificateProbe } from './slack/delivery.ts'
import { depsOf } from './slack/deps-of.ts'
import type { Incidents, SlackBindings } from './slack/env.ts'
import { baseUrl } from './slack/install.ts'
import { end, endingOf } from './slack/lifecycle.ts'
import { failure } from './slack/log.ts'
import { addresses } from './slack/outward.ts'
import { type SeenObjects, seenOf } from './slack/seen.ts'
import { isSigned } from './slack/signature.ts'
import { arrived } from './slack/turns.ts'
import { authorized, type Workspace } from './slack/workspace.ts'

type In = Context<{ Bindings: SlackBindings; Variables: Variables }>

/** What there must be, for anything to be answered. */
interface SetUp {
  readonly secret: string
  readonly database: Database
  readonly incidents: Incidents
  readonly seen: SeenObjects
}

export async function events(c: In, log: Log): Promise<Response> {
  const setUp = setUpOf(c)
  if (setUp === null) return problemResponse(c, new Problem('not-set-up', NOT_SET_UP))
  const through = arrived()
  try {
    const received = await receive(c, setUp)
    return received instanceof Response ? received : await heed(c, setUp, received, log)
  } finally {
    through()
  }
}

const NOT_SET_UP = 'This instance is not connected to Slack: it lacks a secret or a binding. README.md says which.'

function setUpOf(c: In): SetUp | null {
  const { SLACK_SIGNING_SECRET: secret, DB: database, INCIDENTS: incidents, SEEN: seen } = c.env ?? {}
  const hasTokens = Boolean(c.env?.SLACK_BOT_TOKEN) || Boolean(c.env?.SLACK_TOKEN_KEY)
  if (!secret || !hasTokens || database === undefined || incidents === undefined || seen === undefined) return null
  return { secret, database, incidents, seen }
}

interface Received {
  readonly delivery: Delivery
  /** By which it is known when it comes again. */
  readonly key: string
}

/** Nothing is read from a request before its bytes were found to be signed. */
async function receive(c: In, { secret }: SetUp): Promise<Received | Response> {
  const { headers } = c.req.raw
  const body = new Uint8Array(await c.req.arrayBuffer())
  if (isCertificateProbe(body, headers)) return c.body(null)
  const timestamp = headers.get('x-slack-request-timestamp') ?? ''
  const signature = headers.get('x-slack-signature') ?? ''
  if (!(await isSigned(secret, { timestamp, signature, body }, Date.now()))) {
    return problemResponse(c, new Problem('not-signed', 'The signature is not one of Slack’s for these bytes, now.'))
  }
  const delivery = deliveryOf(body, headers)
  if (delivery === null) return problemResponse(c, new Problem('bad-request', 'The body is not what Slack sends.'))
  const { type, challenge, event_id: event } = delivery.body
  if (type === 'url_verification') return c.json({ challenge })
  return { delivery, key: typeof event === 'string' ? `event:${event}` : `signature:${signature}` }
}

/**
 * Once per event, however often it is sent. A command or a click is never sent again: the same signature is a replay.
 * What failed before it was acknowledged may be tried again.
 */
async function heed(c: In, setUp: SetUp, { delivery, key }: Received, log: Log): Promise<Response> {
  const { database, incidents } = setUp
  const seen = seenOf(setUp.seen, key)
  if (!(await seen.claim(key))) {
    if (key.startsWith('event:')) return c.body(null)
    return problemResponse(c, new Problem('not-signed', 'This was sent before.'))
  }
  const again = () => seen.release(key).catch((error) => log(failure(error)))
  try {
    const ending = endingOf(delivery)
    if (ending !== null) {
      await end(database, incidents, ending)
      return c.body(null)
    }
    const { response, done } = await answered(c, setUp, delivery, log)
    c.executionCtx.waitUntil(done.then(({ acked }) => (acked ? undefined : again())))
    return await response
  } catch (error) {
    await again()
    throw error
  }
}

/** Bolt is loaded here, by the first that needs it. */
async function answered(c: In, { database, incidents }: SetUp, delivery: Delivery, log: Log) {
  const at = addresses(c.env.SLACK_API_URL)
  let known: Workspace | undefined
  const workspace = (): Workspace => {
    if (known === undefined) throw new Error('not authorized yet')
    return known
  }
  const waitUntil = (work: Promise<unknown>) => c.executionCtx.waitUntil(work)
  const { default: bolt } = await import('@slack/bolt/dist/App.js')
  const receiver = receiverFor(bolt, {
    addresses: at,
    authorize: async (source) => {
      const { workspace, result } = await authorized(c.env, database, at, source)
      known = workspace
      return result
    },
    deps: depsOf({
      catalog: c.var.files.catalog,
      database,
      incidents,
      addresses: at,
      baseUrl: baseUrl(c),
      waitUntil,
      workspace,
    }),
    log,
  })
  return receiver.handle(delivery)
}
