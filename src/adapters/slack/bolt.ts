/**
 * Bolt with our listeners. The package itself is handed in, loaded by the first request to Slack's routes, so that no
 * other pays for it. The package alone: whatever an import() reaches the bundler wraps, and what is wrapped is compiled
 * twice, at every start of the Worker.
 */

import type { App, Authorize, Receiver } from '@slack/bolt'
import type { WebClientOptions } from '@slack/web-api'
import type { Log } from '../http/log.ts'
import type { Deps } from './deps.ts'
import { listen } from './listeners.ts'
import { boltLogger, failure } from './log.ts'
import type { Addresses } from './outward.ts'
import { outward, Refused } from './outward.ts'
import { WorkersReceiver } from './receiver.ts'

/** Its own file: the package's entry would bring five receivers along, and ours is none of them. */
export type Bolt = typeof import('@slack/bolt/dist/App.js')

export interface Wiring {
  readonly addresses: Addresses
  readonly authorize: Authorize<boolean>
  readonly deps: Deps
  readonly log: Log
}

/**
 * Nothing is tried again: a call whose response did not come may have been heeded, and its message would stand there
 * twice. waitUntil gives half a minute, so nothing is queued behind a rate limit either.
 */
const CLIENT: WebClientOptions = { retryConfig: { retries: 0 }, timeout: 15_000, rejectRateLimitedCalls: true }

/** For one request. */
export function receiverFor(bolt: Bolt, wiring: Wiring): WorkersReceiver {
  const receiver = new WorkersReceiver()
  const app = appOf(bolt, receiver, wiring)
  app.error(async (error) => {
    receiver.fail('original' in error && error.original instanceof Refused ? 'not-installed' : 'broken')
    wiring.log(failure(error))
  })
  return receiver
}

export function appOf(bolt: Bolt, receiver: Receiver, { addresses, authorize, deps, log }: Wiring): App {
  const logger = boltLogger(log)
  const app = new bolt.default({
    receiver,
    authorize,
    convoStore: false,
    logger,
    clientOptions: { ...CLIENT, ...clientOptions(addresses), logger },
  })
  listen(app, deps)
  return app
}

export function clientOptions(addresses: Addresses): WebClientOptions {
  return {
    fetch: outward(addresses) as NonNullable<WebClientOptions['fetch']>,
    slackApiUrl: addresses.api,
    allowAbsoluteUrls: false,
  }
}
