// manifest.json against the limits that Slack's own schema has (slackapi/manifest-schema, v2, July 2026), as far as we
// use it; against the listeners; and against what the documents say of it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { SCOPES } from '../../../src/adapters/slack/install.ts'

const root = join(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const manifest: unknown = JSON.parse(read('manifest.json'))

const text = (most: number, least = 1) => z.string().min(least).max(most)
const url = text(3000).regex(/^https:\/\//)
const prompt = z.strictObject({ title: z.string(), message: z.string() })

const Manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.int() }),
  display_information: z.strictObject({
    name: text(35),
    description: text(140),
    long_description: text(4000, 175),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: text(80), always_online: z.boolean() }),
    agent_view: z.strictObject({ agent_description: text(300), suggested_prompts: z.array(prompt).max(4) }),
    slash_commands: z
      .array(
        z.strictObject({
          command: text(32, 2).regex(/^\/[a-z]+$/),
          url,
          description: text(2000),
          usage_hint: text(1000),
          should_escape: z.literal(false),
        }),
      )
      .length(1),
    shortcuts: z
      .array(
        z.strictObject({
          name: text(24),
          type: z.enum(['message', 'global']),
          callback_id: text(255),
          description: text(150),
        }),
      )
      .max(10),
    unfurl_domains: z.array(text(255).regex(/^[a-z0-9][-a-z0-9.]*[a-z0-9]$/)).max(5),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(url).length(1),
    scopes: z.strictObject({ bot: z.array(text(50)).max(255) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: url, bot_events: z.array(text(50)).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: url }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.literal(false),
    token_rotation_enabled: z.literal(false),
  }),
})

/** What each event needs, and what else does; a scope that nothing needs is one too many. */
const NEEDED_BY_EVENT: Readonly<Record<string, string | null>> = {
  app_home_opened: null,
  app_mention: 'app_mentions:read',
  app_uninstalled: null,
  link_shared: 'links:read',
  'message.im': 'im:history',
  tokens_revoked: null,
}
const NEEDED_BY_CALLS = [
  ...['assistant:write', 'channels:history', 'chat:write', 'commands', 'files:read', 'groups:history', 'links:write'],
]

const parsed = Manifest.parse(manifest)

test('all addresses are of one host, and one address takes everything', () => {
  const { event_subscriptions, interactivity } = parsed.settings
  const { host, origin } = new URL(event_subscriptions.request_url)
  expect(event_subscriptions.request_url).toBe(`${origin}/slack/events`)
  expect(interactivity.request_url).toBe(event_subscriptions.request_url)
  expect(parsed.features.slash_commands[0]?.url).toBe(event_subscriptions.request_url)
  expect(parsed.oauth_config.redirect_urls).toEqual([`${origin}/slack/oauth_redirect`])
  expect(parsed.features.unfurl_domains).toEqual([host])
})

test('the scopes are those that are asked for, each needed by something', () => {
  const { bot } = parsed.oauth_config.scopes
  expect(bot).toEqual(SCOPES)
  const events = parsed.settings.event_subscriptions.bot_events
  expect(events.filter((event) => !(event in NEEDED_BY_EVENT))).toEqual([])
  const needed = [
    ...events.map((event) => NEEDED_BY_EVENT[event]).filter((scope) => scope !== null),
    ...NEEDED_BY_CALLS,
  ]
  expect([...bot].sort()).toEqual([...new Set(needed)].sort())
})

test.each(SCOPES)('docs/slack.md gives the reason for %s', (scope) => {
  expect(read('docs/slack.md')).toMatch(new RegExp(`^\\| \`${scope}\` +\\| .{20,} \\|$`, 'm'))
})
