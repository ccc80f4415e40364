/**
 * The states of a service, what each keeps alive, and its settings. Mirrors service_set_state(), src/core/service.c
 * (v255).
 */

import { newService } from '../systemd/load-fragment-service.ts'
import type { ActiveState } from '../systemd/unit.ts'
import type { ServiceSection } from '../systemd/unit-config.ts'
import { disarm } from './clock.ts'
import { unitPruneCgroup } from './kill.ts'
import type { Manager } from './manager.ts'
import type { Service, ServiceState } from './service.ts'
import { serviceUnwatchPidFile } from './service-pid-file.ts'
import { serviceDispatchTimer } from './service-timeouts.ts'
import { serviceStopWatchdog } from './service-timer.ts'
import { unitStateChanged } from './unit.ts'

const ACTIVE_STATE: Readonly<Record<ServiceState, ActiveState>> = {
  dead: 'inactive',
  condition: 'activating',
  'start-pre': 'activating',
  start: 'activating',
  'start-post': 'activating',
  running: 'active',
  'running-revalidating': 'active',
  exited: 'active',
  reload: 'reloading',
  'reload-signal': 'reloading',
  'reload-notify': 'reloading',
  'reload-post': 'reloading',
  stop: 'deactivating',
  'stop-watchdog': 'deactivating',
  'stop-sigterm': 'deactivating',
  'stop-sigkill': 'deactivating',
  'stop-post': 'deactivating',
  'final-watchdog': 'deactivating',
  'final-sigterm': 'deactivating',
  'final-sigkill': 'deactivating',
  failed: 'failed',
  'dead-before-auto-restart': 'inactive',
  'failed-before-auto-restart': 'failed',
  'auto-restart': 'activating',
  'auto-restart-queued': 'activating',
  cleaning: 'maintenance',
}

const STARTING: readonly ServiceState[] = ['condition', 'start-pre', 'start', 'start-post']
const RELOADING: readonly ServiceState[] = ['reload', 'reload-signal', 'reload-notify', 'reload-post']
const STOPPING: readonly ServiceState[] = [
  'stop',
  'stop-watchdog',
  'stop-sigterm',
  'stop-sigkill',
  'stop-post',
  'final-watchdog',
  'final-sigterm',
  'final-sigkill',
]
const RUNNING: readonly ServiceState[] = ['running', 'running-revalidating']
/** A restart is due, and no job asks for it yet. */
const BEFORE_RESTART: readonly ServiceState[] = [
  'dead-before-auto-restart',
  'failed-before-auto-restart',
  'auto-restart',
]

/** Mirrors SERVICE_STATE_WITH_MAIN_PROCESS(). */
const WITH_MAIN: readonly ServiceState[] = ['start', 'start-post', ...RUNNING, ...RELOADING, ...STOPPING]
/** Mirrors SERVICE_STATE_WITH_CONTROL_PROCESS(); waiting for a signal's answer was one of them until v258. */
const WITH_CONTROL: readonly ServiceState[] = [...STARTING, 'reload', 'reload-post', ...STOPPING, 'cleaning']
const WITH_CONTROL_BEFORE: readonly ServiceState[] = [...WITH_CONTROL, ...RELOADING]
const WITH_WATCHDOG: readonly ServiceState[] = ['start-post', ...RUNNING, ...RELOADING]
/** Not among them: running-revalidating, for its own timer is another one. */
const WITH_TIMER: readonly ServiceState[] = [...STARTING, 'running', ...RELOADING, ...STOPPING, 'auto-restart']

export const isStarting = (s: Service): boolean => STARTING.includes(s.state)
export const isReloading = (s: Service): boolean => RELOADING.includes(s.state)
export const isStopping = (s: Service): boolean => STOPPING.includes(s.state)
export const waitsForRestart = (s: Service): boolean => BEFORE_RESTART.includes(s.state)
export const isRunning = (s: Service): boolean => RUNNING.includes(s.state)
export const hasWatchdog = (s: Service): boolean => WITH_WATCHDOG.includes(s.state)
const hasControl = (m: Manager, state: ServiceState): boolean =>
  (m.features.reloadSignalAfterCommand ? WITH_CONTROL : WITH_CONTROL_BEFORE).includes(state)

/** Type=idle never holds others up, so it is up as soon as somebody works on it: state_translation_table_idle[]. */
export function activeStateOf(s: Service, state: ServiceState): ActiveState {
  return section(s).type === 'idle' && STARTING.includes(state) ? 'active' : ACTIVE_STATE[state]
}

const DEFAULTS: ServiceSection = { ...newService(), type: 'simple', oomPolicy: 'stop' }

/** The settings; the defaults if the unit file of a live service is gone after a daemon-reload. */
export const section = (s: Service): ServiceSection => s.config.service ?? DEFAULTS

/** Mirrors service_arm_timer(), relative: from now on. */
export function serviceArmTimer(m: Manager, s: Service, usec: number): void {
  serviceArmTimerAt(m, s, m.clock.now + usec)
}

/** Mirrors service_arm_timer(), absolute. An infinite time turns it off. */
export function serviceArmTimerAt(m: Manager, s: Service, atUsec: number): void {
  disarm(s.timer)
  s.timerAtUsec = atUsec
  s.timer = m.clock.armTimer(atUsec, () => {
    s.timer = null
    serviceDispatchTimer(m, s)
  })
}

/** Mirrors service_set_state(). */
export function serviceSetState(m: Manager, s: Service, state: ServiceState): void {
  const [oldSub, oldActive] = [s.state, activeStateOf(s, s.state)]
  s.state = state
  serviceUnwatchPidFile(m, s)
  if (!WITH_TIMER.includes(state)) s.timer = disarm(s.timer)
  if (state !== 'running-revalidating') s.busNameTimer = disarm(s.busNameTimer)
  if (!WITH_MAIN.includes(state)) {
    s.main = null
    s.mainCommand = null
  }
  if (!hasControl(m, state)) {
    s.control = null
    s.controlCommand = null
    s.controlSetting = null
  }
  if (state !== 'start') s.execPending = false
  if (!WITH_WATCHDOG.includes(state)) serviceStopWatchdog(s)
  unitPruneCgroup(m, s)
  unitStateChanged(m, s, oldSub, oldActive)
}
