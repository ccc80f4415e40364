/** Printed by output_jobs_list(), src/systemctl/systemctl-list-jobs.c (v255). */

import { PASSAGE_LINES } from '../limits.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { type Desk, noteLines, type Parser, take } from './desk.ts'
import type { QueuedRef } from './fact.ts'
import { indentOf } from './page.ts'

const SOURCE = 'systemctl list-jobs'
const HEADER = /^\s*JOB\s+UNIT\s+TYPE\s+STATE$/
const ROW = new RegExp(
  [
    String.raw`^\s*[●*→]?\s*(\d{1,10})\s+(\S{3,256})\s+(start|verify-active|stop|`,
    String.raw`reload|restart|nop|try-restart|try-reload|reload-or-start)\s+(waiting|`,
    'running)$',
  ].join(''),
)
const REFERENCE = /(?:waiting for|blocking) job (\d+) \((\S+)\/([a-z-]+)\)/
const FOOTER = /^\s*(?:\d+ jobs? listed\.|No jobs (?:running|listed)\.)$/

export const listJobs: Parser = {
  source: SOURCE,
  begins: 'JN0123456789●*→',
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    return HEADER.test(text) || ROW.test(text) || FOOTER.test(text)
  },
  parse: (desk, at) => {
    let next = at
    while (next < desk.lines.length && next - at < PASSAGE_LINES) {
      const { text } = desk.lines[next]!
      if (HEADER.test(text) || FOOTER.test(text)) next++
      else if (ROW.test(text)) next = readRow(desk, next)
      // The footer stands behind an empty line.
      else if (text === '' && FOOTER.test(desk.lines[next + 1]?.text ?? '')) next++
      else break
    }
    return take(desk, SOURCE, at, next)
  },
}

/** A row and the lines below it that --before and --after add. */
function readRow(desk: Desk, at: number): number {
  const [, id = '', unit = '', type = '', state = ''] = ROW.exec(desk.lines[at]!.text)!
  let next = at + 1
  const waitsFor: QueuedRef[] = []
  const holdsBack: QueuedRef[] = []
  while (next < desk.lines.length && next - at < 2000) {
    const { text } = desk.lines[next]!
    const match = REFERENCE.exec(text)
    if (!match) break
    const other = { jobId: Number(match[1]), unit: match[2]!, type: match[3]! }
    ;(isWaiting(desk, text) ? waitsFor : holdsBack).push(other)
    next++
  }
  if (!parseUnitName(unit)) return next
  const job = { jobId: Number(id), unit, type, state, waitsFor, holdsBack }
  noteLines(
    desk,
    { kind: 'queued-job', source: SOURCE, certainty: 1, ...job },
    at,
    next - 1,
    indentOf(desk.lines[at]!.text),
  )
  return next
}

/** v247 has the words the wrong way round, so that the option tells, where it is known. */
function isWaiting(desk: Desk, text: string): boolean {
  const options = desk.typed?.calls.find((call) => call.verb === 'list-jobs')?.options ?? []
  const before = options.includes('--before')
  const after = options.includes('--after')
  if (before !== after) return before
  return text.includes('waiting for job')
}
