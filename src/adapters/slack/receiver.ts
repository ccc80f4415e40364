/**
 * Bolt's way in on Workers. The response leaves when a listener acknowledges; what the listener does after that goes on
 * in waitUntil, if this is the first time. One of these, with its own App, serves one request: a WebClient's queue must
 * not outlive its request.
 */

import type { App, Receiver, ReceiverEvent } from '@slack/bolt'
import type { Delivery } from './delivery.ts'

/** Why a request was not answered: nobody may, or something broke and it may be tried again. */
export type Failure = 'not-installed' | 'broken'

/** What a listener's acknowledgement throws where somebody else is at it: nothing after it happens. */
class Repeated extends Error {}

export class WorkersReceiver implements Receiver {
  #app: App | undefined
  #failure: Failure | undefined

  init(app: App): void {
    this.#app = app
  }

  /** Called for what was thrown, which Bolt otherwise keeps to itself. */
  fail(failure: Failure): void {
    this.#failure ??= failure
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  /** Resolves with the response as soon as there is one; `done` when the listeners are through. */
  handle({ body, retry }: Delivery, isFirst: () => Promise<boolean>): Handled {
    const app = this.#app
    if (app === undefined) throw new Error('no App was made with this receiver')
    const { promise: response, resolve } = Promise.withResolvers<Response>()
    let acked = false
    const event: ReceiverEvent = {
      body,
      ...(retry !== undefined && { retryNum: retry.count, retryReason: retry.reason }),
      ack: async (answer: unknown) => {
        if (acked) throw new Error('acknowledged twice')
        // Bolt itself acknowledges, with nothing, what nobody is authorized to answer.
        if (this.#failure === 'broken') return
        acked = true
        resolve(acknowledgement(this.#failure === 'not-installed' && 'command' in body ? NOT_INSTALLED : answer))
        if (!(await isFirst())) throw new Repeated()
      },
    }
    const done = app
      .processEvent(event)
      .catch(() => this.fail('broken'))
      .then(() => {
        if (!acked) resolve(new Response(null, { status: this.#failure === undefined ? 404 : 500 }))
      })
    return { response, done }
  }
}

interface Handled {
  readonly response: Promise<Response>
  readonly done: Promise<void>
}

/** Said to whoever typed a command; a listener never heard of it. */
const NOT_INSTALLED = {
  response_type: 'ephemeral',
  text: 'whyjob is not installed in this workspace, or no longer. Whoever looks after its apps can add it again.',
}

function acknowledgement(answer: unknown): Response {
  if (answer instanceof Error) return new Response(null, { status: 500 })
  if (answer === undefined || answer === null || answer === '') return new Response(null)
  return typeof answer === 'string' ? new Response(answer) : Response.json(answer)
}
