/**
 * How processes end, and what is said of it. Mirrors is_clean_exit() and exit_status_set_test(),
 * src/shared/exit-status.c, and unit_log_process_exit(), src/core/unit.c (v255).
 */

import { exitStatusName, NO_STATUS } from '../systemd/exit-status.ts'
import { signalFromString } from '../systemd/signal.ts'
import type { ExitStatusSet } from '../systemd/unit-config.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Unit } from './unit-vtable.ts'

/** What waitid() tells: `status` is the exit code, or the signal's number. */
export interface ProcessExit {
  readonly code: 'exited' | 'killed' | 'dumped'
  readonly status: number
  /** `SIGTERM`, if a signal was the end of it. */
  readonly signal?: string
}

export const exited = (status: number): ProcessExit => ({ code: 'exited', status: status & 0xff })

const DUMPING = new Set('QUIT ILL TRAP ABRT BUS FPE SEGV SYS XCPU XFSZ'.split(' ').map((name) => `SIG${name}`))

/** Differs: LimitCORE= changes nothing. */
export function endedBySignal(m: Manager, signal: string): ProcessExit {
  const dumped = m.dumpsCore && DUMPING.has(signal)
  return { code: dumped ? 'dumped' : 'killed', status: signalFromString(signal) ?? 0, signal }
}

const CLEAN_FOR_DAEMONS: readonly string[] = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGPIPE']

/** Mirrors is_clean_exit(). */
function isCleanExit(exit: ProcessExit, daemon: boolean, success: ExitStatusSet): boolean {
  const { code, status, signal = '' } = exit
  if (code === 'exited') return status === 0 || success.codes.includes(status)
  if (code === 'dumped') return false
  return (daemon && CLEAN_FOR_DAEMONS.includes(signal)) || success.signals.includes(signal)
}

const RESULTS = { exited: 'exit-code', killed: 'signal', dumped: 'core-dump' } as const

/** What the end of a process makes of its unit's result. Helpers are no daemons, and succeed by 0 alone. */
export function resultOfExit(
  exit: ProcessExit,
  daemon = false,
  success = NO_STATUS,
): 'success' | 'exit-code' | 'signal' | 'core-dump' {
  return isCleanExit(exit, daemon, success) ? 'success' : RESULTS[exit.code]
}

/** Mirrors exit_status_set_test(). */
export function exitStatusSetTest(set: ExitStatusSet, exit: ProcessExit | null): boolean {
  if (exit === null) return false
  return exit.code === 'exited' ? set.codes.includes(exit.status) : set.signals.includes(exit.signal ?? '')
}

/** Mirrors unit_log_process_exit(). `kind` is Main, Control, Condition check, Mount, Swap … */
export function unitLogProcessExit(m: Manager, u: Unit, kind: string, exit: ProcessExit, success: boolean): void {
  const { code, status, signal } = exit
  const name = code === 'exited' ? exitStatusName(status) : signal?.replace(/^SIG/, '')
  const args = { kind, code, status: `${status}/${name ?? 'n/a'}` }
  if (success) logUnit(m, u, 'unit-process-exit-clean', args)
  else logUnit(m, u, 'unit-process-exit', args, code === 'exited' ? 'notice' : 'warning')
}
