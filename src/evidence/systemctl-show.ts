/** Printed by `systemctl show` (bus_print_property(), v255), and by is-active and its kin. */

import { PASSAGE_LINES } from '../limits.ts'
import { baseName } from '../systemd/path-util.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { type Desk, learn, note, noteLines, type Parser, take } from './desk.ts'
import { indentOf } from './page.ts'
import { stampMoment } from './time.ts'
import { unitState } from './unit-state.ts'
import { wordSet } from './word-set.ts'

const SOURCE = 'systemctl show'
const PROPERTY = /^\s*([A-Z][A-Za-z0-9]{1,60})=(.*)$/

/** Properties that nothing but `show` prints under these names. */
const KNOWN = wordSet([
  'Id Names Following LoadState ActiveState FreezerState SubState FragmentPath DropInPaths UnitFileState',
  'UnitFilePreset CanStart CanStop CanReload CanIsolate NeedDaemonReload ConditionResult AssertResult InvocationID',
  'RequiredBy WantedBy BoundBy ConsistsOf ConflictedBy TriggeredBy Triggers UpheldBy RequisiteOf OnFailureOf',
  'OnSuccessOf MainPID ControlPID StatusText StatusErrno Result ReloadResult CleanResult NRestarts ExecMainPID',
  'ExecMainCode ExecMainStatus LoadError StateChangeTimestamp Job JobType State NAccepted NConnections NRefused',
  'UID GID Transient Perpetual',
  'ControlGroup MemoryCurrent TasksCurrent NextElapseUSecRealtime NextElapseUSecMonotonic LastTriggerUSec',
])
const SHAPE = /(?:USec|Timestamp|Monotonic|NSec)$/

/** A line that only `show` prints, or its neighbours under such names. */
export const isProperty = (text: string): boolean => {
  const match = text.length < 20_000 ? PROPERTY.exec(text) : null
  if (!match) return false
  return KNOWN.has(match[1]!) || SHAPE.test(match[1]!) || match[2]!.startsWith('{ path=')
}

/** Whether `systemctl show` was asked for just above. */
const isAsked = (desk: Desk, at: number) =>
  desk.typed?.calls.some((call) => call.verb === 'show') === true && at - desk.typed.at < 2000

/** The interface of the type comes first, with names that unit files have as well: then come others. */
function isRun(desk: Desk, at: number): boolean {
  let sure = 0
  for (let i = at + 1; i < at + 24; i++) {
    const text = desk.lines[i]?.text ?? ''
    if (!PROPERTY.test(text)) break
    if (isProperty(text)) sure++
  }
  return sure >= 2
}

export const systemctlShow: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    return isProperty(text) || (PROPERTY.test(text) && (isAsked(desk, at) || isRun(desk, at)))
  },
  parse: (desk, at) => {
    let next = at
    const lax = isAsked(desk, at) || isProperty(desk.lines[at]!.text) || isRun(desk, at)
    while (next < desk.lines.length && next - at < PASSAGE_LINES) {
      const { text } = desk.lines[next]!
      if (!(lax ? PROPERTY.test(text) : isProperty(text))) break
      next++
    }
    noteProperties(desk, at, next)
    return take(desk, SOURCE, at, next)
  },
}

function noteProperties(desk: Desk, first: number, next: number): void {
  const values = new Map<string, string>()
  for (let i = first; i < next; i++) {
    const match = PROPERTY.exec(desk.lines[i]!.text)
    if (match && !values.has(match[1]!)) values.set(match[1]!, match[2]!)
  }
  const unit = unitOf(desk, values)
  for (let i = first; i < next; i++) {
    const line = desk.lines[i]!
    const [, key = '', value = ''] = PROPERTY.exec(line.text) ?? []
    note(desk, { kind: 'unit-property', source: SOURCE, certainty: 1, unit, key, value }, line, indentOf(line.text))
  }
  if (unit) noteState(desk, first, next, unit, values)
}

/** Id=, or the unit asked for; of several, the one whose turn it is. */
function unitOf(desk: Desk, values: ReadonlyMap<string, string>): string | null {
  const id = values.get('Id') ?? values.get('Unit')
  if (id && parseUnitName(id)) return id
  const name = baseName(values.get('FragmentPath') ?? '')
  if (parseUnitName(name)) return name
  const asked = desk.typed?.calls.find((call) => call.verb === 'show')?.units ?? []
  return asked.length === 1 ? asked[0]! : null
}

function noteState(desk: Desk, first: number, next: number, unit: string, values: ReadonlyMap<string, string>): void {
  const get = (key: string) => values.get(key) || null
  const active = get('ActiveState')
  const shown = {
    description: get('Description'),
    load: get('LoadState'),
    path: get('FragmentPath'),
    fileState: get('UnitFileState'),
    preset: get('UnitFilePreset'),
    active,
    sub: get('SubState'),
    result: get('Result'),
    since: stampMoment(get('StateChangeTimestamp') ?? ''),
    triggeredBy: wordsOf(get('TriggeredBy')),
    triggers: wordsOf(get('Triggers')),
    jobId: get('Job') ? Number.parseInt(get('Job')!, 10) || null : null,
    dropIns: wordsOf(get('DropInPaths')),
    mainPid: Number(get('MainPID')) || null,
    statusText: get('StatusText'),
    needDaemonReload: get('NeedDaemonReload') === 'yes',
  }
  if (!Object.values(shown).some((value) => (Array.isArray(value) ? value.length > 0 : value))) return
  learn(desk, shown.description, unit)
  noteLines(desk, unitState(SOURCE, unit, shown), first, next - 1, indentOf(desk.lines[first]!.text))
}

const wordsOf = (text: string | null) => (text ?? '').split(' ').filter(Boolean)

const ACTIVE_WORDS = /^(?:active|inactive|failed|activating|deactivating|reloading|maintenance|refreshing)$/
const FILE_WORDS = new RegExp(
  [
    '^(?:enabled|enabled-runtime|disabled|static|masked|masked-runtime|',
    'indirect|generated|linked|alias|transient|bad|not-found)$',
  ].join(''),
)

/** The one-word answers of is-active, is-failed and is-enabled, below the question. */
export const isActive: Parser = {
  source: 'systemctl is-active',
  begins: 'aifdrmesgltbn',
  recognizes: (desk, at) => desk.typed !== null && at - desk.typed.at <= 64 && answerTo(desk, at) !== null,
  parse: (desk, at) => {
    const found = answerTo(desk, at)
    if (!found) return at
    const line = desk.lines[at]!
    const word = line.text.trim()
    const shown = found.verb === 'is-enabled' ? { fileState: word } : { active: word }
    note(desk, unitState('systemctl is-active', found.unit, shown), line, indentOf(line.text))
    return take(desk, 'systemctl is-active', at, at + 1)
  },
}

function answerTo(desk: Desk, at: number): { unit: string; verb: string } | null {
  const { typed } = desk
  const word = desk.lines[at]!.text.trim()
  const call = typed?.calls.find((c) => /^is-(?:active|failed|enabled)$/.test(c.verb))
  if (!typed || !call || !(call.verb === 'is-enabled' ? FILE_WORDS : ACTIVE_WORDS).test(word)) return null
  const unit = call.units[at - typed.at - 1]
  return unit === undefined ? null : { unit, verb: call.verb }
}
