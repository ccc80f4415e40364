/** What Type=idle waits for: a pipe that is there while there are jobs, and is closed with the last one. */

import type { Manager } from './manager.ts'

/**
 * Mirrors IDLE_TIMEOUT_USEC and IDLE_TIMEOUT2_USEC, src/core/exec-invoke.c: nobody listens, unless services are on a
 * console.
 */
const IDLE_TIMEOUT_USEC = 6_000_000

/** Mirrors manager_allocate_idle_pipe(), src/core/manager.c, as transaction_activate() calls it. */
export function managerAllocateIdlePipe(m: Manager): void {
  if (m.jobs.size > 0) m.idlePipe ??= new Set()
}

/** Mirrors manager_check_finished(), src/core/manager.c. */
export function managerCheckFinished(m: Manager): void {
  if (!m.reloading && m.jobs.size === 0) managerCloseIdlePipe(m)
}

/** Mirrors manager_close_idle_pipe(), src/core/manager.c; execve(2) closes it likewise. */
export function managerCloseIdlePipe(m: Manager): void {
  const waiting = m.idlePipe
  m.idlePipe = null
  for (const proceed of waiting ?? []) m.pending.push(proceed)
}

/** Mirrors do_idle_pipe_dance(), src/core/exec-invoke.c. */
export function doIdlePipeDance(m: Manager, proceed: () => void): void {
  if (m.idlePipe === null) {
    proceed()
    return
  }
  let waits = true
  const go = () => {
    if (!waits) return
    waits = false
    proceed()
  }
  m.idlePipe.add(go)
  m.clock.arm(m.clock.now + IDLE_TIMEOUT_USEC, go)
}
