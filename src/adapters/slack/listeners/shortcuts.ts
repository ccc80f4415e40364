/** "Why was this canceled?" on a message, and the box that opens from anywhere. */

import type { App, MessageShortcut } from '@slack/bolt'
import { sent } from '../answer.ts'
import type { Deps } from '../deps.ts'
import { saidIn } from '../paste-of.ts'
import { pasteView } from '../views.ts'
import { NOTHING_THERE, short } from '../words.ts'
import { gathered, take, type Whisper } from './take.ts'

export function listenToShortcuts(app: App, deps: Deps): void {
  app.shortcut<MessageShortcut>(
    { callback_id: 'why_canceled', type: 'message_action' },
    async ({ shortcut, ack, respond, client, context }) => {
      await ack()
      const { message, channel } = shortcut
      const { text, files } = saidIn(message)
      const whisper: Whisper = (said) => respond({ response_type: 'ephemeral', replace_original: false, ...sent(said) })
      const author = message.user ?? String(message.bot_id ?? '')
      const found = await gathered(deps, client, { id: message.ts, at: message.ts, author, text, files })
      if (found.given.length === 0 && found.refused.length === 0) {
        await whisper(short(NOTHING_THERE))
        return
      }
      const thread = typeof message.thread_ts === 'string' ? message.thread_ts : message.ts
      const team = context.teamId ?? context.enterpriseId ?? ''
      await take(deps, client, { team, channel: channel.id, thread }, found, whisper)
    },
  )

  app.shortcut({ callback_id: 'open_paste', type: 'shortcut' }, async ({ shortcut, ack, client }) => {
    await ack()
    await client.views.open({ trigger_id: shortcut.trigger_id, view: pasteView({}) })
  })
}
