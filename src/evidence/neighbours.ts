/** What other programs log that tells who asked systemd for something: sudo, cron, dbus-daemon, udev, logind … */

import { baseName } from '../systemd/path-util.ts'
import { noteInvocation } from './ansible-log.ts'
import { noteClientWords, type Saying } from './client.ts'
import { callsIn, unitOf } from './command.ts'
import { type Desk, type Draft, hide, isNoted, type Noted, note, noteAnswer } from './desk.ts'
import { exitStatusIn } from './exit-status.ts'
import type { JobWord, RequestedBy } from './fact.ts'
import { unitPrefix } from './hear.ts'
import type { Prefix } from './journal-prefix.ts'
import { indentOf, type TextLine } from './page.ts'
import { noteRecording } from './recording.ts'
import { noteAsk, noteCalls } from './request.ts'
import { isRun } from './script.ts'
import { wayDown } from './wall.ts'

const SOURCE = 'journal'

/** What one line says besides being a line of a log; whether there is more to it than that. */
type Reader = (desk: Desk, line: TextLine, prefix: Prefix, text: string) => boolean

export function noteProgram(desk: Desk, line: TextLine, prefix: Prefix): void {
  const text = line.text.slice(prefix.body)
  const reader = text.startsWith('ansible-') ? ansible : readerOf(prefix.identifier)
  if (reader?.(desk, line, prefix, text)) return
  if (TELLING.test(text) && readAny(desk, line, prefix, text)) return
  note(
    desk,
    {
      kind: 'other-log',
      source: SOURCE,
      certainty: 1,
      identifier: prefix.identifier,
      pid: prefix.pid,
      unit: MANAGER.test(prefix.identifier) ? unitPrefix(text) : null,
      text,
      ...when(prefix),
    },
    line,
    indentOf(line.text),
  )
}

const MANAGER = /^(?:systemd|init\.scope|\()/
const when = (prefix: Prefix) => (prefix.at ? { at: prefix.at } : {})

/** By `/usr/sbin/CRON`, `(udev-worker)` and `dbus-daemon` alike. */
function readerOf(identifier: string): Reader | undefined {
  const known = READERS.get(identifier)
  if (known || /^[a-z]/.test(identifier)) return known
  const plain = identifier.replace(/^\(|\)$/g, '')
  return READERS.get(baseName(plain))
}

/** Words that make a line worth a closer look, whoever logged it; plain ones, for it is done with nearly every line. */
const TELLING = new RegExp(
  [
    'systemctl[ )\\\\"\']|invoke-rc|init\\.d/|/service |Job for|Job failed|ependency job|Transaction |cannot reload|systemd unit |may be requested',
    'ailed to start|ailed to stop|ailed to restart|ailed to reload|ailed to load|nable to start|nable to restart',
    'Systemd (?:(?:re)?start|stop|reload) for |is masked|not loaded|not be isolated|not found\\.|has a bad unit|is not applicable|D-Bus is shutting|n job for ',
    'unit type of|garbage coll|lready once|frozen unit|slice unit| for unit |failed to load',
  ].join('|'),
)

/** An init script that hands its work over to systemd; within its own service it asks that service. */
const HANDED = /^(start|stop|restart|reload)p?ing \S{1,80} \(via systemctl\): (\S{1,200}?)\.?$/i

function handsOver(desk: Desk, line: TextLine, prefix: Prefix, text: string): boolean {
  const [, type = '', name = ''] = HANDED.exec(text) ?? []
  const unit = unitOf(name)
  if (!unit) return false
  const own = unit === unitOf(prefix.identifier)
  const requester = own ? `${unit} ExecStart` : prefix.identifier
  const about = { ...said(prefix), by: own ? ('exec' as const) : ('other' as const), tense: 'done' as const, requester }
  noteAsk(desk, line, unit, type.toLowerCase() as JobWord, { ...about, offset: prefix.body })
  return true
}

function readAny(desk: Desk, line: TextLine, prefix: Prefix, text: string, by: RequestedBy = 'other'): boolean {
  if (text.includes('(via systemctl)') && handsOver(desk, line, prefix, text)) return true
  const calls = text.includes('ystemctl') || text.includes('init') || text.includes('service ') ? callsIn(text) : []
  const noted = noteCalls(desk, line, calls, {
    ...said(prefix),
    by,
    tense: isRun(text) ? 'done' : 'written',
    requester: prefix.identifier,
    offset: prefix.body,
  })
  const saying: Saying = {
    source: SOURCE,
    certainty: 0.95,
    via: viaOf(prefix),
    offset: prefix.body,
    ...(noted.length > 0 ? answersOf(noted) : answersOf(askedBefore(desk, prefix.identifier, text))),
  }
  const words = noteClientWords(desk, line, text, saying)
  const status = exitStatusIn(text)
  if (noted.length > 0 && status !== null) {
    const draft: Draft = { kind: 'exit-status', source: SOURCE, certainty: 0.9, status, ...when(prefix) }
    noteAnswer(desk, draft, line, noted[0]!)
  }
  return noted.length > 0 || words
}

/** What the same program logged that it asked for, of a unit in the text. */
function askedBefore({ noted }: Desk, identifier: string, text: string): readonly Noted[] {
  for (let i = noted.length - 1; i >= 0 && i >= noted.length - LOOK_BACK; i--) {
    const one = noted[i]!
    if (!isNoted(one, 'request') || one.draft.requester !== identifier || one.draft.unit === null) continue
    if (text.includes(one.draft.unit)) return [one]
  }
  return []
}

const LOOK_BACK = 60

const answersOf = (noted: readonly Noted[]) => (noted.length > 0 ? { answers: noted[0]! } : {})
const viaOf = (prefix: Prefix) => (prefix.identifier === 'systemctl' ? ('client' as const) : ('other' as const))
const said = (prefix: Prefix) => ({ source: SOURCE, certainty: 0.9, ...when(prefix) })

const SUDO = /^ {0,20}(\S+) : .*?\bCOMMAND=(.*)$/

const sudo: Reader = (desk, line, prefix, text) => {
  const match = SUDO.exec(text)
  if (!match) return false
  const at = prefix.body + text.indexOf(match[1]!)
  hide(desk, 'user', line, at, at + match[1]!.length, false)
  const offset = prefix.body + text.length - match[2]!.length
  const calls = callsIn(match[2]!, true)
  const about = { ...said(prefix), by: 'sudo' as const, tense: 'done' as const, requester: null, offset }
  return noteCalls(desk, line, calls, about).length > 0
}

const CRON = /^\(([^)]{1,60})\) CMD \((.*)\)$/

const cron: Reader = (desk, line, prefix, text) => {
  const match = CRON.exec(text)
  if (!match) return false
  hide(desk, 'user', line, prefix.body + 1, prefix.body + 1 + match[1]!.length, false)
  const offset = prefix.body + text.indexOf(' CMD (') + 6
  const about = { ...said(prefix), by: 'cron' as const, tense: 'done' as const, requester: 'cron', offset }
  return noteCalls(desk, line, callsIn(match[2]!), about).length > 0
}

const ACTIVATING = new RegExp(
  [
    "Activating via systemd: service name='([^']{1,200})' unit='([^']{1,256})' requested by '",
    String.raw`([^']{1,40})'(?: \((.{0,300})\))?`,
  ].join(''),
)
const ACTIVATED = /Successfully activated service '([^']{1,200})'/
const ACTIVATION_FAILED = /Activation via systemd failed for unit '([^']{1,256})': (.+)$/
const SERVICE_FAILED = /Failed to activate service '([^']{1,200})': (.+)$/

const bus: Reader = (desk, line, prefix, text) => {
  const common = { kind: 'bus-activation' as const, source: SOURCE, certainty: 1, ...when(prefix) }
  const from = indentOf(line.text)
  const asked = ACTIVATING.exec(text)
  if (asked) {
    const [, name = null, unit = null, sender = '', creds = ''] = asked
    const comm = /comm="([^"]{1,100})/.exec(creds)?.[1]
    const requester = comm ? `${sender} ${comm.trim()}` : sender
    note(desk, { ...common, name, unit, phase: 'requested', requester, error: null }, line, from)
    return true
  }
  const done = ACTIVATED.exec(text)
  if (done) {
    note(desk, { ...common, name: done[1]!, unit: null, phase: 'done', requester: null, error: null }, line, from)
    return true
  }
  const failed = ACTIVATION_FAILED.exec(text)
  const unnamed = failed ? null : SERVICE_FAILED.exec(text)
  if (!failed && !unnamed) return false
  const error = (failed ?? unnamed)![2]!
  const unit = failed ? failed[1]! : null
  note(desk, { ...common, name: unnamed?.[1] ?? null, unit, phase: 'failed', requester: null, error }, line, from)
  noteClientWords(desk, line, text, { source: SOURCE, certainty: 1, via: 'bus', answers: null, offset: prefix.body })
  return true
}

const udev: Reader = (desk, line, prefix, text) => readAny(desk, line, prefix, text, 'udev')

const GOING = new RegExp(
  [
    'System is (powering (?:down|off)|rebooting|halting|shutting down)|',
    'The system will (power off|reboot|halt|power ?down) now|(Suspending|',
    'Entering sleep state|Hibernating)',
  ].join(''),
)

const logind: Reader = (desk, line, prefix, text) => {
  const match = GOING.exec(text)
  if (!match) return false
  const what = match[3] ? 'sleep' : wayDown((match[1] ?? match[2] ?? '').toLowerCase())
  const common = { source: SOURCE, certainty: 1, ...when(prefix) }
  note(desk, { ...common, kind: 'shutdown', what, phase: 'going', requester: null }, line, indentOf(line.text))
  return true
}

/**
 * `… for action org.freedesktop.systemd1.manage-units for system-bus-name::1.42 [systemctl restart x] (owned by …)`.
 */
const polkit: Reader = (desk, line, prefix, text) => {
  const match = /system-bus-name:(:[\d.]{1,20}) \[([^\]]{1,400})\]/.exec(text)
  if (!match) return false
  const offset = prefix.body + text.indexOf(match[2]!)
  const about = { ...said(prefix), by: 'shell' as const, tense: 'done' as const, requester: match[1]!, offset }
  return noteCalls(desk, line, callsIn(match[2]!, true), about).length > 0
}

/** Under its own name, or under that of the interpreter that syslog was called from. */
const ansible: Reader = (desk, line, prefix, text) =>
  /^(?:ansible-[\w.-]{1,60} )?Invoked with /.test(text) && noteInvocation(desk, line, prefix, text)

/** A tool that logs what it runs. */
const ofTool =
  (by: RequestedBy): Reader =>
  (desk, line, prefix, text) =>
    readAny(desk, line, prefix, text, by)

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['sudo', sudo],
  ['CRON', cron],
  ['crond', cron],
  ['cron', cron],
  ['dbus-daemon', bus],
  ['dbus', bus],
  ['dbus-broker', bus],
  ['dbus-broker-launch', bus],
  // `-o with-unit` names the unit in place of the program.
  ['dbus.service', bus],
  ['dbus-broker.service', bus],
  ['cron.service', cron],
  ['crond.service', cron],
  ['systemd-udevd', udev],
  ['udev-worker', udev],
  ['systemd-logind', logind],
  ['systemd-sleep', logind],
  ['polkitd', polkit],
  ['whyjob-record', noteRecording],
  ['chef-client', ofTool('chef')],
  ['puppet-agent', ofTool('puppet')],
  ['salt-minion', ofTool('salt')],
  ['ansible-systemd', ansible],
  ['ansible-service', ansible],
  ['ansible-systemd_service', ansible],
  ['ansible-command', ansible],
  ['ansible-shell', ansible],
  ['ansible-ansible.legacy.systemd', ansible],
  ['ansible-ansible.legacy.service', ansible],
  ['ansible-ansible.legacy.command', ansible],
  ['ansible-ansible.builtin.systemd', ansible],
  ['ansible-ansible.builtin.systemd_service', ansible],
])
