/** [Timer] and [Path]: units that start another one. */

import { calendarSpecFromString, calendarSpecToString } from './calendar.ts'
import { addTwoDependencies, complain, type KeyParser, type LoadContext, type Mutable } from './load-fragment-draft.ts'
import { resolveTemplate } from './load-fragment-unit.ts'
import { absolutePath, bool, sec, UINT_MAX, unsigned, wasExpanded } from './load-fragment-values.ts'
import { parseSec } from './parse-time.ts'
import { ERRNO_TEXT, unitFullPrintf, unitNamePrintf, unitPathPrintf } from './specifiers.ts'
import { parseUnitName } from './unit.ts'
import { INFINITY_USEC, type PathSection, type PathSpec, type TimerSection, type TimerValue } from './unit-config.ts'

/** Mirrors timer_init(), src/core/timer.c; DefaultTimerAccuracySec= is a minute. */
export function newTimer(): Mutable<TimerSection> {
  return {
    values: [],
    onClockChange: false,
    onTimezoneChange: false,
    persistent: false,
    remainAfterElapse: true,
    accuracyUsec: 60_000_000,
    randomizedDelayUsec: 0,
    deferReactivation: false,
    unit: '',
  }
}

/** Mirrors path_init(), src/core/path.c. */
export function newPath(): Mutable<PathSection> {
  return {
    specs: [],
    unit: '',
    makeDirectory: false,
    triggerLimitIntervalUsec: INFINITY_USEC,
    triggerLimitBurst: UINT_MAX,
  }
}

/** Mirrors config_parse_timer(): an empty value for any of the keys empties the list of all. */
function timerValue(base: TimerValue['base']): KeyParser {
  return (c, value) => {
    const timer = c.draft.timer!
    if (value === '') {
      timer.values = []
      return
    }
    const expanded = unitFullPrintf(c.specifiers, value)
    if (!wasExpanded(c, value, expanded)) return
    if (base === 'OnCalendar') {
      const spec = calendarSpecFromString(expanded.text)
      if (spec === null) return complain(c, 'load-calendar', { value: expanded.text })
      timer.values.push({ base, usec: 0, calendar: calendarSpecToString(spec) })
      return
    }
    const usec = parseSec(expanded.text)
    if (typeof usec !== 'number') return complain(c, 'load-timer-value', { value: expanded.text })
    timer.values.push({ base, usec })
  }
}

/** Mirrors config_parse_trigger_unit(): the first one counts. */
const triggerUnit: KeyParser = (c, value) => {
  if (c.draft.trigger !== undefined) return complain(c, 'load-trigger-again', { value })
  const expanded = unitNamePrintf(c.specifiers, value)
  if (!wasExpanded(c, value, expanded, 'load-specifiers-bare')) return
  const name = expanded.text
  if (parseUnitName(name) === null) return complain(c, 'load-trigger-type', { value })
  if (c.draft.names.includes(name)) return complain(c, 'load-trigger-self', { value })
  const other = resolveTemplate(c, name)
  if (other === null) return complain(c, 'load-trigger', { other: name, error: ERRNO_TEXT.EINVAL })
  c.draft.trigger = other
  addTwoDependencies(c, 'Before', 'Triggers', other, 'file')
}

const timer =
  <K extends keyof TimerSection>(field: K) =>
  (c: LoadContext, value: Mutable<TimerSection>[K]): void => {
    c.draft.timer![field] = value
  }

export const TIMER_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ...(['OnCalendar', 'OnActiveSec', 'OnBootSec', 'OnStartupSec', 'OnUnitActiveSec', 'OnUnitInactiveSec'] as const).map(
    (base) => [base, timerValue(base)] as const,
  ),
  ['OnClockChange', bool(timer('onClockChange'))],
  ['OnTimezoneChange', bool(timer('onTimezoneChange'))],
  ['Persistent', bool(timer('persistent'))],
  ['RemainAfterElapse', bool(timer('remainAfterElapse'))],
  ['DeferReactivation', bool(timer('deferReactivation'))],
  ['AccuracySec', sec(timer('accuracyUsec'))],
  ['RandomizedDelaySec', sec(timer('randomizedDelayUsec'))],
  ['Unit', triggerUnit],
])

/** Mirrors config_parse_path_spec(). */
function pathSpec(kind: PathSpec['kind']): KeyParser {
  return (c, value) => {
    const section = c.draft.path!
    if (value === '') {
      section.specs = []
      return
    }
    const expanded = unitPathPrintf(c.specifiers, value)
    if (!wasExpanded(c, value, expanded, 'load-specifiers-bare')) return
    const path = absolutePath(c, expanded.text)
    if (path !== null) section.specs.push({ kind, path })
  }
}

const pathUnit =
  <K extends keyof PathSection>(field: K) =>
  (c: LoadContext, value: Mutable<PathSection>[K]): void => {
    c.draft.path![field] = value
  }

export const PATH_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ...(['PathExists', 'PathExistsGlob', 'PathChanged', 'PathModified', 'DirectoryNotEmpty'] as const).map(
    (kind) => [kind, pathSpec(kind)] as const,
  ),
  ['Unit', triggerUnit],
  ['MakeDirectory', bool(pathUnit('makeDirectory'))],
  ['TriggerLimitIntervalSec', sec(pathUnit('triggerLimitIntervalUsec'))],
  ['TriggerLimitBurst', unsigned(pathUnit('triggerLimitBurst'))],
])
