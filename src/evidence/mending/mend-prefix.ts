/** What stands before each line of a quoted, numbered, tabulated or relayed text, and is no part of it. */

import { UNIT_IN_TEXT } from '../../systemd/unit.ts'
import type { Tally } from '../mend.ts'
import { cutBack, cutFront, placeOf, type TextLine } from '../page.ts'
import { stampMoment } from '../time.ts'

/** In place: every line loses what a mailer, a pager, a pipeline or a container runtime put before it. */
export function stripPrefixes(lines: TextLine[], tally: Tally): void {
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const c = line.text.charCodeAt(0)
    const front = beginsPlainly(c) ? 0 : quoteLength(lines, i)
    if (front > 0) {
      tally('quote marks', line.number)
      lines[i] = withoutBar(cutFront(line, front))
    }
  }
  stripComments(lines, tally)
  stripNumbers(lines, tally)
  stripIndentation(lines, tally)
  for (let i = 0; i < lines.length; i++) stripRelay(lines, i, tally)
}

/** Letters, digits and most marks: no quote begins with them. Blanks and `>`, `|`, `│` and the like go on. */
const beginsPlainly = (c: number) => c !== 32 && c !== 61 && c !== 62 && c !== 124 && c !== 9 && c < 128

/** Who quotes a quote may have put blanks between the marks. */
const QUOTE = /^[ \t]{0,3}(?:>(?:[ \t]{2,3}(?=>)|[ \t]?))+/
/** A bar; or the machine that a runner of several has the line from: `==> default: `. */
const BAR = /^\|{1,2}(?:[ \t]|$)|^[│┃║¦▌▎](?:[ \t]|$)|^==> [\w.-]{1,60}:(?: |$)/

function quoteLength(lines: readonly TextLine[], i: number): number {
  const { text } = lines[i]!
  const quoted = QUOTE.exec(text)
  if (quoted) return quoted[0].length
  const bar = BAR.exec(text)
  if (!bar) return 0
  const alike = (other: TextLine | undefined) => other?.text.startsWith(bar[0].trimEnd()) === true
  return alike(lines[i - 1]) || alike(lines[i + 1]) || lines[i - 1]?.shift === bar[0].length ? bar[0].length : 0
}

/** The bar that closes a table's row. */
function withoutBar(line: TextLine): TextLine {
  return /[ \t][|│┃║¦]$/.test(line.text) ? cutBack(line, 1) : line
}

const STEP_OF_INDENTATION = 4
const INDENTED_LINES = 3

/** A text that is indented as a whole, as code in Markdown is. */
function stripIndentation(lines: TextLine[], tally: Tally): void {
  let least = Number.POSITIVE_INFINITY
  let count = 0
  for (const { text } of lines) {
    if (text === '') continue
    if (text.charCodeAt(0) !== 32 || !text.startsWith('    ')) return
    least = Math.min(least, text.search(/[^ ]/))
    count++
  }
  if (count < INDENTED_LINES) return
  for (let i = 0; i < lines.length; i++) {
    if (lines[i]!.text === '') continue
    lines[i] = cutFront(lines[i]!, least - (least % STEP_OF_INDENTATION))
    tally('indentation', lines[i]!.number)
  }
}

const COMMENT = /^[ \t]{0,16}(?:#{1,3}|\/\/)(?: |$)/
/** What somebody quotes of systemd in a comment, indented. */
const QUOTED_THERE = new RegExp(
  [
    String.raw`^[ \t]{0,16}(?:#{1,3}|\/\/) {2,12}(?=\S)(?:.{0,120}(?:systemd\[\d+\]: |Transaction for |[Jj]ob for |`,
    String.raw`is destructive|ordering cycle|Dependency failed|timed out\b|still be activated|triggering units)|`,
    `${UNIT_IN_TEXT}: [A-Z])`,
  ].join(''),
)
/** Comments of unit files, fstab and the like, where a setting may be. */
const OF_SETTINGS = /^[ \t]*(?:#{1,3}|\/\/) {0,12}(?:\[\w{3,12}\]|[A-Z]\w{2,40}=|\/\S|UUID=)/

/** A comment of three lines or more in which a log is quoted. */
function stripComments(lines: TextLine[], tally: Tally): void {
  let from = 0
  const finish = (end: number) => {
    const run = lines.slice(from, end)
    if (run.length < 3 || !run.some(({ text }) => QUOTED_THERE.test(text))) return
    if (run.some(({ text }) => OF_SETTINGS.test(text))) return
    for (let i = from; i < end; i++) {
      lines[i] = cutFront(lines[i]!, COMMENT.exec(lines[i]!.text)![0].length)
      tally('comment marks', lines[i]!.number)
    }
  }
  for (let i = 0; i < lines.length; i++) {
    if (COMMENT.test(lines[i]!.text)) continue
    finish(i)
    from = i + 1
  }
  finish(lines.length)
}

interface Numbered {
  readonly value: number
  readonly mark: string
  readonly length: number
}

const NUMBER = /^[ \t]{0,7}(\d{1,6})(?:([|:)→.])[ \t]?|(\t| {1,4}))/
const ROW_OF_JOBS = /^\s*\d+\s+\S+\.[a-z]+\s+[a-z-]+\s+(?:waiting|running)/

function numberOf(text: string): Numbered | null {
  const c = text.charCodeAt(0)
  if (c > 57 || (c < 48 && c !== 32 && c !== 9)) return null
  const match = NUMBER.exec(text) ?? /^[ \t]{0,7}(\d{1,6})()()$/.exec(text)
  if (!match || ROW_OF_JOBS.test(text)) return null
  return { value: Number(match[1]), mark: match[2] ?? ' ', length: match[0].length }
}

const STEP = /^(?:sudo )?systemctl [a-z]/

/** What somebody did, step by step: commands without a prompt in a list of sentences, and no lines of a script. */
function areSteps(lines: readonly TextLine[], from: number, run: readonly Numbered[]): boolean {
  if (run[0]?.value !== 1 || !(run[0].mark === ')' || run[0].mark === '.')) return false
  const texts = run.map(({ length }, i) => lines[from + i]!.text.slice(length))
  return texts.some((text) => STEP.test(text)) && texts.some((text) => /^[A-Z][a-z]+ [a-z]/.test(text))
}

/** Three lines that count up with a mark behind the number, or five with a blank, are numbered lines. */
function stripNumbers(lines: TextLine[], tally: Tally): void {
  let from = 0
  let run: Numbered[] = []
  const finish = (end: number) => {
    const marked = run.some((n) => n.mark !== ' ' && n.mark !== '')
    if (run.length >= (marked ? 3 : 5) && !areSteps(lines, from, run)) {
      for (let i = from; i < end; i++) {
        lines[i] = cutFront(lines[i]!, run[i - from]!.length)
        tally('line numbers', lines[i]!.number)
      }
    }
    run = []
  }
  for (let i = 0; i < lines.length; i++) {
    const found = numberOf(lines[i]!.text)
    if (!found && run.length === 0) continue
    const last = run.at(-1)
    const mark = run.findLast((n) => n.mark !== '')?.mark ?? ''
    const alike = mark === '' || found?.mark === mark || found?.mark === ''
    const follows = found && last && found.value === last.value + 1 && alike
    if (!follows) finish(i)
    if (found) {
      if (run.length === 0) from = i
      run.push(found)
    }
  }
  finish(lines.length)
}

const STAMPS: readonly RegExp[] = [
  // GitHub Actions and Azure Pipelines; then GitLab; docker logs -t; container runtimes; Jenkins.
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z)(?: |$)/,
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) \d\d[OE][ +]?(?: |$)?/,
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(?:Z|[+-]\d\d:\d\d)) (?:std(?:out|err) [FP](?: |$))?/,
  /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\](?: |$)/,
  // Puppet under an installer of its own.
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \[[A-Z]{4,7} ?\] \[\w{2,20}\] /,
  /^\[ {0,2}[A-Z]{4,7} (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \w{4,8}\] {1,2}/,
  // Ansible's log_path, which has the user, too.
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) p=\d{1,8} u=(\S{1,64}) (?:n=\S{1,40} )?(?:[A-Z]{4,8} ?)?\| {0,2}/d,
]
/** Ansible has a machine there, and how it went. */
const COMPOSE = /^[\w.-]{1,80}[-_]\d+ +\|(?! (?:SUCCESS|CHANGED|FAILED|UNREACHABLE|SKIPPED)\b) ?/
/** How an image's build has it: its step, and after how many seconds. */
const BUILD_STEP = /^#\d{1,4} \d{1,6}\.\d{1,6} (?=.)/
const POD = /^\[pod\/[\w./-]{1,200}\] /
/** The driver of NixOS tests, before what a machine's console says. */
const MACHINE = /^[ \t]{0,12}[\w-]{1,60} # (?=\[ {0,8}\d{1,9}\.\d{2,6}\] |[A-Z])/
const FILE_NAME = /^[\w./+-]{1,120}:(?:\d{1,7}:)?(?=[A-Z][a-z]{2} [ \d]\d \d\d:|\d{4}-\d\d-\d\dT\d\d:)/
const GH_COLUMNS = /^[^\t]{1,100}\t[^\t]{1,100}\t(?=\d{4}-\d\d-\d\dT)/

function stripRelay(lines: TextLine[], i: number, tally: Tally): void {
  const line = lines[i]!
  const { text } = line
  const c = text.charCodeAt(0)
  if (text.length < 10 || stripMachine(lines, i, tally) || c === 32 || c === 9) return
  if (
    (c >= 48 && c <= 57 && (text.charCodeAt(10) === 84 || text.startsWith(' p=', 23) || text.startsWith(' [', 19))) ||
    (c === 91 && !POD.test(text))
  ) {
    stripStamp(lines, i, tally)
    return
  }
  const bar = text.indexOf('| ')
  const tab = text.indexOf('\t')
  const columns = tab > 0 ? GH_COLUMNS.exec(text) : null
  const compose = bar > 0 && bar < 100 ? COMPOSE.exec(text) : null
  const named = c === 47 || (c >= 97 && c <= 122) ? fileName(text) : null
  const cut = columns ?? compose ?? named ?? (c === 91 ? POD.exec(text) : c === 35 ? BUILD_STEP.exec(text) : null)
  if (!cut) return
  lines[i] = cutFront(line, cut[0].length)
  tally(named ? 'file names before lines' : 'container prefixes', line.number)
  if (columns) stripStamp(lines, i, tally)
}

function stripMachine(lines: TextLine[], i: number, tally: Tally): boolean {
  const line = lines[i]!
  const machine = line.text.indexOf('#') > 0 ? MACHINE.exec(line.text) : null
  if (!machine) return false
  lines[i] = cutFront(line, machine[0].length)
  tally('container prefixes', line.number)
  return true
}

/** As grep puts it before what it found in several logs. */
function fileName(text: string): RegExpExecArray | null {
  const colon = text.indexOf(':')
  return colon > 0 && colon < 120 ? FILE_NAME.exec(text) : null
}

function stripStamp(lines: TextLine[], i: number, tally: Tally): void {
  const line = lines[i]!
  for (const pattern of STAMPS) {
    const match = pattern.exec(line.text)
    if (!match) continue
    const at = stampMoment(match[1]!)
    const [from, to] = match.indices?.[2] ?? []
    const user =
      from !== undefined && to !== undefined ? { user: [placeOf(line, from), placeOf(line, to)] as const } : {}
    lines[i] = { ...cutFront(line, match[0].length), ...(at ? { at } : {}), ...user }
    tally('pipeline time stamps', line.number)
    return
  }
}
