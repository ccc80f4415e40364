/** What ansible-playbook and ansible print: tasks, handlers, results in all their shapes, recaps. */

import { noteState, STATES } from './ansible-log.ts'
import { noteClientWords } from './client.ts'
import { callsIn, unitOf } from './command.ts'
import { type Desk, hide, isNoted, type Noted, note, noteAnswer, noteLines, type Parser, take } from './desk.ts'
import type { JobWord, ToolTask } from './fact.ts'
import { tokenPattern } from './masking/token.ts'
import { indentOf, joinLines, type TextLine } from './page.ts'
import { noteAsk, noteCalls } from './request.ts'
import { wordOfTask } from './told/mention.ts'

const SOURCE = 'ansible'

const TASK = new RegExp(
  String.raw`^\s*(TASK|RUNNING HANDLER|HANDLER|NOTIFIED|PLAY|PLAY RECAP|GATHERING FACTS|NO MORE HOSTS LEFT)` +
    String.raw`(?::? \[(.*?)\])?[ *:]*$`,
)
const RESULT = new RegExp(
  [
    String.raw`^\s*(ok|changed|failed|fatal|skipping|unreachable|included|rescued|`,
    String.raw`ignored): \[((?:${tokenPattern('[a-z]+')}|[^\][]){1,200})\](?: ?-> ?\S{1,200})?(?: ?(?:=> ?)?\(item=(.{0,300}?)\))?(?:: ?(FAILED`,
    '|UNREACHABLE)!)?(?: {0,2}=> ?(.*))?$',
  ].join(''),
)
const AD_HOC = /^\s*(\S{1,100}) \| (FAILED|CHANGED|SUCCESS|UNREACHABLE)!?(?: \| rc=(\d+))? ?(?:=>|>>) ?(.*)$/i
const FRAME = new RegExp(
  String.raw`^\s*(?:\.\.\.ignoring|task path: |included: \S{1,300} for |to retry, use: |META: |Origin: |<<< caused by >>>|` +
    String.raw`FATAL: all hosts have already failed|\S+\s+: ok=\d+\s+changed=\d+)`,
)
const RECAP = /^\s*(\S+)\s+: ok=/
const ERROR = new RegExp(
  String.raw`^\s*(?:\[?(?:ERROR|Error|WARNING)\]?: ?:? ?)?(?:Task failed|Module failed|` +
    String.raw`Unable to (?:start|stop|restart|reload) service \S+:)`,
)

export const ansible: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    return (
      isBareResult(desk, at) ||
      TASK.test(text) ||
      RESULT.test(text) ||
      AD_HOC.test(text) ||
      FRAME.test(text) ||
      ERROR.test(text)
    )
  },
  parse: (desk, at) => {
    const { text } = desk.lines[at]!
    if (isBareResult(desk, at)) return readResult(desk, at, 'failed', '', text.trimStart(), undefined)
    const task = TASK.exec(text)
    if (task) return readTask(desk, at, task)
    hideHost(desk, at)
    const result = RESULT.exec(text)
    if (result) return readResult(desk, at, result[1]!, result[2]!, result[5] ?? '', result[3])
    const adHoc = AD_HOC.exec(text)
    if (adHoc) return readResult(desk, at, adHoc[2]!.toLowerCase(), adHoc[1]!, adHoc[4] ?? '', undefined)
    if (FRAME.test(text)) return take(desk, SOURCE, at, at + 1)
    return readMessage(desk, at, text, null)
  },
}

/** The machine that a result is of. */
function hideHost(desk: Desk, at: number): void {
  const line = desk.lines[at]!
  const host = RESULT.exec(line.text)?.[2] ?? AD_HOC.exec(line.text)?.[1] ?? RECAP.exec(line.text)?.[1]
  if (host === undefined) return
  for (const name of host.split(' -> ')) {
    const from = line.text.indexOf(name)
    hide(desk, 'host', line, from, from + name.length)
  }
}

/** A module's result cut out of everything around it: an object with `msg` and `invocation` or the like. */
function isBareResult(desk: Desk, at: number): boolean {
  if (!/^\s*\{/.test(desk.lines[at]!.text)) return false
  const text = desk.lines
    .slice(at, at + 40)
    .map((line) => line.text.slice(0, 2000))
    .join('\n')
  return /"(?:msg|stderr)"\s*:/.test(text) && /"(?:changed|invocation|module_args|failed|rc)"\s*:/.test(text)
}

function readTask(desk: Desk, at: number, match: RegExpExecArray): number {
  const [, kind = '', name = null] = match
  desk.task = null
  desk.typed = null
  if (kind !== 'TASK' && !isHandler(kind)) return take(desk, SOURCE, at, at + 1)
  desk.task = note(
    desk,
    task({ name, handler: isHandler(kind), host: null, outcome: null }),
    desk.lines[at]!,
    indentOf(desk.lines[at]!.text),
  )
  return take(desk, SOURCE, at, at + 1)
}

/** `NOTIFIED:` up to Ansible 1.9. */
const isHandler = (kind: string) => kind.endsWith('HANDLER') || kind === 'NOTIFIED'

type TaskDraft = Parameters<typeof note>[1] & { kind: 'tool-task' }

const task = (some: Partial<ToolTask>): TaskDraft => ({
  kind: 'tool-task',
  source: SOURCE,
  certainty: 1,
  tool: 'ansible',
  name: null,
  handler: false,
  host: null,
  outcome: null,
  params: {},
  message: null,
  ...some,
})

const OUTCOMES: Readonly<Record<string, ToolTask['outcome']>> = {
  ok: 'ok',
  success: 'ok',
  changed: 'changed',
  failed: 'failed',
  fatal: 'failed',
  skipping: 'skipped',
  unreachable: 'unreachable',
  ignored: 'ignored',
}

function readResult(
  desk: Desk,
  at: number,
  word: string,
  host: string,
  rest: string,
  item: string | undefined,
): number {
  const { end, text } = bodyOf(desk, at, rest)
  const fields = fieldsOf(text)
  for (const [key, value] of Object.entries(yamlish(text.slice(text.lastIndexOf('}') + 1)))) fields[key] ??= value
  const above = isNoted(desk.task, 'tool-task') ? desk.task.draft : null
  const message = fields.msg ?? null
  const common = { name: above?.name ?? null, handler: above?.handler ?? false, host: host.split(' ')[0] || null }
  const outcome = OUTCOMES[word] ?? null
  const params = { ...paramsOf(fields), ...(item === undefined ? {} : { item }) }
  noteLines(desk, task({ ...common, outcome, params, message }), at, end - 1, indentOf(desk.lines[at]!.text))
  const line = joined(desk, at, end)
  const asked =
    askFor(desk, line, message ?? '', params, above?.name ?? null, outcome) ?? commandOf(desk, line, fields.cmd)
  const said = [message, fields.stderr].filter((words) => words !== null && words !== undefined)
  for (const words of said.length > 0 ? said : [text]) readWords(desk, line, words, asked)
  return take(desk, SOURCE, at, end)
}

/** The lines of one result: JSON on the same line or over several, or what the yaml callback indents. */
function bodyOf(desk: Desk, at: number, rest: string): { end: number; text: string } {
  let end = at + 1
  const lead = indentOf(desk.lines[at]!.text)
  if (rest.startsWith('{') && !rest.trimEnd().endsWith('}')) {
    let open = braces(rest)
    while (end < desk.lines.length && end - at < 2000 && open > 0) {
      const { text } = desk.lines[end]!
      // The rest was cut off.
      if (TASK.test(text) || RESULT.test(text)) return bodyTo(desk, at, end, rest)
      open = isClosed(text, lead) ? 0 : open + braces(text)
      end++
    }
  } else if (rest.startsWith('{')) {
    if (BELOW.test(desk.lines[end]?.text ?? '')) while (end - at < 40 && isBelow(desk, end)) end++
  } else if (rest === '' || /^changed=\w+$/.test(rest)) {
    while (end < desk.lines.length && end - at < 400) {
      const { text } = desk.lines[end]!
      if (text === '' || indentOf(text) <= lead || RESULT.test(text)) break
      end++
    }
  }
  return bodyTo(desk, at, end, rest)
}

function bodyTo(desk: Desk, at: number, end: number, rest: string): { end: number; text: string } {
  const more = desk.lines.slice(at + 1, end).map((line) => line.text)
  return { end, text: [rest, ...more].join('\n') }
}

/** How many more are opened than closed. */
const braces = (text: string) => text.split('{').length - text.split('}').length

/** Up to Ansible 1.9 what a module printed stands below its result. */
const BELOW = /^\s*(?:msg|stderr|stdout|cmd|rc): /

function isBelow({ lines }: Desk, i: number): boolean {
  const text = lines[i]?.text ?? ''
  return text !== '' && !TASK.test(text) && !RESULT.test(text) && !FRAME.test(text)
}

/** The brace that closes the object stands no deeper than the line that opened it. */
const isClosed = (text: string, lead: number) => /^\s*\}/.test(text) && indentOf(text) <= lead

const joined = (desk: Desk, at: number, end: number): TextLine => {
  const line = end === at + 1 ? desk.lines[at]! : joinLines(desk.lines.slice(at, end), ' ')
  return { ...line, spread: end > at + 1 }
}

/** msg, stderr and the module's arguments, from JSON, YAML or what is left of either. */
function fieldsOf(text: string): Record<string, string> {
  const from = text.indexOf('{')
  if (from >= 0) {
    try {
      return flat(JSON.parse(text.slice(from, text.lastIndexOf('}') + 1)))
    } catch {
      return jsonish(text)
    }
  }
  return yamlish(text)
}

function flat(value: unknown, into: Record<string, string> = {}, depth = 0): Record<string, string> {
  if (value === null || typeof value !== 'object' || depth > 3) return into
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') into[key] ??= String(item)
    else if (key === 'cmd' && Array.isArray(item)) into[key] ??= item.join(' ')
    else if (/^(?:invocation|module_args|ansible_facts)$/.test(key)) flat(item, into, depth + 1)
  }
  return into
}

function jsonish(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, key = '', value = '', bare = ''] of text.matchAll(
    /"(\w{1,40})": ?(?:"((?:[^"\\]|\\.){0,4000})"?|(true|false|\d+))/g,
  )) {
    found[key] ??= bare || value.replace(/\\n/g, '\n').replace(/\\(["\\/])/g, '$1')
  }
  return found
}

/** `key: value`, folded over deeper-indented lines. */
function yamlish(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  let key = ''
  let lead = 0
  for (const line of text.split('\n')) {
    const match = /^(\s*)(\w{1,40}):(?: (.*))?$/.exec(line)
    if (match && (key === '' || match[1]!.length <= lead)) {
      key = match[2]!
      lead = match[1]!.length
      found[key] = (match[3] ?? '').replace(/^[|>]-?$/, '').replace(/^(['"])(.*)\1$/, '$2')
    } else if (key !== '') found[key] = `${found[key]} ${line.trim()}`.trim()
  }
  return found
}

function paramsOf(fields: Readonly<Record<string, string>>): Record<string, string> {
  const names = [
    'name',
    'service',
    'unit',
    'state',
    'enabled',
    'masked',
    'daemon_reload',
    'daemon_reexec',
    'no_block',
    'scope',
  ]
  return Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])))
}

const UNABLE = /\b[Uu]nable to (start|stop|restart|reload) service (\S+?)(?::|\s|$)/
const NAMED = new RegExp(
  [
    String.raw`\b(start|stop|restart|reload)(?:ing|ed)? (?:service )?(?!the\b|`,
    String.raw`all\b|both\b|services?\b|and\b|it\b|if\b|after\b)([\w@.-]{2,80})`,
  ].join(''),
  'i',
)

/** The request behind a result: by its message, its arguments or, failing both, its task's name. */
function askFor(
  desk: Desk,
  line: TextLine,
  message: string,
  params: Readonly<Record<string, string>>,
  name: string | null,
  outcome: ToolTask['outcome'],
): Noted | null {
  const about = { source: SOURCE, by: 'ansible' as const, tense: 'done' as const, requester: name, offset: 0 }
  const unable = UNABLE.exec(message)
  if (unable) {
    const unit = unitOf(unable[2]!)
    return unit ? noteAsk(desk, line, unit, unable[1] as JobWord, { ...about, certainty: 1 }) : null
  }
  if (params.state !== undefined && params.state in STATES && outcome !== 'skipped') {
    return noteState(desk, line, params, { ...about, certainty: outcome === 'ok' ? 0.6 : 1 })
  }
  const named = outcome === 'changed' && name ? NAMED.exec(name) : null
  const unit = named ? unitOf(named[2]!) : null
  return unit ? noteAsk(desk, line, unit, named![1]!.toLowerCase() as JobWord, { ...about, certainty: 0.6 }) : null
}

function commandOf(desk: Desk, line: TextLine, command: string | undefined): Noted | null {
  const about = { source: SOURCE, certainty: 1, by: 'ansible' as const, tense: 'done' as const, requester: null }
  return noteCalls(desk, line, callsIn(command ?? '', true), { ...about, offset: null })[0] ?? null
}

const UNKNOWN_SERVICE =
  /Could not find the requested service ['"]{0,2}(\S+?)['"]{0,2}:|'(\S{1,250})': Unit \S{1,250} could not be found/

/** What systemctl tells to do of a unit that changed on disk. */
const ADVICE = /\bRun 'systemctl[^'\n]{0,60} daemon-reload'/g

function readWords(desk: Desk, line: TextLine, words: string, asked: Noted | null): void {
  const [, service, shown] = UNKNOWN_SERVICE.exec(words) ?? []
  const unit = unitOf(service ?? shown ?? '')
  if (unit) {
    const none = { type: asked ? null : wordOfTask(desk), queued: null, included: null, onBehalf: null }
    const refused = { kind: 'request-refused' as const, source: SOURCE, certainty: 1, via: 'ansible' as const, ...none }
    noteAnswer(desk, { ...refused, unit, error: 'not-found', other: unit, text: words.trim() }, line, asked)
    return
  }
  const noted = noteCalls(desk, line, callsIn(words.replace(ADVICE, '')), {
    source: SOURCE,
    certainty: 0.9,
    by: 'ansible',
    tense: 'done',
    requester: null,
    offset: null,
  })
  const answers = asked ?? noted[0] ?? null
  noteClientWords(desk, line, words.replace(/\s+/g, ' '), {
    source: SOURCE,
    via: 'ansible',
    certainty: 1,
    answers,
    offset: null,
  })
}

/** `Error: : Task failed: Module failed: Unable to restart service x: Job for x.service failed …`. */
function readMessage(desk: Desk, at: number, message: string, name: string | null): number {
  let next = at + 1
  while (
    next < desk.lines.length &&
    next - at < 4 &&
    /^\s*(?:See "systemctl|See system logs)/.test(desk.lines[next]!.text)
  )
    next++
  const line = desk.lines[at]!
  const above = isNoted(desk.task, 'tool-task') ? desk.task.draft : null
  const asked = askFor(desk, line, message, {}, name ?? above?.name ?? null, 'failed')
  const common = { name: above?.name ?? null, handler: above?.handler ?? false, message: message.trim() }
  noteLines(desk, task({ ...common, outcome: 'failed' }), at, next - 1, indentOf(line.text))
  const answers = asked
  noteClientWords(desk, line, message, { source: SOURCE, via: 'ansible', certainty: 1, answers, offset: null })
  return take(desk, SOURCE, at, next)
}
