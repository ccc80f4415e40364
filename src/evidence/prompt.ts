/** Shell prompts, what was typed at them, and what `echo $?` and heredocs add to it. */

import { PASSAGE_LINES } from '../limits.ts'
import { type Call, callsIn } from './command.ts'
import { type Desk, hide, type Noted, noteAnswer, type Parser, type Typed, take } from './desk.ts'
import { tokenPattern } from './masking/token.ts'
import { indentOf, joinLines, type TextLine } from './page.ts'
import { COMMANDS } from './prompt.table.ts'
import { noteCalls } from './request.ts'
import { noteUnitText } from './unit-text.ts'
import { wordSet } from './word-set.ts'

const SOURCE = 'prompt'

interface Prompt {
  readonly line: TextLine
  /** Where the command begins. */
  readonly from: number
  readonly xtrace: boolean
}

/** A user or a host; also what stands for it in a paste that was masked before. */
const NAME = String.raw`([\w.-]{1,64}|${tokenPattern('user|host')})`

const commands = wordSet(COMMANDS)

const PROMPTS: readonly RegExp[] = [
  // [root@host ~]#, [root@host:~]#
  new RegExp(String.raw`^\[${NAME}@${NAME}(?:[: ][^\]\n]{0,80})?\] ?[#$%>] ?`),
  // user@host:~/x$, core@host ~ $, (venv) user@host:/x#
  new RegExp(String.raw`^(?:\([\w.-]{1,40}\) )?${NAME}@${NAME}:? ?(?:[~/][^$#%>\n]{0,120}?)? ?[#$%>](?: |$)`),
  // root@host [ ~ ]#
  new RegExp(String.raw`^${NAME}@${NAME} \[ [^\]\n]{1,80} \][#$] ?`),
  // host:~ #
  new RegExp(String.raw`^()${NAME}:[~/][^#$\n]{0,100}? ?[#$](?: |$)`),
  // bash-5.2#, -bash-4.2$, sh-4.4#
  /^-?(?:ba|z|k|da|a)?sh(?:-[\d.]{1,8})?[#$](?: |$)/,
  // host ~ #
  new RegExp(String.raw`^()${NAME} [~/]\S{0,60} [#$](?: |$)`),
  /^(?:➜|❯|λ|»|▶) +(?:[~/]\S{0,60} +)?(?:git:\(\S{1,60}\) +(?:✗ +)?)?/,
  /^[└╰]─{1,4}[#$>❯] ?/,
  /^[$%](?: +|$)/,
  /^root# +/,
  // / #, ~ #, /var/log #: a shell of BusyBox
  /^(?:~|\/[\w./-]{0,60}) [#$] +(?=\S)/,
  // tty1 #, pts/0 $, shell 2$: somebody tells terminals apart; only before what is surely a command.
  /^()()(?!(?:fi|done|esac|then|else|do)\b)[A-Za-z][\w./-]{0,20}(?: \w{1,3})? ?[#$] (?=(?:sudo )?(?:\/\S{1,20}\/)?(?:systemctl|journalctl|service) )/,
]

function readPrompt(desk: Desk, line: TextLine): Prompt | null {
  const lead = indentOf(line.text)
  const text = lead === 0 ? line.text : line.text.slice(lead)
  const c = text.charCodeAt(0)
  if (c === 35 || c === 43) return afterMark(line, text, lead)
  for (const pattern of PROMPTS) {
    const match = pattern.exec(text)
    if (!match) continue
    hideNames(desk, line, lead, match)
    return { line, from: lead + match[0].length, xtrace: false }
  }
  return null
}

/** `# command`, unless it is a comment; `+ command`, as sh -x says it. */
function afterMark(line: TextLine, text: string, lead: number): Prompt | null {
  const match = /^(?:#+|\++) *((?:[A-Z_]{1,30}=\S{0,60} )?(?:[\w./-]*\/)?([\w.-]{1,40})(?=\s|$))/.exec(text)
  if (!match || !commands.has(match[2]!)) return null
  const xtrace = text.startsWith('+')
  if (!xtrace && SENTENCE.test(text)) return null
  return { line, from: lead + match[0].length - match[1]!.length, xtrace }
}

/** A comment that begins with a word which is a command as well. */
const SENTENCE = new RegExp(
  [
    String.raw`^#{1,3}\s*(?:service|time|test|source|for|if|while|until|find|make|watch|`,
    'sleep|at|date|env|id|head|less|set) (?:is|are|was|has|the|a|an|',
    String.raw`for|will|to|this|that|of|each|we|you|it|in|and|no|not|there|some|any|systemd)\b`,
  ].join(''),
)

/** A line of a comment, by the sentences above and below; what only systemd's own tools say is typed there, too. */
function isInComment({ lines }: Desk, at: number): boolean {
  const [above, text = '', below] = [at - 1, at, at + 1].map((i) => lines[i]?.text.trimStart())
  if (!text.startsWith('# ') || SURELY_TYPED.test(text)) return false
  return isProse(above) && (isProse(below) || (LAST_SENTENCE.test(text) && !below?.startsWith('#')))
}

const LAST_SENTENCE = /^#+ +\S{1,40}(?: [\w'",()-]{1,40}){3}.{0,200}[a-z"'`)]\.$/

const SURELY_TYPED = /^#+ *(?:systemctl|journalctl|service \S+ (?:re)?(?:start|stop|load|status))(?: |$)/

const isProse = (text = ''): boolean => COMMENT_PROSE.test(text) && !commands.has(/^#+ *(\S+)/.exec(text)?.[1] ?? '')
const COMMENT_PROSE = /^#+ +\S{1,40}(?: [\w'",.()-]{1,40}){3}/

const isMasked = (name: string): boolean => name.startsWith('[')

function hideNames(desk: Desk, line: TextLine, lead: number, match: RegExpExecArray): void {
  const [whole, user = '', host = ''] = match
  if (user !== '' && !isMasked(user))
    hide(desk, 'user', line, lead + whole.indexOf(user), lead + whole.indexOf(user) + user.length)
  if (host === '' || isMasked(host)) return
  const at = lead + whole.indexOf(host, user === '' ? 0 : whole.indexOf(user) + user.length)
  hide(desk, 'host', line, at, at + host.length)
}

export const prompt: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => readPrompt({ ...desk, secrets: [] }, desk.lines[at]!) !== null && !isInComment(desk, at),
  parse: (desk, at) => {
    const first = readPrompt(desk, desk.lines[at]!)
    if (!first) return at
    const { line, next } = whole(desk, at)
    const text = line.text.slice(first.from)
    const calls = callsIn(text, true)
    const before = desk.typed
    const noted = noteCalls(desk, line, calls, {
      source: SOURCE,
      certainty: 1,
      by: first.xtrace ? 'script' : byOf(text),
      tense: 'done',
      requester: null,
      offset: first.from,
    })
    desk.typed = { calls, noted, text, at, by: 'prompt', unanswered: unansweredOf(before) }
    take(desk, SOURCE, at, next)
    return heredoc(desk, next, text) ?? exitStatus(desk, next, text, before) ?? next
  },
}

/** Few at a time: nobody keeps more in mind. */
const IN_THE_BACKGROUND = 8

function unansweredOf(before: Typed | null): readonly Noted[] {
  if (before === null) return []
  const sent = / &\s*$/.test(before.text) ? before.noted : []
  return [...(before.unanswered ?? []), ...sent].slice(-IN_THE_BACKGROUND)
}

const byOf = (text: string) => (/^\s*ansible/.test(text) ? ('ansible' as const) : ('shell' as const))

/** A command continued by backslashes, as one line. */
function whole(desk: Desk, at: number): { line: TextLine; next: number } {
  let next = at + 1
  while (next < desk.lines.length && next - at < 20 && desk.lines[next - 1]!.text.endsWith('\\')) next++
  const lines = desk.lines.slice(at, next)
  return { line: lines.length === 1 ? lines[0]! : joinLines(lines, ' '), next }
}

const HEREDOC = /<<-?\s*\\?['"]?(\w{1,40})['"]?/
const TARGET = /(?:>{1,2}|\btee\b(?: -\w+)*)\s*['"]?([^\s'"|;<>&]{1,300})/

/** `cat > /etc/systemd/system/x.service <<EOF`: the lines up to the mark are the file's. */
function heredoc(desk: Desk, next: number, text: string): number | null {
  const mark = HEREDOC.exec(text)?.[1]
  if (!mark) return null
  for (let i = next; i < desk.lines.length && i - next < PASSAGE_LINES && desk.lookahead-- > 0; i++) {
    if (desk.lines[i]!.text.trim() !== mark) continue
    const path = TARGET.exec(text.replace(HEREDOC, ''))?.[1] ?? unitEdited(desk.typed?.calls ?? [])
    const isUnit = desk.lines.slice(next, i).some((line) => /^\s*\[[A-Z][a-z]+\]$/.test(line.text))
    if (isUnit) noteUnitText(desk, next, i, { path, unit: null, origin: 'heredoc', whole: true })
    take(desk, isUnit ? 'unit file' : SOURCE, next, i)
    return take(desk, SOURCE, i, i + 1)
  }
  return null
}

/** `systemctl edit --stdin x.service` writes a drop-in. */
function unitEdited(calls: readonly Call[]): string | null {
  const call = calls.find((c) => c.verb === 'edit')
  return call?.units[0] ? `/etc/systemd/system/${call.units[0]}.d/override.conf` : null
}

function exitStatus(desk: Desk, next: number, text: string, before: Typed | null): number | null {
  const line = desk.lines[next]
  if (!line || !/\$\?/.test(text) || !/^\s*\d{1,3}$/.test(line.text)) return null
  const status = Number(line.text)
  noteAnswer(desk, { kind: 'exit-status', source: SOURCE, certainty: 1, status }, line, before?.noted[0] ?? null)
  return take(desk, SOURCE, next, next + 1)
}
