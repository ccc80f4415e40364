/**
 * Keys of what Slack sent, as a Durable Object: what is asked before anything is acknowledged, and so nearer and with
 * less around it than a database.
 */

import { DurableObject } from 'cloudflare:workers'
import { now } from '../database.ts'
import { SEEN_SECONDS, type Seen, SeenKeys } from './seen.ts'

export class SeenObject extends DurableObject implements Seen {
  readonly #keys = new SeenKeys(this.ctx.storage.sql)
  /** An alarm is set already, as far as this instance knows. */
  #isDue = false

  async claim(key: string): Promise<boolean> {
    const isFirst = this.#keys.claim(key, now())
    if (isFirst && !this.#isDue) await this.#remind()
    return isFirst
  }

  async release(key: string): Promise<void> {
    this.#keys.release(key)
  }

  async alarm(): Promise<void> {
    this.#isDue = false
    if (this.#keys.forgetOld(now())) await this.#remind()
  }

  async #remind(): Promise<void> {
    this.#isDue = true
    const { storage } = this.ctx
    if ((await storage.getAlarm()) === null) await storage.setAlarm(Date.now() + SEEN_SECONDS * 1000)
  }
}
