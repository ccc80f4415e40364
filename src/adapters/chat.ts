/** Where chats and other programs come in. What they send is signed or has a token, and each comes from few addresses. */

import { Hono } from 'hono'
import { type HookBindings, hooked } from './hooks.ts'
import type { Log, Variables } from './http/log.ts'
import { type MattermostBindings, mattermost } from './mattermost.ts'
import type { SlackBindings } from './slack/env.ts'
import { slackRoutes } from './slack.ts'

export type ChatBindings = SlackBindings & MattermostBindings & HookBindings

interface Env {
  Bindings: ChatBindings
  Variables: Variables
}

export function chatRoutes(log: Log): Hono<Env> {
  const app = new Hono<Env>()
  app.route('/slack', slackRoutes(log))
  app.post('/mattermost/command', mattermost)
  app.post('/v1/hooks/:id', (c) => hooked(c, log))
  return app
}
