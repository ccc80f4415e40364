/** Mirrors src/basic/ratelimit.c (v255): a burst of events an interval; an interval or burst of 0 never limits. */

import type { Features } from '../systemd/features.ts'

export interface RateLimit {
  intervalUsec: number
  burst: number
  /** Of the running interval; null before the first event. */
  beginUsec: number | null
  num: number
}

export const newRateLimit = (intervalUsec: number, burst: number): RateLimit => ({
  intervalUsec,
  burst,
  beginUsec: null,
  num: 0,
})

/** Mirrors deserialize_ratelimit(): with settings that were read again, a limit goes on counting since v255. */
export const ratelimitReconfigured = (
  features: Features,
  before: RateLimit,
  intervalUsec: number,
  burst: number,
): RateLimit => (features.serializesRateLimits ? { ...before, intervalUsec, burst } : newRateLimit(intervalUsec, burst))

/** Mirrors ratelimit_below(): counts one event. True while below the limit. */
export function ratelimitBelow(r: RateLimit, nowUsec: number): boolean {
  if (r.intervalUsec <= 0 || r.burst <= 0) return true
  if (r.beginUsec === null || nowUsec - r.beginUsec > r.intervalUsec) {
    r.beginUsec = nowUsec
    r.num = 1
    return true
  }
  if (r.num < Number.MAX_SAFE_INTEGER) r.num++
  return r.num <= r.burst
}

/** Mirrors ratelimit_reset(). */
export function ratelimitReset(r: RateLimit): void {
  r.beginUsec = null
  r.num = 0
}

/** Mirrors ratelimit_end(): when the running interval is over; the time given where none runs. */
export const ratelimitEnd = (r: RateLimit, nowUsec: number): number =>
  r.beginUsec === null ? nowUsec : r.beginUsec + r.intervalUsec
