/** With --wait a client stays until the units are down again. Mirrors src/shared/bus-wait-for-units.c (v255). */

import { isInactiveOrFailed } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { unitActiveState } from './unit.ts'

/** From a change to its signal. */
const SIGNAL_USEC = 500

/**
 * Calls `then` when each is inactive or failed, and has no job; with true if one of them failed. A failure before
 * an automatic restart counts, too.
 */
export function clientWaitForUnits(m: Manager, names: readonly string[], then: (failed: boolean) => void): void {
  const left = new Set(names)
  let failed = false
  const look = (): void => {
    if (left.size === 0) return
    for (const name of left) {
      const u = m.units.get(name)
      const state = u ? unitActiveState(u) : 'inactive'
      if (u?.job || !isInactiveOrFailed(state)) continue
      if (state === 'failed') failed = true
      left.delete(name)
    }
    if (left.size > 0) return
    m.unitListeners.delete(listener)
    m.clock.arm(m.clock.now + SIGNAL_USEC, () => then(failed))
  }
  const listener = (u: { readonly id: string }): void => {
    if (left.has(u.id)) look()
  }
  m.unitListeners.add(listener)
  look()
}
