/** `npm run slack:dev`: Slack over a socket, with tokens from .dev.vars. What is kept is in memory, and gone at the end. */

import { socketApp } from '../src/adapters/slack/socket.ts'
import { database } from '../test/adapters/database.ts'

const { SLACK_APP_TOKEN: appToken, SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl, PUBLIC_URL } = process.env
if (!appToken || !botToken) {
  console.error(
    'SLACK_APP_TOKEN and SLACK_BOT_TOKEN are needed, in .dev.vars: docs/slack.md says where they come from.',
  )
  process.exit(2)
}

const app = socketApp({
  appToken,
  botToken,
  baseUrl: PUBLIC_URL ?? 'http://127.0.0.1:8787',
  ...(apiUrl !== undefined && { apiUrl }),
  database: database(),
  log: (entry) => console.log(JSON.stringify(entry)),
})
await app.start()
console.log('Listening: type /whyjob in Slack. Ctrl-C ends it.')
