/** What a socket unit listens on, and who waits there to be let in. Mirrors src/core/socket.c (v255). */

import type { SocketListener } from '../systemd/unit-config.ts'
import type { Timer } from './clock.ts'
import { disarm } from './clock.ts'
import type { Manager } from './manager.ts'
import { newRateLimit, type RateLimit, ratelimitBelow, ratelimitEnd, ratelimitReset } from './ratelimit.ts'
import { socketVTable } from './socket.ts'
import type { Socket } from './socket-state.ts'
import { isOf } from './unit-vtable.ts'

export interface SocketPort {
  readonly listener: SocketListener
  open: boolean
  /** Connections, or messages, that nobody has taken yet. */
  backlog: number
  watched: boolean
  /** The report of traffic that is under way to the manager. */
  queued: object | null
  pollLimit: RateLimit
  /** Since v255: not polled until this fires. */
  offline: Timer | null
}

const samePort = (a: SocketListener, b: SocketListener) => a.kind === b.kind && a.address === b.address

/** Mirrors config_parse_socket_listen() and, after daemon-reload, what keeps file descriptors open. */
export function socketPorts(s: Socket): SocketPort[] {
  const { listeners = [], pollLimitIntervalUsec = 0, pollLimitBurst = 0 } = s.config.socket ?? {}
  return listeners.map((listener) => {
    const before = s.ports.find((port) => samePort(port.listener, listener))
    return {
      listener,
      open: before?.open ?? false,
      backlog: before?.backlog ?? 0,
      watched: false,
      queued: null,
      pollLimit: newRateLimit(pollLimitIntervalUsec, pollLimitBurst),
      offline: null,
    }
  })
}

const isPath = ({ address }: SocketListener): boolean => address.startsWith('/')

/**
 * Mirrors socket_open_fds(). Null, or what the kernel says to which address. Differs: of programs that listen somewhere
 * by themselves nothing is known, and everything else goes well.
 */
export function socketOpenFds(m: Manager, s: Socket): { readonly address: string; readonly error: string } | null {
  for (const port of s.ports) {
    if (port.open) continue
    const { listener } = port
    const { address } = listener
    const error = isPath(listener)
      ? pathRefused(m, listener)
      : addressIsTaken(m, s, listener) && 'Address already in use'
    if (error) return { address, error }
    if (isPath(listener)) m.files.makeSpecial(address)
    port.open = true
    port.backlog = 0
  }
  return null
}

/** What bind(2) and mkfifo(3) say where nobody can make a file; a special one is only opened. */
function pathRefused(m: Manager, { kind, address }: SocketListener): string | false {
  if (m.files.isBelowFile(address)) return 'Not a directory'
  return kind !== 'Special' && address.startsWith('/proc/') && 'No such file or directory'
}

/** By another socket, or by a process that outlived its service and still has what a socket passed on to it. */
function addressIsTaken(m: Manager, s: Socket, listener: SocketListener): boolean {
  for (const { request } of m.processes.byPid.values()) {
    if (request.listeners?.some((other) => samePort(other, listener))) return true
  }
  for (const u of m.units.values()) {
    if (u === s || !isOf(u, socketVTable)) continue
    if (u.ports.some((port) => port.open && samePort(port.listener, listener))) return true
  }
  return false
}

/** Mirrors socket_close_fds(): who waited is sent away. */
export function socketCloseFds(m: Manager, s: Socket): void {
  for (const port of s.ports) {
    const wasOpen = port.open
    unwatch(port)
    port.open = false
    port.backlog = 0
    port.offline = disarm(port.offline)
    ratelimitReset(port.pollLimit)
    if (wasOpen && s.config.socket?.removeOnStop && isPath(port.listener)) m.files.remove(port.listener.address)
  }
}

/** Mirrors flush_ports(). */
export function flushPorts(s: Socket): void {
  for (const port of s.ports) port.backlog = 0
}

/**
 * Mirrors socket_watch_fds(). `dispatch` is called once for each report of traffic, as an event of its own. The poll
 * limit begins anew each time, so it is of no use to sockets that stop listening while their service runs.
 */
export function socketWatchFds(m: Manager, s: Socket, dispatch: (port: SocketPort) => void): void {
  for (const port of s.ports) {
    if (!port.open) continue
    port.watched = true
    port.offline = disarm(port.offline)
    ratelimitReset(port.pollLimit)
    socketPoll(m, port, dispatch)
  }
}

/** Mirrors socket_unwatch_fds(). */
export function socketUnwatchFds(s: Socket): void {
  for (const port of s.ports) unwatch(port)
}

function unwatch(port: SocketPort): void {
  port.watched = false
  port.queued = null
}

/** Mirrors the event loop's level-triggered polling of one listener, and its rate limit. */
export function socketPoll(m: Manager, port: SocketPort, dispatch: (port: SocketPort) => void): void {
  if (!port.watched || port.backlog === 0 || port.queued || port.offline) return
  const queued = {}
  port.queued = queued
  m.pending.push(() => {
    if (port.queued !== queued) return
    port.queued = null
    if (m.features.socketPollLimit && !ratelimitBelow(port.pollLimit, m.clock.now)) {
      goOffline(m, port, dispatch)
      return
    }
    dispatch(port)
    socketPoll(m, port, dispatch)
  })
}

/** Mirrors event_source_enter_ratelimited() and event_source_leave_ratelimit(), src/libsystemd/sd-event/sd-event.c. */
function goOffline(m: Manager, port: SocketPort, dispatch: (port: SocketPort) => void): void {
  const online = (): void => {
    port.offline = null
    ratelimitReset(port.pollLimit)
    socketPoll(m, port, dispatch)
  }
  port.offline = m.clock.armTimer(ratelimitEnd(port.pollLimit, m.clock.now), online, 1)
}
