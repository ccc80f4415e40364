/** Printed by output_units_list() and output_unit_file_list(), src/systemctl/systemctl-list-units.c (v255). */

import { PASSAGE_LINES } from '../limits.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { type Desk, learn, note, type Parser, take } from './desk.ts'
import { indentOf } from './page.ts'
import { unitState } from './unit-state.ts'

const SOURCE = 'systemctl list-units'
const HEADER = /^\s*UNIT\s+LOAD\s+ACTIVE\s+SUB\s+(?:JOB\s+)?DESCRIPTION$/
const FILE_HEADER = /^\s*UNIT FILE\s+STATE(?:\s+(?:VENDOR PRESET|PRESET))?$/
const ROW = new RegExp(
  String.raw`^\s*(?:[●○×↻*x•]\s+)?(\S{3,256})\s+(loaded|not-found|bad-setting|error|masked|merged|stub)\s+` +
    String.raw`(active|reloading|inactive|failed|activating|deactivating|maintenance|refreshing)\s+([a-z-]{3,30})` +
    String.raw`(?:\s+(start|verify-active|stop|reload|restart|nop))?(?:\s+(.*))?$`,
)
const FILE_ROW = new RegExp(
  String.raw`^\s*(\S{3,256})\s+(enabled|enabled-runtime|linked|linked-runtime|alias|masked|masked-runtime|static|` +
    String.raw`disabled|indirect|generated|transient|bad|invalid)(?:\s+(enabled|disabled|ignored|-))?$`,
)
const FOOTER = new RegExp(
  String.raw`^\s*(?:\d+ (?:loaded units?|unit files?) listed\.|To show all installed unit files|` +
    String.raw`(?:Legend: )?LOAD\s+[=→] |` +
    String.raw`ACTIVE\s+[=→] |SUB\s+[=→] |JOB\s+[=→] |Pass --all to see loaded but inactive)`,
)

export const listUnits: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    return HEADER.test(text) || FILE_HEADER.test(text) || isRow(text) || FOOTER.test(text)
  },
  parse: (desk, at) => {
    let next = at
    while (next < desk.lines.length && next - at < PASSAGE_LINES) {
      const { text } = desk.lines[next]!
      if (text === '') {
        if (!FOOTER.test(desk.lines[next + 1]?.text ?? '')) break
      } else if (!readRow(desk, next) && !HEADER.test(text) && !FILE_HEADER.test(text) && !FOOTER.test(text)) break
      next++
    }
    return take(desk, SOURCE, at, next)
  },
}

const isRow = (text: string) => {
  if (text.length > 600) return false
  const match = ROW.exec(text) ?? FILE_ROW.exec(text)
  return match !== null && parseUnitName(match[1]!) !== null
}

function readRow(desk: Desk, at: number): boolean {
  const line = desk.lines[at]!
  if (line.text.length > 600) return false
  const match = ROW.exec(line.text)
  const lead = indentOf(line.text)
  if (match && parseUnitName(match[1]!)) {
    const [, unit = '', load = '', active = '', sub = '', job, description] = match
    if (description && !/(?:…|\.\.\.)$/.test(description)) learn(desk, description, unit)
    const shown = { load, active, sub, jobType: job ?? null, description: description || null }
    note(desk, unitState(SOURCE, unit, shown), line, lead)
    return true
  }
  const file = FILE_ROW.exec(line.text)
  if (!file || !parseUnitName(file[1]!)) return false
  const preset = file[3] && file[3] !== '-' ? file[3] : null
  note(desk, unitState('systemctl list-unit-files', file[1]!, { fileState: file[2]!, preset }), line, lead)
  return true
}
