/** Swap units. Mirrors src/core/swap.c (v255). Differs: no two units stand for the same device. */

import type { ActiveState } from '../systemd/unit.ts'
import { escapePath } from '../systemd/unit.ts'
import type { ExecCommand } from '../systemd/unit-config.ts'
import type { Timer } from './clock.ts'
import { disarm } from './clock.ts'
import { unitKillContext } from './kill.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Process } from './process.ts'
import { processSpawn } from './process.ts'
import type { ProcessExit } from './process-exit.ts'
import { resultOfExit, unitLogProcessExit } from './process-exit.ts'
import { unitActiveState, unitLogFailure, unitLogSuccess, unitStateChanged } from './unit.ts'
import { alwaysReady, testInStart, testStartable } from './unit-trigger.ts'
import { type JobMessages, type Outcome, Unit, type UnitVTable } from './unit-vtable.ts'

export type SwapState =
  | 'dead'
  | 'activating'
  | 'activating-done'
  | 'active'
  | 'deactivating'
  | 'deactivating-sigterm'
  | 'deactivating-sigkill'
  | 'failed'
export type SwapResult = 'success' | 'resources' | 'timeout' | 'exit-code' | 'signal' | 'core-dump' | 'start-limit-hit'

class Swap extends Unit {
  state: SwapState = 'dead'
  result: SwapResult = 'success'
  /** /proc/swaps has it: from_proc_swaps. */
  isActive = false
  control: Process | null = null
  timer: Timer | null = null
}

const ACTIVE_STATE: Readonly<Record<SwapState, ActiveState>> = {
  dead: 'inactive',
  activating: 'activating',
  'activating-done': 'active',
  active: 'active',
  deactivating: 'deactivating',
  'deactivating-sigterm': 'deactivating',
  'deactivating-sigkill': 'deactivating',
  failed: 'failed',
}

const whatOf = (s: Swap): string => s.config.swap?.what ?? ''
const timeoutOf = (s: Swap): number => s.config.swap?.timeoutUsec ?? Number.POSITIVE_INFINITY

function swapArmTimer(m: Manager, s: Swap, atUsec: number): void {
  disarm(s.timer)
  s.timer = m.clock.armTimer(atUsec, () => swapDispatchTimer(m, s))
}

/** Mirrors swap_set_state(). */
function swapSetState(m: Manager, s: Swap, state: SwapState): void {
  const old = s.state
  s.state = state
  if (state === 'dead' || state === 'active' || state === 'failed') {
    s.timer = disarm(s.timer)
    s.control = null
  }
  unitStateChanged(m, s, old, ACTIVE_STATE[old])
}

/** Mirrors swap_enter_dead(). */
function swapEnterDead(m: Manager, s: Swap, f: SwapResult): void {
  if (s.result === 'success' || (f === 'start-limit-hit' && m.features.startLimitOverridesResult)) s.result = f
  if (s.result === 'success') unitLogSuccess(m, s)
  else unitLogFailure(m, s, s.result)
  swapSetState(m, s, s.result === 'success' ? 'dead' : 'failed')
}

/** Mirrors swap_enter_active() and swap_enter_dead_or_active(). */
function swapEnterDeadOrActive(m: Manager, s: Swap, f: SwapResult): void {
  if (!s.isActive) {
    swapEnterDead(m, s, f)
    return
  }
  if (s.result === 'success') s.result = f
  swapSetState(m, s, 'active')
}

/** Mirrors swap_spawn(). Differs: a file or a device has to be there, and then all goes well. */
function swapSpawn(m: Manager, s: Swap, setting: 'ExecActivate' | 'ExecDeactivate'): void {
  const path = setting === 'ExecActivate' ? '/usr/sbin/swapon' : '/usr/sbin/swapoff'
  const argv = [path, whatOf(s)]
  const command: ExecCommand = { path, argv, ignoreFailure: false, text: argv.join(' ') }
  const device = m.units.get(`${escapePath(whatOf(s))}.device`)
  const there = m.files.exists(whatOf(s)) || (device !== undefined && unitActiveState(device) === 'active')
  const program = { kind: 'exit', status: setting === 'ExecDeactivate' || there ? 0 : EXIT_SWAPON } as const
  swapArmTimer(m, s, m.clock.now + timeoutOf(s))
  s.control = processSpawn(m, { unit: s, role: 'control', setting, index: 0, command, program })
}

/** swapon(8): it failed. */
const EXIT_SWAPON = 255

/** Mirrors swap_enter_signal(). */
function swapEnterSignal(
  m: Manager,
  s: Swap,
  state: 'deactivating-sigterm' | 'deactivating-sigkill',
  f: SwapResult,
): void {
  if (s.result === 'success') s.result = f
  const gently = s.job?.type === 'restart' ? 'restart' : 'terminate'
  if (unitKillContext(m, s, state === 'deactivating-sigterm' ? gently : 'kill')) {
    swapArmTimer(m, s, m.clock.now + timeoutOf(s))
    swapSetState(m, s, state)
  } else if (state === 'deactivating-sigterm' && s.config.kill.sendSigkill) {
    swapEnterSignal(m, s, 'deactivating-sigkill', 'success')
  } else swapEnterDeadOrActive(m, s, 'success')
}

const tests = (m: Manager, s: Swap) => [m, s, alwaysReady, () => swapEnterDead(m, s, 'start-limit-hit')] as const

/** Mirrors swap_test_startable() (v259; swap_can_start() since v250). */
function swapTestStartable(m: Manager, s: Swap): 'ok' | Outcome {
  if (m.features.startLimitAfterStartable && s.state === 'activating') return 'underway'
  return testStartable(...tests(m, s))
}

/** Mirrors swap_start() and swap_enter_activating(). */
function swapStart(m: Manager, s: Swap): Outcome {
  if (ACTIVE_STATE[s.state] === 'deactivating') return 'EAGAIN'
  if (s.state === 'activating') return 'underway'
  const outcome = testInStart(...tests(m, s))
  if (outcome !== 'ok') return outcome
  s.result = 'success'
  swapSpawn(m, s, 'ExecActivate')
  swapSetState(m, s, 'activating')
  return 'begun'
}

/** Mirrors swap_stop() and swap_enter_deactivating(). */
function swapStop(m: Manager, s: Swap): Outcome {
  if (ACTIVE_STATE[s.state] === 'deactivating') return 'underway'
  if (s.state === 'activating' || s.state === 'activating-done') {
    swapEnterSignal(m, s, 'deactivating-sigterm', 'success')
    return 'underway'
  }
  swapSpawn(m, s, 'ExecDeactivate')
  swapSetState(m, s, 'deactivating')
  return 'begun'
}

/** Mirrors swap_sigchld_event(), with the change of /proc/swaps just before it. */
function swapSigchldEvent(m: Manager, s: Swap, process: Process, exit: ProcessExit): void {
  if (s.control !== process) return
  const f = resultOfExit(exit)
  if (f === 'success') s.isActive = process.request.setting === 'ExecActivate'
  if (s.isActive && s.state === 'activating') swapSetState(m, s, 'activating-done')
  s.control = null
  if (s.result === 'success') s.result = f
  unitLogProcessExit(m, s, 'Swap', exit, f === 'success')
  swapEnterDeadOrActive(m, s, f)
}

/** Mirrors swap_dispatch_timer(). */
function swapDispatchTimer(m: Manager, s: Swap): void {
  s.timer = null
  const { sendSigkill } = s.config.kill
  switch (s.state) {
    case 'activating':
    case 'activating-done':
      logUnit(m, s, 'swap-activation-timed-out')
      swapEnterSignal(m, s, 'deactivating-sigterm', 'timeout')
      break
    case 'deactivating':
      logUnit(m, s, 'swap-deactivation-timed-out')
      swapEnterSignal(m, s, 'deactivating-sigterm', 'timeout')
      break
    case 'deactivating-sigterm':
      logUnit(m, s, sendSigkill ? 'swap-process-timed-out-killing' : 'swap-process-timed-out-skipping')
      if (sendSigkill) swapEnterSignal(m, s, 'deactivating-sigkill', 'timeout')
      else swapEnterDeadOrActive(m, s, 'timeout')
      break
    case 'deactivating-sigkill':
      logUnit(m, s, 'swap-process-still-around')
      swapEnterDeadOrActive(m, s, 'timeout')
      break
    case 'dead':
    case 'active':
    case 'failed':
      // Without a timer.
      break
  }
}

/** Mirrors swap_coldplug(). */
function swapColdplug(m: Manager, s: Swap): void {
  const { state } = s
  if (state === 'dead') return
  s.state = 'dead'
  if (s.control) swapArmTimer(m, s, s.stateChangeUsec + timeoutOf(s))
  swapSetState(m, s, state)
}

/** Mirrors swap_reset_failed(). */
function swapResetFailed(m: Manager, s: Swap): void {
  if (s.state === 'failed') swapSetState(m, s, 'dead')
  s.result = 'success'
}

const JOB_MESSAGES: JobMessages = {
  start: 'job-starting-swap',
  stop: 'job-stopping-swap',
  'start done': 'job-started-swap',
  'start failed': 'job-start-failed-swap',
  'start timeout': 'job-start-timeout-swap',
  'stop done': 'job-stopped-swap',
  'stop failed': 'job-stop-failed-swap',
  'stop timeout': 'job-stop-timeout-swap',
}

export const swapVTable: UnitVTable<Swap> = {
  type: 'swap',
  object: Swap,
  activeState: (u) => ACTIVE_STATE[u.state],
  subState: (u) => u.state,
  start: swapStart,
  stop: swapStop,
  testStartable: swapTestStartable,
  sigchldEvent: swapSigchldEvent,
  resetFailed: swapResetFailed,
  coldplug: swapColdplug,
  result: (u) => u.result,
  controlProcess: (u) => u.control,
  mayGc: (u) => !u.isActive,
  jobMessages: () => JOB_MESSAGES,
  done: (_, u) => {
    u.timer = disarm(u.timer)
  },
}
