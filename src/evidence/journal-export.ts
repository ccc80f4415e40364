/** journalctl -o export and -o verbose: an entry is a run of NAME=value lines. */

import { PASSAGE_LINES } from '../limits.ts'
import { type Desk, type Parser, take } from './desk.ts'
import { noteEntry } from './journal-fields.ts'
import { stampMoment } from './time.ts'

const FIELD = /^\s*(_{0,2}[A-Z][A-Z0-9_]{1,63})=(.*)$/
const FIRST = /^(?:__CURSOR|__REALTIME_TIMESTAMP|_BOOT_ID)=/
const HEAD = /^\s*([A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} \S{1,8}) \[s=[0-9a-f]{32};[^\]]{10,200}\]$/

export const journalExport: Parser = {
  source: 'journal export',
  begins: '_',
  recognizes: (desk, at) => FIRST.test(desk.lines[at]!.text),
  parse: (desk, at) => readFields(desk, at, at, 'journal export'),
}

export const journalVerbose: Parser = {
  source: 'journal verbose',
  recognizes: (desk, at) => HEAD.test(desk.lines[at]!.text),
  parse: (desk, at) => readFields(desk, at, at + 1, 'journal verbose'),
}

function readFields(desk: Desk, at: number, first: number, source: string): number {
  const fields = new Map<string, string>()
  let next = first
  let name = ''
  for (; next < desk.lines.length && next - at < PASSAGE_LINES; next++) {
    const { text } = desk.lines[next]!
    const match = FIELD.exec(text)
    if (match) {
      // A second cursor begins the next entry, even if the empty line between them is lost.
      if (match[1] === '__CURSOR' && (fields.has('__CURSOR') || (next > first && source === 'journal verbose'))) break
      name = match[1]!
      if (!fields.has(name)) fields.set(name, match[2]!)
    } else if (name !== '' && source === 'journal verbose' && /^\s{6,}\S/.test(text)) {
      fields.set(name, `${fields.get(name)}\n${text.trim()}`)
    } else break
  }
  const stamp = HEAD.exec(desk.lines[at]!.text)?.[1]
  const moment = stamp ? stampMoment(stamp) : null
  noteEntry(desk, desk.lines[at]!, fields, { source, first: at, last: next - 1, at: moment })
  return take(desk, source, at, next)
}
