/**
 * Any other chat or tool: a signed request, and the answer either in the response or, signed too, at an address of the
 * caller's, which has to be among those that were written down when the hook was made.
 */

import type { Context } from 'hono'
import * as z from 'zod/mini'
import { diagnose } from '../diagnose.ts'
import { MAX_PASTE_BYTES } from '../limits.ts'
import { toJson } from '../render/json.ts'
import { now } from './database.ts'
import type { Log, Variables } from './http/log.ts'
import { Problem } from './http/problem.ts'
import { parsed } from './http/request.ts'
import { HookRequest } from './http/schemas.ts'
import { joined } from './paste.ts'
import { failure } from './slack/log.ts'
import { isAmong } from './slack/outward.ts'
import { type SeenObjects, seenOf } from './slack/seen.ts'
import { isSigned, signatureOf } from './slack/signature.ts'

export interface HookBindings {
  readonly SEEN?: SeenObjects
  /** `{"ID": {"secret": "…", "origins": ["https://chat.example.com"]}}`: who may ask, and where answers may go. */
  readonly HOOKS?: string
}

type Hooked = Context<{ Bindings: HookBindings; Variables: Variables }>

const Hooks = z.record(
  z.string(),
  z.strictObject({ secret: z.string().check(z.minLength(16)), origins: z.array(z.url()) }),
)

const ANSWER_MS = 8000

export async function hooked(c: Hooked, log: Log): Promise<Response> {
  const { SEEN: seen } = c.env ?? {}
  const hook = hookOf(c)
  if (hook === null || seen === undefined) throw new Problem('not-set-up', 'There is no such hook here.')
  const body = new Uint8Array(await c.req.arrayBuffer())
  const timestamp = c.req.header('X-Whyjob-Timestamp') ?? ''
  const signature = c.req.header('X-Whyjob-Signature') ?? ''
  if (!(await isSigned(hook.secret, { timestamp, signature, body }, Date.now()))) {
    throw new Problem('not-signed', 'The signature is not one of this hook’s for these bytes, now.')
  }
  const { paste = '', files = [], systemd, answerTo } = parsed(HookRequest, new TextDecoder().decode(body))
  const text = joined([...(paste === '' ? [] : [{ name: '', text: paste }]), ...files])
  if (text.trim() === '') throw new Problem('empty-paste', 'Send what the terminal or the journal said.')
  if (text.length > MAX_PASTE_BYTES) throw new Problem('paste-too-large', `At most ${MAX_PASTE_BYTES} bytes.`)
  if (answerTo !== undefined && !isAmong(hook.origins, new URL(answerTo))) {
    throw new Problem('bad-request', 'The answer may not go to that address: its origin is not among the hook’s.')
  }
  const key = `hook:${signature}`
  if (!(await seenOf(seen, key).claim(key))) throw new Problem('not-signed', 'This was sent before.')
  const { rules } = await c.var.files.catalog()
  const answer = toJson(diagnose(text, rules, systemd === undefined ? {} : { systemd }))
  c.header('Cache-Control', 'no-store')
  if (answerTo === undefined) return c.body(answer, 200, { 'Content-Type': 'application/json' })
  c.executionCtx.waitUntil(deliver(answerTo, hook.secret, answer).catch((error) => log(failure(error, 'hook'))))
  return c.body(null, 202)
}

function hookOf(c: Hooked): { secret: string; origins: string[] } | null {
  const id = c.req.param('id') ?? ''
  const hooks = hooksIn(c.env?.HOOKS ?? '{}')
  return Object.hasOwn(hooks, id) ? (hooks[id] ?? null) : null
}

function hooksIn(text: string): z.output<typeof Hooks> {
  try {
    return Hooks.parse(JSON.parse(text))
  } catch {
    throw new Problem('not-set-up', 'HOOKS cannot be read; docs/slack.md says what it looks like.')
  }
}

/** Signed the way it was asked, so that whoever is there can tell it from anyone else's. A redirect is not followed. */
async function deliver(url: string, secret: string, answer: string): Promise<void> {
  const timestamp = String(now())
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Whyjob-Timestamp': timestamp,
      'X-Whyjob-Signature': await signatureOf(secret, timestamp, new TextEncoder().encode(answer)),
    },
    body: answer,
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_MS),
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error('the answer was not taken')
}
