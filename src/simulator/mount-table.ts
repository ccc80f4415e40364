/**
 * The kernel's mount table. Mirrors mount_process_proc_self_mountinfo(), src/core/mount.c (v255), for one unit at a
 * time.
 */

import { isBindMount } from '../systemd/load-extras.ts'
import { escapePath } from '../systemd/unit.ts'
import type { MountSection } from '../systemd/unit-config.ts'
import type { Manager } from './manager.ts'
import { mountCycleClear } from './mount.ts'
import { type Mount, mountEnterDead, mountEnterMounted, mountSetState } from './mount-state.ts'
import { SAID_TO_BE_MISSING } from './process-exec.ts'
import { unitActiveState } from './unit.ts'

/** What mount(8) and the kernel's own layer make of an option, whatever the file system. */
const EVERYWHERE = new Set(
  (
    'defaults ro rw exec noexec suid nosuid dev nodev sync async dirsync atime noatime diratime nodiratime relatime ' +
    'norelatime strictatime nostrictatime lazytime nolazytime symfollow nosymfollow mand nomand silent loud auto ' +
    'noauto nofail user nouser users nousers owner noowner group nogroup _netdev iversion noiversion remount ' +
    'seclabel private rprivate shared rshared slave rslave unbindable runbindable'
  ).split(' '),
)
const NOTES = /^(?:x-|X-|comment=|(?:fs|def|root)?context=|helper=|uhelper=)/
/** Mirrors shmem_fs_parameters[], mm/shmem.c (Linux 6.12). */
const OF_TMPFS =
  /^(?:(?:size|nr_blocks|nr_inodes)=\d+[kmgtpe%]?|mode=[0-7]+|[ug]id=\w+|huge=\w+|mpol=.+|inode(?:32|64)|noswap|.*quota.*)$/i

const isTakenByTmpfs = (option: string): boolean =>
  option === '' || EVERYWHERE.has(option) || NOTES.test(option) || OF_TMPFS.test(option)

/** The kernel's own, which are on nothing, whatever they are said to be on. */
const OF_NOTHING = new Set(
  'tmpfs ramfs devtmpfs proc sysfs devpts mqueue hugetlbfs debugfs tracefs configfs securityfs cgroup2 bpf'.split(' '),
)
/** Those that are on a device, or in a file. */
const OF_DEVICES = /^(?:|auto|ext[234]|xfs|btrfs|vfat|exfat|ntfs3?|f2fs|iso9660|udf|squashfs|erofs)$/
/** What mount(8) takes for a tag, or for something of another machine's. */
const NAMES_SOURCE = /[:=]|^\/\//

/**
 * Whether mount(8) would succeed. Differs: a file or a device has to be there, every other source is taken to work,
 * if it is one for that type; a device is there if its unit says so. A type is known unless its name says that it is
 * not. Of options, only those of tmpfs are known; others take any.
 */
export function mountCanSucceed(m: Manager, section: MountSection): boolean {
  const { what, where, fsType, options } = section
  const isPath = what.startsWith('/')
  if (isBindMount(section)) {
    return isPath && m.files.exists(what) && m.files.isDirectory(what) === m.files.isDirectory(where)
  }
  if (fsType === 'none' || SAID_TO_BE_MISSING.test(fsType)) return false
  if (fsType === 'tmpfs' && !options.every(isTakenByTmpfs)) return false
  if (OF_NOTHING.has(fsType)) return true
  if (fsType === 'overlay') return options.some((option) => option.startsWith('lowerdir'))
  const isOnDevice = OF_DEVICES.test(fsType)
  if (!isPath) return !isOnDevice || NAMES_SOURCE.test(what)
  if (m.files.exists(what)) return !(isOnDevice && m.files.isDirectory(what))
  if (!what.startsWith('/dev/')) return what.startsWith('//')
  const device = m.units.get(`${escapePath(what)}.device`)
  return device !== undefined && unitActiveState(device) === 'active'
}

/** The mount has appeared. */
export function mountAppears(m: Manager, u: Mount): void {
  u.isMounted = true
  u.fileSystem = {}
  m.files.mounted(u.config.mount?.where ?? '/', true)
  switch (u.state) {
    case 'dead':
    case 'failed':
      mountCycleClear(u)
      mountEnterMounted(m, u, 'success')
      break
    case 'mounting':
      mountSetState(m, u, 'mounting-done')
      break
    default:
      mountSetState(m, u, u.state)
  }
}

/** The mount is gone. */
export function mountVanishes(m: Manager, u: Mount): void {
  u.isMounted = false
  m.files.mounted(u.config.mount?.where ?? '/', false)
  if (u.state === 'mounted') {
    if (m.features.mountFlushesResult) mountCycleClear(u)
    mountEnterDead(m, u, 'success', true)
  } else if (u.state === 'mounting-done') mountSetState(m, u, 'mounting')
}
