/** What is sent from the boxes: a paste, or what it was instead. */

import type { App } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { masked } from '../../masked.ts'
import { keep, sent, tell } from '../answer.ts'
import { isThread, targetOf, valueOfTarget } from '../buttons.ts'
import type { Deps, Place } from '../deps.ts'
import { aboutOf, BOXES, FILES, readView, VIEWS, wrongView } from '../views.ts'
import { FULL, GONE, short } from '../words.ts'
import { type Gathered, gathered, refusals, take } from './take.ts'

/** As much of a submission as is read. */
interface State {
  readonly values: Readonly<Record<string, Readonly<Record<string, Field>>>>
}
interface Field {
  readonly value?: string | null
  readonly files?: readonly { readonly id?: string }[] | null
  readonly selected_option?: { readonly value?: string } | null
}

export function listenToViews(app: App, deps: Deps): void {
  app.view(VIEWS.paste, async ({ view, body, ack, client, context }) => {
    const state = view.state as State
    const texts = BOXES.map(({ id }) => state.values[id]?.[id]?.value ?? '')
    const files = (state.values[FILES]?.[FILES]?.files ?? []).flatMap(({ id }) => id ?? [])
    if (texts.every((text) => text.trim() === '') && files.length === 0) {
      await ack({
        response_action: 'errors',
        errors: { status: 'Paste something into one of the boxes, or add a file.' },
      })
      return
    }
    const team = context.teamId ?? context.enterpriseId ?? ''
    const about = aboutOf(view.private_metadata)
    const place = { team, channel: about.channel ?? body.user.id, thread: about.thread ?? `view-${view.id}` }
    const isPublic = isThread(place)
    if (isPublic) await ack()
    else await ack({ response_action: 'update', view: readView('Reading…', short('A moment.').blocks) })

    const source = {
      id: view.id,
      at: (Date.now() / 1000).toFixed(6),
      author: body.user.id,
      text: texts.join('\n\n'),
      files,
    }
    const found = await gathered(deps, client, source)
    if (isPublic) {
      const { channel, thread } = place
      await take(deps, client, place, found, (said) =>
        client.chat.postEphemeral({ channel, user: body.user.id, thread_ts: thread, ...sent(said) }),
      )
      return
    }
    await client.views.update({ view_id: view.id, view: await answerView(deps, place, found) })
  })

  app.view(VIEWS.wrong, async ({ view, ack, context }) => {
    await ack()
    const state = view.state as State
    const target = targetOf(metadataOf(view.private_metadata))
    if (target === null) return
    const team = context.teamId ?? context.enterpriseId ?? ''
    const evidence = await (await deps.thread({ team, ...target })).read()
    if (evidence === null) return
    const note = state.values.note?.note?.value ?? ''
    await deps.feedback({
      team,
      verdict: 'wrong',
      cause: state.values.cause?.cause?.selected_option?.value ?? 'other',
      code: evidence.before?.code ?? null,
      paste: evidence.text,
      ...(note !== '' && { note: masked(note).text }),
    })
  })
}

const metadataOf = (metadata: string): string => {
  const { channel = '', thread = '' } = aboutOf(metadata)
  return valueOfTarget({ channel, thread })
}

/** In the box itself, for nobody else to see; from there it can be shared. */
async function answerView(deps: Deps, place: Place, { given, refused }: Gathered) {
  const incident = await deps.thread(place)
  const notes = refused.length === 0 ? [] : short(refusals(refused)).blocks
  if (given.length === 0) return readView('Nothing to read', notes)
  if ((await keep(deps, incident, place, given)) === 'full') return readView('Too much', short(FULL).blocks)
  const work = await incident.claim()
  // Somebody's second click, or the same box sent again: what was said is said once more.
  const evidence = work ?? (await incident.read())
  if (evidence === null) return readView('Gone', short(GONE).blocks)
  const { message, answered } = await tell(deps, evidence, place)
  if (work !== null) await incident.answered(work.lease, { ...answered, message: null })
  return readView('Why it was canceled', [...message.blocks, ...notes])
}

export async function openWrong(client: WebClient, trigger_id: string, place: Place): Promise<void> {
  await client.views.open({ trigger_id, view: wrongView({ channel: place.channel, thread: place.thread }) })
}
