/** Units that contradict themselves are refused: …_verify() of each type in src/core (v247 to v262). */

import { complainOfUnit, type Fatal, type LoadContext } from './load-fragment-draft.ts'
import type { MessageArgs, MessageKey } from './messages.ts'
import { escapePath } from './unit.ts'
import { INFINITY_USEC } from './unit-config.ts'

function refuse(c: LoadContext, key: MessageKey, args: MessageArgs = {}): Fatal {
  complainOfUnit(c, key, args)
  return 'ENOEXEC'
}

/** Mirrors the end of unit_load(), src/core/unit.c. */
export function verifyUnit(c: LoadContext): Fatal {
  const { unit, dependencies } = c.draft
  const several = (kind: 'OnSuccess' | 'OnFailure') => dependencies.filter(({ type }) => type === kind).length > 1
  if (unit.onSuccessJobMode === 'isolate' && several('OnSuccess')) {
    return refuse(c, 'load-isolate-many', { kind: 'OnSuccess' })
  }
  if (unit.onFailureJobMode === 'isolate' && several('OnFailure')) {
    return refuse(c, 'load-isolate-many', { kind: 'OnFailure' })
  }
  const { jobRunningTimeoutUsec, jobTimeoutUsec } = unit
  if (jobRunningTimeoutUsec !== INFINITY_USEC && jobRunningTimeoutUsec > jobTimeoutUsec) {
    complainOfUnit(c, 'load-running-timeout')
  }
  return undefined
}

const isPamMisused = ({ draft: { exec, kill } }: LoadContext): boolean =>
  exec.pamName !== undefined && kill.killMode !== 'control-group' && kill.killMode !== 'mixed'

/** Mirrors unit_verify_contexts(), src/core/unit.c (v257), which came with v256. Differs: no API file systems. */
export function verifyContexts(c: LoadContext): Fatal {
  const { exec, type } = c.draft
  if (!c.features.contextsVerified) return undefined
  if (c.manager === 'user' && exec.dynamicUser) return refuse(c, 'load-dynamic-user')
  if (exec.dynamicUser && exec.workingDirectoryHome) return refuse(c, 'load-dynamic-home')
  if (exec.privatePids && type !== 'service') return refuse(c, 'load-private-pids')
  return isPamMisused(c) ? refuse(c, 'load-pam') : undefined
}

/** Mirrors service_verify(), src/core/service.c. */
export function verifyService(c: LoadContext): Fatal {
  const { unit, exec } = c.draft
  const service = c.draft.service!
  const starts = service.exec.ExecStart.length
  const oneshot = service.type === 'oneshot'
  const succeeds = unit.successAction !== 'none'
  if (starts === 0 && service.exec.ExecStop.length === 0 && !succeeds) return refuse(c, 'load-service-nothing')
  if (!oneshot && starts === 0) return refuse(c, 'load-service-no-start')
  if (!service.remainAfterExit && starts === 0 && !succeeds) return refuse(c, 'load-service-no-remain')
  if (!oneshot && starts > 1) return refuse(c, 'load-service-many-starts')
  if (oneshot && (service.restart === 'always' || service.restart === 'on-success')) {
    return refuse(c, 'load-service-oneshot-restart')
  }
  const forced = service.restartForceStatus
  if (oneshot && !c.features.oneshotForceRestart && forced.codes.length + forced.signals.length > 0) {
    return refuse(c, 'load-service-oneshot-force')
  }
  if (oneshot && service.exitType === 'cgroup') return refuse(c, 'load-service-oneshot-exit')
  if (service.type === 'dbus' && service.busName === undefined) return refuse(c, 'load-service-no-bus-name')
  if (!c.features.contextsVerified && isPamMisused(c)) return refuse(c, 'load-pam')
  if (service.type === 'forking' && exec.privatePids) return refuse(c, 'load-service-forking-pids')
  warnOfService(c)
  return undefined
}

/** The second half of service_verify(): what has no effect. The last one is a repair. */
function warnOfService(c: LoadContext): void {
  const service = c.draft.service!
  const { usbFunctionDescriptors, usbFunctionStrings, runtimeRandomizedExtraUsec } = c.draft
  const { runtimeMaxUsec, restartMaxDelayUsec, restartSteps } = service
  if (usbFunctionDescriptors && !usbFunctionStrings) complainOfUnit(c, 'load-service-usb-strings')
  if (!usbFunctionDescriptors && usbFunctionStrings) complainOfUnit(c, 'load-service-usb-descriptors')
  const limited = runtimeMaxUsec !== INFINITY_USEC
  if (limited && service.type === 'oneshot') complainOfUnit(c, 'load-service-runtime-oneshot')
  if (!limited && runtimeRandomizedExtraUsec !== 0) complainOfUnit(c, 'load-service-runtime-extra')
  if (service.type === 'simple' && service.exec.ExecStartPost.length > 0 && c.draft.exec.credentials) {
    complainOfUnit(c, 'load-service-credentials-race')
  }
  const capped = restartMaxDelayUsec !== INFINITY_USEC
  if (!capped && restartSteps > 0) complainOfUnit(c, 'load-service-steps')
  if (capped && restartSteps === 0) complainOfUnit(c, 'load-service-max-delay')
  if (restartMaxDelayUsec < service.restartUsec) {
    complainOfUnit(c, 'load-service-delay-reset')
    service.restartUsec = restartMaxDelayUsec
  }
}

/** Mirrors socket_verify(), src/core/socket.c. `explicit`: what Service= named. */
export function verifySocket(c: LoadContext, explicit: string | undefined): Fatal {
  const socket = c.draft.socket!
  if (socket.listeners.length === 0) return refuse(c, 'load-socket-no-listener')
  const limited = socket.accept || c.features.maxConnectionsOfAny
  if (limited && socket.maxConnections === 0) return refuse(c, 'load-socket-max-connections')
  if (socket.accept && socket.listeners.some(({ kind }) => kind !== 'Stream' && kind !== 'SequentialPacket')) {
    return refuse(c, 'load-socket-accept')
  }
  if (socket.accept && socket.deferTrigger !== 'no') return refuse(c, 'load-socket-defer')
  if (socket.accept && explicit !== undefined) return refuse(c, 'load-socket-accept-service')
  const inFileSystem = ['Stream', 'Datagram', 'SequentialPacket', 'FIFO']
  const nodes = socket.listeners.filter((l) => inFileSystem.includes(l.kind) && l.address.startsWith('/')).length
  return socket.symlinks > 0 && nodes !== 1 ? refuse(c, 'load-socket-symlinks') : undefined
}

/** Mirrors timer_verify(), src/core/timer.c. */
export function verifyTimer(c: LoadContext): Fatal {
  const { values, onClockChange, onTimezoneChange } = c.draft.timer!
  return values.length === 0 && !onClockChange && !onTimezoneChange ? refuse(c, 'load-timer-empty') : undefined
}

/** Mirrors path_verify(), src/core/path.c. */
export function verifyPath(c: LoadContext): Fatal {
  return c.draft.path!.specs.length === 0 ? refuse(c, 'load-path-empty') : undefined
}

/** Mirrors mount_point_is_api(): what systemd itself mounts before anything else, and what is below. */
const API_MOUNTS = ['/proc', '/sys', '/dev', '/dev/shm', '/dev/pts', '/run']
const API_BELOW = ['/sys/fs/cgroup/', '/sys/kernel/security/', '/sys/fs/selinux/']

/** Mirrors mount_verify(), src/core/mount.c. */
export function verifyMount(c: LoadContext): Fatal {
  const { where, what } = c.draft.mount!
  if (!c.draft.names.includes(`${escapePath(where)}.mount`)) return refuse(c, 'load-mount-where')
  if (API_MOUNTS.includes(where) || API_BELOW.some((path) => `${where}/`.startsWith(path))) {
    return refuse(c, 'load-mount-api', { where })
  }
  if (what === '' && !c.draft.unit.perpetual) return refuse(c, 'load-mount-what')
  return undefined
}

/** Mirrors automount_verify(), src/core/automount.c. */
export function verifyAutomount(c: LoadContext): Fatal {
  const { where } = c.draft.automount!
  if (where === '/') return refuse(c, 'load-automount-root')
  return c.draft.names.includes(`${escapePath(where)}.automount`) ? undefined : refuse(c, 'load-mount-where')
}

/** Mirrors swap_verify(), src/core/swap.c. */
export function verifySwap(c: LoadContext): Fatal {
  return c.draft.names.includes(`${escapePath(c.draft.swap!.what)}.swap`) ? undefined : refuse(c, 'load-swap-what')
}

/**
 * Mirrors slice_name_is_valid(), src/basic/unit-name.c: no empty level. Nothing is said, the parent is just not
 * found.
 */
export function verifySlice(c: LoadContext): Fatal {
  const { id, name } = c.draft
  if (id === '-.slice') return undefined
  const fine = !name.prefix.startsWith('-') && !name.prefix.endsWith('-') && !name.prefix.includes('--')
  return fine && name.instance === undefined ? undefined : 'EINVAL'
}
