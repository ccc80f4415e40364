/**
 * The dependencies that a unit gets without anyone writing them, as far as they follow from its files alone:
 * …_add_default_dependencies() and …_add_extras() of each unit type in src/core (v247 to v262).
 */

import { addDependency, addMountsFor, addTwoDependencies, type LoadContext } from './load-fragment-draft.ts'
import { directoryOf } from './specifiers.ts'
import { escapeName } from './unit.ts'

/** A unit's type that is started in the system's early life, and the target that collects its like. */
const COLLECTED = { socket: 'sockets.target', timer: 'timers.target', path: 'paths.target' } as const

/** Mirrors …_add_default_dependencies() of the type at hand; nothing with DefaultDependencies=no. */
export function addDefaultDependencies(c: LoadContext): void {
  const { draft } = c
  if (!draft.unit.defaultDependencies) return
  switch (draft.type) {
    case 'service':
      serviceAddDefaultDependencies(c)
      break
    case 'socket':
    case 'timer':
    case 'path':
      collectedDefaults(c, COLLECTED[draft.type])
      break
    case 'target':
      if (!draft.names.includes('shutdown.target')) conflictsAtEnd(c, 'shutdown.target')
      break
    case 'slice':
    case 'scope':
      conflictsAtEnd(c, 'shutdown.target')
      break
    case 'mount':
      mountAddDefaultDependencies(c)
      break
    case 'automount':
      automountAddDefaultDependencies(c)
      break
    case 'swap':
      swapAddDefaultDependencies(c)
      break
    case 'device':
      break
  }
}

/** Down before the target that takes everything down. */
const conflictsAtEnd = (c: LoadContext, target: string): void =>
  addTwoDependencies(c, 'Before', 'Conflicts', target, 'default')

/** Mirrors service_add_default_dependencies(), src/core/service.c. */
function serviceAddDefaultDependencies(c: LoadContext): void {
  if (c.manager === 'system') addTwoDependencies(c, 'After', 'Requires', 'sysinit.target', 'default')
  else addDependency(c, 'Requires', 'basic.target', 'default')
  addDependency(c, 'After', 'basic.target', 'default')
  conflictsAtEnd(c, 'shutdown.target')
}

/** Mirrors socket_, timer_ and path_add_default_dependencies(). */
function collectedDefaults(c: LoadContext, target: string): void {
  addDependency(c, 'Before', target, 'default')
  if (c.manager === 'system') {
    addTwoDependencies(c, 'After', 'Requires', 'sysinit.target', 'default')
    if (c.draft.timer?.values.some(({ base }) => base === 'OnCalendar')) {
      addDependency(c, 'After', 'time-sync.target', 'default')
      if (c.features.timerAfterTimeSet) addDependency(c, 'After', 'time-set.target', 'default')
    }
  }
  conflictsAtEnd(c, 'shutdown.target')
}

/** Mirrors mount_add_default_dependencies(), src/core/mount.c. Differs: never in an initrd. */
function mountAddDefaultDependencies(c: LoadContext): void {
  const mount = c.draft.mount!
  if (isExtrinsicMount(c)) return
  const network = isNetworkMount(c)
  const before = network ? 'remote-fs.target' : 'local-fs.target'
  if (!isNofail(mount.options)) addDependency(c, 'Before', before, 'default')
  addDependency(c, 'After', network ? 'remote-fs-pre.target' : 'local-fs-pre.target', 'default')
  conflictsAtEnd(c, 'umount.target')
  if (mount.fsType === 'tmpfs') addDependency(c, 'After', 'swap.target', 'default')
  if (!network) return
  addDependency(c, 'After', 'network.target', 'default')
  addTwoDependencies(c, 'Wants', 'After', 'network-online.target', 'default')
}

/** Mirrors fstab_test_yes_no_option(): the last one of the two counts. */
function isNofail(options: readonly string[]): boolean {
  return options.findLast((option) => option === 'nofail' || option === 'fail') === 'nofail'
}

/** Of the network file systems that fstype_is_network() knows, src/basic/mountpoint-util.c (v252). */
const NETWORK_TYPES: ReadonlySet<string> = new Set(
  (
    'afs ceph cifs smb3 smbfs sshfs ncpfs ncp nfs nfs4 gfs gfs2 glusterfs pvfs2 ocfs2 lustre davfs ' +
    'fuse.sshfs fuse.glusterfs fuse.s3fs orangefs'
  ).split(' '),
)

export function isNetworkMount(c: LoadContext): boolean {
  const { options, fsType } = c.draft.mount!
  return options.includes('_netdev') || NETWORK_TYPES.has(fsType) || NETWORK_TYPES.has(fsType.replace(/^fuse\./, ''))
}

/** Mirrors mount_is_extrinsic() and fstab_is_extrinsic(): what is there for as long as the manager is. */
function isExtrinsicMount(c: LoadContext): boolean {
  const { where, options } = c.draft.mount!
  if (c.manager === 'user') return true
  if (where === '/' || where === '/usr' || where === '/etc') return true
  const roots = ['/run/initramfs', '/proc', '/sys', '/dev', ...(c.features.nextRootExtrinsic ? ['/run/nextroot'] : [])]
  if (roots.some((root) => where === root || where.startsWith(`${root}/`))) return true
  return options.includes('x-initrd.mount')
}

/** Mirrors automount_add_default_dependencies(), src/core/automount.c. */
function automountAddDefaultDependencies(c: LoadContext): void {
  if (c.manager === 'user') return
  addDependency(c, 'Before', 'local-fs.target', 'default')
  addDependency(c, 'After', 'local-fs-pre.target', 'default')
  conflictsAtEnd(c, 'umount.target')
}

/** Mirrors swap_add_default_dependencies(), src/core/swap.c. Differs: never in a container. */
function swapAddDefaultDependencies(c: LoadContext): void {
  if (c.manager === 'user') return
  if (c.features.swapOverNetwork && c.draft.swap!.options.includes('_netdev')) {
    addDependency(c, 'After', 'remote-fs-pre.target', 'default')
    addDependency(c, 'Before', 'remote-fs.target', 'default')
    addDependency(c, 'After', 'network.target', 'default')
    addTwoDependencies(c, 'Wants', 'After', 'network-online.target', 'default')
  } else addDependency(c, 'Before', 'swap.target', 'default')
  conflictsAtEnd(c, 'umount.target')
}

/** Mirrors unit_set_default_slice(), src/core/unit.c: for units with a control group that named no slice. */
export function setDefaultSlice(c: LoadContext): void {
  const { draft } = c
  if (draft.slice !== undefined) return
  if (draft.name.instance) {
    const prefix = escapeName(draft.name.prefix)
    const kind = c.manager === 'system' ? 'system-' : c.features.appSlice ? 'app-' : ''
    draft.slice = `${kind}${prefix}.slice`
  } else if (isExtrinsic(c)) draft.slice = '-.slice'
  else if (c.manager === 'system') draft.slice = 'system.slice'
  else draft.slice = c.features.appSlice ? 'app.slice' : '-.slice'
}

/** Mirrors unit_is_extrinsic(). */
function isExtrinsic(c: LoadContext): boolean {
  if (c.draft.unit.perpetual) return true
  if (c.draft.type === 'swap') return c.manager === 'user'
  return c.draft.type === 'mount' && isExtrinsicMount(c)
}

/** Mirrors unit_add_slice_dependencies(): a slice knows its parent from its name, others from Slice=. */
export function addSliceDependencies(c: LoadContext): void {
  const { draft } = c
  if (!HAS_CGROUP.has(draft.type) || draft.id === '-.slice') return
  const origin = draft.type === 'slice' ? 'implicit' : 'file'
  addTwoDependencies(c, 'After', 'Requires', draft.slice ?? '-.slice', origin)
}

const HAS_CGROUP: ReadonlySet<string> = new Set(['service', 'socket', 'mount', 'swap', 'slice', 'scope'])

/** Mirrors slice_build_parent_slice(), src/basic/unit-name.c: `a-b.slice` is in `a.slice`. */
export function parentSlice(id: string): string | undefined {
  if (id === '-.slice') return undefined
  const stem = id.slice(0, -'.slice'.length)
  const dash = stem.lastIndexOf('-')
  return dash < 0 ? '-.slice' : `${stem.slice(0, dash)}.slice`
}

/** Where each …Directory= is rooted, by the specifier of the same. */
const DIRECTORIES = [
  ['RuntimeDirectory', 't'],
  ['StateDirectory', 'S'],
  ['CacheDirectory', 'C'],
  ['LogsDirectory', 'L'],
  ['ConfigurationDirectory', 'E'],
] as const

/** Mirrors unit_add_exec_dependencies(), src/core/unit.c (v247 to v262). */
export function addExecDependencies(c: LoadContext): void {
  const { exec } = c.draft
  const softly = c.features.wantsMountsFor
  if (exec.workingDirectory !== undefined && (softly || !exec.workingDirectoryMissingOk)) {
    addMountsFor(c, exec.workingDirectory, exec.workingDirectoryMissingOk ? 'Wants' : 'Requires')
  }
  for (const root of [exec.rootDirectory, exec.rootImage, exec.rootMStack]) {
    if (root !== undefined) addMountsFor(c, root, softly ? 'Wants' : 'Requires')
  }
  for (const [key, letter] of DIRECTORIES) {
    for (const path of exec.directories?.get(key) ?? []) {
      addMountsFor(c, `${directoryOf(c, letter)}/${path}`, 'Requires')
    }
  }
  if (c.manager === 'user') return
  const written = ['StateDirectory', 'CacheDirectory', 'LogsDirectory'].some((key) => exec.directories?.has(key))
  if (written) addDependency(c, 'After', 'systemd-remount-fs.service', 'file')
  addPrivateTmpDependencies(c)
  if (exec.rootImage !== undefined || exec.rootMStack !== undefined) {
    addDependency(c, 'After', 'systemd-udevd.service', 'file')
  }
  addJournalDependencies(c)
}

/** Mirrors unit_get_private_var_tmp() (v262): /var has to be there, but for those who bring a root of their own. */
function mayHidePart({ draft: { exec, unit, mountsFor, dependencies } }: LoadContext): boolean {
  if (exec.rootDirectory !== undefined || exec.rootImage !== undefined || exec.rootMStack !== undefined) return false
  if (unit.defaultDependencies || mountsFor.some(({ path }) => path === '/var')) return true
  return dependencies.some(({ type, other }) => type === 'After' && other === 'var.mount')
}

function addPrivateTmpDependencies(c: LoadContext): void {
  const { privateTmp } = c.draft.exec
  if (privateTmp === 'disconnected' && c.features.privateTmpNeedsVar && mayHidePart(c)) addMountsFor(c, '/var', 'Wants')
  if (privateTmp !== 'connected') return
  if (c.features.wantsMountsFor) {
    addMountsFor(c, '/tmp', 'Wants')
    addMountsFor(c, '/var/tmp', 'Wants')
  } else {
    if (c.features.privateTmpWeakly) addTwoDependencies(c, 'After', 'Wants', 'tmp.mount', 'file')
    else addMountsFor(c, '/tmp', 'Requires')
    addMountsFor(c, '/var/tmp', 'Requires')
  }
  addDependency(c, 'After', 'systemd-tmpfiles-setup.service', 'file')
}

/** Whoever writes to the journal wants its socket first. */
function addJournalDependencies(c: LoadContext): void {
  const { standardOutput, standardError, logNamespace } = c.draft.exec
  if (logNamespace !== undefined) {
    const units = [`systemd-journald@${logNamespace}.socket`, `systemd-journald-varlink@${logNamespace}.socket`]
    if (c.features.journaldSyncService) units.push(`systemd-journald-sync@${logNamespace}.service`)
    for (const unit of units) addTwoDependencies(c, 'After', 'Requires', unit, 'file')
    return
  }
  const logs = /^(?:journal|kmsg)/
  if (logs.test(standardOutput) || logs.test(standardError))
    addDependency(c, 'After', 'systemd-journald.socket', 'file')
}
