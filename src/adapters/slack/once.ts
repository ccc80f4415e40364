/**
 * Heeded once, however often it is sent. Slack waits for the acknowledgement, so only what this isolate remembers is
 * looked at before it; which of several isolates is the first is decided after it, and before anything has an effect.
 */

import { MAX_REMEMBERED_KEYS } from '../../limits.ts'
import type { Log } from '../http/log.ts'
import { failure } from './log.ts'
import { type SeenObjects, seenOf } from './seen.ts'
import { calm } from './turns.ts'

/** What this isolate acknowledged last, oldest first. */
const acknowledged = new Set<string>()

/** A box has to be opened within three seconds of its click, so nobody is waited for longer than a part of that. */
const LOOKS = 5

export const wasAcknowledged = (key: string): boolean => acknowledged.has(key)

/**
 * Called with the acknowledgement; true for the first, which is to be heeded. Where nobody can say whether it is, it is
 * heeded: Slack will not send it again, and what comes twice is known by its message.
 */
export async function isFirst(seen: SeenObjects, key: string, log: Log): Promise<boolean> {
  remember(key)
  await calm(LOOKS)
  try {
    return await seenOf(seen, key).claim(key)
  } catch (error) {
    log(failure(error as Error))
    return true
  }
}

function remember(key: string): void {
  acknowledged.add(key)
  for (const oldest of acknowledged) {
    if (acknowledged.size <= MAX_REMEMBERED_KEYS) return
    acknowledged.delete(oldest)
  }
}
