/** The state timer has run out. Mirrors service_dispatch_timer(), src/core/service.c (v246 and later; v239 to v245). */

import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { processKill } from './process.ts'
import type { Service, ServiceState } from './service.ts'
import { serviceReloadFinish } from './service-reload.ts'
import { serviceEnterRestart } from './service-restart.ts'
import { section } from './service-state.ts'
import type { SignalState } from './service-stop.ts'
import { serviceEnterDead, serviceEnterSignal, serviceEnterStop, serviceEnterStopPost } from './service-stop.ts'

/** Mirrors service_dispatch_timer(). */
export function serviceDispatchTimer(m: Manager, s: Service): void {
  const { timeoutStartFailureMode, timeoutStopFailureMode } = section(s)
  switch (s.state) {
    case 'condition':
    case 'start-pre':
    case 'start':
    case 'start-post':
      startTimedOut(m, s, timeoutStartFailureMode)
      break
    case 'running':
      logUnit(m, s, 'service-runtime-limit')
      serviceEnterStop(m, s, 'timeout')
      break
    case 'reload':
    case 'reload-signal':
    case 'reload-notify':
    case 'reload-post':
      logUnit(m, s, 'service-reload-timed-out')
      if (s.control) processKill(m, s.control, 'SIGKILL')
      serviceReloadFinish(m, s, 'timeout')
      break
    case 'stop':
      goOn(m, s, timeoutStopFailureMode, 'stop', (action) => logUnit(m, s, 'service-stopping-timed-out', { action }))
      break
    case 'stop-watchdog':
      // Before there were ways to fail, the next thing to try was the gentler one.
      stateTimedOut(m, s, m.features.timeoutFailureModes ? 'kill' : 'terminate', 'stop')
      break
    case 'stop-sigterm':
      stateTimedOut(m, s, timeoutStopFailureMode === 'abort' ? 'abort' : 'kill', 'stop')
      break
    case 'stop-sigkill':
      logUnit(m, s, 'service-around-after-sigkill')
      serviceEnterStopPost(m, s, 'timeout')
      break
    case 'stop-post':
      stateTimedOut(m, s, timeoutStopFailureMode, 'final')
      break
    case 'final-watchdog':
      stateTimedOut(m, s, 'kill', 'final')
      break
    case 'final-sigterm':
      stateTimedOut(m, s, timeoutStopFailureMode === 'abort' ? 'abort' : 'kill', 'final')
      break
    case 'final-sigkill':
      logUnit(m, s, 'service-around-after-final-sigkill')
      serviceEnterDead(m, s, 'timeout', true)
      break
    case 'auto-restart':
      serviceEnterRestart(m, s, false)
      break
    case 'running-revalidating':
    case 'exited':
    case 'dead':
    case 'failed':
    case 'dead-before-auto-restart':
    case 'failed-before-auto-restart':
    case 'auto-restart-queued':
    case 'cleaning':
      break
  }
}

type Mode = 'terminate' | 'abort' | 'kill'

function startTimedOut(m: Manager, s: Service, mode: Mode): void {
  if (!m.features.timeoutFailureModes && s.state === 'start-post') {
    logUnit(m, s, 'service-operation-timed-out', { state: 'Start-post', action: 'Stopping' })
    serviceEnterStop(m, s, 'timeout')
    return
  }
  const state = m.features.timeoutsNameStates ? s.state : s.state === 'start' ? 'Start' : 'Start-pre'
  goOn(m, s, mode, 'stop', (action) => logUnit(m, s, 'service-operation-timed-out', { state, action }))
}

function stateTimedOut(m: Manager, s: Service, mode: Mode, phase: 'stop' | 'final'): void {
  const state = m.features.timeoutFailureModes ? s.state : oldName(s.state)
  goOn(m, s, mode, phase, (action) => logUnit(m, s, 'service-state-timed-out', { state, action }))
}

/** Until v245. */
const oldName = (state: ServiceState): string => (state === 'final-sigterm' ? 'stop-final-sigterm' : state)

/** The next thing to try; without SendSIGKILL= there is none after the gentle ones. */
function goOn(m: Manager, s: Service, mode: Mode, phase: 'stop' | 'final', say: (action: string) => void): void {
  const enter = (action: string, state: SignalState) => {
    say(action)
    serviceEnterSignal(m, s, state, 'timeout')
  }
  if (mode === 'terminate') enter('Terminating', `${phase}-sigterm`)
  else if (mode === 'abort') enter('Aborting', `${phase}-watchdog`)
  else if (s.config.kill.sendSigkill) enter('Killing', `${phase}-sigkill`)
  else if (phase === 'stop') {
    say('Skipping SIGKILL')
    serviceEnterStopPost(m, s, 'timeout')
  } else {
    say('Skipping SIGKILL. Entering failed mode')
    serviceEnterDead(m, s, 'timeout', false)
  }
}
