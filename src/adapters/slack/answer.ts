/** Evidence → the one message that answers it: masked and kept, diagnosed as a whole, posted once and then updated. */

import type { WebClient } from '@slack/web-api'
import type { Answer } from '../../render/answer.ts'
import { changeOf, verdictOf } from '../../render/change.ts'
import { hasLanes, lanesInWords } from '../../render/phone-lanes.ts'
import { partsOf } from '../../render/report.ts'
import { type SlackMessage, toSlack } from '../../render/slack.ts'
import { count } from '../../render/words.ts'
import { maskedAlike } from '../masked.ts'
import { answerButtons, isThread, type Target } from './buttons.ts'
import type { Deps } from './deps.ts'
import type { Added, Answered, Evidence, Incident, Message, Paste, Work } from './incident.ts'

/** A thread's evidence, and what only one person saw and did not share. */
const THREAD_SECONDS = 30 * 24 * 60 * 60
const DRAFT_SECONDS = 60 * 60

/** While others still paste, an answer is written again at most this often. */
const PAUSE_MS = 1000
const TURNS = 15
const MAX_WAIT_SECONDS = 10

/** Something that was pasted, as it came. */
export interface Given {
  readonly id: string
  readonly at: string
  readonly author: string
  readonly text: string
}

/** What one paste calls `db1` is `db1` in the next, so its token has to be the same in both. */
export async function keep(deps: Deps, incident: Incident, target: Target, given: readonly Given[]): Promise<Added> {
  const pastes = given
    .filter(({ text }) => text.trim() !== '')
    .map(async ({ text, ...rest }) => ({
      ...rest,
      ...(await maskedAlike(text.replaceAll('\r\n', '\n'), deps.numberOf)),
    }))
  return incident.add(await Promise.all(pastes), isThread(target) ? THREAD_SECONDS : DRAFT_SECONDS)
}

/** What was masked and kept elsewhere already. */
export const keepMasked = (incident: Incident, paste: Paste): Promise<Added> => incident.add([paste], THREAD_SECONDS)

export interface Told {
  readonly message: SlackMessage
  readonly answer: Answer
  readonly answered: Omit<Answered, 'message'>
}

/** The answer to all of it, in words that say what the last paste changed. */
export async function tell(deps: Deps, evidence: Evidence, target: Target): Promise<Told> {
  const answer = await diagnosed(deps, evidence)
  const lines = playedLines(answer)
  const { address, revision } = evidence
  const url = address === null ? null : `${deps.baseUrl}/slack/incidents/${address}`
  const hasPicture = url !== null && hasLanes(lines)
  const message = toSlack(answer, {
    ...(hasPicture && { picture: { url: `${url}/${revision}.png`, alt: lanesInWords(lines) } }),
    notes: [changed(answer, evidence), await often(deps, answer, target)].filter((note) => note !== null),
    actions: answerButtons(answer, target, url),
  })
  return { message, answer, answered: { revision, verdict: verdictOf(answer), lines } }
}

/** What was masked before it was kept is masked all the same. */
export async function diagnosed(deps: Deps, { text, redacted }: Evidence): Promise<Answer> {
  return { ...(await deps.diagnose(text)), redacted }
}

export const playedLines = (answer: Answer): readonly string[] =>
  partsOf(answer).flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'played' ? block.lines : [])))

/** Nothing the first time. */
async function often(deps: Deps, { code, job }: Answer, target: Target): Promise<string | null> {
  if (code === null || job === null || !isThread(target)) return null
  const threads = await deps.sighted(target, code, job.unit)
  return threads < 2 ? null : `${code} of ${job.unit} is the answer in ${threads} threads this week.`
}

function changed(answer: Answer, { before, pastes, authors }: Evidence): string | null {
  if (pastes < 2) return null
  const from = `${count(pastes, 'paste')} from ${count(authors, 'person', 'people')}`
  const change = before === null ? null : changeOf(before, answer)
  return change === null ? `From ${from}, read as one.` : `${change} (${from}, read as one)`
}

/**
 * Answers whatever is unanswered. Of many callers at a time one does it for all, and looks again when it is through, so
 * that nothing is left behind and there is one message.
 */
export async function settle(deps: Deps, client: WebClient, incident: Incident, target: Target): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    const work = await incident.claim()
    if (work === null) return
    try {
      const { message, answered } = await tell(deps, work, target)
      const at = await write(client, target, work, message)
      await incident.answered(work.lease, { ...answered, message: at })
    } catch (error) {
      await incident.release(work.lease)
      const seconds = retryAfter(error)
      if (seconds === null || seconds > MAX_WAIT_SECONDS) throw error
      await pause(seconds * 1000)
      continue
    }
    await pause(PAUSE_MS)
  }
}

/** Posted once, then updated; posted again if somebody deleted it. */
async function write(client: WebClient, target: Target, work: Work, message: SlackMessage): Promise<Message> {
  if (work.message !== null) {
    try {
      await client.chat.update({ ...work.message, ...sent(message) })
      return work.message
    } catch (error) {
      if (!['message_not_found', 'cant_update_message'].includes(slackError(error))) throw error
    }
  }
  return post(client, target, message)
}

export async function post(client: WebClient, { channel, thread }: Target, message: SlackMessage): Promise<Message> {
  const thread_ts = isThread({ channel, thread }) ? { thread_ts: thread } : {}
  const posted = await client.chat.postMessage({ channel, ...thread_ts, ...sent(message), ...QUIET })
  return { channel: posted.channel ?? channel, ts: posted.ts ?? '' }
}

/** No previews of what somebody pasted, and no markup in the line that notifications show. */
const QUIET = { unfurl_links: false, unfurl_media: false, mrkdwn: false } as const

type Sent = { text: string; blocks: never[] }

/** Slack's types name every block there is, and want arrays that can be changed. */
export const sent = ({ text, blocks }: SlackMessage): Sent => ({ text, blocks: blocks as unknown as never[] })

/** The word that the Web API refused with, or nothing. */
function slackError(error: unknown): string {
  const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : null
  return typeof data === 'object' && data !== null && 'error' in data ? String(data.error) : ''
}

/** Where the app may not write: it was not invited, or nobody can write there. */
export const isShutOut = (error: unknown): boolean =>
  ['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action', 'msg_too_long'].includes(
    slackError(error),
  )

function retryAfter(error: unknown): number | null {
  const after = typeof error === 'object' && error !== null && 'retryAfter' in error ? error.retryAfter : null
  return typeof after === 'number' ? after : null
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
