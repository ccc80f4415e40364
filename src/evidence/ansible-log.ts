/** `ansible-systemd[123]: Invoked with name=… state=…`: what a module left in the target's own log. */

import { callsIn, unitOf } from './command.ts'
import { type Desk, note } from './desk.ts'
import type { JobWord } from './fact.ts'
import type { Prefix } from './journal-prefix.ts'
import { indentOf, type TextLine } from './page.ts'
import { noteAsk, noteCalls } from './request.ts'

/** The states of Ansible's systemd and service modules, as the jobs that they ask for. */
export const STATES: Readonly<Record<string, JobWord>> = {
  started: 'start',
  stopped: 'stop',
  restarted: 'restart',
  reloaded: 'reload',
}

const PARAM = /([a-z_]{2,30})=('[^']{0,300}'|u'[^']{0,300}'|"[^"]{0,300}"|\[[^\]]{0,300}\]|\S{0,300})/g

/** A command is not quoted: it goes on to the next parameter. */
const RAW = /\b_raw_params=(.{1,2000}?)(?= _?[a-z_]{2,30}=|$)/

export function noteInvocation(desk: Desk, line: TextLine, prefix: Prefix, text: string): boolean {
  const at = prefix.at ? { at: prefix.at } : {}
  const params: Record<string, string> = {}
  for (const [, key = '', value = ''] of text.slice(0, 4000).matchAll(PARAM)) {
    params[key] ??= value.replace(/^u?['"]|['"]$/g, '')
  }
  const common = { source: 'journal', certainty: 1, ...at }
  note(
    desk,
    {
      ...common,
      kind: 'tool-task',
      tool: 'ansible',
      name: null,
      handler: false,
      host: null,
      outcome: null,
      params,
      message: null,
    },
    line,
    indentOf(line.text),
  )
  const about = { ...common, by: 'ansible' as const, tense: 'done' as const, requester: prefix.identifier, offset: 0 }
  const raw = RAW.exec(text)?.[1] ?? params.argv
  if (raw !== undefined) {
    const offset = line.text.indexOf(raw)
    noteCalls(desk, line, callsIn(raw, true), { ...about, offset: offset < 0 ? null : offset })
    return true
  }
  noteState(desk, line, params, about)
  return true
}

/** The request behind name=, state= and daemon_reload=. */
export function noteState(
  desk: Desk,
  line: TextLine,
  params: Readonly<Record<string, string>>,
  about: Parameters<typeof noteAsk>[4],
) {
  const unit = unitOf(params.name ?? params.service ?? params.unit ?? '')
  const type = STATES[params.state ?? '']
  const noBlock = isTrue(params.no_block)
  const userManager = params.scope === 'user' || isTrue(params.user)
  if (isTrue(params.daemon_reload)) {
    const whole = { from: 0, to: line.text.length, options: [], query: false, units: [], type: null }
    const call = { ...whole, program: 'ansible', verb: 'daemon-reload', mode: 'replace' as const, noBlock, userManager }
    noteCalls(desk, line, [call], { ...about, offset: 0 })
  }
  return unit && type ? noteAsk(desk, line, unit, type, { ...about, noBlock, userManager }) : null
}

const isTrue = (text: string | undefined) => text !== undefined && /^(?:true|yes|1)$/i.test(text)
