/** Bolt, made for one request. Loaded by the first request to Slack's routes; no other pays for it. */

import type { Authorize } from '@slack/bolt'
// Its own file: the package's entry would bring five receivers along, and ours is none of them.
import bolt from '@slack/bolt/dist/App.js'
import type { WebClientOptions } from '@slack/web-api'
import type { Log } from '../http/log.ts'
import type { Deps } from './deps.ts'
import { listen } from './listeners.ts'
import { boltLogger, failure } from './log.ts'
import type { Addresses } from './outward.ts'
import { outward, Refused } from './outward.ts'
import { WorkersReceiver } from './receiver.ts'

export interface Wiring {
  readonly addresses: Addresses
  readonly authorize: Authorize<boolean>
  readonly deps: Deps
  readonly log: Log
}

/** waitUntil gives half a minute: one more try, and nothing queued behind a rate limit. */
const CLIENT: WebClientOptions = { retryConfig: { retries: 1 }, timeout: 5000, rejectRateLimitedCalls: true }

export function receiverFor({ addresses, authorize, deps, log }: Wiring): WorkersReceiver {
  const receiver = new WorkersReceiver()
  const app = new bolt.default({
    receiver,
    authorize,
    convoStore: false,
    logger: boltLogger(log),
    clientOptions: { ...CLIENT, ...clientOptions(addresses), logger: boltLogger(log) },
  })
  app.error(async (error) => {
    receiver.fail('original' in error && error.original instanceof Refused ? 'not-installed' : 'broken')
    log(failure(error))
  })
  listen(app, deps)
  return receiver
}

export function clientOptions(addresses: Addresses): WebClientOptions {
  return {
    fetch: outward(addresses) as NonNullable<WebClientOptions['fetch']>,
    slackApiUrl: addresses.api,
    allowAbsoluteUrls: false,
  }
}
