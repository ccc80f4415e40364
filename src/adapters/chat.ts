/** Where chats and other programs come in. What they send is signed or has a token, and each comes from few addresses. */

import { Hono } from 'hono'
import type { HookBindings } from './hooks.ts'
import type { Log, Variables } from './http/log.ts'
import { loadedWithCore } from './loaded.ts'
import type { MattermostBindings } from './mattermost.ts'
import type { SlackBindings } from './slack/env.ts'

export type ChatBindings = SlackBindings & MattermostBindings & HookBindings

interface Env {
  Bindings: ChatBindings
  Variables: Variables
}

/** At once, but for the first time. */
const chats = loadedWithCore(() => import('./chats.ts'))

export function chatRoutes(log: Log): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/slack/events', async (c) => (await chats(c)).events(c, log))
  app.get('/slack/incidents/:address', async (c) => (await chats(c)).incidentPage(c))
  app.get('/slack/incidents/:address/:file{[0-9]{1,9}[.]png}', async (c) => (await chats(c)).incidentPicture(c))
  app.get('/slack/install', async (c) => (await chats(c)).install(c))
  app.get('/slack/oauth_redirect', async (c) => (await chats(c)).installed(c))
  app.post('/mattermost/command', async (c) => (await chats(c)).mattermost(c))
  app.post('/v1/hooks/:id', async (c) => (await chats(c)).hooked(c, log))
  return app
}
