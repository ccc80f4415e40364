/** `/whyjob`: for whoever typed it alone, until it is shared. Slack knows no commands in threads. */

import type { App, RespondFn } from '@slack/bolt'
import { keep, sent, tell } from '../answer.ts'
import { asked } from '../asked.ts'
import type { Deps } from '../deps.ts'
import { explained } from '../explained.ts'
import { pasteView } from '../views.ts'
import { FULL, help, short } from '../words.ts'

/** Other commands are another app's, should two share an address. */
export function listenToCommand(app: App, deps: Deps): void {
  app.command('/whyjob', async ({ command, ack, respond, client, context }) => {
    const wanted = asked(command.text)
    const channel = command.channel_id
    switch (wanted.kind) {
      case 'help':
        return ack({ response_type: 'ephemeral', ...sent(help()) })
      case 'explain':
        return ack({ response_type: 'ephemeral', ...sent(await explained(deps, wanted.word)) })
      case 'nothing':
        await ack()
        await client.views.open({ trigger_id: command.trigger_id, view: pasteView({ channel }) })
        return
      case 'forget':
        await ack()
        await deps.forget({ team: context.teamId ?? context.enterpriseId ?? '', channel })
        await respond({ response_type: 'ephemeral', ...sent(short(CHANNEL_FORGOTTEN)) })
        return
      case 'paste': {
        await ack()
        const team = context.teamId ?? context.enterpriseId ?? ''
        const thread = `command-${command.trigger_id}`
        await answerAlone(deps, { team, channel, thread }, { text: wanted.text, author: command.user_id }, respond)
        return
      }
    }
  })
}

const CHANNEL_FORGOTTEN =
  'Forgotten: whatever was pasted in the threads of this channel is deleted. Answers that were posted stay until you delete them.'

interface Place {
  readonly team: string
  readonly channel: string
  readonly thread: string
}

interface Typed {
  readonly text: string
  readonly author: string
}

async function answerAlone(deps: Deps, place: Place, { text, author }: Typed, respond: RespondFn): Promise<void> {
  const incident = await deps.thread(place)
  const at = (Date.now() / 1000).toFixed(6)
  // What Slack escapes in a command comes as it escapes it in a message.
  const paste = { id: place.thread, at, author, text: plainText(text) }
  if ((await keep(deps, incident, place, [paste])) === 'full') {
    await respond({ response_type: 'ephemeral', ...sent(short(FULL)) })
    return
  }
  const work = await incident.claim()
  if (work === null) return
  const { message, answered } = await tell(deps, work, place)
  await incident.answered(work.lease, { ...answered, message: null })
  await respond({ response_type: 'ephemeral', ...sent(message) })
}

const plainText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
