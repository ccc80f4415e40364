/** A mount unit in memory, and the states it goes through. Mirrors src/core/mount.c (v255). */

import type { ActiveState } from '../systemd/unit.ts'
import type { Timer } from './clock.ts'
import { disarm } from './clock.ts'
import type { Manager } from './manager.ts'
import type { Process } from './process.ts'
import { unitLogFailure, unitLogSuccess, unitStateChanged } from './unit.ts'
import { Unit } from './unit-vtable.ts'

export type MountState =
  | 'dead'
  | 'mounting'
  | 'mounting-done'
  | 'mounted'
  | 'remounting'
  | 'unmounting'
  | 'remounting-sigterm'
  | 'remounting-sigkill'
  | 'unmounting-sigterm'
  | 'unmounting-sigkill'
  | 'failed'

export type MountResult =
  | 'success'
  | 'resources'
  | 'timeout'
  | 'exit-code'
  | 'signal'
  | 'core-dump'
  | 'start-limit-hit'
  | 'protocol'

export class Mount extends Unit {
  state: MountState = 'dead'
  result: MountResult = 'success'
  reloadResult: MountResult = 'success'
  /** The mount table has it: from_proc_self_mountinfo. */
  isMounted = false
  /** Another one each time that it is mounted: one that was unmounted lazily lives on with its processes. */
  fileSystem: object = {}
  control: Process | null = null
  timer: Timer | null = null
  unmountAttempts = 0
}

export const MOUNT_ACTIVE_STATE: Readonly<Record<MountState, ActiveState>> = {
  dead: 'inactive',
  mounting: 'activating',
  'mounting-done': 'activating',
  mounted: 'active',
  remounting: 'reloading',
  unmounting: 'deactivating',
  'remounting-sigterm': 'reloading',
  'remounting-sigkill': 'reloading',
  'unmounting-sigterm': 'deactivating',
  'unmounting-sigkill': 'deactivating',
  failed: 'failed',
}

/** Mirrors MOUNT_STATE_WITH_PROCESS(). */
const hasProcess = (state: MountState): boolean => state !== 'dead' && state !== 'mounted' && state !== 'failed'

/** Mirrors mount_set_state(). */
export function mountSetState(m: Manager, u: Mount, state: MountState): void {
  const old = u.state
  u.state = state
  if (!hasProcess(state)) {
    u.timer = disarm(u.timer)
    u.control = null
  }
  unitStateChanged(m, u, old, MOUNT_ACTIVE_STATE[old])
}

/** Mirrors mount_enter_dead(). `flush`: only the last attempt counts. */
export function mountEnterDead(m: Manager, u: Mount, f: MountResult, flush = false): void {
  const limit = f === 'start-limit-hit' && m.features.startLimitOverridesResult
  if (u.result === 'success' || limit || (flush && m.features.mountFlushesResult)) u.result = f
  if (u.result === 'success') unitLogSuccess(m, u)
  else unitLogFailure(m, u, u.result)
  mountSetState(m, u, u.result === 'success' ? 'dead' : 'failed')
}

/** Mirrors mount_enter_mounted(). */
export function mountEnterMounted(m: Manager, u: Mount, f: MountResult): void {
  if (u.result === 'success') u.result = f
  mountSetState(m, u, 'mounted')
}

/** Mirrors mount_enter_dead_or_mounted(): what the mount table says. */
export function mountEnterDeadOrMounted(m: Manager, u: Mount, f: MountResult, flush = false): void {
  if (u.isMounted) mountEnterMounted(m, u, f)
  else mountEnterDead(m, u, f, flush)
}

/** Mirrors mount_set_reload_result(): the first error counts. */
export function mountSetReloadResult(u: Mount, f: MountResult): void {
  if (u.reloadResult === 'success') u.reloadResult = f
}
