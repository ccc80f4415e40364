/** Mirrors src/basic/ratelimit.c (v255): a burst of events an interval; an interval or burst of 0 never limits. */

export interface RateLimit {
  intervalUsec: number
  burst: number
  beginUsec: number
  num: number
}

export const newRateLimit = (intervalUsec: number, burst: number): RateLimit => ({
  intervalUsec,
  burst,
  beginUsec: 0,
  num: 0,
})

/** Mirrors ratelimit_below(): counts one event. True while below the limit. */
export function ratelimitBelow(r: RateLimit, nowUsec: number): boolean {
  if (r.intervalUsec <= 0 || r.burst <= 0) return true
  if (r.beginUsec <= 0 || nowUsec - r.beginUsec > r.intervalUsec) {
    r.beginUsec = nowUsec
    r.num = 1
    return true
  }
  if (r.num < Number.MAX_SAFE_INTEGER) r.num++
  return r.num <= r.burst
}

/** Mirrors ratelimit_reset(). */
export function ratelimitReset(r: RateLimit): void {
  r.beginUsec = 0
  r.num = 0
}

/** Mirrors ratelimit_end(): when the running interval is over. */
export function ratelimitEnd(r: RateLimit): number {
  if (r.beginUsec === 0) return 0
  return r.beginUsec + r.intervalUsec
}
