/** A socket unit in memory, and the states it goes through. Mirrors src/core/socket.c (v255; v262 for `deferred`). */

import type { ActiveState } from '../systemd/unit.ts'
import type { SocketSection } from '../systemd/unit-config.ts'
import type { Timer } from './clock.ts'
import { disarm } from './clock.ts'
import type { Manager } from './manager.ts'
import type { Process } from './process.ts'
import { newRateLimit, type RateLimit } from './ratelimit.ts'
import { type SocketPort, socketCloseFds, socketUnwatchFds } from './socket-port.ts'
import { unitStateChanged } from './unit.ts'
import { Unit } from './unit-vtable.ts'

export type SocketState =
  | 'dead'
  | 'start-pre'
  | 'start-open'
  | 'start-chown'
  | 'start-post'
  | 'listening'
  | 'deferred'
  | 'running'
  | 'stop-pre'
  | 'stop-pre-sigterm'
  | 'stop-pre-sigkill'
  | 'stop-post'
  | 'final-sigterm'
  | 'final-sigkill'
  | 'failed'

export type SocketResult =
  | 'success'
  | 'resources'
  | 'timeout'
  | 'exit-code'
  | 'signal'
  | 'core-dump'
  | 'start-limit-hit'
  | 'trigger-limit-hit'
  | 'service-start-limit-hit'

/** The command that runs, and what comes after it. */
export interface SocketControl {
  readonly setting: keyof SocketSection['exec'] | 'ExecStartChown'
  readonly index: number
  readonly process: Process
}

export class Socket extends Unit {
  state: SocketState = 'dead'
  result: SocketResult = 'success'
  ports: SocketPort[] = []
  control: SocketControl | null = null
  timer: Timer | null = null
  triggerLimit: RateLimit = newRateLimit(0, 0)
  nAccepted = 0
  /** Accept=yes: instances that hold a connection. */
  readonly connections: Set<Unit> = new Set()
}

export const SOCKET_ACTIVE_STATE: Readonly<Record<SocketState, ActiveState>> = {
  dead: 'inactive',
  'start-pre': 'activating',
  'start-open': 'activating',
  'start-chown': 'activating',
  'start-post': 'activating',
  listening: 'active',
  deferred: 'active',
  running: 'active',
  'stop-pre': 'deactivating',
  'stop-pre-sigterm': 'deactivating',
  'stop-pre-sigkill': 'deactivating',
  'stop-post': 'deactivating',
  'final-sigterm': 'deactivating',
  'final-sigkill': 'deactivating',
  failed: 'failed',
}

const WITH_PROCESS: readonly SocketState[] = [
  'start-pre',
  'start-chown',
  'start-post',
  'stop-pre',
  'stop-pre-sigterm',
  'stop-pre-sigkill',
  'stop-post',
  'final-sigterm',
  'final-sigkill',
]
const WITH_OPEN_FDS: readonly SocketState[] = [
  'start-open',
  'start-chown',
  'start-post',
  'listening',
  'deferred',
  'running',
  'stop-pre',
  'stop-pre-sigterm',
  'stop-pre-sigkill',
]

export const isStarting = ({ state }: Socket): boolean =>
  state === 'start-pre' || state === 'start-open' || state === 'start-chown' || state === 'start-post'

export const isStopping = ({ state }: Socket): boolean => SOCKET_ACTIVE_STATE[state] === 'deactivating'

const hasProcess = ({ state }: Socket): boolean => WITH_PROCESS.includes(state)

/** Mirrors socket_set_state(). */
export function socketSetState(m: Manager, s: Socket, state: SocketState): void {
  const old = s.state
  s.state = state
  if (!hasProcess(s) && state !== 'deferred') s.timer = disarm(s.timer)
  if (!hasProcess(s)) s.control = null
  if (state !== 'listening') socketUnwatchFds(s)
  if (!WITH_OPEN_FDS.includes(state)) socketCloseFds(m, s)
  if (state !== 'deferred') m.stopNotifyQueue.delete(s)
  unitStateChanged(m, s, old, SOCKET_ACTIVE_STATE[old])
}
