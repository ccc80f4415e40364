/** Socket units: how they come up and go down. Mirrors src/core/socket.c (v255; v262 for start-open). */

import type { ExecCommand, SocketSection } from '../systemd/unit-config.ts'
import { disarm } from './clock.ts'
import { unitKillContext } from './kill.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Process } from './process.ts'
import { processSpawn } from './process.ts'
import { EXIT_GROUP, EXIT_USER, SAID_TO_BE_MISSING } from './process-exec.ts'
import type { ProcessExit } from './process-exit.ts'
import { resultOfExit, unitLogProcessExit } from './process-exit.ts'
import { ratelimitReconfigured } from './ratelimit.ts'
import { flushPorts, socketOpenFds, socketPorts } from './socket-port.ts'
import {
  isStarting,
  isStopping,
  SOCKET_ACTIVE_STATE,
  Socket,
  type SocketResult,
  socketSetState,
} from './socket-state.ts'
import { socketDispatchTimer } from './socket-timer.ts'
import {
  socketConnectionUnref,
  socketService,
  socketServiceIsActive,
  socketServiceRuns,
  socketStopNotify,
  watchSocket,
} from './socket-traffic.ts'
import { unitLogFailure, unitLogSuccess } from './unit.ts'
import { unitWarnLeftoverProcessesAtStart, unitWarnLeftoverProcessesAtStop } from './unit-left-over.ts'
import { testInStart, testStartable } from './unit-trigger.ts'
import type { JobMessages, Outcome, Unit, UnitVTable } from './unit-vtable.ts'

const commandsOf = (s: Socket, setting: keyof SocketSection['exec']): readonly ExecCommand[] =>
  s.config.socket?.exec[setting] ?? []

/** Mirrors socket_arm_timer(). */
export function socketArmTimer(m: Manager, s: Socket, atUsec: number): void {
  disarm(s.timer)
  s.timer = m.clock.armTimer(atUsec, () => socketDispatchTimer(m, s))
}

/** Mirrors socket_spawn(). False if there is no such command. */
function socketSpawn(m: Manager, s: Socket, setting: keyof SocketSection['exec'], index: number): boolean {
  const command = commandsOf(s, setting)[index]
  if (!command) return false
  socketArmTimer(m, s, m.clock.now + (s.config.socket?.timeoutUsec ?? Number.POSITIVE_INFINITY))
  s.control = { setting, index, process: processSpawn(m, { unit: s, role: 'control', setting, index, command }) }
  return true
}

/** Mirrors socket_enter_dead(). */
export function socketEnterDead(m: Manager, s: Socket, f: SocketResult): void {
  const limit = f === 'start-limit-hit' || f === 'service-start-limit-hit'
  if (s.result === 'success' || (limit && m.features.startLimitOverridesResult)) s.result = f
  if (s.result === 'success') unitLogSuccess(m, s)
  else unitLogFailure(m, s, s.result)
  unitWarnLeftoverProcessesAtStop(m, s)
  socketSetState(m, s, s.result === 'success' ? 'dead' : 'failed')
}

/** Mirrors socket_enter_stop_post(). */
export function socketEnterStopPost(m: Manager, s: Socket, f: SocketResult): void {
  if (s.result === 'success') s.result = f
  s.control = null
  if (socketSpawn(m, s, 'ExecStopPost', 0)) socketSetState(m, s, 'stop-post')
  else socketEnterSignal(m, s, 'final-sigterm', 'success')
}

type SignalState = 'stop-pre-sigterm' | 'stop-pre-sigkill' | 'final-sigterm' | 'final-sigkill'

/** Mirrors state_to_kill_operation(): v244 to v257 kill at once what runs before the socket is up. */
function stateToKillOperation(m: Manager, s: Socket, state: SignalState): 'restart' | 'terminate' | 'kill' {
  if (state === 'final-sigterm') return 'terminate'
  if (state !== 'stop-pre-sigterm') return 'kill'
  if (s.job?.type === 'restart' && m.features.socketKnowsRestartSignal) return 'restart'
  return m.features.socketKillsBeforeUp ? 'kill' : 'terminate'
}

/** Mirrors socket_enter_signal(). */
export function socketEnterSignal(m: Manager, s: Socket, state: SignalState, f: SocketResult): void {
  if (s.result === 'success') s.result = f
  if (unitKillContext(m, s, stateToKillOperation(m, s, state))) {
    socketArmTimer(m, s, m.clock.now + (s.config.socket?.timeoutUsec ?? Number.POSITIVE_INFINITY))
    socketSetState(m, s, state)
    return
  }
  switch (state) {
    case 'stop-pre-sigterm':
      socketEnterSignal(m, s, 'stop-pre-sigkill', 'success')
      break
    case 'stop-pre-sigkill':
      socketEnterStopPost(m, s, 'success')
      break
    case 'final-sigterm':
      socketEnterSignal(m, s, 'final-sigkill', 'success')
      break
    case 'final-sigkill':
      socketEnterDead(m, s, 'success')
      break
  }
}

/** Mirrors socket_enter_stop_pre(). */
export function socketEnterStopPre(m: Manager, s: Socket, f: SocketResult): void {
  if (s.result === 'success') s.result = f
  s.control = null
  if (socketSpawn(m, s, 'ExecStopPre', 0)) socketSetState(m, s, 'stop-pre')
  else socketEnterStopPost(m, s, 'success')
}

/** Mirrors socket_enter_listening(). */
function socketEnterListening(m: Manager, s: Socket): void {
  if (!s.config.socket?.accept && s.config.socket?.flushPending) flushPorts(s)
  watchSocket(m, s)
  socketSetState(m, s, 'listening')
}

/** Mirrors socket_enter_start_post(). */
function socketEnterStartPost(m: Manager, s: Socket): void {
  s.control = null
  if (socketSpawn(m, s, 'ExecStartPost', 0)) socketSetState(m, s, 'start-post')
  else socketEnterListening(m, s)
}

const CHOWN: ExecCommand = { path: '(sd-chown)', argv: ['(sd-chown)'], ignoreFailure: false, text: '' }

/** Mirrors socket_enter_start_open() (v258; part of the next step before). */
function socketEnterStartOpen(m: Manager, s: Socket): void {
  if (m.features.socketStartOpen) socketSetState(m, s, 'start-open')
  const refused = socketOpenFds(m, s)
  if (refused !== null) {
    logUnit(m, s, 'socket-create-failed', refused)
    logUnit(m, s, 'socket-listen-failed', { error: refused.error })
    socketEnterStopPre(m, s, 'resources')
    return
  }
  socketEnterStartChown(m, s)
}

/** Mirrors socket_chown(). Differs: user and group exist unless their names say otherwise. */
const exitOfChown = ({ user = '', group = '' }: SocketSection): number =>
  SAID_TO_BE_MISSING.test(user) ? EXIT_USER : SAID_TO_BE_MISSING.test(group) ? EXIT_GROUP : 0

/** Mirrors socket_enter_start_chown(). */
function socketEnterStartChown(m: Manager, s: Socket): void {
  const { socket } = s.config
  if (socket?.user === undefined && socket?.group === undefined) {
    socketEnterStartPost(m, s)
    return
  }
  socketArmTimer(m, s, m.clock.now + socket.timeoutUsec)
  const setting = 'ExecStartChown'
  const program = { kind: 'exit', status: exitOfChown(socket) } as const
  const process = processSpawn(m, { unit: s, role: 'control', setting, index: 0, command: CHOWN, program })
  s.control = { setting, index: 0, process }
  socketSetState(m, s, 'start-chown')
}

/** Mirrors socket_enter_start_pre(). */
function socketEnterStartPre(m: Manager, s: Socket): void {
  s.control = null
  unitWarnLeftoverProcessesAtStart(m, s)
  if (socketSpawn(m, s, 'ExecStartPre', 0)) socketSetState(m, s, 'start-pre')
  else socketEnterStartOpen(m, s)
}

/** Whether there is a service that the socket could start. */
function serviceIsReady(m: Manager, s: Socket): 'ok' | Outcome {
  const service = socketService(m, s)
  if (!service) return 'ok'
  if (service.loadState !== 'loaded') {
    logUnit(m, s, 'socket-service-not-loaded', { service: service.id })
    return 'ENOENT'
  }
  if (socketServiceIsActive(m, service, false)) {
    logUnit(m, s, 'socket-service-active', { service: service.id })
    return 'EBUSY'
  }
  return 'ok'
}

const tests = (m: Manager, s: Socket) =>
  [m, s, () => serviceIsReady(m, s), () => socketEnterDead(m, s, 'start-limit-hit')] as const

/** Mirrors socket_test_startable() (v259; socket_can_start() since v250). */
function socketTestStartable(m: Manager, s: Socket): 'ok' | Outcome {
  if (m.features.startLimitAfterStartable && isStarting(s)) return 'underway'
  return testStartable(...tests(m, s))
}

/** Mirrors socket_start(). */
function socketStart(m: Manager, s: Socket): Outcome {
  if (isStopping(s)) return 'EAGAIN'
  if (isStarting(s)) return 'underway'
  const outcome = testInStart(...tests(m, s))
  if (outcome !== 'ok') return outcome
  s.result = 'success'
  socketEnterStartPre(m, s)
  return 'begun'
}

/** Mirrors socket_stop(). */
function socketStop(m: Manager, s: Socket): Outcome {
  if (isStopping(s)) return 'underway'
  if (isStarting(s)) {
    socketEnterSignal(m, s, 'stop-pre-sigterm', 'success')
    return 'EAGAIN'
  }
  socketEnterStopPre(m, s, 'success')
  return 'begun'
}

/** Mirrors socket_sigchld_event(). */
function socketSigchldEvent(m: Manager, s: Socket, process: Process, exit: ProcessExit): void {
  const { control } = s
  if (control?.process !== process) return
  const f = process.request.command.ignoreFailure ? 'success' : resultOfExit(exit)
  s.control = null
  unitLogProcessExit(m, s, 'Control', exit, f === 'success')
  if (s.result === 'success') s.result = f
  const { setting, index } = control
  if (f === 'success' && setting !== 'ExecStartChown' && socketSpawn(m, s, setting, index + 1)) return
  afterLastCommand(m, s, f)
}

/** Mirrors the switch at the end of socket_sigchld_event(). */
function afterLastCommand(m: Manager, s: Socket, f: SocketResult): void {
  const done = f === 'success'
  switch (s.state) {
    case 'start-pre':
      if (done) socketEnterStartOpen(m, s)
      else socketEnterSignal(m, s, 'final-sigterm', f)
      break
    case 'start-chown':
      if (done) socketEnterStartPost(m, s)
      else socketEnterStopPre(m, s, f)
      break
    case 'start-post':
      if (done) socketEnterListening(m, s)
      else socketEnterStopPre(m, s, f)
      break
    case 'stop-pre':
    case 'stop-pre-sigterm':
    case 'stop-pre-sigkill':
      socketEnterStopPost(m, s, f)
      break
    case 'stop-post':
    case 'final-sigterm':
    case 'final-sigkill':
      socketEnterDead(m, s, f)
      break
    case 'dead':
    case 'start-open':
    case 'listening':
    case 'deferred':
    case 'running':
    case 'failed':
      // Without a command.
      break
  }
}

/** Mirrors socket_trigger_notify(). Differs: an instance gives its connection back here, and not by itself. */
function socketTriggerNotify(m: Manager, s: Socket, other: Unit): void {
  socketConnectionUnref(s, other)
  if (m.reloading || (s.state !== 'running' && s.state !== 'listening' && s.state !== 'deferred')) return
  if (m.features.triggerNotifyLoadedOnly && other.loadState !== 'loaded') return
  if (s.config.socket?.accept) return
  if (other.startLimitHit) {
    socketEnterStopPre(m, s, 'service-start-limit-hit')
    return
  }
  if (other.job) return
  if (!socketServiceIsActive(m, other, true)) socketEnterListening(m, s)
  if (other.vtable.subState(other) !== 'running') return
  socketSetState(m, s, 'running')
  socketServiceRuns(m, s)
}

/** Mirrors socket_load(), and deserialization where there was something before. */
function socketLoad(m: Manager, s: Socket): void {
  const { triggerLimitIntervalUsec = 0, triggerLimitBurst = 0 } = s.config.socket ?? {}
  s.ports = socketPorts(s)
  s.triggerLimit = ratelimitReconfigured(m.features, s.triggerLimit, triggerLimitIntervalUsec, triggerLimitBurst)
}

/** Mirrors socket_coldplug(). */
function socketColdplug(m: Manager, s: Socket): void {
  const state = s.state === 'deferred' ? 'listening' : s.state
  if (state === 'dead') return
  s.state = 'dead'
  if (s.control) socketArmTimer(m, s, s.stateChangeUsec + (s.config.socket?.timeoutUsec ?? Number.POSITIVE_INFINITY))
  if (isOpenState(state)) {
    const open = s.ports.filter((port) => port.open).length
    if (open === 0) logUnit(m, s, 'socket-not-functional')
    else if (open < s.ports.length) logUnit(m, s, 'socket-not-fully-functional')
  }
  if (state === 'listening') watchSocket(m, s)
  socketSetState(m, s, state)
}

const isOpenState = (state: Socket['state']): boolean =>
  state === 'start-chown' || state === 'start-post' || SOCKET_ACTIVE_STATE[state] === 'active'

/** Mirrors socket_reset_failed(). */
function socketResetFailed(m: Manager, s: Socket): void {
  if (s.state === 'failed') socketSetState(m, s, 'dead')
  s.result = 'success'
}

const JOB_MESSAGES: JobMessages = {
  'start done': 'job-started-socket',
  'start failed': 'job-start-failed-socket',
  'stop done': 'job-stopped-socket',
  'stop failed': 'job-stop-failed-socket',
}

export const socketVTable: UnitVTable<Socket> = {
  type: 'socket',
  object: Socket,
  load: socketLoad,
  activeState: (u) => SOCKET_ACTIVE_STATE[u.state],
  subState: (u) => u.state,
  start: socketStart,
  stop: socketStop,
  testStartable: socketTestStartable,
  triggerNotify: socketTriggerNotify,
  stopNotify: socketStopNotify,
  sigchldEvent: socketSigchldEvent,
  resetFailed: socketResetFailed,
  coldplug: socketColdplug,
  result: (u) => u.result,
  controlProcess: (u) => u.control?.process ?? null,
  canTrigger: true,
  jobMessages: () => JOB_MESSAGES,
  mayGc: (u) => u.connections.size === 0,
  done: (_, u) => {
    u.timer = disarm(u.timer)
  },
}
