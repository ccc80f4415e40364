/** What each type of unit works out once its files are read: …_add_extras() and …_load() of src/core (v247 to v262). */

import type { DependencyType } from './atoms.ts'
import {
  addDefaultDependencies,
  addExecDependencies,
  addSliceDependencies,
  isNetworkMount,
  parentSlice,
  setDefaultSlice,
} from './default-dependencies.ts'
import { addDependency, addMountsFor, addTwoDependencies, type Fatal, type LoadContext } from './load-fragment-draft.ts'
import { relatedUnit } from './load-fragment-unit.ts'
import { parseBoolean, UINT_MAX } from './load-fragment-values.ts'
import {
  verifyAutomount,
  verifyContexts,
  verifyMount,
  verifyPath,
  verifyService,
  verifySlice,
  verifySocket,
  verifySwap,
  verifyTimer,
  verifyUnit,
} from './load-verify.ts'
import { parentOf } from './path-util.ts'
import { escapePath, unescapePath } from './unit.ts'
import { INFINITY_USEC, type MountSection, type UnitConfig } from './unit-config.ts'

/** Mirrors the load() hook of each type, less the reading of files, and the rest of unit_load(). */
export function addExtras(c: LoadContext): Fatal {
  const fatal = EXTRAS[c.draft.type](c)
  if (fatal !== undefined) return fatal
  addSliceDependencies(c)
  if (c.draft.exec.oomd && c.draft.unit.defaultDependencies) {
    addTwoDependencies(c, 'After', 'Wants', 'systemd-oomd.service', 'file')
  }
  return verifyUnit(c)
}

const EXTRAS: Readonly<Record<UnitConfig['type'], (c: LoadContext) => Fatal>> = {
  service: serviceAddExtras,
  socket: socketAddExtras,
  timer: timerLoad,
  path: pathAddExtras,
  mount: mountAddExtras,
  automount: automountAddExtras,
  swap: swapAddExtras,
  slice: sliceLoad,
  scope: scopeAddExtras,
  target: targetLoad,
  device: deviceLoad,
}

/** Mirrors target_load(), src/core/target.c. */
function targetLoad(c: LoadContext): Fatal {
  addDefaultDependencies(c)
  return undefined
}

/** Mirrors device_load(), src/core/device.c. */
function deviceLoad(c: LoadContext): Fatal {
  c.draft.unit.description ??= pathOf(c)
  return undefined
}

/** Mirrors service_add_extras(), src/core/service.c. */
function serviceAddExtras(c: LoadContext): Fatal {
  const service = c.draft.service!
  if (service.type === undefined) {
    if (service.busName !== undefined) service.type = 'dbus'
    else if (c.features.credentialsMakeExec && c.draft.exec.credentials) service.type = 'exec'
    else service.type = service.exec.ExecStart.length > 0 ? 'simple' : 'oneshot'
  }
  if (service.type === 'oneshot' && !c.draft.startTimeoutDefined) service.timeoutStartUsec = INFINITY_USEC
  serviceFixStdio(c)
  const fatal = unitPatchContexts(c)
  if (fatal !== undefined) return fatal
  addExecDependencies(c)
  setDefaultSlice(c)
  const wantsNotify = service.type === 'notify' || service.type === 'notify-reload' || service.watchdogUsec > 0
  if (service.notifyAccess === 'none' && (wantsNotify || service.fileDescriptorStoreMax > 0)) {
    service.notifyAccess = 'main'
  }
  service.oomPolicy ??= c.draft.exec.delegate ? 'continue' : 'stop'
  addDefaultDependencies(c)
  if (service.type === 'dbus' && service.busName !== undefined) {
    addTwoDependencies(c, 'Requires', 'After', 'dbus.socket', 'file')
  }
  return verifyService(c)
}

const INHERITABLE_INPUTS = ['tty', 'tty-force', 'tty-fail', 'socket', 'fd']

/** Mirrors service_fix_stdio(): output goes to the journal, unless input is something that goes both ways. */
function serviceFixStdio(c: LoadContext): void {
  const { exec } = c.draft
  if (INHERITABLE_INPUTS.includes(exec.standardInput)) return
  if (exec.standardOutput === 'inherit') exec.standardOutput = 'journal'
}

/** Mirrors unit_patch_contexts(), src/core/unit.c: DynamicUser= and device policies bring more with them. */
function unitPatchContexts(c: LoadContext): Fatal {
  const { exec } = c.draft
  if (exec.dynamicUser && exec.privateTmp === 'no') {
    exec.privateTmp = c.features.dynamicUserTmpDisconnected ? 'disconnected' : 'connected'
  }
  const policy = exec.privateDevices || !exec.devicePolicyAuto || exec.deviceAllow
  if (policy && (exec.rootImage !== undefined || exec.mountImages)) {
    for (const module of ['loop', 'dm_mod', 'dm_verity']) {
      addTwoDependencies(c, 'After', 'Wants', `modprobe@${module}.service`, 'file')
    }
  }
  return verifyContexts(c)
}

/** Of the limits to how often sockets and paths trigger, where none is given. */
const LIMIT_INTERVAL_USEC = 2_000_000

/** Mirrors socket_add_extras(), src/core/socket.c. */
function socketAddExtras(c: LoadContext): Fatal {
  const socket = c.draft.socket!
  if (socket.triggerLimitIntervalUsec === INFINITY_USEC) socket.triggerLimitIntervalUsec = LIMIT_INTERVAL_USEC
  if (socket.triggerLimitBurst === UINT_MAX) socket.triggerLimitBurst = socket.accept ? 200 : 20
  if (socket.pollLimitIntervalUsec === INFINITY_USEC) socket.pollLimitIntervalUsec = LIMIT_INTERVAL_USEC
  if (socket.pollLimitBurst === UINT_MAX) socket.pollLimitBurst = socket.accept ? 150 : 15
  const explicit = c.draft.trigger
  if (hasNonAcceptingListener(c)) {
    socket.service = explicit ?? relatedUnit(c, 'service')
    addTwoDependencies(c, 'Before', 'Triggers', socket.service, 'implicit')
  }
  for (const { kind, address } of socket.listeners) {
    if (address.startsWith('/') && kind !== 'MessageQueue') addMountsFor(c, address, 'Requires')
  }
  if (socket.bindToDevice !== undefined && socket.bindToDevice !== 'lo') {
    const device = `${escapePath(`/sys/subsystem/net/devices/${socket.bindToDevice}`)}.device`
    addNodeDependency(c, 'BindsTo', device)
  }
  const fatal = unitPatchContexts(c)
  if (fatal !== undefined) return fatal
  if (Object.values(socket.exec).some((commands) => commands.length > 0)) {
    journalByDefault(c)
    addExecDependencies(c)
  }
  setDefaultSlice(c)
  addDefaultDependencies(c)
  return verifySocket(c, explicit)
}

/** Helpers of these types write to the journal without being asked to. */
function journalByDefault(c: LoadContext): void {
  const { exec } = c.draft
  if (exec.standardOutput === 'inherit') exec.standardOutput = 'journal'
}

/** Mirrors have_non_accept_socket(): with Accept=yes, only what cannot accept connections anyway. */
function hasNonAcceptingListener(c: LoadContext): boolean {
  const socket = c.draft.socket!
  if (!socket.accept) return true
  return socket.listeners.some(({ kind }) => kind !== 'Stream' && kind !== 'SequentialPacket')
}

/** Mirrors timer_load(), src/core/timer.c. */
function timerLoad(c: LoadContext): Fatal {
  const timer = c.draft.timer!
  timer.unit = addTrigger(c, 'service')
  if (timer.persistent && c.manager === 'system') addMountsFor(c, '/var/lib/systemd/timers', 'Requires')
  addDefaultDependencies(c)
  return verifyTimer(c)
}

/** Mirrors …_add_trigger_dependencies(): Unit=, or the unit of the same name. */
function addTrigger(c: LoadContext, type: string): string {
  if (c.draft.trigger !== undefined) return c.draft.trigger
  const other = relatedUnit(c, type)
  addTwoDependencies(c, 'Before', 'Triggers', other, 'implicit')
  return other
}

/** Mirrors path_add_extras(), src/core/path.c. Differs: before v250 there was no trigger limit. */
function pathAddExtras(c: LoadContext): Fatal {
  const section = c.draft.path!
  section.unit = addTrigger(c, 'service')
  if (!c.features.pathTriggerLimit) section.triggerLimitIntervalUsec = 0
  if (section.triggerLimitIntervalUsec === INFINITY_USEC) section.triggerLimitIntervalUsec = LIMIT_INTERVAL_USEC
  if (section.triggerLimitBurst === UINT_MAX) section.triggerLimitBurst = 200
  for (const { path } of section.specs) addMountsFor(c, path, 'Requires')
  addDefaultDependencies(c)
  return verifyPath(c)
}

/** A path from the unit's own name. */
const pathOf = (c: LoadContext): string => unescapePath(c.draft.name.prefix)

/** Mirrors mount_add_extras(), src/core/mount.c. */
function mountAddExtras(c: LoadContext): Fatal {
  const mount = c.draft.mount!
  if (mount.where === '') mount.where = pathOf(c)
  c.draft.unit.description ??= mount.where
  const fatal = unitPatchContexts(c)
  if (fatal !== undefined) return fatal
  journalByDefault(c)
  if (c.draft.id === '-.mount') c.draft.exec.standardOutput = 'null'
  addExecDependencies(c)
  setDefaultSlice(c)
  addMountDeviceDependencies(c)
  addMountPathDependencies(c)
  addDefaultDependencies(c)
  return verifyMount(c)
}

type MountKind = Pick<MountSection, 'fsType' | 'options'>

/** Mirrors mount_is_bind(). */
export const isBindMount = ({ fsType, options }: MountKind): boolean =>
  [fsType, ...options].some((word) => word === 'bind' || word === 'rbind')

/** Mirrors is_device_path(). */
const isDevicePath = (path: string): boolean => path.startsWith('/dev/') || path.startsWith('/sys/')

/** Mirrors unit_add_node_dependency(), src/core/unit.c: a user's manager only wants devices. Differs: no udev. */
function addNodeDependency(c: LoadContext, type: DependencyType, device: string): void {
  addTwoDependencies(c, 'After', c.manager === 'system' ? type : 'Wants', device, 'file')
}

/** Mirrors mount_is_bound_to_device(): undefined where no option says so. Before v255 any value was a yes. */
function boundToDevice(c: LoadContext, options: readonly string[]): boolean | undefined {
  const option = options.findLast((o) => o === BOUND || o.startsWith(`${BOUND}=`))
  if (option === undefined) return undefined
  const value = option.slice(BOUND.length + 1)
  return value === '' || !c.features.deviceBoundByValue ? true : (parseBoolean(value) ?? undefined)
}

const BOUND = 'x-systemd.device-bound'

/** Mirrors mount_add_device_dependencies(). Differs: udev has no say. */
function addMountDeviceDependencies(c: LoadContext): void {
  const { what, where, options } = c.draft.mount!
  if (isBindMount(c.draft.mount!) || !isDevicePath(what)) return
  if (what === '/dev/root' || what === '/dev/nfs' || where === '/') return
  const device = `${escapePath(what)}.device`
  const bound = boundToDevice(c, options)
  const binds = bound === true || c.features.mountBoundToDevice
  addNodeDependency(c, binds ? 'BindsTo' : 'Requires', device)
  if (c.features.mountStopPropagated && bound === undefined) addNodeDependency(c, 'StopPropagatedFrom', device)
  addDependency(c, 'After', `blockdev@${escapePath(what)}.target`, 'file')
}

/** Mirrors mount_add_mount_dependencies(), as far as the unit itself goes. */
function addMountPathDependencies(c: LoadContext): void {
  const { what, where, options } = c.draft.mount!
  if (where !== '/') addMountsFor(c, parentOf(where), 'Requires')
  if (!what.startsWith('/')) return
  if (isBindMount(c.draft.mount!) || options.includes('loop') || !isNetworkMount(c)) addMountsFor(c, what, 'Requires')
}

/** Mirrors automount_add_extras(), src/core/automount.c. */
function automountAddExtras(c: LoadContext): Fatal {
  const automount = c.draft.automount!
  if (automount.where === '') automount.where = pathOf(c)
  addTwoDependencies(c, 'Before', 'Triggers', relatedUnit(c, 'mount'), 'implicit')
  // The root has no parent, so its automount ends here, before anything is said of it.
  if (automount.where === '/' && c.features.automountNeedsParent) return 'EINVAL'
  addMountsFor(c, parentOf(automount.where), 'Requires')
  addDefaultDependencies(c)
  return verifyAutomount(c)
}

/** Mirrors swap_add_extras(), src/core/swap.c. */
function swapAddExtras(c: LoadContext): Fatal {
  const swap = c.draft.swap!
  const configured = swap.what
  if (swap.what === '') swap.what = pathOf(c)
  c.draft.unit.description ??= swap.what
  addMountsFor(c, swap.what, 'Requires')
  if (isDevicePath(configured)) {
    addNodeDependency(c, 'Requires', `${escapePath(swap.what)}.device`)
    addDependency(c, 'After', `blockdev@${escapePath(swap.what)}.target`, 'file')
  } else if (configured !== '') addDependency(c, 'After', 'systemd-remount-fs.service', 'file')
  const fatal = unitPatchContexts(c)
  if (fatal !== undefined) return fatal
  journalByDefault(c)
  addExecDependencies(c)
  setDefaultSlice(c)
  addDefaultDependencies(c)
  return verifySwap(c)
}

/** Mirrors slice_load(), src/core/slice.c. */
function sliceLoad(c: LoadContext): Fatal {
  const { draft } = c
  const fatal = verifySlice(c)
  if (fatal !== undefined) return fatal
  draft.slice = parentSlice(draft.id)
  addDefaultDependencies(c)
  if (c.features.sliceDescriptionFromPath) draft.unit.description ??= `Slice ${pathOf(c)}`
  return undefined
}

/** Mirrors scope_add_extras(), src/core/scope.c. */
function scopeAddExtras(c: LoadContext): Fatal {
  setDefaultSlice(c)
  addDefaultDependencies(c)
  return undefined
}
