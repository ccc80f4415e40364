/** `systemd-run --unit=x -p ExecStop='systemctl …'`: what the transient unit's own settings will ask for. */

import { type Call, unitOf } from './command.ts'

const UNIT = /\s(?:--unit[= ]|-u ?)['"]?([\w:.\\@-]{1,200})/
const SETTING = /\s(?:-p ?|--property[= ])['"]?(Exec[A-Z][A-Za-z]{3,12})=/g

/** `x.service ExecStop` for a call that stands in such a setting; null for any other, also the command that is run. */
export function transientSetting(text: string, call: Call): string | null {
  const run = text.indexOf('systemd-run ')
  if (run < 0 || run > call.from) return null
  const before = [...text.slice(run, call.from).matchAll(SETTING)].at(-1)
  if (!before || /['"] /.test(text.slice(run + before.index + before[0].length, call.from))) return null
  const unit = unitOf(UNIT.exec(text.slice(run))?.[1] ?? '')
  return `${unit ?? ''} ${before[1]}`.trim()
}
