/** Puppet's reports of the services it manages. */

import { noteClientWords } from './client.ts'
import { callsIn, unitOf } from './command.ts'
import { type Parser, take } from './desk.ts'
import type { JobWord, ToolTask } from './fact.ts'
import { noteAsk, noteCalls } from './request.ts'
import { noteTask } from './tool-task.ts'

const PUPPET = 'puppet'

/** Up to Puppet 2.7 in small letters; Bolt cuts its word short. */
const LEVEL = /^\s*(Err(?:or)?|Notice|Warning|Info|Debug|err|notice|warning|info|debug): (.*)$/
/** Where an installer has put its own before the line. */
const BARE = /^(?:Systemd (?:start|stop|restart|reload) for \S+? failed|\/Stage\[main\]\/)/
const OURS = new RegExp(
  [
    String.raw`\/Stage\[main\]|\bService\[|Systemd (?:start|stop|restart) for |`,
    "Execution of '|Applied catalog|catalog run|Scheduling refresh|Catalog|",
    "Executing(?: with [^:]{1,60})?: '|Runn?ing journalctl",
  ].join(''),
)
const SERVICE = /\bService\[([^\]]{1,200})\]/
const CHANGE = /ensure changed '?(\w+)'? to '?(\w+)'?|change from '?(\w+)'? to '?(\w+)'? failed/
const SYSTEMD = /Systemd (start|stop|restart|reload) for (\S+?) failed/
const REFRESHED = /Triggered 'refresh'/
const COULD_NOT = /Could not (start|stop|restart) Service\[([^\]]{1,200})\]/

export const puppet: Parser = {
  source: PUPPET,
  begins: 'ENWIDenwidjS/',
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    const level = LEVEL.exec(text)
    return (level !== null && OURS.test(level[2]!)) || BARE.test(text) || /^journalctl log for \S+:$/.test(text)
  },
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const bare = BARE.test(line.text) ? line.text : ''
    const [, level = '', text = bare] = LEVEL.exec(line.text) ?? []
    if (text === '') return take(desk, PUPPET, at, at + 1)
    const asked = puppetAsk(text)
    const failed = /^err/i.test(level) || /\bfailed\b/.test(bare)
    const about = {
      source: PUPPET,
      by: 'puppet' as const,
      tense: 'done' as const,
      requester: SERVICE.exec(text)?.[0] ?? null,
    }
    const noted = asked
      ? noteAsk(desk, line, asked.unit, asked.type, { ...about, certainty: 1, offset: 0 })
      : (noteCalls(desk, line, callsIn(text), {
          ...about,
          certainty: 0.9,
          offset: line.text.length - text.length,
        })[0] ?? null)
    const name = SERVICE.exec(text)?.[0] ?? null
    const outcome: ToolTask['outcome'] = failed
      ? 'failed'
      : CHANGE.test(text) || REFRESHED.test(text)
        ? 'changed'
        : null
    if (name || failed) noteTask(desk, at, PUPPET, { tool: 'puppet', name, outcome, message: text })
    const offset = line.text.length - text.length
    noteClientWords(desk, line, text, { source: PUPPET, via: 'puppet', certainty: 1, answers: noted, offset })
    return take(desk, PUPPET, at, at + 1)
  },
}

function puppetAsk(text: string): { unit: string; type: JobWord } | null {
  const systemd = SYSTEMD.exec(text)
  const failed = COULD_NOT.exec(text)
  const service = SERVICE.exec(text)?.[1]
  const change = CHANGE.exec(text)
  const to = change?.[2] ?? change?.[4]
  const [type, name] = systemd
    ? [systemd[1], systemd[2]]
    : failed
      ? [failed[1], failed[2]]
      : REFRESHED.test(text)
        ? ['restart', service]
        : to === 'running'
          ? ['start', service]
          : to === 'stopped'
            ? ['stop', service]
            : [undefined, undefined]
  const unit = name ? unitOf(name) : null
  return unit && type ? { unit, type: type as JobWord } : null
}
