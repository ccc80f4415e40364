/** TimeoutSec= of mount units. Mirrors mount_dispatch_timer(), src/core/mount.c (v255). */

import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { mountEnterSignal } from './mount.ts'
import { type Mount, mountEnterDeadOrMounted, mountSetReloadResult } from './mount-state.ts'

export function mountDispatchTimer(m: Manager, u: Mount): void {
  u.timer = null
  const { sendSigkill } = u.config.kill
  switch (u.state) {
    case 'mounting':
    case 'mounting-done':
      logUnit(m, u, 'mounting-timed-out')
      mountEnterSignal(m, u, 'unmounting-sigterm', 'timeout')
      break
    case 'remounting':
      logUnit(m, u, 'remounting-timed-out')
      mountSetReloadResult(u, 'timeout')
      mountEnterSignal(m, u, 'remounting-sigterm', 'success')
      break
    case 'remounting-sigterm':
      mountSetReloadResult(u, 'timeout')
      logUnit(m, u, sendSigkill ? 'remounting-timed-out-killing' : 'remounting-timed-out-skipping')
      if (sendSigkill) mountEnterSignal(m, u, 'remounting-sigkill', 'success')
      else mountEnterDeadOrMounted(m, u, 'success')
      break
    case 'remounting-sigkill':
      mountSetReloadResult(u, 'timeout')
      logUnit(m, u, 'mount-process-still-around')
      mountEnterDeadOrMounted(m, u, 'success')
      break
    case 'unmounting':
      logUnit(m, u, 'unmounting-timed-out')
      mountEnterSignal(m, u, 'unmounting-sigterm', 'timeout')
      break
    case 'unmounting-sigterm':
      logUnit(m, u, sendSigkill ? 'mount-process-timed-out-killing' : 'mount-process-timed-out-skipping')
      if (sendSigkill) mountEnterSignal(m, u, 'unmounting-sigkill', 'timeout')
      else mountEnterDeadOrMounted(m, u, 'timeout')
      break
    case 'unmounting-sigkill':
      logUnit(m, u, 'mount-process-still-around')
      mountEnterDeadOrMounted(m, u, 'timeout')
      break
    case 'dead':
    case 'mounted':
    case 'failed':
      // Without a timer.
      break
  }
}
