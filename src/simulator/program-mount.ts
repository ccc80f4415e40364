/** mount(8) and umount(8) that are run by others than the manager, which sees what becomes of them. */

import { escapePath } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { managerLoadUnit } from './manager-load.ts'
import { mountVTable } from './mount.ts'
import { mountAppears, mountCanSucceed, mountVanishes } from './mount-table.ts'
import { mountIsBusy } from './process-chdir.ts'
import { isOf } from './unit-vtable.ts'

/** Their exit status if the kernel says no. */
const REFUSED = 32

/** Options that are followed by a value. */
const VALUED: readonly string[] = ['-t', '-o', '-O', '-L', '-U', '-N']

const LAZY = /^-[a-z]*l|^--lazy$/

/**
 * Mirrors their manuals, as far as a mount unit tells of the place; anywhere else they are taken to succeed. The
 * manager hears of it from /proc/self/mountinfo.
 */
export function runMount(m: Manager, kind: 'mount' | 'umount', args: readonly string[]): number {
  const operands = args.filter((arg, at) => !arg.startsWith('-') && !VALUED.includes(args[at - 1] ?? ''))
  const where = operands.at(-1)
  if (where === undefined || !where.startsWith('/') || args.join(' ').includes('remount')) return 0
  const u = managerLoadUnit(m, `${escapePath(where)}.mount`)
  const { mount } = u.config
  if (u.loadState !== 'loaded' || !isOf(u, mountVTable) || mount === undefined) return 0
  if (kind === 'umount') {
    if (!u.isMounted || (mountIsBusy(m, u) && !args.some((arg) => LAZY.test(arg)))) return REFUSED
    m.pending.push(() => mountVanishes(m, u))
    return 0
  }
  // What is mounted by its place alone is as fstab has it, and so as the unit has it.
  const isWhole = operands.length > 1
  const what = isWhole ? (operands[0] ?? mount.what) : mount.what
  const typed = args.indexOf('-t')
  const fsType = (typed < 0 ? undefined : args[typed + 1]) ?? (isWhole ? 'auto' : mount.fsType)
  if (!m.files.isDirectory(where) || !mountCanSucceed(m, { ...mount, what, fsType })) return REFUSED
  m.pending.push(() => mountAppears(m, u))
  return 0
}
