/**
 * daemon-reload and daemon-reexec: files are read again, jobs survive. Mirrors manager_reload(), src/core/manager.c
 * (v255).
 */

import { managerCloseIdlePipe } from './idle-pipe.ts'
import { jobColdplug } from './job.ts'
import type { Manager } from './manager.ts'
import { managerReloadUnits } from './manager-load.ts'
import { newRateLimit } from './ratelimit.ts'

/** Calls `done` when the manager is back. A reexec cuts the connections of the private socket. */
export function managerReload(m: Manager, kind: 'reload' | 'reexec', done: () => void): void {
  m.reloading = true
  const told = m.trace.length
  managerReloadUnits(m)
  // The first process, executed anew, has lost the journal, and looks for it only when all units are back.
  if (kind === 'reexec' && m.kind === 'system') m.trace.length = told
  if (!m.features.serializesRateLimits) forgetRateLimits(m)
  m.metCycle = false
  m.install.outdated = false
  m.reloading = false
  for (const j of [...m.jobs.values()]) jobColdplug(m, j)
  if (kind === 'reexec') {
    managerCloseIdlePipe(m)
    disconnectClients(m, { status: 1, output: disconnectLines(m).join('\n') })
  }
  done()
}

function forgetRateLimits(m: Manager): void {
  for (const u of m.units.values()) {
    u.startLimit = newRateLimit(u.startLimit.intervalUsec, u.startLimit.burst)
    u.autoStartStopLimit = newRateLimit(u.autoStartStopLimit.intervalUsec, u.autoStartStopLimit.burst)
  }
}

const disconnectLines = (m: Manager): string[] => [
  m.features.disconnectWordsNew
    ? 'D-Bus connection terminated while waiting for jobs.'
    : 'Warning! D-Bus connection terminated.',
  'Failed to wait for response: Connection reset by peer',
]

/** Every client that waits for a job ends like this. */
export function disconnectClients(m: Manager, end: { readonly status: number; readonly output: string }): void {
  const listeners = [...m.disconnectListeners]
  m.disconnectListeners.clear()
  for (const listener of listeners) listener(end)
}
