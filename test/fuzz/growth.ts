/** Whether reading takes twice as long when there is twice as much, of the processor's time and in one process. */

import { gather } from '../../src/evidence/gather.ts'

export const GROWN = 64 * 1024
/** Below this there is nothing to measure; what takes so long at twice GROWN is looked at closely. */
const WORTH_MS = 60
/** Linear is 2 and quadratic 4; between them lies what caches and the collector of garbage do. */
const MOST = 3.2
const TRIES = 4

/** Null if its growth is linear, otherwise what was measured. */
export function growth(text: (length: number) => string): string | null {
  const twice = text(2 * GROWN)
  if (milliseconds(twice) < WORTH_MS) return null
  const once = text(GROWN)
  let short = Number.POSITIVE_INFINITY
  let long = Number.POSITIVE_INFINITY
  for (let i = 0; i < TRIES; i++) {
    short = Math.min(short, milliseconds(once))
    long = Math.min(long, milliseconds(twice))
    if (long < WORTH_MS || long / short < MOST) return null
  }
  return `${short.toFixed(0)} ms for ${once.length} characters, ${long.toFixed(0)} ms for ${twice.length}`
}

function milliseconds(text: string): number {
  const began = process.cpuUsage()
  gather(text)
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000
}
