/** Mount units. Mirrors src/core/mount.c (v255). */

import { isBindMount } from '../systemd/load-extras.ts'
import { parentOf } from '../systemd/path-util.ts'
import type { ExecCommand, MountSection } from '../systemd/unit-config.ts'
import { disarm } from './clock.ts'
import { unitKillContext } from './kill.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import {
  MOUNT_ACTIVE_STATE,
  Mount,
  type MountResult,
  mountEnterDead,
  mountEnterDeadOrMounted,
  mountEnterMounted,
  mountSetReloadResult,
  mountSetState,
} from './mount-state.ts'
import { mountAppears, mountCanSucceed, mountVanishes } from './mount-table.ts'
import { mountDispatchTimer } from './mount-timer.ts'
import type { Process } from './process.ts'
import { processKill, processSpawn } from './process.ts'
import { mountIsBusy } from './process-chdir.ts'
import type { ProcessExit } from './process-exit.ts'
import { resultOfExit, unitLogProcessExit } from './process-exit.ts'
import { alwaysReady, testInStart, testStartable } from './unit-trigger.ts'
import type { JobMessages, Outcome, UnitVTable } from './unit-vtable.ts'

type MountExec = 'ExecMount' | 'ExecUnmount' | 'ExecRemount'

/** What is left of a mount whose file is gone. */
const NOTHING: MountSection = {
  what: '',
  where: '/',
  fsType: '',
  options: [],
  timeoutUsec: Number.POSITIVE_INFINITY,
  lazyUnmount: false,
  forceUnmount: false,
}

const sectionOf = (u: Mount): MountSection => u.config.mount ?? NOTHING

function mountArmTimer(m: Manager, u: Mount, atUsec: number): void {
  disarm(u.timer)
  u.timer = m.clock.armTimer(atUsec, () => mountDispatchTimer(m, u))
}

/** Mirrors mount_spawn(). */
function mountSpawn(m: Manager, u: Mount, setting: MountExec): void {
  const { what, where, fsType, lazyUnmount } = sectionOf(u)
  const path = setting === 'ExecUnmount' ? '/usr/bin/umount' : '/usr/bin/mount'
  const argv = setting === 'ExecUnmount' ? [path, where, '-c'] : [path, what, where, ...(fsType ? ['-t', fsType] : [])]
  const command: ExecCommand = { path, argv, ignoreFailure: false, text: argv.join(' ') }
  const failed =
    (setting === 'ExecMount' && !mountCanSucceed(m, sectionOf(u))) ||
    (setting === 'ExecUnmount' && !lazyUnmount && mountIsBusy(m, u))
  const program = { kind: 'exit', status: failed ? EX_FAIL : 0 } as const
  mountArmTimer(m, u, m.clock.now + sectionOf(u).timeoutUsec)
  u.control = processSpawn(m, { unit: u, role: 'control', setting, index: 0, command, program })
}

/** mount(8): the mount failed. */
const EX_FAIL = 32

type SignalState = 'remounting-sigterm' | 'remounting-sigkill' | 'unmounting-sigterm' | 'unmounting-sigkill'
const KILL_OPERATION = {
  'remounting-sigterm': 'restart',
  'remounting-sigkill': 'kill',
  'unmounting-sigterm': 'terminate',
  'unmounting-sigkill': 'kill',
} as const

/** Mirrors mount_enter_signal(). */
export function mountEnterSignal(m: Manager, u: Mount, state: SignalState, f: MountResult): void {
  if (u.result === 'success') u.result = f
  const { sendSigkill } = u.config.kill
  if (unitKillContext(m, u, KILL_OPERATION[state])) {
    mountArmTimer(m, u, m.clock.now + sectionOf(u).timeoutUsec)
    mountSetState(m, u, state)
  } else if (state === 'remounting-sigterm' && sendSigkill) mountEnterSignal(m, u, 'remounting-sigkill', 'success')
  else if (state === 'remounting-sigterm' || state === 'remounting-sigkill') mountEnterMounted(m, u, 'success')
  else if (state === 'unmounting-sigterm' && sendSigkill) mountEnterSignal(m, u, 'unmounting-sigkill', 'success')
  else mountEnterDeadOrMounted(m, u, 'success')
}

/** Mirrors mount_enter_unmounting(). */
function mountEnterUnmounting(m: Manager, u: Mount): void {
  if (!u.state.startsWith('unmounting')) u.unmountAttempts = 0
  mountSpawn(m, u, 'ExecUnmount')
  mountSetState(m, u, 'unmounting')
}

/**
 * Mirrors mount_enter_mounting(). Differs: what is bound and is not there is a folder; mount and umount leave no
 * process behind.
 */
function mountEnterMounting(m: Manager, u: Mount): void {
  const section = sectionOf(u)
  const { what, where } = section
  if (m.files.resolve(where) !== where) {
    logUnit(m, u, 'mount-noncanonical', { where })
    logUnit(m, u, 'mount-task-failed', { task: 'mount', error: 'Too many levels of symbolic links' })
    mountEnterDeadOrMounted(m, u, 'resources')
    return
  }
  const isBind = isBindMount(section)
  const bindsFile = isBind && m.features.mountBindsFiles && m.files.kindOf(what) === 'file'
  m.files.mkdirParents(bindsFile ? parentOf(where) : where)
  if (bindsFile && !m.files.exists(where)) m.files.touch(where)
  if (!bindsFile && !m.files.isEmptyDirectory(where)) logUnit(m, u, 'mount-overmounting', { where })
  if (isBind) m.files.mkdirParents(what)
  mountSpawn(m, u, 'ExecMount')
  mountSetState(m, u, 'mounting')
}

const isBeingMounted = ({ state }: Mount): boolean => state === 'mounting' || state === 'mounting-done'

const tests = (m: Manager, u: Mount) => [m, u, alwaysReady, () => mountEnterDead(m, u, 'start-limit-hit')] as const

/** Mirrors mount_test_startable() (v259; mount_can_start() since v250). Differs: the mount table is read at once. */
function mountTestStartable(m: Manager, u: Mount): 'ok' | Outcome {
  if (m.features.startLimitAfterStartable && isBeingMounted(u)) return 'underway'
  return testStartable(...tests(m, u))
}

/** Mirrors mount_start(). */
function mountStart(m: Manager, u: Mount): Outcome {
  if (MOUNT_ACTIVE_STATE[u.state] === 'deactivating') return 'EAGAIN'
  if (isBeingMounted(u)) return 'underway'
  const outcome = testInStart(...tests(m, u))
  if (outcome !== 'ok') return outcome
  mountCycleClear(u)
  mountEnterMounting(m, u)
  return 'begun'
}

/** Mirrors mount_cycle_clear(). */
export function mountCycleClear(u: Mount): void {
  u.result = 'success'
  u.reloadResult = 'success'
}

/** Mirrors mount_stop(). */
function mountStop(m: Manager, u: Mount): Outcome {
  switch (u.state) {
    case 'unmounting':
    case 'unmounting-sigterm':
    case 'unmounting-sigkill':
      return 'underway'
    case 'mounting':
    case 'mounting-done':
      mountEnterSignal(m, u, 'unmounting-sigterm', 'success')
      return 'underway'
    case 'remounting':
    case 'remounting-sigterm':
    case 'remounting-sigkill':
      if (m.features.mountStopKillsRemount) break
      return stopRemount(m, u)
    case 'dead':
    case 'mounted':
    case 'failed':
      break
  }
  if (u.control) processKill(m, u.control, 'SIGKILL')
  mountEnterUnmounting(m, u)
  return 'begun'
}

/** Until v256: a remount on its way is stopped first, and then nothing is unmounted. */
function stopRemount(m: Manager, u: Mount): Outcome {
  if (u.state === 'remounting') mountEnterSignal(m, u, 'unmounting-sigterm', 'success')
  else mountSetState(m, u, u.state === 'remounting-sigterm' ? 'unmounting-sigterm' : 'unmounting-sigkill')
  return 'underway'
}

/** Mirrors mount_reload() and mount_enter_remounting(). */
function mountReload(m: Manager, u: Mount): Outcome {
  u.reloadResult = 'success'
  mountSpawn(m, u, 'ExecRemount')
  mountSetState(m, u, 'remounting')
  return 'begun'
}

/** Mirrors mount_sigchld_event(), the mount table's change just before it included. */
function mountSigchldEvent(m: Manager, u: Mount, process: Process, exit: ProcessExit): void {
  if (u.control !== process) return
  const f = resultOfExit(exit)
  const clean = f === 'success'
  if (clean && process.request.setting === 'ExecMount') mountAppears(m, u)
  if (clean && process.request.setting === 'ExecUnmount') mountVanishes(m, u)
  u.control = null
  const patched = m.features.mountKeepsLateResult && (u.state === 'mounting' || u.state === 'unmounting')
  if (MOUNT_ACTIVE_STATE[u.state] === 'reloading') mountSetReloadResult(u, f)
  else if (u.result === 'success' && !patched) u.result = f
  unitLogProcessExit(m, u, 'Mount', exit, clean)
  afterHelper(m, u, f)
}

const RETRY_UMOUNT_MAX = 32

function afterHelper(m: Manager, u: Mount, f: MountResult): void {
  switch (u.state) {
    case 'mounting':
      if (f === 'success') logUnit(m, u, 'mount-no-mount')
      mountEnterDead(m, u, f === 'success' ? 'protocol' : f)
      break
    case 'mounting-done':
      mountEnterMounted(m, u, f)
      break
    case 'unmounting':
      if (f === 'success' && u.isMounted) retryUnmount(m, u)
      else if (f === 'exit-code' && !u.isMounted && m.features.mountKeepsLateResult) {
        logUnit(m, u, 'mount-disappeared')
        mountEnterDead(m, u, 'success', true)
      } else mountEnterDeadOrMounted(m, u, f, true)
      break
    case 'remounting':
    case 'remounting-sigterm':
    case 'remounting-sigkill':
      mountEnterDeadOrMounted(m, u, 'success')
      break
    case 'unmounting-sigterm':
    case 'unmounting-sigkill':
      mountEnterDeadOrMounted(m, u, f)
      break
    case 'dead':
    case 'mounted':
    case 'failed':
      // Without a helper.
      break
  }
}

function retryUnmount(m: Manager, u: Mount): void {
  if (u.unmountAttempts < RETRY_UMOUNT_MAX) {
    u.unmountAttempts++
    mountEnterUnmounting(m, u)
    return
  }
  logUnit(m, u, 'mount-still-present', { n: u.unmountAttempts })
  mountEnterMounted(m, u, m.features.mountKeepsLateResult ? 'protocol' : 'success')
}

/** Mirrors mount_load() and mount_enumerate(): what is mounted when the manager comes up is active. */
function mountLoad(m: Manager, u: Mount): void {
  if (u.state !== 'dead' || u.loadState !== 'loaded' || !m.files.isMountPoint(sectionOf(u).where)) return
  u.isMounted = true
  u.state = 'mounted'
}

/** Mirrors mount_coldplug(). Differs: what was mounted before the story began stays out of it. */
function mountColdplug(m: Manager, u: Mount): void {
  const { state } = u
  if (state === 'dead') return
  u.state = 'dead'
  if (u.control) mountArmTimer(m, u, u.stateChangeUsec + sectionOf(u).timeoutUsec)
  mountSetState(m, u, state)
}

/** Mirrors mount_reset_failed(). */
function mountResetFailed(m: Manager, u: Mount): void {
  if (u.state === 'failed') mountSetState(m, u, 'dead')
  mountCycleClear(u)
}

const JOB_MESSAGES: JobMessages = {
  start: 'job-starting-mount',
  stop: 'job-stopping-mount',
  'start done': 'job-started-mount',
  'start failed': 'job-start-failed-mount',
  'start timeout': 'job-start-timeout-mount',
  'stop done': 'job-stopped-mount',
  'stop failed': 'job-stop-failed-mount',
  'stop timeout': 'job-stop-timeout-mount',
}

export const mountVTable: UnitVTable<Mount> = {
  type: 'mount',
  object: Mount,
  load: mountLoad,
  activeState: (u) => MOUNT_ACTIVE_STATE[u.state],
  subState: (u) => u.state,
  start: mountStart,
  stop: mountStop,
  reload: mountReload,
  testStartable: mountTestStartable,
  sigchldEvent: mountSigchldEvent,
  reloadSucceeded: (u) => u.reloadResult === 'success',
  resetFailed: mountResetFailed,
  coldplug: mountColdplug,
  result: (u) => u.result,
  controlProcess: (u) => u.control,
  mayGc: (u) => !u.isMounted,
  jobMessages: () => JOB_MESSAGES,
  done: (_, u) => {
    u.timer = disarm(u.timer)
  },
}
