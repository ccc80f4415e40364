/**
 * Commands that a reproduction may run on somebody's machine: waiting, ending, and asking the manager that plays the
 * story. Every other program gets a stand-in that runs until it is told to stop.
 */

import type { ProcessRule } from '../systemd/scenario.ts'

const UNIT = String.raw`[\w:.@\\-]{1,255}`
const VERB = 'start|stop|restart|try-restart|reload|reload-or-restart|isolate|cancel|reset-failed|daemon-reload'
const SYSTEMCTL = new RegExp(
  `^(?:/usr)?(?:/bin/)?systemctl((?: --(?:no-block|user|job-mode=[a-z-]+))* (?:${VERB})(?: ${UNIT}){0,20})$`,
)
const SIMPLE = new RegExp(
  '^(?:(?:/usr)?/bin/)?' +
    String.raw`(sleep [\d.]{1,8}[smh]?|sleep infinity|true|false|:|exit \d{1,3}|trap (?:""|'') (?:TERM|INT|HUP))$`,
)
const SHELL = /^(?:(?:\/usr)?\/bin\/)?(?:ba|da)?sh -c (['"])(.*)\1$/

/** A line of a shell, or null for what a stand-in has to take the place of. */
function known(command: string): string | null {
  const asked = SYSTEMCTL.exec(command)?.[1]
  if (asked !== undefined) return `systemctl --user${asked.replaceAll(' --user', '').replaceAll('\\', '\\\\')}`
  return SIMPLE.exec(command)?.[1] ?? null
}

function knownLine(command: string): string | null {
  const inner = SHELL.exec(command)?.[2]
  if (inner === undefined) return known(command)
  const parts = inner.split(/\s*(;|&&|\|\||&)\s*/)
  const said = parts.map((part, i) => (i % 2 === 1 ? part : part === '' ? '' : known(part)))
  return said.includes(null) ? null : said.join(' ').trim()
}

const DAEMONS: Readonly<Record<string, string>> = {
  forking: 'sleep infinity &',
  notify: 'systemd-notify --ready; sleep infinity',
  'notify-reload': 'systemd-notify --ready; sleep infinity',
}

/** The value of an Exec…= setting, safe to run; `type` is the service's. */
export function standIn(value: string, setting: string, type: string, rules: readonly ProcessRule[]): string {
  if (value === '') return ''
  const [, prefix = '', command = ''] = /^([-:]*)[@+!|]*([^\n]*)$/.exec(value) ?? []
  const isMain = setting === 'ExecStart'
  const line = knownLine(command.trim()) ?? (isMain ? (DAEMONS[type] ?? 'sleep infinity') : 'sleep infinity')
  const does = rules.map((rule) => rule.does)
  const ignored = does.flatMap((one) =>
    one.kind === 'ignores' && SIGNAL.test(one.signal) ? [`trap "" ${one.signal}; `] : [],
  )
  const runs = does.find((one) => one.kind === 'runs' && (typeof one.exits === 'number' || SIGNAL.test(one.exits)))
  const script = runs?.kind === 'runs' ? `sleep ${(runs.usec + LATE_USEC) / 1e6}; ${endOf(runs.exits)}` : line
  if (ignored.length === 0 && /^(?:sleep \S+|true|false)$/.test(script)) return `${prefix}/bin/${script}`
  return `${prefix}/bin/sh -c '${ignored.join('')}${script.replaceAll("'", '"')}'`
}

/** The script is late by what its own commands take, and what comes as a process ends has to come before. */
const LATE_USEC = 400_000

const SIGNAL = /^[A-Z][A-Z0-9+-]{0,15}$/

/** A dollar sign is written twice in a unit file. */
const endOf = (exits: number | string): string => (typeof exits === 'number' ? `exit ${exits}` : `kill -${exits} $$$$`)
