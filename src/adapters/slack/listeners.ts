/** What is done about what Slack sends. */

import type { App } from '@slack/bolt'
import type { Deps } from './deps.ts'

export function listen(app: App, _deps: Deps): void {
  app.command('/whyjob', async ({ ack }) => {
    await ack({ response_type: 'ephemeral', text: 'Paste what the terminal or the journal said after `/whyjob`.' })
  })
}
