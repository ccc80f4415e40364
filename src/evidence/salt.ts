/** Salt's state output: a block of right-aligned labels for each state. */

import { noteClientWords } from './client.ts'
import { callsIn, unitOf } from './command.ts'
import { type Desk, noteLines, type Parser, take } from './desk.ts'
import type { JobWord } from './fact.ts'
import { indentOf, joinLines } from './page.ts'
import { noteAsk, noteCalls } from './request.ts'

const SOURCE = 'salt'
const LABEL = /^\s+(ID|Function|Name|Result|Comment|Started|Duration|Changes): ?(.*)$/
const TYPES: Readonly<Record<string, JobWord>> = {
  running: 'start',
  dead: 'stop',
  mod_watch: 'restart',
  restart: 'restart',
}

export const salt: Parser = {
  source: SOURCE,
  recognizes: (desk, at) =>
    /^\s+ID: \S/.test(desk.lines[at]!.text) && /^\s+Function: \S/.test(desk.lines[at + 1]?.text ?? ''),
  parse: (desk, at) => {
    const fields = new Map<string, string>()
    let label = ''
    let next = at
    for (; next < desk.lines.length && next - at < 400; next++) {
      const { text } = desk.lines[next]!
      const match = LABEL.exec(text)
      if (match && (match[1] !== 'ID' || next === at)) {
        label = match[1]!
        fields.set(label, match[2]!)
      } else if (match || text === '' || indentOf(text) < 8) break
      else fields.set(label, `${fields.get(label)} ${text.trim()}`.trim())
    }
    noteState(desk, at, next, fields)
    return take(desk, SOURCE, at, next)
  },
}

function noteState(desk: Desk, at: number, next: number, fields: ReadonlyMap<string, string>): void {
  const failed = fields.get('Result') === 'False'
  const message = fields.get('Comment') ?? null
  const fn = fields.get('Function') ?? ''
  noteLines(
    desk,
    {
      kind: 'tool-task',
      source: SOURCE,
      certainty: 1,
      tool: 'salt',
      name: fields.get('ID') ?? null,
      handler: fn.endsWith('mod_watch'),
      host: null,
      outcome: failed ? 'failed' : fields.get('Changes') ? 'changed' : 'ok',
      params: { function: fn },
      message,
    },
    at,
    next - 1,
    indentOf(desk.lines[at]!.text),
  )
  const failing = /^Failed to (start|stop|restart|reload) the service/.exec(message ?? '')?.[1] as JobWord | undefined
  const type = fn.startsWith('service.') ? (failing ?? TYPES[fn.slice(8)]) : undefined
  const unit = unitOf(fields.get('Name') ?? fields.get('ID') ?? '')
  const line = { ...joinLines(desk.lines.slice(at, next), ' '), spread: true }
  const about = { source: SOURCE, by: 'salt' as const, tense: 'done' as const, requester: fn, offset: 0 }
  // A state that runs a command is called as the command, if it has no other name.
  const calls = fn.startsWith('cmd.') ? callsIn(fields.get('Name') ?? fields.get('ID') ?? '', true) : []
  const asked =
    type && unit
      ? noteAsk(desk, line, unit, type, { ...about, certainty: failed ? 1 : 0.7 })
      : (noteCalls(desk, line, calls, { ...about, certainty: 1, offset: null })[0] ?? null)
  const printed = / stderr: (.*?)(?: stdout:|$)/.exec(fields.get('Changes') ?? '')?.[1]
  for (const said of [message, printed]) {
    if (said)
      noteClientWords(desk, line, said, { source: SOURCE, via: 'salt', certainty: 1, answers: asked, offset: null })
  }
}
