/**
 * What the manager says. Mirrors log_unit_full() and manager_status_printf(), src/core/unit.h and src/core/manager.c
 * (v255).
 */

import { TRACE_LENGTH } from '../limits.ts'
import type { Event } from '../systemd/happening.ts'
import type { Level, MessageArgs, MessageKey } from '../systemd/messages.ts'
import { MESSAGES, printMessage } from '../systemd/messages.ts'
import type { Manager } from './manager.ts'
import type { Unit } from './unit-vtable.ts'

/**
 * Logs a sentence about a unit (prefixed where systemd prefixes it). `level` overrides the table's, as a few callers
 * do.
 */
export function logUnit(m: Manager, u: Unit, key: MessageKey, args: MessageArgs = {}, level?: Level): void {
  log(m, u, key, args, level)
}

/** Logs a sentence of the manager itself. */
export function logManager(m: Manager, key: MessageKey, args: MessageArgs = {}): void {
  log(m, null, key, args, undefined)
}

function log(m: Manager, u: Unit | null, key: MessageKey, args: MessageArgs, override: Level | undefined): void {
  const printed = printMessage(key, args, m.features.version)
  if (!printed) return
  const level = override ?? printed.level
  if (level === 'debug' || isTooChatty(m, u, level)) return
  const text = MESSAGES[key].prefixed && u ? `${u.id}: ${printed.text}` : printed.text
  const atUsec = m.clock.now
  m.journal.push({ atUsec, level, key, unit: u?.id, text, messageId: printed.messageId })
  if (printed.messageId !== undefined && u) emit(m, u.id, { kind: 'log', text })
}

const URGENCY: Readonly<Record<Level, number>> = { err: 3, warning: 4, notice: 5, info: 6, debug: 7 }

/** Mirrors unit_log_level_test(), src/core/unit.h (v249). */
const isTooChatty = (m: Manager, u: Unit | null | undefined, level: Level): boolean =>
  m.features.logLevelMaxForManager && (u?.config.logLevelMax ?? URGENCY.debug) < URGENCY[level]

/** Adds one line to the trace, which ends the simulation when it is full. */
export function emit(m: Manager, who: string, event: Event): void {
  if (!m.hearsAll && event.kind !== 'log' && isTooChatty(m, m.units.get(who), 'debug')) return
  m.trace.push({ atUsec: m.clock.now, who, event })
  if (m.trace.length < TRACE_LENGTH) return
  m.exhausted = true
  m.stepsLeft = 0
}

/**
 * Mirrors unit_status_string(): what stands for the unit in "Starting …" lines. Debian: combined since v249's option.
 */
export function unitStatusString(m: Manager, u: Unit): string {
  const description = u.config.unit.description
  if (description === undefined || description === u.id) return u.id
  return m.features.statusCombined ? `${u.id} - ${description}` : description
}
