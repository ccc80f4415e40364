/**
 * Who goes first in a Worker that does one thing at a time: acknowledgements, for Slack waits for them no longer than
 * three seconds; then diagnoses, one after the other. Only times are shared between requests, and none is believed for
 * long: a request may be gone without a word.
 */

const waiting = new Map<symbol, number>()
let lastArrival = Number.NEGATIVE_INFINITY
let rush = { since: Number.NEGATIVE_INFINITY, count: 0 }
let busySince = Number.NEGATIVE_INFINITY

/** Nobody waits longer to be acknowledged, and nothing is computed for longer. */
const BELIEVED_MS = 10_000
/**
 * Many without a pause between them are a rush: there may be more that nobody has looked at yet, and responses that are
 * ready are still on their way out. One that never ends is how it is here, and the rest goes on.
 */
const RUSH = 10
const QUIET_MS = 300
const RUSH_MS = 2000
/**
 * How often it is looked whether it is somebody's turn: seldom, for many may be waiting, and a timer costs a good part
 * of what an acknowledgement does; and how often at most.
 */
const FIRST_PAUSE_MS = 20
const LONGER = 4
const PAUSE_MS = 500
const LOOKS = 40

/** A request has come; what is returned says that its response is ready. */
export function arrived(): () => void {
  const request = Symbol('request')
  const now = Date.now()
  waiting.set(request, now)
  rush = now - lastArrival > QUIET_MS ? { since: now, count: 1 } : { ...rush, count: rush.count + 1 }
  lastArrival = now
  return () => waiting.delete(request)
}

/** Until nobody waits to be acknowledged, but not for ever. */
export async function calm(looks = LOOKS): Promise<void> {
  for (let look = 0; look < looks && isAwaited(); look++) await pauseAfter(look)
}

/** Does what takes a while, when nobody waits to be acknowledged. It is done in any case, be it late. */
export async function inTurn<T>(work: () => T): Promise<T> {
  for (let look = 0; look < LOOKS && isTaken(); look++) await pauseAfter(look)
  busySince = Date.now()
  // What has come meanwhile is heard before.
  await pause(0)
  try {
    return work()
  } finally {
    busySince = Number.NEGATIVE_INFINITY
  }
}

const isTaken = (): boolean => isAwaited() || busySince > Date.now() - BELIEVED_MS

function isAwaited(): boolean {
  const now = Date.now()
  for (const [request, at] of waiting) if (at < now - BELIEVED_MS) waiting.delete(request)
  const isRush = rush.count >= RUSH && now - rush.since < RUSH_MS && now - lastArrival < QUIET_MS
  return waiting.size > 0 || isRush
}

const pauseAfter = (look: number): Promise<void> => pause(Math.min(PAUSE_MS, FIRST_PAUSE_MS * LONGER ** look))
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
