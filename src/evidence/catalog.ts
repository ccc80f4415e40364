/** The explanations that journalctl -x puts below a message: catalog/systemd.catalog.in (v219 to v262). */

import { JOB_RESULTS, type JobResult } from '../systemd/job.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { typeOf } from './client.ts'
import { type Desk, isNoted, learn, type Noted, noteLines, type Parser, take } from './desk.ts'

const SOURCE = 'journal catalog'

/** `-- Subject: …` until v245 or so, `░░ Subject: …` since. */
const MARK = /^\s*(?:░░|--)(?: (.*))?$/
const HEAD =
  /^\s*(?:░░|--) (?:Subject|Defined-By|Support|Documentation|Betreff|Sujet|Temat|Тема|主题|主題|Oggetto|Assunto): ?/

const JOB = /\b[Aa]n? (\S+) job for unit (\S+) has (begun|finished|failed|started)/
const NUMBER = /job identifier is (\d+)(?: and the job result is (\S+?))?\.?$/
const OLD_UNIT = /^\s*(?:░░|--) (?:Subject: )?Unit (\S+) has (failed|finished|begun)\b/m
const OLD_RESULT = /\bThe (?:start-up )?result is (\S+?)\.?$/
const ENTERED = /The unit (\S+) has entered the 'failed' state with result '([a-z-]+)'/
const SUCCEEDED = /The unit (\S+) has successfully entered the 'dead' state/

export const catalog: Parser = {
  source: SOURCE,
  begins: '░-',
  recognizes: (desk, at) => HEAD.test(desk.lines[at]!.text) || /^\s*░░/.test(desk.lines[at]!.text),
  parse: (desk, at) => {
    let next = at + 1
    while (next < desk.lines.length && next - at < 60 && isMore(desk.lines[next]!.text)) next++
    const text = desk.lines
      .slice(at, next)
      .map((line) => line.text)
      .join('\n')
    noteMeaning(desk, at, next, text)
    return take(desk, SOURCE, at, next)
  },
}

/** Another Subject begins another explanation, and `-- Boot` is no explanation at all. */
const isMore = (text: string) =>
  MARK.test(text) &&
  !/^\s*-- (?:Boot|Reboot|Logs|Journal|No entries|Subject)\b/.test(text) &&
  !/^\s*░░ Subject/.test(text)

function noteMeaning(desk: Desk, at: number, next: number, text: string): void {
  const job = JOB.exec(text)
  const number = NUMBER.exec(text.replace(/\n(?:░░|--)? ?/g, ' ').trimEnd()) ?? lastNumber(text)
  const old = OLD_UNIT.exec(text)
  const unit = [job?.[2], ENTERED.exec(text)?.[1], SUCCEEDED.exec(text)?.[1], old?.[1]].find(
    (name) => name !== undefined && parseUnitName(name) !== null,
  )
  if (unit) tellAbove(desk, at, unit)
  const said = number?.[2] ?? OLD_RESULT.exec(lastLine(text))?.[1]
  const result = JOB_RESULTS.find((word): word is JobResult => word === said)
  if (!unit || !result || (!job && !old)) return
  noteLines(
    desk,
    {
      kind: 'job-finished',
      source: SOURCE,
      certainty: 1,
      unit,
      type: typeOf(job?.[1] ?? null),
      typeInferred: false,
      result,
      via: 'catalog',
      jobId: number ? Number(number[1]) : null,
      serviceResult: null,
    },
    at,
    next - 1,
  )
}

const lastLine = (text: string) => text.slice(text.lastIndexOf('\n') + 1)

function lastNumber(text: string): RegExpExecArray | null {
  for (const line of text.split('\n').reverse()) {
    const match = NUMBER.exec(line)
    if (match) return match
  }
  return null
}

/** The message above, if it has only a description, is this unit's. */
function tellAbove(desk: Desk, at: number, unit: string): void {
  const above: Noted | undefined = desk.noted.at(-1)
  if (!above || above.line < desk.lines[at]!.number - 3) return
  if (isNoted(above, 'job-line') && above.draft.unit === null) learn(desk, above.draft.description, unit)
}
