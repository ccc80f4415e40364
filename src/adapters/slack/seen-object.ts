/** Keys of what came, as a Durable Object: nearer, and with less around it, than a database. */

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

  async has(key: string): Promise<boolean> {
    return this.#keys.has(key)
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
