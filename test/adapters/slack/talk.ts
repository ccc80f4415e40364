/** The bundle with one workspace, and what a test does there: wait, look, click. */

import { expect } from 'vitest'
import { EXAMPLES } from '../../../src/adapters/http/examples.ts'
import { MessageBlocks, ModalView } from '../../../src/adapters/slack/block-limits.ts'
import { type Bundle, bundle } from './bundle.ts'
import type { Message, Team } from './double.ts'
import { interaction, mention } from './payloads.ts'

/** A paste that explains it, its complaint alone, and the rest of it. */
export const PASTE = EXAMPLES['bound-unit-exits']!.paste
export const BARE = 'Job for nginx.service canceled.'
export const REST = PASTE.slice(PASTE.indexOf('canceled.') + 'canceled.'.length)

export type Json = Readonly<Record<string, unknown>>

export interface Button {
  readonly action_id: string
  readonly value?: string
  readonly url?: string
}

export interface Talk {
  readonly it: Bundle
  readonly team: Team
  inThread(thread: string): Message[]
  click(
    button: Button,
    more?: object,
  ): { readonly sent: ReturnType<typeof interaction>; readonly answers: readonly Json[] }
  /** Presses a button of a message; what comes back at its response URL. */
  pressed(value: Json, action: string, more?: object): Promise<readonly Json[]>
  /** Someone's paste in a thread, answered there. */
  incident(text?: string): Promise<{ readonly thread: string; readonly message: Message }>
  /** The box that opens after so many. */
  nextView(before: number): Promise<Json>
  /** Everything that was refused until now; it is empty after that. */
  refused(): string[]
}

export async function talk(): Promise<Talk> {
  const { it, team } = await connected()
  const inThread = (thread: string) => team.messages.filter((message) => message.thread === thread)
  const click: Talk['click'] = (button, more = {}) => {
    const { url, answers } = it.slack.responseUrl(team.id)
    const sent = interaction(team, {
      type: 'block_actions',
      trigger_id: it.slack.trigger(),
      response_url: url,
      channel: { id: `C${team.id}` },
      container: { type: 'message' },
      actions: [{ type: 'button', block_id: 'b', ...button, action_ts: it.slack.nextTs() }],
      ...more,
    })
    return { sent, answers }
  }
  return {
    it,
    team,
    inThread,
    click,
    async pressed(value, action, more = {}) {
      const { sent, answers } = click(buttonOf(value, action), more)
      expect((await it.send(sent)).status).toBe(200)
      return answers
    },
    async incident(text = PASTE) {
      const thread = it.slack.nextTs()
      expect((await it.send(mention(it.slack, team, text, { ts: thread }))).status).toBe(200)
      return { thread, message: await there(() => inThread(thread)[0]) }
    },
    async nextView(before) {
      return ModalView.parse(await there(() => it.slack.views[before]))
    },
    refused: () => it.slack.refusals.splice(0),
  }
}

async function connected(): Promise<{ it: Bundle; team: Team }> {
  const teams: Team[] = []
  const it = await bundle((slack) => {
    const team = slack.team('T1')
    teams.push(team)
    return { SLACK_BOT_TOKEN: team.token }
  })
  return { it, team: teams[0]! }
}

/** What something is once it is there. */
export async function there<T>(look: () => T | undefined): Promise<T> {
  await expect.poll(look, { timeout: 60_000, interval: 50 }).toBeDefined()
  return look()!
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export const latest = (message: Message): Json => message.versions.at(-1)!
export const words = (value: unknown): string => JSON.stringify(value)

export function blocksOf(value: Json): Json[] {
  const blocks = (typeof value.blocks === 'string' ? JSON.parse(value.blocks) : value.blocks) as Json[]
  MessageBlocks.parse(blocks)
  return blocks
}

export const buttonsOf = (value: Json): Button[] =>
  blocksOf(value).flatMap(({ type, elements }) => (type === 'actions' ? (elements as Button[]) : []))

export function buttonOf(value: Json, action: string): Button {
  const button = buttonsOf(value).find(({ action_id }) => action_id === action)
  expect(button, action).toBeDefined()
  return button!
}

/** Where the whole answer of a message is. */
export const pageOf = ({ it }: Talk, message: Message): URL =>
  new URL(new URL(buttonOf(latest(message), 'full').url!).pathname, it.url)

/** A payload of an interaction that is changed before it is signed again. */
export function payloadOf(sent: { readonly body: string }): Json {
  return JSON.parse(new URLSearchParams(sent.body).get('payload')!) as Json
}
