/**
 * TimeoutSec= and DeferTriggerMaxSec= of socket units. Mirrors socket_dispatch_timer(), src/core/socket.c (v255;
 * v262).
 */

import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { socketEnterDead, socketEnterSignal, socketEnterStopPost, socketEnterStopPre } from './socket.ts'
import type { Socket } from './socket-state.ts'

/** What is to be killed next, or with SendSIGKILL=no is not. */
export function socketDispatchTimer(m: Manager, s: Socket): void {
  s.timer = null
  const { sendSigkill } = s.config.kill
  switch (s.state) {
    case 'start-pre':
      logUnit(m, s, 'starting-timed-out-terminating')
      socketEnterSignal(m, s, 'final-sigterm', 'timeout')
      break
    case 'start-chown':
    case 'start-post':
      logUnit(m, s, 'starting-timed-out-stopping')
      socketEnterStopPre(m, s, 'timeout')
      break
    case 'deferred':
      logUnit(m, s, 'socket-defer-elapsed')
      socketEnterStopPre(m, s, 'timeout')
      break
    case 'stop-pre':
      logUnit(m, s, 'stopping-timed-out-terminating')
      socketEnterSignal(m, s, 'stop-pre-sigterm', 'timeout')
      break
    case 'stop-pre-sigterm':
      logUnit(m, s, sendSigkill ? 'stopping-timed-out-killing' : 'stopping-timed-out-skipping')
      if (sendSigkill) socketEnterSignal(m, s, 'stop-pre-sigkill', 'timeout')
      else socketEnterStopPost(m, s, 'timeout')
      break
    case 'stop-pre-sigkill':
      logUnit(m, s, 'processes-still-around')
      socketEnterStopPost(m, s, 'timeout')
      break
    case 'stop-post':
      logUnit(m, s, 'stopping-timed-out-2-terminating')
      socketEnterSignal(m, s, 'final-sigterm', 'timeout')
      break
    case 'final-sigterm':
      logUnit(m, s, sendSigkill ? 'stopping-timed-out-2-killing' : 'stopping-timed-out-2-skipping')
      if (sendSigkill) socketEnterSignal(m, s, 'final-sigkill', 'timeout')
      else socketEnterDead(m, s, 'timeout')
      break
    case 'final-sigkill':
      logUnit(m, s, 'still-around-2-failed')
      socketEnterDead(m, s, 'timeout')
      break
    case 'dead':
    case 'start-open':
    case 'listening':
    case 'running':
    case 'failed':
      // Without a timer.
      break
  }
}
