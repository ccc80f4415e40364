/** What Slack sends, as it sends it, and its signature. */

import { createHmac, randomUUID } from 'node:crypto'
import type { SlackDouble, Team } from './double.ts'

export const SIGNING_SECRET = 'signing-secret'

export interface Sent {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

const FORM = 'application/x-www-form-urlencoded'

export interface SignOptions {
  readonly secret?: string
  readonly timestamp?: number
  readonly headers?: Readonly<Record<string, string>>
}

export function signed(body: string, contentType: string, options: SignOptions = {}): Sent {
  const { secret = SIGNING_SECRET, timestamp = Math.floor(Date.now() / 1000), headers = {} } = options
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  return {
    body,
    headers: {
      'Content-Type': contentType,
      'X-Slack-Request-Timestamp': String(timestamp),
      'X-Slack-Signature': `v0=${mac}`,
      ...headers,
    },
  }
}

export interface CommandOptions extends SignOptions {
  readonly command?: string
  readonly channel?: string
  readonly responseUrl?: string
  readonly trigger?: string
}

export function command(slack: SlackDouble, team: Team, text: string, options: CommandOptions = {}): Sent {
  const { command = '/whyjob', channel = `C${team.id}`, responseUrl = slack.responseUrl(team.id).url } = options
  const form = new URLSearchParams({
    token: 'legacy',
    team_id: team.id,
    team_domain: 'example',
    channel_id: channel,
    channel_name: 'incidents',
    user_id: 'U1',
    user_name: 'someone',
    command,
    text,
    api_app_id: 'A1',
    is_enterprise_install: String(team.isOrg ?? false),
    ...(team.enterprise !== undefined && { enterprise_id: team.enterprise }),
    response_url: responseUrl,
    trigger_id: options.trigger ?? slack.trigger(),
  })
  return signed(form.toString(), FORM, options)
}

/** Shortcuts, clicks and submissions: a form whose one field is JSON. */
export function interaction(team: Team, payload: object, options: SignOptions = {}): Sent {
  const whole = {
    token: 'legacy',
    api_app_id: 'A1',
    team: team.isOrg === true ? null : { id: team.id, domain: 'example' },
    enterprise: team.enterprise === undefined ? null : { id: team.enterprise, name: 'Grid' },
    is_enterprise_install: team.isOrg ?? false,
    user: { id: 'U1', username: 'someone', name: 'someone', team_id: team.id },
    ...payload,
  }
  return signed(new URLSearchParams({ payload: JSON.stringify(whole) }).toString(), FORM, options)
}

export interface MessageOptions {
  readonly text?: string
  readonly ts?: string
  readonly thread?: string
  readonly files?: readonly string[]
  readonly blocks?: readonly object[]
}

export const messageShortcut = (slack: SlackDouble, team: Team, message: MessageOptions, options: SignOptions = {}) =>
  interaction(
    team,
    {
      type: 'message_action',
      callback_id: 'why_canceled',
      trigger_id: slack.trigger(),
      response_url: slack.responseUrl(team.id).url,
      action_ts: slack.nextTs(),
      message_ts: message.ts ?? slack.nextTs(),
      channel: { id: `C${team.id}`, name: 'incidents' },
      message: {
        type: 'message',
        user: 'U2',
        ts: message.ts ?? slack.nextTs(),
        text: message.text ?? '',
        ...(message.thread !== undefined && { thread_ts: message.thread }),
        ...(message.blocks !== undefined && { blocks: message.blocks }),
        ...(message.files !== undefined && { files: message.files.map((id) => ({ id })) }),
      },
    },
    options,
  )

export const globalShortcut = (slack: SlackDouble, team: Team, trigger = slack.trigger()) =>
  interaction(team, { type: 'shortcut', callback_id: 'open_paste', trigger_id: trigger, action_ts: slack.nextTs() })

export interface EventOptions extends SignOptions {
  readonly id?: string
  readonly retry?: number
}

export function event(team: Team, inner: Readonly<Record<string, unknown>>, options: EventOptions = {}): Sent {
  const retry: Record<string, string> =
    options.retry === undefined ? {} : { 'X-Slack-Retry-Num': String(options.retry) }
  const body = JSON.stringify({
    token: 'legacy',
    team_id: team.isOrg === true ? null : team.id,
    enterprise_id: team.isOrg === true ? team.id : (team.enterprise ?? null),
    api_app_id: 'A1',
    event: inner,
    type: 'event_callback',
    event_id: options.id ?? `Ev${randomUUID()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: team.isOrg === true ? team.id : (team.enterprise ?? null),
        team_id: team.isOrg === true ? null : team.id,
        user_id: team.botUserId,
        is_bot: true,
        is_enterprise_install: team.isOrg ?? false,
      },
    ],
  })
  return signed(body, 'application/json', { ...options, headers: { ...retry, ...options.headers } })
}

export const mention = (slack: SlackDouble, team: Team, text: string, options: EventOptions & MessageOptions = {}) =>
  event(
    team,
    {
      type: 'app_mention',
      user: 'U1',
      text: `<@${team.botUserId}> ${text}`,
      ts: options.ts ?? slack.nextTs(),
      channel: `C${team.id}`,
      event_ts: slack.nextTs(),
      ...(options.thread !== undefined && { thread_ts: options.thread }),
      ...(options.files !== undefined && { files: options.files.map((id) => ({ id })) }),
    },
    options,
  )

export const directMessage = (slack: SlackDouble, team: Team, text: string, options: EventOptions = {}) =>
  event(
    team,
    {
      type: 'message',
      channel_type: 'im',
      user: 'U1',
      text,
      ts: slack.nextTs(),
      channel: `D${team.id}`,
      event_ts: slack.nextTs(),
    },
    options,
  )
