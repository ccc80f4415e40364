/** The buttons below an answer, and the one at home. */

import type { AllMiddlewareArgs, App, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt'
import { lanesInWords } from '../../../render/phone-lanes.ts'
import { partsOf } from '../../../render/report.ts'
import type { SlackMessage } from '../../../render/slack.ts'
import { richParts } from '../../../render/slack-parts.ts'
import { diagnosed, isShutOut, keepMasked, playedLines, post, sent, settle, tell } from '../answer.ts'
import { ACTIONS, isThread, targetOf } from '../buttons.ts'
import type { Deps, Place } from '../deps.ts'
import type { Evidence, Incident } from '../incident.ts'
import { pasteView, proofView, readView, timelineView } from '../views.ts'
import { GONE, short } from '../words.ts'
import { openWrong } from './views.ts'

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs

interface About {
  readonly place: Place
  readonly incident: Incident
  readonly evidence: Evidence
}

type Deed = (deps: Deps, click: Click, about: About) => Promise<unknown>

const DEEDS: Readonly<Record<Exclude<keyof typeof ACTIONS, 'full'>, Deed>> = {
  share,
  proof: async (deps, click, { evidence }) => open(click, proofView(await diagnosed(deps, evidence))),
  timeline,
  ask,
  add: (_deps, click, { place: { channel, thread } }) => open(click, pasteView({ channel, thread })),
  right,
  wrong: (_deps, { client, body }, { place }) => openWrong(client, body.trigger_id, place),
}

export function listenToButtons(app: App, deps: Deps): void {
  for (const [action, deed] of Object.entries(DEEDS)) {
    app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: action }, async (click) => {
      await click.ack()
      const about = await aboutOf(deps, click)
      if (about === null) await whisper(click, short(GONE))
      else await deed(deps, click, about)
    })
  }
  // The client follows the link by itself, and tells us of it.
  app.action(ACTIONS.full, async ({ ack }) => ack())
  app.action<BlockAction>({ type: 'block_actions', action_id: 'paste' }, async ({ ack, body, client }) => {
    await ack()
    await client.views.open({ trigger_id: body.trigger_id, view: pasteView({}) })
  })
}

async function aboutOf(deps: Deps, { action, context }: Click): Promise<About | null> {
  const target = targetOf(action.value)
  if (target === null) return null
  const place = { team: context.teamId ?? context.enterpriseId ?? '', ...target }
  const incident = await deps.thread(place)
  const evidence = await incident.read()
  return evidence === null ? null : { place, incident, evidence }
}

/** From within a modal a second one goes on top. */
function open({ body, client }: Click, view: ReturnType<typeof readView>): Promise<unknown> {
  const wanted = { trigger_id: body.trigger_id, view }
  return body.view === undefined ? client.views.open(wanted) : client.views.push(wanted)
}

/** To whoever clicked; a click in a modal has no message to answer below. */
function whisper(click: Click, said: SlackMessage): Promise<unknown> {
  if (click.body.view !== undefined) return open(click, readView('whyjob', said.blocks))
  return click.respond({ response_type: 'ephemeral', replace_original: false, ...sent(said) })
}

/** The answer becomes a message of its own, and its thread the incident from then on. */
async function share(deps: Deps, click: Click, { place, evidence }: About): Promise<void> {
  const { client, body } = click
  const { team, channel } = place
  const said = await tell(deps, evidence, place)
  const withoutButtons = { ...said.message, blocks: said.message.blocks.filter(({ type }) => type !== 'actions') }
  try {
    const at = await post(client, { channel, thread: '' }, withoutButtons)
    const shared = { team, channel: at.channel, thread: at.ts }
    const incident = await deps.thread(shared)
    const { text, redacted } = evidence
    await keepMasked(incident, { id: at.ts, at: at.ts, author: body.user.id, text, redacted })
    await incident.adopt(at)
    await settle(deps, client, incident, shared)
  } catch (error) {
    if (!isShutOut(error) || body.view !== undefined) throw error
    await click.respond({ response_type: 'in_channel', replace_original: false, ...sent(withoutButtons) })
  }
  if (body.view === undefined) await click.respond({ replace_original: true, ...sent(short('Shared to the channel.')) })
  else await open(click, readView('Shared', short('It stands in the channel.').blocks))
}

async function timeline(deps: Deps, click: Click, { evidence }: About): Promise<void> {
  const answer = await diagnosed(deps, evidence)
  const { address, revision } = evidence
  const lines = playedLines(answer)
  const url = `${deps.baseUrl}/slack/incidents/${address}/${revision}.png`
  const isShown = address !== null && evidence.before !== null && lines.length > 0
  await open(click, timelineView(answer, isShown ? { url, alt: lanesInWords(lines) } : null))
}

/** For all who read the thread: whoever is at the machine can paste it. */
async function ask(deps: Deps, click: Click, { place, evidence }: About): Promise<void> {
  const [first] = partsOf(await diagnosed(deps, evidence)).filter(({ is }) => is === 'ask')
  if (first === undefined || !isThread(place)) return
  await post(click.client, place, {
    text: 'Can somebody paste this?',
    blocks: [{ type: 'rich_text', elements: first.blocks.flatMap(richParts) }, ...short(HOW_TO_ADD).blocks],
  })
}

const HOW_TO_ADD = 'Answer here and mention me, or use “Why was this canceled?” on the message with it.'

async function right(deps: Deps, click: Click, { place, evidence }: About): Promise<void> {
  const { cause, code } = evidence.before ?? (await diagnosed(deps, evidence))
  await deps.feedback({ team: place.team, verdict: 'right', cause: cause ?? 'other', code, paste: evidence.text })
  await whisper(click, short('Thank you. The masked paste is kept for half a year, as a case that was answered right.'))
}
