/** Processes of a unit that nobody waits for. Mirrors unit_warn_leftover_processes(), src/core/unit.c (v255). */

import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Unit } from './unit-vtable.ts'

/** Mirrors unit_warn_leftover_processes() at a start: true if there are any. */
export function unitWarnLeftoverProcessesAtStart(m: Manager, u: Unit): boolean {
  const pids = leftovers(u)
  for (const args of pids) {
    logUnit(m, u, 'unit-left-over-at-start', args)
    logUnit(m, u, 'unit-left-over-explained')
  }
  return pids.length > 0
}

/** The same once the unit is down. */
export function unitWarnLeftoverProcessesAtStop(m: Manager, u: Unit): void {
  for (const args of leftovers(u)) logUnit(m, u, 'unit-left-over-at-stop', args)
}

/** Not those that have not become their program yet, which systemd calls `(name)`. */
const leftovers = ({ processes }: Unit): { readonly pid: number; readonly command: string }[] =>
  processes.filter((p) => !p.commandName.startsWith('(')).map(({ pid, commandName: command }) => ({ pid, command }))
