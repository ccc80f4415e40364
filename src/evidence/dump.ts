/** systemd-analyze dump: unit_dump(), src/core/unit-serialize.c (v239 to v262). Read leniently. */

import { PASSAGE_LINES } from '../limits.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { type Desk, learn, note, noteLines, type Parser, take } from './desk.ts'
import { splitJob } from './manager.ts'
import { indentOf } from './page.ts'
import { stampMoment } from './time.ts'
import { unitState } from './unit-state.ts'
import { wordSet } from './word-set.ts'

const SOURCE = 'systemd-analyze dump'
const UNIT = /^\s*(?:->|→) Unit (\S+):$/
const JOB = /^\s*-> Job (\d+):$/
const MANAGER =
  /^\s*(?:Manager: systemd (\d+)(?:[.~]\S*)?(?: \((.*)\))?|Features: .*|Timestamp [\w-]+: .*|Subscribed: .*)$/
const FIELD = /^\s+([A-Z][A-Za-z ]{1,40}): ?(.*)$/

/** Dependency lines, by the names that a dump prints. */
const DEPENDENCIES = wordSet([
  'Requires Requisite Wants BindsTo PartOf Upholds RequiredBy RequisiteOf WantedBy BoundBy UpheldBy ConsistsOf',
  'Conflicts ConflictedBy Before After OnSuccess OnSuccessOf OnFailure OnFailureOf Triggers TriggeredBy',
  'PropagatesReloadTo ReloadPropagatedFrom PropagatesStopTo StopPropagatedFrom JoinsNamespaceOf',
  'References ReferencedBy InSlice SliceOf',
])

export const dump: Parser = {
  source: SOURCE,
  begins: '-→MFTS',
  recognizes: (desk, at) => [UNIT, JOB, MANAGER].some((pattern) => pattern.test(desk.lines[at]!.text)),
  parse: (desk, at) => {
    const { text } = desk.lines[at]!
    const version = MANAGER.exec(text)
    if (version) {
      if (version[1]) noteVersion(desk, at, Number(version[1]), version[2] ?? null)
      return take(desk, SOURCE, at, at + 1)
    }
    let next = at + 1
    while (next < desk.lines.length && next - at < PASSAGE_LINES) {
      const line = desk.lines[next]!.text
      if (line === '' || !/^\s.*(?:[:=]|->|→)|^\t/.test(line) || (UNIT.test(line) && indentOf(line) <= indentOf(text)))
        break
      next++
    }
    const unit = UNIT.exec(text)?.[1]
    if (unit && parseUnitName(unit)) noteUnit(desk, at, next, unit)
    noteJobs(desk, at, next)
    return take(desk, SOURCE, at, next)
  },
}

function noteVersion(desk: Desk, at: number, since: number, distribution: string | null): void {
  const common = { kind: 'version' as const, source: SOURCE, certainty: 1, said: true }
  note(desk, { ...common, since, until: since, distribution }, desk.lines[at]!, indentOf(desk.lines[at]!.text))
}

const STATE_KEYS: Readonly<Record<string, string>> = {
  'Unit Load State': 'load',
  'Unit Active State': 'active',
  Description: 'description',
  'Fragment Path': 'path',
  Result: 'result',
}

function noteUnit(desk: Desk, at: number, next: number, unit: string): void {
  const shown: Record<string, string> = {}
  const dropIns: string[] = []
  let sub: string | null = null
  let since = null
  for (let i = at + 1; i < next; i++) {
    const line = desk.lines[i]!
    const [, key = '', value = ''] = FIELD.exec(line.text) ?? []
    const plain = STATE_KEYS[key]
    if (plain) shown[plain] ??= value
    else if (key === 'DropIn Path') dropIns.push(value)
    else if (
      / State$/.test(key) &&
      /^(?:Service|Socket|Mount|Timer|Path|Target|Device|Automount|Swap|Scope|Slice) /.test(key)
    )
      sub = value
    else if (key === 'State Change Timestamp') since = stampMoment(value)
    else if (DEPENDENCIES.has(key)) noteEdge(desk, i, unit, key, value)
  }
  learn(desk, shown.description, unit)
  noteLines(
    desk,
    unitState(SOURCE, unit, { ...shown, dropIns, sub, since }),
    at,
    next - 1,
    indentOf(desk.lines[at]!.text),
  )
}

function noteEdge(desk: Desk, at: number, unit: string, relation: string, value: string): void {
  const other = value.split(' ')[0]!
  if (!parseUnitName(other)) return
  const line = desk.lines[at]!
  const edge = { unit, other, relation, active: null }
  note(desk, { kind: 'dependency-row', source: SOURCE, certainty: 1, ...edge }, line, indentOf(line.text))
}

/** `-> Job 731:` with its action and state, within a unit or at the end of the dump. */
function noteJobs(desk: Desk, at: number, next: number): void {
  for (let i = at; i < next; i++) {
    const id = JOB.exec(desk.lines[i]!.text)?.[1]
    if (!id) continue
    const block = desk.lines.slice(i + 1, i + 6).map((line) => line.text)
    const action = block.map((text) => /Action: (\S+) -> (\S+)/.exec(text)).find(Boolean)
    const state = block.map((text) => /State: (\S+)/.exec(text)?.[1]).find(Boolean) ?? ''
    const job = action ? { unit: action[1]!, type: action[2]! } : splitJob(undefined)
    if (!job.unit || !job.type || !parseUnitName(job.unit)) continue
    const last = Math.min(next - 1, i + 3)
    const row = { jobId: Number(id), unit: job.unit, type: job.type, state, waitsFor: [], holdsBack: [] }
    noteLines(
      desk,
      { kind: 'queued-job', source: SOURCE, certainty: 1, ...row },
      i,
      last,
      indentOf(desk.lines[i]!.text),
    )
  }
}
