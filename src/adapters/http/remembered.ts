/**
 * Answers that were just given: in an incident the same text comes more than once, by retries and by everyone who was
 * shown it. The same paste has the same answer, so that it can be given again without being worked out again.
 */

import { REMEMBERED_BYTES } from '../../limits.ts'
import type { Variables } from './log.ts'
import type { Format } from './reply.ts'
import type { Asked } from './request.ts'

export interface Given {
  readonly body: Uint8Array<ArrayBuffer>
  readonly answered: Variables['answered']
}

/** What an answer depends on, besides the program itself: the memory ends with the isolate that runs it. */
export async function keyOf({ text, systemd }: Asked, format: Format): Promise<string> {
  // JSON can bring half a character, which UTF-8 cannot hold.
  const [kind, whole] = text.isWellFormed() ? ['text', text] : ['json', JSON.stringify(text)]
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(whole))
  return `${format} ${systemd ?? ''} ${kind} ${String.fromCharCode(...new Uint8Array(hash))}`
}

/** Those that were asked for last; never a paste, which is known by its hash alone. */
export class AnswerMemory {
  readonly #given = new Map<string, Given>()
  readonly #most: number
  #bytes = 0

  constructor(most: number = REMEMBERED_BYTES) {
    this.#most = most
  }

  find(key: string): Given | undefined {
    return this.#given.get(key)
  }

  /** As the one asked for last, whether or not it was there before. */
  keep(key: string, given: Given): void {
    this.#drop(key)
    // It would push out all others, and then itself.
    if (given.body.length > this.#most) return
    this.#given.set(key, given)
    this.#bytes += given.body.length
    for (const oldest of this.#given.keys()) {
      if (this.#bytes <= this.#most) return
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#given.get(key)?.body.length ?? 0
    this.#given.delete(key)
  }
}
