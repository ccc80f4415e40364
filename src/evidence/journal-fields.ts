/** An entry of the journal with its fields: what json, export and verbose have in common. */

import { JOB_RESULTS, type JobResult } from '../systemd/job.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { type Desk, learn, note } from './desk.ts'
import type { Moment } from './fact.ts'
import { hear } from './hear.ts'
import { namedIn, noteManager } from './manager.ts'
import { noteProgram } from './neighbours.ts'
import type { TextLine } from './page.ts'
import { epochMoment } from './time.ts'

export type Fields = ReadonlyMap<string, string>

export interface Place {
  readonly source: string
  readonly first: number
  readonly last: number
  readonly at?: Moment | null
}

/** Notes what an entry says, with the unit and job that its fields name. */
export function noteEntry(desk: Desk, line: TextLine, fields: Fields, place: Place): void {
  const message = fields.get('MESSAGE')
  if (message === undefined) return
  const at = place.at ?? timeOf(fields)
  const boot = fields.get('_BOOT_ID')
  const before = desk.boot
  if (boot) desk.boot = boot
  const text = message.slice(0, 16_384)
  const { end } = desk.lines[place.last]!
  const spoken: TextLine = {
    number: line.number,
    start: line.start,
    end,
    text,
    shift: line.shift,
    places: null,
    spread: true,
  }
  const unit = unitOf(fields)
  const pid = numberOf(fields.get('_PID') ?? fields.get('SYSLOG_PID'))
  const identifier = fields.get('SYSLOG_IDENTIFIER') ?? fields.get('_COMM') ?? 'unknown'
  const isManager = pid === 1 || identifier === 'systemd' || identifier.startsWith('(')
  if (!isManager || !noteSentence(desk, spoken, fields, { at, unit, pid, source: place.source })) {
    const prefix = { at, host: null, identifier, pid, body: 0 }
    noteProgram(desk, spoken, prefix)
  }
  desk.boot = before
}

function noteSentence(
  desk: Desk,
  line: TextLine,
  fields: Fields,
  known: { at: Moment | null; unit: string | null; pid: number | null; source: string },
): boolean {
  const jobId = numberOf(fields.get('JOB_ID'))
  const jobType = fields.get('JOB_TYPE')
  const heard = hear(desk.memory, line.text)
  const status = heard.reading?.args.unit
  if (known.unit && status && namedIn(desk, status) === null) learn(desk, status, known.unit)
  const around = {
    source: known.source,
    certainty: 1,
    managerPid: known.pid,
    ...(known.at ? { at: known.at } : {}),
    ...(known.unit ? { unit: known.unit } : {}),
    ...(jobId === null ? {} : { jobId }),
    ...(jobType === undefined ? {} : { jobType }),
  }
  if (noteManager(desk, line, 0, around, heard)) return true
  return noteByFields(desk, line, fields, known)
}

/** MESSAGE_IDs of the ends of jobs. A catalog in another language changes the words, never the fields. */
const ENDS = new Set([
  '39f53479d3a045ac8e11786248231fbf',
  'be02cf6855d2428ba40df7e9d022f03d',
  '9d1aaa27d60140bd96365438aad20286',
  '7b05ebc668384222baa8881179cfda54',
])

function noteByFields(
  desk: Desk,
  line: TextLine,
  fields: Fields,
  known: { at: Moment | null; unit: string | null; source: string },
): boolean {
  const said = fields.get('JOB_RESULT')
  const result = JOB_RESULTS.find((word): word is JobResult => word === said)
  if (!known.unit || !result || !ENDS.has(fields.get('MESSAGE_ID') ?? '')) return false
  note(
    desk,
    {
      kind: 'job-finished',
      source: known.source,
      certainty: 1,
      unit: known.unit,
      type: (fields.get('JOB_TYPE') ?? null) as 'start' | null,
      typeInferred: false,
      result,
      via: 'manager',
      jobId: numberOf(fields.get('JOB_ID')),
      serviceResult: null,
      ...(known.at ? { at: known.at } : {}),
    },
    line,
  )
  return true
}

function unitOf(fields: Fields): string | null {
  const unit = fields.get('UNIT') ?? fields.get('USER_UNIT') ?? fields.get('OBJECT_SYSTEMD_UNIT')
  return unit && parseUnitName(unit) ? unit : null
}

function timeOf(fields: Fields): Moment | null {
  const usec = numberOf(fields.get('_SOURCE_REALTIME_TIMESTAMP') ?? fields.get('__REALTIME_TIMESTAMP'))
  return usec === null ? null : epochMoment(usec, String(usec))
}

const numberOf = (text: string | undefined) => (text !== undefined && /^\d{1,17}$/.test(text) ? Number(text) : null)
