/**
 * Which process is the main one, if a service forks. Mirrors service_load_pid_file() and its kin, src/core/service.c
 * (v255).
 */

import { parentOf } from '../systemd/path-util.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Service } from './service.ts'
import { serviceEnterRunning, serviceSetMainPidref } from './service-start.ts'
import { section } from './service-state.ts'

/** 'known': it names the process that is the main one anyway. 'none': there is no such file, or no such process. */
export type PidFileResult = 'loaded' | 'known' | 'none'

/** Mirrors service_load_pid_file(). Differs: every file is of the user that it should be of. */
export function serviceLoadPidFile(m: Manager, s: Service, mayWarn: boolean): PidFileResult {
  const { pidFile: path } = section(s)
  if (path === undefined) return 'none'
  const level = mayWarn ? 'info' : 'debug'
  const text = m.files.exists(path) ? m.processes.texts.get(m.files.resolve(path)) : undefined
  if (text === undefined) {
    const args = { path, state: s.state, error: 'No such file or directory' }
    logUnit(m, s, 'service-pid-file-unreadable', args, level)
    return 'none'
  }
  const pid = Number(text.trim())
  if (s.mainKnown && s.main?.pid === pid) return 'known'
  const process = m.processes.byPid.get(pid)
  if (!process || process.ending || process === s.control) {
    logUnit(m, s, 'service-main-pid-gone', { pid }, level)
    return 'none'
  }
  s.main = null
  serviceSetMainPidref(m, s, process)
  return 'loaded'
}

/** Mirrors service_search_main_pid() and unit_search_main_pid(): the only child of the manager's in the group. */
export function serviceSearchMainPid(m: Manager, s: Service): void {
  if (s.mainKnown || !section(s).guessMainPid) return
  const [only, ...others] = s.processes.filter(({ parent }) => parent === null)
  if (only && others.length === 0) serviceSetMainPidref(m, s, only)
}

/** Mirrors service_demand_pid_file(): waits for the file. False if it cannot be watched. */
export function serviceDemandPidFile(m: Manager, s: Service): boolean {
  const { pidFile } = section(s)
  if (pidFile === undefined) return false
  const folder = parentOf(pidFile)
  const retry = () => void m.pending.push(() => serviceRetryPidFile(m, s))
  s.pidFileWatch = m.files.watch(m.files.exists(pidFile) ? pidFile : folder, retry)
  if (!s.pidFileWatch) return false
  serviceRetryPidFile(m, s)
  return true
}

/** Mirrors service_retry_pid_file(). */
function serviceRetryPidFile(m: Manager, s: Service): void {
  if (!s.pidFileWatch || serviceLoadPidFile(m, s, false) === 'none') return
  serviceUnwatchPidFile(m, s)
  serviceEnterRunning(m, s, 'success')
}

/** Mirrors service_unwatch_pid_file(). */
export function serviceUnwatchPidFile(m: Manager, s: Service): void {
  if (s.pidFileWatch) m.files.unwatch(s.pidFileWatch)
  s.pidFileWatch = null
}
