/** Connections to socket units, and what they start. Mirrors src/core/socket.c (v255; v262 for deferred triggers). */

import { isInactiveOrFailed } from '../systemd/unit.ts'
import type { BusError } from './bus-error.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { managerAddJob } from './manager-jobs.ts'
import { managerLoadUnit } from './manager-load.ts'
import { programOf } from './program.ts'
import { ratelimitBelow } from './ratelimit.ts'
import { socketArmTimer, socketEnterStopPre, socketVTable } from './socket.ts'
import { flushPorts, type SocketPort, socketPoll, socketWatchFds } from './socket-port.ts'
import { type Socket, socketSetState } from './socket-state.ts'
import { unitActiveOrPending, unitActiveState } from './unit.ts'
import { deps, unitAddDependency } from './unit-dependency.ts'
import { unitStopPending } from './unit-trigger.ts'
import { isOf, type Unit } from './unit-vtable.ts'

/** The service that the socket starts; null with Accept=yes. */
export function socketService(m: Manager, s: Socket): Unit | null {
  const { accept = false, service } = s.config.socket ?? {}
  return accept || service === undefined ? null : (m.units.get(service) ?? null)
}

const DOWN = [
  'dead',
  'dead-before-auto-restart',
  'failed',
  'failed-before-auto-restart',
  'auto-restart',
  'auto-restart-queued',
]

/** Mirrors SOCKET_SERVICE_IS_ACTIVE() (v257; a list of sub-states before). */
export function socketServiceIsActive(m: Manager, service: Unit, allowFinalize: boolean): boolean {
  const sub = service.vtable.subState(service)
  if (m.features.socketServiceByActiveState && isInactiveOrFailed(unitActiveState(service))) return false
  if (DOWN.includes(sub)) return false
  if (!allowFinalize) return true
  if (sub === 'cleaning') return !m.features.socketServiceByActiveState
  return sub !== 'final-sigterm' && sub !== 'final-sigkill'
}

/** Mirrors socket_watch_fds() for all ports: who waits there already is served, too. */
export function watchSocket(m: Manager, s: Socket): void {
  socketWatchFds(m, s, (port) => socketDispatchIo(m, s, port))
}

/** A client connects to the first ListenStream=. Where nobody listens, it is refused and nothing comes of it. */
export function socketConnect(m: Manager, s: Unit): void {
  if (!isOf(s, socketVTable)) return
  const port = s.ports.find(({ listener }) => listener.kind === 'Stream')
  if (!port?.open || serviceAccepts(m, s)) return
  port.backlog++
  socketPoll(m, port, () => socketDispatchIo(m, s, port))
}

/**
 * Whether the service takes its connections as they come. Differs: nothing is known of most programs; those that
 * scenarios use as stand-ins (sleep, shells) never do, every other one is a daemon that does.
 */
function serviceAccepts(m: Manager, s: Socket): boolean {
  const service = socketService(m, s)
  if (s.state !== 'running' || !service || service.vtable.subState(service) !== 'running') return false
  const command = service.vtable.mainProcess?.(service)?.request.command
  return command !== undefined && programOf(command.path, command.argv.slice(1), () => true).kind === 'daemon'
}

/** After the service has come up: what waited is let in, if it is one that does so. */
export function socketServiceRuns(m: Manager, s: Socket): void {
  if (serviceAccepts(m, s)) flushPorts(s)
}

/** Mirrors socket_dispatch_io(). */
function socketDispatchIo(m: Manager, s: Socket, port: SocketPort): void {
  if (s.state !== 'listening') return
  const { kind } = port.listener
  if (!s.config.socket?.accept || (kind !== 'Stream' && kind !== 'SequentialPacket')) {
    socketEnterRunning(m, s)
    return
  }
  port.backlog--
  socketEnterRunningAccept(m, s, port)
}

/** The part of socket_enter_running() that both kinds share. False if nothing is to be started. */
function mayTrigger(m: Manager, s: Socket): boolean {
  if (ratelimitBelow(s.triggerLimit, m.clock.now)) return true
  logUnit(m, s, 'trigger-limit-hit')
  socketEnterStopPre(m, s, 'trigger-limit-hit')
  return false
}

/** Mirrors socket_enter_running() for Accept=no. */
function socketEnterRunning(m: Manager, s: Socket): void {
  if (unitStopPending(s)) {
    flushPorts(s)
    return
  }
  if (!mayTrigger(m, s)) return
  if (!deps(s, 'Triggers').some(unitActiveOrPending)) {
    const service = socketService(m, s)
    if (!service) {
      logUnit(m, s, 'socket-service-vanished')
      socketEnterStopPre(m, s, 'resources')
      return
    }
    const error = startService(m, s, service)
    if (error === 'deferred') return
    if (error) {
      queueFailed(m, s, error, false)
      return
    }
  }
  socketSetState(m, s, 'running')
}

/** Null if the job is queued. */
function startService(m: Manager, s: Socket, service: Unit): BusError | 'deferred' | null {
  const defers = m.features.socketDefersTrigger && s.config.socket?.deferTrigger !== 'no'
  const added = managerAddJob(m, 'start', service, defers ? 'lenient' : 'replace')
  if (!('error' in added)) return null
  if (!defers || added.error.name !== 'TransactionIsDestructive' || !socketMayDefer(m, s)) return added.error
  socketEnterDeferred(m, s)
  return 'deferred'
}

/** Mirrors socket_may_defer(). */
const socketMayDefer = (m: Manager, s: Socket): boolean =>
  s.config.socket?.deferTrigger === 'patient' || m.jobs.size > 0

/** Mirrors socket_enter_deferred(). */
function socketEnterDeferred(m: Manager, s: Socket): void {
  socketArmTimer(m, s, m.clock.now + (s.config.socket?.deferTriggerMaxUsec ?? Number.POSITIVE_INFINITY))
  m.stopNotifyQueue.add(s)
  socketSetState(m, s, 'deferred')
}

/** Mirrors socket_stop_notify(): somebody has stopped, or all jobs are done. True if the socket's state has changed. */
export function socketStopNotify(m: Manager, s: Socket): boolean {
  const service = socketService(m, s)
  if (!service) return false
  const added = managerAddJob(m, 'start', service, 'lenient')
  if (!('error' in added)) {
    socketSetState(m, s, 'running')
    return true
  }
  if (added.error.name === 'TransactionIsDestructive') {
    if (socketMayDefer(m, s)) return false
    logUnit(m, s, 'socket-defer-gives-up')
  } else logUnit(m, s, 'socket-queue-failed', { hint: '', error: added.error.message })
  socketEnterStopPre(m, s, 'resources')
  return true
}

function queueFailed(m: Manager, s: Socket, error: BusError, accept: boolean): void {
  const hint = m.features.socketQueueFailedShort
    ? accept
      ? ' (Maybe the service is missing or is a template unit?)'
      : ''
    : ` (Maybe the service file is missing or not a ${accept ? 'template' : 'non-template'} unit?)`
  logUnit(m, s, 'socket-queue-failed', { hint, error: error.message })
  socketEnterStopPre(m, s, 'resources')
}

/**
 * Mirrors socket_enter_running() for Accept=yes: the connection is accepted already, and closed if nothing takes it.
 */
function socketEnterRunningAccept(m: Manager, s: Socket, port: SocketPort): void {
  if (unitStopPending(s) || !mayTrigger(m, s)) return
  const { maxConnections = 0, maxConnectionsPerSource = 0 } = s.config.socket ?? {}
  const n = s.connections.size
  if (n >= maxConnections) {
    logUnit(m, s, 'socket-too-many', { n })
    return
  }
  const source = sourceOf(m, port)
  if (maxConnectionsPerSource > 0 && source !== null && n >= maxConnectionsPerSource) {
    logUnit(m, s, 'socket-too-many-from-source', { n: n + 1, source })
    return
  }
  const service = managerLoadUnit(m, instanceFromSocket(m, s, port))
  if (m.features.socketChecksInstance && service.loadState !== 'loaded') {
    const masked = service.loadState === 'masked'
    const error = service.loadState === 'not-found' ? 'No such file or directory' : 'Exec format error'
    logUnit(m, s, masked ? 'socket-instance-masked' : 'socket-instance-load-failed', { error })
    socketEnterStopPre(m, s, 'resources')
    return
  }
  unitAddDependency(s, 'Before', service, false)
  unitAddDependency(s, 'Triggers', service, false)
  s.nAccepted++
  if (service.loadState !== 'loaded') {
    queueFailed(m, s, { name: 'LoadFailed', errno: 'EINVAL', message: 'Invalid argument' }, true)
    return
  }
  describePeer(m, service, port)
  s.connections.add(service)
  const added = managerAddJob(m, 'start', service, 'replace')
  if (!('error' in added)) return
  s.connections.delete(service)
  queueFailed(m, s, added.error, true)
}

const isUnix = (port: SocketPort): boolean => /^[/@]/.test(port.listener.address)

/** Differs: all clients are one process of root's on this machine. */
function sourceOf(m: Manager, port: SocketPort): string | null {
  if (!isUnix(port)) return '127.0.0.1'
  return m.features.socketCountsUnixSources ? 'UID 0' : null
}

const CLIENT_PID = 1
const CLIENT_PORT = 40_000

/** Mirrors instance_from_socket(). A client outside of the manager's pid namespace has no number there. */
function instanceFromSocket(m: Manager, s: Socket, port: SocketPort): string {
  const prefix = s.id.slice(0, -'.socket'.length)
  const number = m.features.socketInstanceHasCookie ? `${s.nAccepted}-${s.nAccepted + 1}` : `${s.nAccepted}`
  const local = /\d+$/.exec(port.listener.address)?.[0] ?? '0'
  const inet = `127.0.0.1:${local}-127.0.0.1:${CLIENT_PORT + s.nAccepted}`
  const unix = m.kind === 'user' ? `${CLIENT_PID}-0` : 'unknown'
  return `${prefix}@${number}-${isUnix(port) ? unix : inet}.service`
}

/** Mirrors the part of service_set_socket_fd() that adds the peer to the description. */
function describePeer(m: Manager, service: Unit, port: SocketPort): void {
  if (isUnix(port) && m.kind !== 'user') return
  const peer = isUnix(port) ? `PID ${CLIENT_PID}/UID 0` : `127.0.0.1:${CLIENT_PORT}`
  const { description } = service.config.unit
  const unit = { ...service.config.unit, description: description === undefined ? peer : `${description} (${peer})` }
  service.config = { ...service.config, unit }
}

/** Mirrors socket_connection_unref(): an instance that is down for good gives its connection back. */
export function socketConnectionUnref(s: Socket, instance: Unit): void {
  if (!instance.job && isInactiveOrFailed(unitActiveState(instance))) s.connections.delete(instance)
}
