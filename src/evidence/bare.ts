/** The manager's sentences without anything before them: -o cat, systemd-analyze verify, and what people cut out. */

import { type Desk, note, type Parser, take } from './desk.ts'
import { parseEllipsized } from './ellipsis.ts'
import { type Heard, hear, quoted } from './hear.ts'
import { type Around, isWholeSentence, namedIn, noteManager } from './manager.ts'
import { unwrap } from './mending/wrap.ts'
import { cutBack, indentOf, type TextLine } from './page.ts'

const SOURCE = 'manager'

/** As few of systemd's own characters as `Starting …...` has could be anybody's; this many are not. */
const TELLING = 16
const BEGINS = /^\s*(?:: )?(?:[A-Z(/]|[\w:.\\@-]{1,250}\.[a-z]{4,9}: |\w[\w:.\\@-]{1,250}\.[a-z]{4,9} )/

export const bareManager: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => BEGINS.test(desk.lines[at]!.text),
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const lead = leadOf(line.text)
    const heard = hear(desk.memory, line.text.slice(lead))
    if (heard.reading && !heard.reading.cut) return accept(desk, at, line, lead, heard, at + 1)
    const goesOn = heard.unit !== null || (looksUnfinished(line.text) && beginsSentence(line.text.slice(lead)))
    const whole = goesOn ? rejoined(desk, at, lead) : null
    if (whole) return accept(desk, at, whole.line, lead, whole.heard, whole.next)
    if (heard.reading && (heard.unit || amongOurs(desk, at))) return accept(desk, at, line, lead, heard, at + 1)
    return heard.unit && amongOurs(desk, at) ? unread(desk, at, line, lead, heard) : at
  },
}

/** Of `: Stopped x.` the name before the colon was cut off. */
const leadOf = (text: string) => indentOf(text) + (text.trimStart().startsWith(': ') ? 2 : 0)

/** What ends in a preposition, a comma or a name goes on in the next line. */
const looksUnfinished = (text: string) => !/[.!?):"'…>]$/.test(text) && text.length > 30

/** Whether one of the manager's sentences begins like this. */
const beginsSentence = (text: string) => parseEllipsized(`${text}…`, false, 8) !== null

function rejoined(desk: Desk, at: number, lead: number): { line: TextLine; heard: Heard; next: number } | null {
  const read = (text: string) => hear(desk.memory, text.slice(lead))
  const whole = unwrap(desk, at, (text) => {
    const { reading } = read(text)
    return reading !== null && !reading.cut && isWholeSentence(text)
  })
  return whole && { line: whole.line, heard: read(whole.line.text), next: whole.next }
}

function accept(desk: Desk, at: number, line: TextLine, lead: number, heard: Heard, next: number): number {
  const reading = heard.reading!
  const status = reading.args.unit
  const named = heard.unit !== null || heard.file !== null || (status !== undefined && namedIn(desk, status) !== null)
  const sure = named || reading.weight >= TELLING || amongOurs(desk, at)
  if (!sure) return at
  if (!isWholeSentence(line.text) && next === at + 1) {
    const whole = rejoined(desk, at, lead)
    if (whole) return accept(desk, at, whole.line, lead, whole.heard, whole.next)
  }
  const around: Around = { source: SOURCE, certainty: named ? 0.95 : 0.8, managerPid: null, quoteFrom: lead }
  const said = reading.key.startsWith('history-') ? quoted(heard) : heard
  return noteManager(desk, line, lead, around, said) ? take(desk, SOURCE, at, next) : at
}

/** The line before or after is the manager's beyond doubt, or only its messages were asked for. */
function amongOurs(desk: Desk, at: number): boolean {
  if (at > 0 && desk.takenFor[at - 1] === SOURCE) return true
  if (desk.typed?.calls.some((call) => call.options.some((o) => /^(?:-o|--output)=cat$/.test(o)))) return true
  // Lines that could all be the manager's, up to one that cannot be anybody else's.
  for (let i = at + 1; i < at + AHEAD && i < desk.lines.length; i++) {
    const { unit, reading } = hear(desk.memory, desk.lines[i]!.text.slice(leadOf(desk.lines[i]!.text)))
    if (!reading && i > at + 2) return false
    if (reading && (unit !== null || reading.weight >= TELLING || isNamed(desk, reading.args.unit))) return true
  }
  return false
}

const AHEAD = 16
const isNamed = (desk: Desk, status: string | undefined) => status !== undefined && namedIn(desk, status) !== null

function unread(desk: Desk, at: number, line: TextLine, lead: number, heard: Heard): number {
  const common = { kind: 'other-log' as const, source: SOURCE, certainty: 0.7, pid: null, unit: heard.unit }
  note(desk, { ...common, identifier: 'systemd', text: line.text.slice(lead) }, line, lead)
  return take(desk, SOURCE, at, at + 1)
}

/** Off a picture of the screen the second bracket is read as a digit or a letter. */
const STATUS_MARK = new RegExp(
  [
    String.raw`^\s*\[? ?(?: OK |OK|FAILED|DEPEND| TIME|TIME|INFO| INFO|ASSERT|UNSUPP|`,
    String.raw`SKIP| SKIP| ONCE|ONCE|FROZEN|CONCUR|WARN| WARN|[ *]{3,8})(?: ? ?\]| {1,2}[1IJl|](?= )) ?`,
  ].join(''),
)

/** The line of a waiting job has no end: what the kernel prints next goes on behind it. */
const KERNEL = /(?<=\))\[ {0,6}\d{1,6}\.\d{3,6}\] .*$/
const withoutKernel = (line: TextLine) => cutBack(line, KERNEL.exec(line.text)?.[0].length ?? 0)

/** `(1min 50s / no limit)` was broken off. */
const isOpen = (text: string) => text.lastIndexOf('(') > text.lastIndexOf(')')

function isHeard(desk: Desk, text: string): boolean {
  const { reading } = hear(desk.memory, text)
  return reading !== null && !reading.cut
}

/** `[  OK  ] Started …`, `[FAILED] Failed to start …`, as the console shows the manager's work at boot. */
export const consoleStatus: Parser = {
  source: 'console',
  // The first bracket is lost easily.
  begins: '[OFDTISUAWC',
  recognizes: (desk, at) => STATUS_MARK.test(desk.lines[at]!.text),
  parse: (desk, at) => {
    const line = withoutKernel(desk.lines[at]!)
    const from = STATUS_MARK.exec(line.text)![0].length
    const around: Around = { source: 'console', certainty: 1, managerPid: 1, quoteFrom: indentOf(line.text) }
    const whole = isOpen(line.text) ? unwrap(desk, at, (text) => isHeard(desk, text.slice(from))) : null
    if (whole && noteManager(desk, whole.line, from, around)) return take(desk, 'console', at, whole.next)
    if (!noteManager(desk, line, from, around)) {
      const common = { kind: 'other-log' as const, source: 'console', certainty: 1, pid: 1, unit: null }
      note(desk, { ...common, identifier: 'systemd', text: line.text.slice(from) }, line, indentOf(line.text))
    }
    return take(desk, 'console', at, at + 1)
  },
}

/** Between two sentences of the manager, a line without a beginning is some other program's message: -o cat. */
export const amongManager: Parser = {
  source: 'journal',
  recognizes: (desk, at) => at > 0 && desk.takenFor[at - 1] === SOURCE && amongOurs(desk, at) && isOursNext(desk, at),
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const common = { kind: 'other-log' as const, source: 'journal', certainty: 0.7, pid: null, unit: null }
    note(desk, { ...common, identifier: 'unknown', text: line.text }, line)
    return take(desk, SOURCE, at, at + 1)
  },
}

function isOursNext(desk: Desk, at: number): boolean {
  return desk.lines.slice(at + 1, at + 4).some(({ text }) => text !== '' && hear(desk.memory, text.trimStart()).reading)
}
