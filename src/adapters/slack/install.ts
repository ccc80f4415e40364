/** OAuth for many workspaces: to Slack and back, and the token sealed in the database. */

import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import * as z from 'zod/mini'
import { html } from '../../render/markup.ts'
import { type Database, now } from '../database.ts'
import type { Variables } from '../http/log.ts'
import { page } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import type { SlackBindings } from './env.ts'
import { addresses, outward } from './outward.ts'
import { seal } from './seal.ts'
import { type SeenObjects, seenOf } from './seen.ts'
import { newState, nonceOf, STATE_SECONDS } from './state.ts'
import { keepInstall } from './store.ts'

/** As in manifest.json, which has the reason for each in docs/slack.md. */
export const SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'chat:write',
  'commands',
  'files:read',
  'groups:history',
  'im:history',
  'links:read',
  'links:write',
]

/** Ties the way back to the browser that began it; the prefix lets no other host set it. */
const COOKIE = '__Host-whyjob-install'

interface Client {
  readonly id: string
  readonly secret: string
  readonly tokenKey: string
  readonly database: Database
  readonly seen: SeenObjects
}

type Slack = Context<{ Bindings: SlackBindings; Variables: Variables }>

export async function install(c: Slack): Promise<Response> {
  const { id, secret } = client(c)
  const state = await newState(secret, now())
  setCookie(c, COOKIE, state, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', maxAge: STATE_SECONDS })
  const url = new URL('/oauth/v2/authorize', addresses(c.env.SLACK_API_URL).api)
  url.search = new URLSearchParams({
    client_id: id,
    scope: SCOPES.join(','),
    state,
    redirect_uri: redirectUri(c),
  }).toString()
  c.header('Cache-Control', 'no-store')
  return c.redirect(url.href)
}

export async function installed(c: Slack): Promise<Response> {
  const { database, seen, tokenKey, ...credentials } = client(c)
  c.header('Cache-Control', 'no-store')
  if (c.req.query('error') !== undefined) throw new Problem('bad-request', 'Slack says that it was not allowed.')
  const state = c.req.query('state') ?? ''
  const nonce = getCookie(c, COOKIE) === state ? await nonceOf(credentials.secret, state, now()) : null
  const key = `install:${nonce}`
  if (nonce === null || !(await seenOf(seen, key).claim(key))) {
    throw new Problem('bad-request', 'This way back is not one that began here within ten minutes. Start again.')
  }
  const granted = await exchanged(c, credentials)
  const { owner, botUserId, name } = granted
  await keepInstall(database, { owner, botUserId, token: await seal(tokenKey, owner, granted.token) }, now())
  const body = html`<h1>whyjob is in ${name}</h1>
<p>Type <code>/whyjob</code> in any channel, or open the menu of a message with a log in it and choose
“Why was this canceled?”. In a channel’s threads, invite it first: <code>/invite @whyjob</code>.</p>`
  return c.html(page({ title: 'Installed', body }))
}

const Named = z.nullish(z.object({ id: z.string(), name: z.nullish(z.string()) }))

const Granted = z.object({
  ok: z.literal(true),
  access_token: z.string().check(z.regex(/^xox[\w.-]+$/)),
  bot_user_id: z.string(),
  is_enterprise_install: z.nullish(z.boolean()),
  team: Named,
  enterprise: Named,
})

interface Grant {
  readonly owner: string
  readonly name: string
  readonly token: string
  readonly botUserId: string
}

async function exchanged(c: Slack, { id, secret }: Pick<Client, 'id' | 'secret'>): Promise<Grant> {
  const at = addresses(c.env.SLACK_API_URL)
  const response = await outward(at)(`${at.api}oauth.v2.access`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({ code: c.req.query('code') ?? '', redirect_uri: redirectUri(c) }),
  })
  const read = Granted.safeParse(await response.json().catch(() => null))
  const who = read.data?.is_enterprise_install === true ? read.data.enterprise : read.data?.team
  if (!read.success || who === null || who === undefined) {
    throw new Problem('bad-request', 'Slack did not give a token for this. Start again.')
  }
  const { access_token: token, bot_user_id: botUserId } = read.data
  return { owner: who.id, name: who.name ?? 'your workspace', token, botUserId }
}

function client(c: Slack): Client {
  const { DB: database, SEEN: seen, SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: secret } = c.env ?? {}
  const { SLACK_TOKEN_KEY: tokenKey } = c.env ?? {}
  if (!id || !secret || !tokenKey || database === undefined || seen === undefined) {
    throw new Problem('not-set-up', 'This instance is not one that other workspaces can install. README.md says how.')
  }
  return { id, secret, tokenKey, database, seen }
}

const redirectUri = (c: Slack): string => `${baseUrl(c)}/slack/oauth_redirect`

export const baseUrl = (c: Slack): string => (c.env.PUBLIC_URL ?? new URL(c.req.url).origin).replace(/\/+$/, '')
