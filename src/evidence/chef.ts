/** Chef's reports: resources, and the output of commands that failed. */

import { noteClientWords } from './client.ts'
import { callsIn, unitOf } from './command.ts'
import { type Desk, noteAnswer, type Parser, take } from './desk.ts'
import type { JobWord } from './fact.ts'
import { noteAsk, noteCalls } from './request.ts'
import { noteTask } from './tool-task.ts'

const SOURCE = 'chef'
const BEGIN = /^\s*-{2,} Begin output of (.{1,500}?) -{2,}$/
const END = /^\s*-{2,} End output of (.{1,500}?) -{2,}$/
/** Nothing behind it: whatever ran was ended by a signal. */
const RAN = /^\s*Ran (.{1,500}?) returned(?: (\d{1,3}))?$/
const RESOURCE = /^\s*\* (\w+)\[([^\]]{1,200})\] action (\w+)(.*)$/
const STREAM = /^\s*(STDOUT|STDERR): ?(.*)$/
const FRAME = new RegExp(
  String.raw`^\s*(?:Mixlib::ShellOut::ShellCommandFailed|Expected process to exit with \[|` +
    String.raw`Error executing action \x60|` +
    '- (?:re)?start(?:ed)? service )',
)
const EXPECTED = /^\s*Expected process to exit with \[[\d, ]*\], but received '\d*'/
/** What an execute resource did. */
const EXECUTES = /^\s*- execute (.{1,2000})$/
const ALL = [BEGIN, END, RAN, RESOURCE, STREAM, FRAME, EXECUTES]

export const chef: Parser = {
  source: SOURCE,
  begins: '-R*SME',
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    return text.length < 2000 && ALL.some((pattern) => pattern.test(text))
  },
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const begin = BEGIN.exec(line.text)
    if (begin) readCommand(desk, at, begin[1]!)
    const ran = RAN.exec(line.text)
    const expected = EXPECTED.exec(line.text)
    if (expected || (ran && ran[2] === undefined)) {
      noteTask(desk, at, SOURCE, { tool: 'chef', outcome: 'failed', message: line.text.trim() })
    }
    if (ran?.[2] !== undefined) {
      const first = desk.typed?.noted[0] ?? null
      noteAnswer(desk, { kind: 'exit-status', source: SOURCE, certainty: 1, status: Number(ran[2]) }, line, first)
    }
    const executes = EXECUTES.exec(line.text)
    if (executes) readCommand(desk, at, executes[1]!)
    const resource = RESOURCE.exec(line.text)
    if (resource) noteResource(desk, at, resource)
    const stream = STREAM.exec(line.text)
    if (stream) {
      const offset = line.text.length - stream[2]!.length
      noteClientWords(desk, line, stream[2]!, { source: SOURCE, via: 'chef', certainty: 1, offset })
    }
    return take(desk, SOURCE, at, at + 1)
  },
}

function readCommand(desk: Desk, at: number, text: string): void {
  const line = desk.lines[at]!
  const calls = callsIn(text, true)
  const offset = line.text.indexOf(text)
  const about = { source: SOURCE, by: 'chef' as const, tense: 'done' as const, requester: null, certainty: 1, offset }
  desk.typed = { calls, noted: noteCalls(desk, line, calls, about), text, at, by: 'tool' }
}

function noteResource(desk: Desk, at: number, match: RegExpExecArray): void {
  const [, kind = '', name = '', action = '', rest = ''] = match
  const outcome = /up to date|skipped/.test(rest) ? 'ok' : null
  const resource = `${kind}[${name}]`
  noteTask(desk, at, SOURCE, { tool: 'chef', name: resource, params: { action }, outcome })
  const unit = kind === 'service' || kind === 'systemd_unit' ? unitOf(name) : null
  if (!unit || !/^(?:start|stop|restart|reload)$/.test(action) || outcome) return
  const about = { source: SOURCE, by: 'chef' as const, tense: 'done' as const, certainty: 1, offset: 0 }
  noteAsk(desk, desk.lines[at]!, unit, action as JobWord, { ...about, requester: resource })
}
