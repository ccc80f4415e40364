/** The Web API's methods that the app may call, and what each refuses. Errors have Slack's own names. */

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { SlackDouble, Team } from './double.ts'
import { problemsOfMessage, problemsOfView } from './double-blocks.ts'

export interface Call {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly team?: Team
  readonly args: Readonly<Record<string, unknown>>
}

export class Refusal extends Error {
  readonly details: readonly string[]

  constructor(error: string, details: readonly string[] = []) {
    super(error)
    this.details = details
  }
}

interface Method {
  read(slack: SlackDouble, request: IncomingMessage, body: string): Pick<Call, 'team' | 'args'>
  answer(slack: SlackDouble, call: Call): object
}

type Answer = (slack: SlackDouble, team: Team, args: Call['args']) => object

/** A method of the bot's: who calls is known by the token in the header, and only there. */
const method = (scope: string | null, answer: Answer): Method => ({
  read(slack, request, body) {
    const team = slack.ofToken((request.headers.authorization ?? '').replace(/^Bearer /, ''))
    if (request.headers.authorization === undefined) throw new Refusal('not_authed')
    if (team === undefined) throw new Refusal('invalid_auth')
    if (!team.isActive) throw new Refusal('token_revoked')
    if (scope !== null && !team.scopes.has(scope)) throw new Refusal('missing_scope', [`needs ${scope}`])
    const args = argsOf(request, body)
    if (args.token !== undefined) throw new Refusal('invalid_arguments', ['a token in the body'])
    return { team, args }
  },
  answer: (slack, { team, args }) => answer(slack, team as Team, args),
})

/** Forms have JSON in the fields that are not strings. */
function argsOf(request: IncomingMessage, body: string): Record<string, unknown> {
  const type = request.headers['content-type'] ?? ''
  if (/^application\/json/.test(type)) return JSON.parse(body) as Record<string, unknown>
  if (body !== '' && !/^application\/x-www-form-urlencoded/.test(type)) throw new Refusal('invalid_post_type')
  const form = Object.fromEntries(new URLSearchParams(body))
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, JSON_FIELDS.has(name) ? json(value) : value]),
  )
}

const JSON_FIELDS = new Set(['blocks', 'attachments', 'view', 'unfurls', 'metadata', 'prompts', 'source'])

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('invalid_arguments', ['not JSON'])
  }
}

const channelOf = (team: Team, args: Call['args']): string => {
  const channel = String(args.channel ?? '')
  if (!/^[CDG]\w+$/.test(channel)) throw new Refusal('channel_not_found')
  if (!team.channels.has(channel)) throw new Refusal('not_in_channel')
  return channel
}

const checked = (args: Call['args']): Call['args'] => {
  const problems = problemsOfMessage(args)
  if (problems.length > 0) throw new Refusal(problems.includes('no text') ? 'no_text' : 'invalid_blocks', problems)
  return args
}

const postMessage: Answer = (slack, team, args) => {
  const channel = channelOf(team, args)
  const thread = args.thread_ts === undefined ? undefined : String(args.thread_ts)
  if (thread !== undefined && !/^\d+\.\d{6}$/.test(thread)) throw new Refusal('invalid_thread_ts')
  const ts = slack.nextTs()
  team.messages.push({ channel, ts, ...(thread !== undefined && { thread }), versions: [checked(args)] })
  return { channel, ts, message: { text: args.text, ts } }
}

const update: Answer = (_slack, team, args) => {
  const channel = channelOf(team, args)
  const message = team.messages.find((one) => one.channel === channel && one.ts === args.ts)
  if (message === undefined) throw new Refusal('message_not_found')
  message.versions.push(checked(args))
  return { channel, ts: message.ts, text: args.text }
}

const remove: Answer = (_slack, team, args) => {
  const channel = channelOf(team, args)
  const at = team.messages.findIndex((one) => one.channel === channel && one.ts === args.ts)
  if (at < 0) throw new Refusal('message_not_found')
  team.messages.splice(at, 1)
  return { channel, ts: args.ts }
}

const openView: Answer = (slack, _team, args) => {
  const problems = problemsOfView(args.view)
  if (problems.length > 0) throw new Refusal('invalid_arguments', problems)
  slack.useTrigger(args.trigger_id)
  const view = args.view as Record<string, unknown>
  slack.views.push(view)
  return { view: { id: `V${slack.views.length}`, hash: '1', ...view } }
}

const publishView: Answer = (_slack, team, args) => {
  const problems = problemsOfView(args.view)
  if (problems.length > 0) throw new Refusal('invalid_arguments', problems)
  if (!/^[UW]\w+$/.test(String(args.user_id))) throw new Refusal('user_not_found')
  team.homes.set(String(args.user_id), args.view as Record<string, unknown>)
  return { view: args.view as object }
}

const updateView: Answer = (slack, _team, args) => {
  const problems = problemsOfView(args.view)
  if (problems.length > 0) throw new Refusal('invalid_arguments', problems)
  if (args.view_id === undefined && args.external_id === undefined) throw new Refusal('not_found')
  slack.views.push(args.view as Record<string, unknown>)
  return { view: args.view as object }
}

const unfurl: Answer = (slack, team, args) => {
  if (args.unfurl_id === undefined) channelOf(team, args)
  const unfurls = args.unfurls as Record<string, Record<string, unknown>> | undefined
  if (unfurls === undefined || Object.keys(unfurls).length === 0) throw new Refusal('missing_unfurls')
  for (const one of Object.values(unfurls)) checked({ text: 'unfurl', ...one })
  slack.unfurls.push(unfurls)
  return {}
}

const fileInfo: Answer = (slack, team, args) => {
  const file = team.files.get(String(args.file))
  if (file === undefined) throw new Refusal('file_not_found')
  const { id, name, mimetype, bytes, said } = file
  const url = slack.fileUrl(team, file)
  const truth = { id, name, mimetype, size: bytes.length, mode: 'hosted', url_private: url, url_private_download: url }
  return { file: { ...truth, ...said } }
}

/** The one method that is not the bot's: the client's own id and secret, and a code that is good once. */
const access: Method = {
  read: (_slack, request, body) => ({ args: argsOf(request, body) }),
  answer(slack, { args, headers }) {
    const basic = `Basic ${Buffer.from(`${slack.client.id}:${slack.client.secret}`).toString('base64')}`
    if (headers.authorization !== basic) throw new Refusal('bad_client_secret')
    const code = slack.codes.get(String(args.code))
    if (code === undefined) throw new Refusal('invalid_code')
    if (code.redirectUri !== args.redirect_uri) throw new Refusal('bad_redirect_uri')
    slack.codes.delete(String(args.code))
    const team = slack.teams.get(code.team)
    if (team === undefined) throw new Refusal('invalid_code')
    const { token, botUserId, enterprise, isOrg = false, id, name } = team
    return {
      access_token: token,
      token_type: 'bot',
      scope: [...team.scopes].join(','),
      bot_user_id: botUserId,
      app_id: 'A1',
      is_enterprise_install: isOrg,
      team: isOrg ? null : { id, name },
      enterprise: isOrg ? { id, name } : enterprise === undefined ? null : { id: enterprise, name: 'Grid' },
      authed_user: { id: 'U1' },
    }
  },
}

/** With the app's token, which is no team's. */
const openSocket: Method = {
  read(slack, request) {
    if (request.headers.authorization !== `Bearer ${slack.socket.appToken}`) throw new Refusal('invalid_auth')
    return { args: {} }
  },
  answer: (slack) => ({ url: slack.socketUrl }),
}

const HISTORY: Readonly<Record<string, string>> = { C: 'channels:history', G: 'groups:history', D: 'im:history' }

const replies: Answer = (_slack, team, args) => {
  const channel = channelOf(team, args)
  const scope = HISTORY[channel.charAt(0)] ?? ''
  if (!team.scopes.has(scope)) throw new Refusal('missing_scope', [`needs ${scope}`])
  const messages = team.threads.get(String(args.ts))
  if (messages === undefined) throw new Refusal('thread_not_found')
  const limit = Math.min(Number(args.limit ?? 1000), 1000)
  return { messages: messages.slice(0, limit), has_more: messages.length > limit }
}

export const METHODS: Readonly<Record<string, Method>> = {
  'apps.connections.open': openSocket,
  'oauth.v2.access': access,
  'auth.test': method(null, (_slack, { id, isOrg = false, enterprise, botUserId }) => ({
    url: 'https://example.slack.com/',
    team_id: isOrg ? undefined : id,
    enterprise_id: isOrg ? id : enterprise,
    user_id: botUserId,
    bot_id: `B${id}`,
    is_enterprise_install: isOrg,
  })),
  'chat.postMessage': method('chat:write', postMessage),
  'chat.postEphemeral': method('chat:write', (slack, team, args) => {
    if (!/^[UW]\w+$/.test(String(args.user))) throw new Refusal('user_not_in_channel')
    return { message_ts: (postMessage(slack, team, args) as { ts: string }).ts }
  }),
  'chat.update': method('chat:write', update),
  'chat.delete': method('chat:write', remove),
  'chat.unfurl': method('links:write', unfurl),
  'conversations.replies': method(null, replies),
  'views.open': method(null, openView),
  'views.push': method(null, openView),
  'views.update': method(null, updateView),
  'views.publish': method(null, publishView),
  'files.info': method('files:read', fileInfo),
  'assistant.threads.setStatus': method('assistant:write', () => ({})),
  'assistant.threads.setTitle': method('assistant:write', () => ({})),
  'assistant.threads.setSuggestedPrompts': method('assistant:write', (_slack, _team, args) => {
    if (!Array.isArray(args.prompts) || args.prompts.length > 4) throw new Refusal('invalid_arguments')
    return {}
  }),
}
