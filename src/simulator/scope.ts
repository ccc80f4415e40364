/** Scopes: processes that somebody else has started. Mirrors src/core/scope.c (v255). */

import type { ActiveState } from '../systemd/unit.ts'
import type { ExecCommand } from '../systemd/unit-config.ts'
import type { Timer } from './clock.ts'
import { disarm } from './clock.ts'
import { unitKillContext } from './kill.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { processSpawn } from './process.ts'
import { unitHasName, unitLogFailure, unitLogSuccess, unitStateChanged } from './unit.ts'
import { type Outcome, Unit, type UnitVTable } from './unit-vtable.ts'

export type ScopeState = 'dead' | 'running' | 'abandoned' | 'stop-sigterm' | 'stop-sigkill' | 'failed'
export type ScopeResult = 'success' | 'resources' | 'timeout'

class Scope extends Unit {
  state: ScopeState = 'dead'
  result: ScopeResult = 'success'
  timer: Timer | null = null
}

const ACTIVE_STATE: Readonly<Record<ScopeState, ActiveState>> = {
  dead: 'inactive',
  running: 'active',
  abandoned: 'active',
  'stop-sigterm': 'deactivating',
  'stop-sigkill': 'deactivating',
  failed: 'failed',
}

function scopeArmTimer(m: Manager, s: Scope, atUsec: number): void {
  disarm(s.timer)
  s.timer = m.clock.armTimer(atUsec, () => scopeDispatchTimer(m, s))
}

/** Mirrors scope_set_state(). */
function scopeSetState(m: Manager, s: Scope, state: ScopeState): void {
  const old = s.state
  s.state = state
  if (state === 'dead' || state === 'failed' || state === 'abandoned') s.timer = disarm(s.timer)
  unitStateChanged(m, s, old, ACTIVE_STATE[old])
}

/** Mirrors scope_enumerate_perpetual(): init.scope holds the manager itself, and is up as long as that is. */
function scopeEnumeratePerpetual(m: Manager, u: Scope): void {
  u.perpetual = true
  scopeSetState(m, u, 'running')
}

/** Mirrors scope_enter_dead(). */
function scopeEnterDead(m: Manager, s: Scope, f: ScopeResult): void {
  if (s.result === 'success') s.result = f
  if (s.result === 'success') unitLogSuccess(m, s)
  else unitLogFailure(m, s, s.result)
  scopeSetState(m, s, s.result === 'success' ? 'dead' : 'failed')
}

/** Mirrors scope_enter_signal(). Differs: no scope has a controller that would end its processes itself. */
function scopeEnterSignal(m: Manager, s: Scope, state: 'stop-sigterm' | 'stop-sigkill', f: ScopeResult): void {
  if (s.result === 'success') s.result = f
  const gently = s.state === 'abandoned' ? 'terminate-and-log' : 'terminate'
  if (unitKillContext(m, s, state === 'stop-sigterm' ? gently : 'kill')) {
    scopeArmTimer(m, s, m.clock.now + (s.config.scope?.timeoutStopUsec ?? Number.POSITIVE_INFINITY))
    scopeSetState(m, s, state)
  } else if (state === 'stop-sigterm') scopeEnterSignal(m, s, 'stop-sigkill', 'success')
  else scopeEnterDead(m, s, 'success')
}

const MEMBER: ExecCommand = { path: '/bin/sh', argv: ['sh'], ignoreFailure: false, text: '' }

/** Mirrors scope_start(). Differs: one process is in it, which runs until it is told to stop. */
function scopeStart(m: Manager, s: Scope): Outcome {
  if (unitHasName(s, 'init.scope') || s.state === 'failed') return 'EPERM'
  if (ACTIVE_STATE[s.state] === 'deactivating') return 'EAGAIN'
  processSpawn(m, { unit: s, role: 'other', setting: '', index: 0, command: MEMBER, program: { kind: 'daemon' } })
  s.result = 'success'
  scopeSetState(m, s, 'running')
  scopeArmTimer(m, s, m.clock.now + (s.config.scope?.runtimeMaxUsec ?? Number.POSITIVE_INFINITY))
  return 'begun'
}

/** Mirrors scope_stop(). */
function scopeStop(m: Manager, s: Scope): Outcome {
  if (ACTIVE_STATE[s.state] === 'deactivating') return 'underway'
  scopeEnterSignal(m, s, 'stop-sigterm', 'success')
  return 'begun'
}

/** Mirrors scope_notify_cgroup_empty_event(). */
function scopeNotifyCgroupEmptyEvent(m: Manager, s: Scope): void {
  if (s.state !== 'dead' && s.state !== 'failed') scopeEnterDead(m, s, 'success')
}

/** Mirrors scope_dispatch_timer(). */
function scopeDispatchTimer(m: Manager, s: Scope): void {
  s.timer = null
  switch (s.state) {
    case 'running':
      logUnit(m, s, 'scope-runtime-limit')
      scopeEnterSignal(m, s, 'stop-sigterm', 'timeout')
      break
    case 'stop-sigterm':
      if (s.config.kill.sendSigkill) {
        logUnit(m, s, 'stopping-timed-out-killing')
        scopeEnterSignal(m, s, 'stop-sigkill', 'timeout')
      } else {
        logUnit(m, s, 'scope-stopping-timed-out-skipping')
        scopeEnterDead(m, s, 'timeout')
      }
      break
    case 'stop-sigkill':
      logUnit(m, s, 'scope-still-around')
      scopeEnterDead(m, s, 'timeout')
      break
    case 'dead':
    case 'abandoned':
    case 'failed':
      // Without a timer.
      break
  }
}

/** Mirrors scope_load_init_scope(): the manager's own scope is there, always. */
function scopeLoadInitScope(_: Manager, s: Scope): void {
  if (unitHasName(s, 'init.scope') && s.state === 'dead') s.state = 'running'
}

/** Mirrors scope_coldplug(). */
function scopeColdplug(m: Manager, s: Scope): void {
  const { state, timer } = s
  if (state === 'dead') return
  s.state = 'dead'
  s.timer = timer
  scopeSetState(m, s, state)
}

/** Mirrors scope_reset_failed(). */
function scopeResetFailed(m: Manager, s: Scope): void {
  if (s.state === 'failed') scopeSetState(m, s, 'dead')
  s.result = 'success'
}

export const scopeVTable: UnitVTable<Scope> = {
  type: 'scope',
  object: Scope,
  enumeratePerpetual: scopeEnumeratePerpetual,
  load: scopeLoadInitScope,
  activeState: (u) => ACTIVE_STATE[u.state],
  subState: (u) => u.state,
  start: scopeStart,
  stop: scopeStop,
  notifyCgroupEmpty: scopeNotifyCgroupEmptyEvent,
  resetFailed: scopeResetFailed,
  coldplug: scopeColdplug,
  result: (u) => u.result,
  onceOnly: true,
  done: (_, u) => {
    u.timer = disarm(u.timer)
  },
}
