/** Path units: waiting for a file, then starting a unit. Mirrors src/core/path.c (v255). */

import type { ActiveState } from '../systemd/unit.ts'
import { isInactiveOrDeactivating, isInactiveOrFailed } from '../systemd/unit.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { managerAddJob } from './manager-jobs.ts'
import {
  pathSpecCheckGood,
  pathSpecFdEvent,
  pathSpecUnwatch,
  pathSpecWatch,
  type WatchedPath,
  watchedPaths,
} from './path-spec.ts'
import { newRateLimit, type RateLimit, ratelimitBelow, ratelimitReconfigured } from './ratelimit.ts'
import { unitActiveState, unitLogFailure, unitLogSuccess, unitStateChanged, unitTrigger } from './unit.ts'
import {
  jobSetActivationDetails,
  testInStart,
  testStartable,
  unitStopPending,
  unitTestTriggerLoaded,
} from './unit-trigger.ts'
import { type Outcome, Unit, type UnitVTable } from './unit-vtable.ts'

export type PathState = 'dead' | 'waiting' | 'running' | 'failed'
export type PathResult = 'success' | 'resources' | 'start-limit-hit' | 'unit-start-limit-hit' | 'trigger-limit-hit'

class Path extends Unit {
  state: PathState = 'dead'
  result: PathResult = 'success'
  specs: WatchedPath[] = []
  triggerLimit: RateLimit = newRateLimit(0, 0)
  /** Until v245: a watch has reported something since the last start. */
  inotifyTriggered = false
  /** The re-check that waits for its turn in the event loop. */
  deferred: object | null = null
}

const ACTIVE_STATE: Readonly<Record<PathState, ActiveState>> = {
  dead: 'inactive',
  waiting: 'active',
  running: 'active',
  failed: 'failed',
}

const NOT_A_DIRECTORY = 'Not a directory'

const isWatching = (p: Path) => p.state === 'waiting' || p.state === 'running'

/** Whether the unit that it starts counts as gone. */
function isDown(m: Manager, trigger: Unit): boolean {
  const state = unitActiveState(trigger)
  return m.features.pathDeactivatingIsDown ? isInactiveOrDeactivating(state) : isInactiveOrFailed(state)
}

/** Mirrors path_set_state(). */
function pathSetState(m: Manager, p: Path, state: PathState): void {
  const old = p.state
  p.state = state
  const unwatch = m.features.pathRechecks
    ? !isWatching(p)
    : state !== 'waiting' && (state !== 'running' || p.inotifyTriggered)
  if (unwatch) pathUnwatch(m, p)
  unitStateChanged(m, p, old, ACTIVE_STATE[old])
}

function pathUnwatch(m: Manager, p: Path): void {
  for (const s of p.specs) pathSpecUnwatch(m, s)
}

/** Mirrors path_watch(). False if one of them cannot be watched. */
function pathWatch(m: Manager, p: Path): boolean {
  return p.specs.every((s) => pathSpecWatch(m, s, () => pathDispatchIo(m, p, s)))
}

/** Mirrors path_enter_dead(). */
function pathEnterDead(m: Manager, p: Path, f: PathResult): void {
  const limit = f === 'start-limit-hit' || f === 'unit-start-limit-hit'
  if (p.result === 'success' || (limit && m.features.startLimitOverridesResult)) p.result = f
  if (p.result === 'success') unitLogSuccess(m, p)
  else unitLogFailure(m, p, p.result)
  pathSetState(m, p, p.result === 'success' ? 'dead' : 'failed')
}

/** Mirrors path_enter_running(). */
function pathEnterRunning(m: Manager, p: Path, triggerPath: string): void {
  if (unitStopPending(p)) return
  if (m.features.pathTriggerLimit && !ratelimitBelow(p.triggerLimit, m.clock.now)) {
    logUnit(m, p, 'trigger-limit-hit')
    pathEnterDead(m, p, 'trigger-limit-hit')
    return
  }
  const trigger = unitTrigger(p)
  if (!trigger) {
    logUnit(m, p, 'trigger-vanished')
    pathEnterDead(m, p, 'resources')
    return
  }
  const added = managerAddJob(m, 'start', trigger, 'replace')
  if ('error' in added) {
    logUnit(m, p, 'trigger-queue-failed', { error: added.error.message })
    pathEnterDead(m, p, 'resources')
    return
  }
  jobSetActivationDetails(added.job, p, { TRIGGER_PATH: triggerPath })
  p.inotifyTriggered = false
  if (m.features.pathWatchesWhileRunning && !pathWatch(m, p)) {
    logUnit(m, p, 'trigger-queue-failed', { error: NOT_A_DIRECTORY })
    pathEnterDead(m, p, 'resources')
    return
  }
  pathSetState(m, p, 'running')
  if (!m.features.pathWatchesWhileRunning) pathUnwatch(m, p)
}

/** Mirrors path_check_good(): the path that it has found, or null. */
function pathCheckGood(m: Manager, p: Path, initial: boolean, fromNotify: boolean): string | null {
  const good = p.specs.find((s) => pathSpecCheckGood(m, s, initial, fromNotify))
  if (!good) return null
  return good.kind === 'PathExistsGlob' ? (m.files.glob(good.path)[0] ?? null) : good.path
}

/** Mirrors path_enter_waiting(). `recheck` is always true since v246. */
function pathEnterWaiting(m: Manager, p: Path, initial: boolean, fromNotify: boolean, recheck = true): void {
  p.deferred = null
  const trigger = unitTrigger(p)
  if (m.features.pathRechecks && trigger && !isDown(m, trigger)) {
    pathSetState(m, p, 'running')
    pathUnwatch(m, p)
    return
  }
  const there = recheck ? pathCheckGood(m, p, initial, fromNotify) : null
  if (there !== null) {
    pathEnterRunning(m, p, there)
    return
  }
  if (!pathWatch(m, p)) {
    logUnit(m, p, 'path-waiting-failed', { error: NOT_A_DIRECTORY })
    pathEnterDead(m, p, 'resources')
    return
  }
  const appeared = recheck ? pathCheckGood(m, p, false, fromNotify) : null
  if (appeared !== null) {
    pathEnterRunning(m, p, appeared)
    return
  }
  pathSetState(m, p, 'waiting')
}

/** Mirrors path_dispatch_io(). */
function pathDispatchIo(m: Manager, p: Path, s: WatchedPath): void {
  if (!isWatching(p)) return
  const changed = pathSpecFdEvent(s)
  p.inotifyTriggered = true
  if (changed) pathEnterRunning(m, p, s.path)
  else pathEnterWaiting(m, p, false, false)
}

const tests = (m: Manager, p: Path) =>
  [m, p, () => unitTestTriggerLoaded(m, p), () => pathEnterDead(m, p, 'start-limit-hit')] as const

/** Mirrors path_start(). */
function pathStart(m: Manager, p: Path): Outcome {
  const outcome = testInStart(...tests(m, p))
  if (outcome !== 'ok') return outcome
  if (p.config.path?.makeDirectory) {
    for (const { kind, path } of p.specs) {
      if (kind !== 'PathExists' && kind !== 'PathExistsGlob') m.files.mkdirParents(path)
    }
  }
  p.result = 'success'
  pathEnterWaiting(m, p, true, false)
  return 'begun'
}

/** Mirrors path_stop(). */
function pathStop(m: Manager, u: Path): Outcome {
  pathEnterDead(m, u, 'success')
  return 'begun'
}

/** Mirrors path_trigger_notify(). */
function pathTriggerNotify(m: Manager, u: Path, other: Unit): void {
  if (u.coldplugged !== 'waits') pathTriggerNotifyImpl(m, u, other, false)
}

/** Mirrors path_trigger_notify_impl(). Since v252 the re-check has its turn in the event loop. */
function pathTriggerNotifyImpl(m: Manager, p: Path, other: Unit, onDefer: boolean): void {
  if (!isWatching(p)) return
  if (m.features.pathHeedsStartLimit) {
    if (other.startLimitHit) {
      pathEnterDead(m, p, 'unit-start-limit-hit')
      return
    }
    if (other.job) return
  } else if (other.loadState !== 'loaded') return
  const down = isDown(m, other)
  if (p.state === 'running' ? !down : down || !m.features.pathRechecks) return
  if (onDefer || !m.features.pathDefersRecheck) {
    pathEnterWaiting(m, p, false, true, m.features.pathRechecks || p.inotifyTriggered)
    return
  }
  if (p.deferred) return
  const deferred = {}
  p.deferred = deferred
  m.pending.push(() => {
    if (p.deferred === deferred) pathTriggerNotifyOnDefer(m, p)
  })
}

/** Mirrors path_trigger_notify_on_defer(). */
function pathTriggerNotifyOnDefer(m: Manager, p: Path): void {
  p.deferred = null
  const trigger = unitTrigger(p)
  if (trigger) {
    pathTriggerNotifyImpl(m, p, trigger, true)
    return
  }
  logUnit(m, p, 'trigger-vanished')
  pathEnterDead(m, p, 'resources')
}

/** Mirrors path_load(), and deserialization where there was something before. */
function pathLoad(m: Manager, p: Path): void {
  const { path } = p.config
  pathUnwatch(m, p)
  p.specs = watchedPaths(path, p.specs)
  const { triggerLimitIntervalUsec = 0, triggerLimitBurst = 0 } = path ?? {}
  p.triggerLimit = ratelimitReconfigured(m.features, p.triggerLimit, triggerLimitIntervalUsec, triggerLimitBurst)
}

/** Mirrors path_coldplug(). */
function pathColdplug(m: Manager, p: Path): void {
  const { state } = p
  p.state = 'dead'
  if (state === 'waiting' || state === 'running') pathEnterWaiting(m, p, true, false)
  else if (state !== 'dead') pathSetState(m, p, state)
}

/** Mirrors path_reset_failed(). */
function pathResetFailed(m: Manager, p: Path): void {
  if (p.state === 'failed') pathSetState(m, p, 'dead')
  p.result = 'success'
}

export const pathVTable: UnitVTable<Path> = {
  type: 'path',
  object: Path,
  load: pathLoad,
  activeState: (u) => ACTIVE_STATE[u.state],
  subState: (u) => u.state,
  start: pathStart,
  stop: pathStop,
  testStartable: (m, u) => testStartable(...tests(m, u)),
  triggerNotify: pathTriggerNotify,
  resetFailed: pathResetFailed,
  coldplug: pathColdplug,
  result: (u) => u.result,
  canTrigger: true,
  done: (m, u) => {
    pathUnwatch(m, u)
    u.deferred = null
  },
}
