/** Mentions, direct messages, links to our pages, and the home. */

import type { AllMiddlewareArgs, App, SlackEventMiddlewareArgs } from '@slack/bolt'
import type { SlackMessage } from '../../../render/slack.ts'
import { post, sent } from '../answer.ts'
import { asked } from '../asked.ts'
import type { Deps, Place } from '../deps.ts'
import { explained } from '../explained.ts'
import { saidIn } from '../paste-of.ts'
import { unfurls } from '../unfurl.ts'
import { homeView } from '../views.ts'
import { FORGOTTEN, help, short } from '../words.ts'
import { gathered, type Source, take, type Whisper } from './take.ts'

type Client = AllMiddlewareArgs['client']

export function listenToEvents(app: App, deps: Deps): void {
  app.event('app_mention', async ({ event, client, context }) => {
    const place = placeOf(context, event)
    const source = { id: event.ts, at: event.ts, author: event.user ?? '', ...saidIn(event) }
    const user = event.user
    const whisper: Whisper = async (said) => {
      if (user === undefined) return post(client, place, said)
      return client.chat.postEphemeral({ channel: place.channel, user, thread_ts: place.thread, ...sent(said) })
    }
    const bare = source.text.trim() === '' && source.files.length === 0
    const thread = bare && event.thread_ts !== undefined ? await thereBefore(client, place) : []
    await heed(deps, client, place, [...thread, source], whisper)
  })

  app.message(async ({ message, client, context }) => {
    if (message.channel_type !== 'im' || 'bot_id' in message) return
    if (message.subtype !== undefined && message.subtype !== 'file_share') return
    const place = placeOf(context, message)
    const source = { id: message.ts, at: message.ts, author: message.user, ...saidIn(message) }
    // Only for the eye: where the app has no such right, or the client no place for it, the answer comes all the same.
    const atWork = {
      channel_id: place.channel,
      thread_ts: place.thread,
      status: 'is replaying what could have happened',
    }
    deps.waitUntil(client.assistant.threads.setStatus(atWork).catch(() => {}))
    await heed(deps, client, place, [source], (said) => post(client, place, said))
  })

  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab === 'home') await client.views.publish({ user_id: event.user, view: homeView() })
    // A person's conversation with the app, with nothing in it yet.
    else await client.assistant.threads.setSuggestedPrompts({ channel_id: event.channel, ...PROMPTS }).catch(() => {})
  })

  app.event('link_shared', (args) => unfurl(deps, args))
}

const PROMPTS = {
  title: 'Paste what systemctl or the journal said, or:',
  prompts: [
    { title: 'What do you need?', message: 'help' },
    { title: 'What does “canceled” mean?', message: 'explain canceled' },
    { title: 'Only the one line', message: 'Job for nginx.service canceled.' },
  ] as [{ title: string; message: string }, ...{ title: string; message: string }[]],
}

interface Spoken {
  readonly channel: string
  readonly ts: string
  readonly thread_ts?: string
}

const placeOf = (context: { teamId?: string; enterpriseId?: string }, { channel, ts, thread_ts }: Spoken): Place => ({
  team: context.teamId ?? context.enterpriseId ?? '',
  channel,
  thread: thread_ts ?? ts,
})

/** A word of ours is answered at once, in the thread; everything else is evidence. */
async function heed(
  deps: Deps,
  client: Client,
  place: Place,
  sources: readonly Source[],
  whisper: Whisper,
): Promise<void> {
  const last = sources.at(-1)
  const wanted = asked(last?.text ?? '')
  const say = (said: SlackMessage) => post(client, place, said)
  if (wanted.kind === 'forget') return forget(deps, client, place, say)
  if (wanted.kind === 'help') return void (await say(help()))
  if (wanted.kind === 'explain') return void (await say(await explained(deps, wanted.word)))
  const found = await Promise.all(sources.map((source) => gathered(deps, client, source)))
  const all = { given: found.flatMap(({ given }) => given), refused: found.flatMap(({ refused }) => refused) }
  if (all.given.length === 0 && all.refused.length === 0) return void (await whisper(help()))
  await take(deps, client, place, all, whisper)
}

/** The evidence, and with it the answer that quotes it. */
async function forget(deps: Deps, client: Client, place: Place, say: (said: SlackMessage) => Promise<unknown>) {
  const evidence = await (await deps.thread(place)).read()
  await deps.forget(place)
  // It may be gone already: then there is nothing to delete.
  if (evidence?.message) await client.chat.delete(evidence.message).catch(() => {})
  await say(short(FORGOTTEN))
}

/** What was said in the thread before, where the app was given the right to read it; else nothing. */
async function thereBefore(client: Client, { channel, thread }: Place): Promise<Source[]> {
  const replies = await client.conversations.replies({ channel, ts: thread, limit: 15 }).catch(() => null)
  return (replies?.messages ?? []).flatMap((message) => {
    const { ts = '', user = '' } = message
    return 'bot_id' in message && message.user === undefined
      ? []
      : [{ id: ts, at: ts, author: user, ...saidIn(message) }]
  })
}

type LinkShared = SlackEventMiddlewareArgs<'link_shared'> & AllMiddlewareArgs

async function unfurl(deps: Deps, { event, client }: LinkShared): Promise<void> {
  const found = await unfurls(
    deps,
    event.links.map(({ url }) => url),
  )
  if (Object.keys(found).length === 0) return
  const { unfurl_id, source, channel, message_ts: ts } = event
  const inComposer = unfurl_id !== undefined && (source === 'composer' || source === 'conversations_history')
  if (inComposer) await client.chat.unfurl({ unfurl_id, source, unfurls: found })
  else await client.chat.unfurl({ channel, ts, unfurls: found })
}
