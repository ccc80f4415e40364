/**
 * Who goes first in a Worker that does one thing at a time: acknowledgements, for Slack waits for them no longer than
 * three seconds; then diagnoses, one after the other. Only times are shared between requests, and none is believed for
 * long: a request may be gone without a word.
 */

const waiting = new Map<symbol, number>()
let busySince = Number.NEGATIVE_INFINITY

/** Nobody waits longer to be acknowledged, and nothing is computed for longer. */
const BELIEVED_MS = 10_000
/** How often it is looked whether it is somebody's turn: seldom, for many may be waiting; and how often at most. */
const FIRST_PAUSE_MS = 20
const PAUSE_MS = 500
const LOOKS = 40

/** A request has come; what is returned says that its response is ready. */
export function arrived(): () => void {
  const request = Symbol('request')
  waiting.set(request, Date.now())
  return () => waiting.delete(request)
}

/** Until nobody waits to be acknowledged, but not for ever. */
export async function calm(): Promise<void> {
  for (let look = 0; look < LOOKS && isAwaited(); look++) await pause(Math.min(PAUSE_MS, FIRST_PAUSE_MS * 2 ** look))
}

/** Does what takes a while, when nobody waits to be acknowledged. It is done in any case, be it late. */
export async function inTurn<T>(work: () => T): Promise<T> {
  for (let look = 0; look < LOOKS && isTaken(); look++) await pause(Math.min(PAUSE_MS, FIRST_PAUSE_MS * 2 ** look))
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
  const since = Date.now() - BELIEVED_MS
  for (const [request, at] of waiting) if (at < since) waiting.delete(request)
  return waiting.size > 0
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
