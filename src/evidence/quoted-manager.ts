/** The manager's sentences with something of people's around them: a time of day alone, quote marks in a sentence. */

import { UNIT_SUFFIX } from '../systemd/unit.ts'
import { type Desk, type Parser, take } from './desk.ts'
import { type Heard, hear, quoted } from './hear.ts'
import { isWholeSentence, noteManager } from './manager.ts'
import { type Unwrapped, unwrap } from './mending/wrap.ts'
import { cutFront, indentOf, joinLines, type TextLine } from './page.ts'

const SOURCE = 'quoted'
/** `14:03:07  x.service: …` and `systemd[1] x.service: …`: what else stood before it was cut off, or typed anew. */
const TIMED =
  /^\s*(?:\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,6})?)?(?: {1,4}systemd(?:\[\d{1,7}\])?:)?|systemd\[\d{1,7}\]) {1,4}(?=\S)/
/** In a comment, the whole of the line. */
const MARKED =
  /^[ \t]{0,60}(?:#{1,3}|\/\/|\*|--|;) {1,12}(?:[Ee]rror: {1,2})?(?=[A-Z]|[\w:.\\@-]{1,250}\.[a-z]{4,9}(?::? ))/
/** A sentence that names its unit first, in quote marks. */
const QUOTED = /[`"“‘']([\w:.\\@-]{1,250}\.[a-z]{4,9}: [^`"”’\n]{8,300})[`"”’']?/
/** A job by its name and how it ended, without quote marks: titles have it so. */
const OF_A_JOB = new RegExp(
  String.raw`\bJob [\w:.\\@-]{1,250}\.[a-z]{4,9}/(?:(?:re)?start|stop|reload|verify-active) ` +
    String.raw`(?:timed out|failed with result '[a-z-]{4,12}')(?![\w'-])`,
)

/** A whole sentence in quote marks that names a unit within; it may go on in the next line, of a comment, too. */
const SAID = /(["“`] ?)([A-Z][\w-]{1,20} [^"“”`\n]{12,300})["”`]/g
const OPEN = /["“`](?:[A-Z][\w-]{1,20} |[\w:.\\@-]{1,250}\.[a-z]{4,9}: )[^"“”`\n]{3,200}$/
/** How far. */
const LINES = 4
const MARK = /^[ \t]{0,16}(?:#{1,3}|\/\/|\*|--) /
const NAMES_UNIT = new RegExp(String.raw`${UNIT_SUFFIX}\b`)
const OF_A_UNIT = new RegExp(String.raw`${UNIT_SUFFIX}\b|^/\S*$`)
/** As few of systemd's own characters could be anybody's. */
const TELLING = 16

interface Found {
  readonly line: TextLine
  readonly from: number
  readonly heard: Heard
}

export const quotedManager: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    if (text.length >= 1000) return false
    if (TIMED.test(text) || MARKED.test(text) || (text.includes(': ') && QUOTED.test(text))) return true
    return NAMES_UNIT.test(text) && (mayQuote(text) || OPEN.test(text) || OF_A_JOB.test(text))
  },
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const alone = find(desk, line) ?? marked(desk, line)
    const whole = OPEN.test(line.text) ? joined(desk, at) : wrapped(desk, at)
    const found = whole ? [find(desk, whole.line) ?? said(desk, whole.line)].flat() : alone ? [alone] : said(desk, line)
    const noted = found.filter(({ line: whole, from, heard }) =>
      noteManager(desk, whole, from, { source: SOURCE, certainty: 0.8, managerPid: null, quoteFrom: from }, heard),
    )
    return noted.length > 0 ? take(desk, SOURCE, at, whole?.next ?? at + 1) : at
  },
}

const mayQuote = (text: string): boolean => /["“`] ?[A-Z]/.test(text)

/** Only what names its unit is sure to be the manager's. */
function find(desk: Desk, line: TextLine): Found | null {
  const { text } = line
  const timed = TIMED.exec(text)
  const inMarks = timed ? null : QUOTED.exec(text)
  const from = timed ? timed[0].length : inMarks ? inMarks.index + 1 : -1
  if (from < 0) return ofJob(desk, line)
  const heard = hear(desk.memory, inMarks ? inMarks[1]! : text.slice(from))
  return heard.unit !== null && heard.reading !== null && !heard.reading.cut ? { line, from, heard } : null
}

function ofJob(desk: Desk, line: TextLine): Found | null {
  const job = OF_A_JOB.exec(line.text)
  const heard = job ? quoted(hear(desk.memory, job[0])) : null
  return job && heard?.reading ? { line, from: job.index, heard } : null
}

/** What a comment quotes without quote marks; the console's words name a unit by its description or its place. */
function marked(desk: Desk, line: TextLine): Found | null {
  const mark = MARKED.exec(line.text)
  if (!mark) return null
  const from = mark[0].length
  const heard = quoted(hear(desk.memory, line.text.slice(from)))
  const { reading } = heard
  if (reading === null || reading.cut || reading.weight < TELLING || line.text.startsWith('Failed to ', from))
    return null
  const names = heard.unit !== null || Object.values(reading.args).some((value) => OF_A_UNIT.test(value))
  return names || reading.key === 'console-job-running' ? { line, from, heard } : null
}

/** `Failed to …` is what clients begin with, too. */
function said(desk: Desk, line: TextLine): Found[] {
  return [...line.text.matchAll(SAID)].flatMap((match) => {
    const [, mark = '', sentence = ''] = match
    const heard = quoted(hear(desk.memory, sentence))
    const { reading } = heard
    const sure = reading !== null && !reading.cut && reading.weight >= TELLING && !sentence.startsWith('Failed to ')
    const names = sure && Object.values(reading.args).some((value) => NAMES_UNIT.test(value))
    return names ? [{ line, from: match.index + mark.length, heard }] : []
  })
}

/** What is indented below a time of day goes on in its sentence, as far as that makes one of the manager's whole. */
function wrapped(desk: Desk, at: number): Unwrapped | null {
  const { text } = desk.lines[at]!
  const below = desk.lines[at + 1]?.text ?? ''
  if (!/^\s{2}/.test(below) || indentOf(below) <= indentOf(text) || !TIMED.test(text)) return null
  const whole = unwrap(
    desk,
    at,
    (joined) => isWholeSentence(joined) && find(desk, { ...desk.lines[at]!, text: joined }) !== null,
  )
  return whole && whole.next > at + 1 ? whole : null
}

/** The lines up to the one in which the quote ends. */
function joined(desk: Desk, at: number): { line: TextLine; next: number } | null {
  const first = desk.lines[at]!
  const isComment = MARK.test(first.text)
  const run = [first]
  for (let i = at + 1; i < at + LINES && i < desk.lines.length; i++) {
    const line = desk.lines[i]!
    if (line.text === '') return null
    run.push(cutFront(line, isComment ? (MARK.exec(line.text)?.[0].length ?? 0) : 0))
    if (/["“”`]/.test(line.text)) return { line: joinLines(run, ' '), next: i + 1 }
  }
  return null
}
