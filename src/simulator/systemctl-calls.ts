/** What a client asks for of several units: one call after the other. Mirrors STRV_FOREACH() in systemctl's verbs (v255). */

import type { Manager } from './manager.ts'
import { about } from './order.ts'

/** From one call to the next: a round trip, in which the manager does what the first one left it to do. */
const ROUND_TRIP_USEC = 500

/** Calls for each of them, as long as `call` does not say `false` and the manager is there; then `then`. */
export function oneAfterAnother<T>(
  m: Manager,
  items: readonly T[],
  call: (item: T) => unknown,
  then: () => void,
  from = 0,
): void {
  const goesOn = from < items.length && m.leaving === 'no' && call(items[from] as T) !== false
  if (!goesOn || from + 1 >= items.length) then()
  else m.clock.arm(m.clock.now + about(ROUND_TRIP_USEC), () => oneAfterAnother(m, items, call, then, from + 1))
}
