/** The end of the manager, as its clients see it. Mirrors what comes after manager_loop(), src/core/main.c (v255). */

import type { Manager } from './manager.ts'
import { disconnectClients } from './manager-reload.ts'

/**
 * Leaves the loop for good. `waitUsec` passes before, in which nobody is heard. Clients that wait for a job then end
 * silently and with 0, as their connection just closes.
 */
export function managerLeave(m: Manager, objective: string, waitUsec = 0): void {
  if (m.leaving !== 'no') return
  m.objective = objective
  m.leaving = 'blocked'
  m.pending.length = 0
  m.clock.dropTimers()
  m.clock.arm(m.clock.now + waitUsec, () => {
    m.leaving = 'gone'
    disconnectClients(m, { status: 0, output: '' })
  })
}
