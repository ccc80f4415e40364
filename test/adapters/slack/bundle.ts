/** The Worker's real bundle in workerd, connected to the double. */

import { join } from 'node:path'
import { createTestHarness } from 'wrangler'
import { SlackDouble } from './double.ts'
import { type Sent, SIGNING_SECRET } from './payloads.ts'

export interface Bundle {
  readonly slack: SlackDouble
  readonly url: URL
  readonly server: ReturnType<typeof createTestHarness>
  send(sent: Sent, path?: string): Promise<Response>
  /** Every line that was logged, in one string. */
  logs(): string
  close(): Promise<void>
}

const CONFIG = join(import.meta.dirname, '../../../wrangler.toml')

/** The double is there first: the Worker's secrets may be made of it. */
export async function bundle(secretsOf: (slack: SlackDouble) => Record<string, string>): Promise<Bundle> {
  const slack = new SlackDouble()
  await slack.listen()
  const server = createTestHarness({
    workers: [
      {
        configPath: CONFIG,
        secrets: { SLACK_SIGNING_SECRET: SIGNING_SECRET, ...secretsOf(slack) },
        vars: { SLACK_API_URL: slack.apiUrl },
      },
    ],
  })
  const { url } = await server.listen()
  await server.getWorker().applyD1Migrations('DB')
  return {
    slack,
    url,
    server,
    send: ({ body, headers }, path = '/slack/events') =>
      fetch(new URL(path, url), { method: 'POST', body, headers, redirect: 'manual' }),
    logs: () =>
      server
        .getLogs()
        .map(({ message }) => message)
        .join('\n'),
    close: async () => {
      await server.close()
      slack.close()
    },
  }
}
