/** Slack's one address for commands, interactions and events. */

import type { Context } from 'hono'
import type { Database } from './database.ts'
import type { Log, Variables } from './http/log.ts'
import { Problem, problemResponse } from './http/problem.ts'
import { loaded } from './loaded.ts'
import { receiverFor } from './slack/bolt.ts'
import { type Delivery, deliveryOf, isCertificateProbe } from './slack/delivery.ts'
import { depsOf } from './slack/deps-of.ts'
import type { Incidents, SlackBindings } from './slack/env.ts'
import { baseUrl } from './slack/install.ts'
import { type Ending, end, endingOf } from './slack/lifecycle.ts'
import { isFirst, wasAcknowledged } from './slack/once.ts'
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
  const timestamp = headers.get('x-slack-request-timestamp') ?? ''
  const signature = headers.get('x-slack-signature') ?? ''
  if (!(await isSigned(secret, { timestamp, signature, body }, Date.now()))) {
    if (isCertificateProbe(body, headers)) return c.body(null)
    return problemResponse(c, new Problem('not-signed', 'The signature is not one of Slack’s for these bytes, now.'))
  }
  const delivery = deliveryOf(body, headers)
  if (delivery === null) return problemResponse(c, new Problem('bad-request', 'The body is not what Slack sends.'))
  const { type, challenge, event_id: event, ssl_check: probe } = delivery.body
  if (probe === '1') return c.body(null)
  if (type === 'url_verification') return c.json({ challenge })
  return { delivery, key: typeof event === 'string' ? `event:${event}` : `signature:${signature}` }
}

/** Once, however often it is sent. What failed before it was acknowledged may be tried again. */
async function heed(c: In, setUp: SetUp, { delivery, key }: Received, log: Log): Promise<Response> {
  if (wasAcknowledged(key)) return again(c, key)
  const ending = endingOf(delivery)
  if (ending !== null) return ended(c, setUp, ending, key)
  const { response, done } = await answered(c, setUp, { delivery, key }, log)
  c.executionCtx.waitUntil(done)
  return response
}

/** A command or a click is never sent again: the same signature is a replay. */
function again(c: In, key: string): Response {
  if (key.startsWith('event:')) return c.body(null)
  return problemResponse(c, new Problem('not-signed', 'This was sent before.'))
}

/** To be acknowledged when it is done, and only then claimed: done twice it is the same, but not after a new start. */
async function ended(c: In, { database, incidents, seen }: SetUp, ending: Ending, key: string): Promise<Response> {
  if (!(await seenOf(seen, key).has(key))) {
    await end(database, incidents, ending)
    await seenOf(seen, key).claim(key)
  }
  return c.body(null)
}

/** What Bolt is made of, loaded by the first that needs it. */
const bolt = loaded(() => import('@slack/bolt/dist/App.js'))

async function answered(c: In, { secret, database, incidents, seen }: SetUp, { delivery, key }: Received, log: Log) {
  const at = addresses(c.env.SLACK_API_URL)
  let known: Workspace | undefined
  const workspace = (): Workspace => {
    if (known === undefined) throw new Error('not authorized yet')
    return known
  }
  const waitUntil = (work: Promise<unknown>) => c.executionCtx.waitUntil(work)
  const { default: its } = await bolt()
  const receiver = receiverFor(its, {
    addresses: at,
    authorize: async (source) => {
      const { workspace, result } = await authorized(c.env, database, at, source)
      known = workspace
      return result
    },
    deps: depsOf({
      secret,
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
  return receiver.handle(delivery, () => isFirst(seen, key, log))
}
