/** What is done about what Slack sends: a file for each way in. They know the core, Slack's types and `Deps`. */

import type { App } from '@slack/bolt'
import type { Deps } from './deps.ts'
import { listenToButtons } from './listeners/buttons.ts'
import { listenToCommand } from './listeners/command.ts'
import { listenToEvents } from './listeners/events.ts'
import { listenToShortcuts } from './listeners/shortcuts.ts'
import { listenToViews } from './listeners/views.ts'

export function listen(app: App, deps: Deps): void {
  listenToCommand(app, deps)
  listenToShortcuts(app, deps)
  listenToViews(app, deps)
  listenToEvents(app, deps)
  listenToButtons(app, deps)
}
