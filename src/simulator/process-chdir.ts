/** Working directories of processes, as far as they keep mounts busy. Mirrors chdir(2) and umount(2). */

import { parentOf } from '../systemd/path-util.ts'
import { escapePath } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { mountVTable } from './mount.ts'
import type { Mount } from './mount-state.ts'
import type { Process } from './process.ts'
import { isOf } from './unit-vtable.ts'

/** Differs: only mounts that are units are known, and relative paths lead nowhere else. */
export function processChdir(m: Manager, p: Process, path: string): void {
  if (!path.startsWith('/')) return
  p.workingIn = null
  let at = m.files.resolve(path)
  while (at.length > 1) {
    const u = m.units.get(`${escapePath(at)}.mount`)
    if (isOf(u, mountVTable) && u.isMounted) {
      p.workingIn = u.fileSystem
      return
    }
    at = parentOf(at)
  }
}

/** What umount(2) says EBUSY of; a lazy one does not ask. */
export const mountIsBusy = (m: Manager, u: Mount): boolean =>
  [...m.processes.byPid.values()].some(({ workingIn }) => workingIn === u.fileSystem)
