/** What a line does not say by itself but the rest of the paste does: whose description it is, and which release. */

import { MESSAGES, type MessageKey } from '../systemd/messages.ts'
import { noteCallers } from './bus-calls.ts'
import { typeOf } from './client.ts'
import { unitOf } from './command.ts'
import type { Desk, Noted } from './desk.ts'
import { isNoted, learn, note } from './desk.ts'
import type { JobWord } from './fact.ts'
import { namedIn } from './manager.ts'
import { onlyBegunBy } from './naming/begun-names.ts'
import { displacedName } from './naming/displaced-name.ts'
import { stockUnit } from './naming/stock-names.ts'
import { usualUnit } from './naming/usual-names.ts'
import { noteVariableUnits } from './naming/variable-units.ts'
import { jobInWords, jobToldOf } from './told/mention.ts'

/** Fills in units for descriptions, and notes what the wording tells of the release. */
export function resolve(desk: Desk): void {
  noteVariableUnits(desk)
  noteCallers(desk)
  noteVersion(desk)
  learnByOrder(desk)
  learnOnlyOne(desk)
  const displaced = displacedName(desk, (description) => whose(desk, description, ''))
  if (displaced) learnFor(desk, ...displaced)
  const seen = new Set<string>()
  for (const noted of desk.noted) addSeen(seen, noted)
  for (const [at, noted] of desk.noted.entries()) {
    // Most of a long paste, and nothing is open in it.
    if (noted.draft.kind === 'other-log') continue
    if (isNoted(noted, 'job-line')) {
      const { draft } = noted
      const unit = draft.unit ?? whose(desk, draft.description, draft.key)
      const key = keyOf(draft.key, unit)
      if (unit !== draft.unit || key !== draft.key) {
        noted.draft = { ...draft, unit, key, says: { key, args: draft.args } }
      }
    } else if (isNoted(noted, 'manager-line') && noted.draft.unit === null && isWaiting(noted.draft.key)) {
      const unit = waitedFor(desk, noted.draft.says?.args.unit ?? '')
      if (unit) noted.draft = { ...noted.draft, unit }
    } else if (isNoted(noted, 'condition-skip') && noted.draft.unit === null) {
      const unit = whose(desk, noted.draft.says?.args.unit ?? '', 'job-started')
      if (unit) noted.draft = { ...noted.draft, unit }
    } else {
      learnFromWords(desk, noted, at, seen)
    }
    addSeen(seen, noted)
  }
}

/** What an outcome leaves open and nothing else in the paste shows: the sentences around it may say it. */
function learnFromWords(desk: Desk, noted: Noted, at: number, seen: ReadonlySet<string>): void {
  if (isNoted(noted, 'job-finished')) {
    const { draft } = noted
    if (draft.type !== null || draft.unit === null || draft.via === 'manager') return
    const type = typeOf(actionBelow(desk, at, draft.unit))
    if (type === null && seen.has(draft.unit)) return
    noted.draft = { ...draft, type: type ?? jobInWords(desk, noted.line) }
  } else if (isNoted(noted, 'request-refused')) {
    const { draft } = noted
    const told = draft.unit === null && draft.via === 'other' ? jobToldOf(desk, noted.line) : null
    const type = draft.type ?? (draft.via === 'ansible' ? writtenFor(desk, draft.unit) : null)
    noted.draft = { ...draft, type, ...told }
  }
}

/** What the playbook beside it asks of the unit. */
function writtenFor({ noted }: Desk, unit: string | null): JobWord | null {
  for (const { draft } of noted) {
    if (draft.kind === 'request' && draft.tense === 'written' && draft.by === 'ansible' && draft.unit === unit)
      return draft.type
  }
  return null
}

/** The unit that somebody asks for a job of, or whose job is begun or ended, as far as it is known which job. */
function addSeen(seen: Set<string>, { draft }: Noted): void {
  if (draft.kind !== 'job-line' && draft.kind !== 'request' && draft.kind !== 'job-finished') return
  if (draft.unit !== null && (draft.kind === 'job-line' || draft.type !== null)) seen.add(draft.unit)
}

/** invoke-rc.d names what it asked for, below what systemctl said of that. */
function actionBelow({ noted }: Desk, at: number, unit: string): string | null {
  const last = noted[at]!.line + ACTION_LINES
  for (let i = at + 1; i < noted.length && noted[i]!.line <= last; i++) {
    const one = noted[i]!
    if (!isNoted(one, 'tool-task') || one.draft.outcome !== 'failed' || one.draft.name === null) continue
    if (unitOf(one.draft.name) === unit) return one.draft.params.action ?? null
  }
  return null
}

const ACTION_LINES = 4

const isWaiting = (key: string) => CONSOLE.has(key)
const CONSOLE: ReadonlySet<string> = new Set(['console-job-running', 'console-one-of-many', 'console-cycle-skipped'])

/** Whose job the console waits for: units that are described by what they are for go by that, too. */
function waitedFor(desk: Desk, description: string): string | null {
  if (/^\/[\w./-]+$/.test(description)) return unitOf(description)
  const user = /^User (?:Manager|Runtime Directory) for (?:UID )?(\d{1,10})$/.exec(description)?.[1]
  const session = /^Session (\w{1,12}) of [Uu]ser \S+$/.exec(description)?.[1]
  if (user) return `user@${user}.service`
  return session ? `session-${session}.scope` : whose(desk, description, 'console')
}

/** Said of a unit by its name, directly before what becomes of its job is said by its description (until 248). */
const BEFORE_THE_END = new Set([
  ...['unit-succeeded', 'unit-failed-with-result', 'unit-skipped'],
  ...['socket-service-active', 'history-socket-active'],
])

/**
 * `x.service: Succeeded.` and then `Stopped Some thing.` come from one change of state, so both are of the same unit;
 * so are `Dependency failed for Some thing.` and the line that names its job.
 */
function learnByOrder(desk: Desk): void {
  for (const [i, noted] of desk.noted.entries()) {
    const before = desk.noted[i - 1]
    if (!before || noted.line !== before.line + 1) continue
    if (isNoted(noted, 'job-line') && isNoted(before, 'process-exit')) {
      const { unit } = before.draft
      if (noted.draft.unit === null && unit !== null && failsBelow(desk, i, unit)) {
        learnFor(desk, noted.draft.description, unit)
      }
    } else if (isNoted(noted, 'job-line') && isNoted(before, 'manager-line')) {
      const ends = noted.draft.phase === 'end' && noted.draft.unit === null
      const goesDown = noted.draft.type === 'stop' || noted.draft.result === 'failed' || /oneshot/.test(noted.draft.key)
      if (!ends || !goesDown || !BEFORE_THE_END.has(before.draft.key) || before.draft.unit === null) continue
      learnFor(desk, noted.draft.description, before.draft.unit)
    } else if (isNoted(noted, 'job-line') && isNoted(before, 'job-finished')) {
      // What is said above debug level comes right after it.
      const { unit, type, result } = before.draft
      if (unit === null || type !== noted.draft.type || result !== noted.draft.result) continue
      if (noted.draft.unit === null) learnFor(desk, noted.draft.description, unit)
    } else if (isNoted(noted, 'job-finished') && isNoted(before, 'job-line')) {
      if (before.draft.unit !== null || before.draft.result !== noted.draft.result || !noted.draft.unit) continue
      learnFor(desk, before.draft.description, noted.draft.unit)
    }
  }
}

/** One description in all of the log, and one unit in all of the paste, whose status or log somebody looks at. */
function learnOnlyOne(desk: Desk): void {
  const open = new Set<string>()
  for (const { draft } of desk.noted) {
    if ('unit' in draft && draft.unit !== null) return
    if (draft.kind === 'job-line') open.add(draft.description)
    else if (draft.kind === 'condition-skip') open.add(draft.says?.args.unit ?? '')
  }
  const [description, more] = open
  if (!description || more !== undefined) return
  const [name = '', other] = new Set(desk.lines.flatMap(({ text }) => LOOKED_AT.exec(text)?.[1] ?? []))
  const unit = other === undefined ? unitOf(name) : null
  if (unit) learnFor(desk, description, unit)
}

/** A command or its name in quotes, not a sentence about what it says. */
const LOOKED_AT =
  /\b(?:systemctl status |journalctl (?:-[\w-]{1,40} ){0,4}-(?:\w{0,4}u|-unit)[ =]?)([\w:.\\@-]{2,200})(?=[`'"]|$)/

/** Until 232 what became of the job stood between the end of the process and the unit's failed state. */
function failsBelow({ noted }: Desk, at: number, unit: string): boolean {
  const below = noted[at + 1]
  if (!below || below.line !== noted[at]!.line + 1 || !isNoted(below, 'manager-line')) return false
  return below.draft.unit === unit && below.draft.key.startsWith('history-entered-failed')
}

/** What the paste says elsewhere in so many words counts more. */
function learnFor(desk: Desk, description: string, unit: string): void {
  if (!desk.names.has(description) && namedIn(desk, description) === null) learn(desk, description, unit)
}

/** Services have some sentences of their own that read like everybody's. */
function keyOf(key: MessageKey, unit: string | null): MessageKey {
  const own = `${key}-service`
  return unit?.endsWith('.service') && own in MESSAGES ? (own as MessageKey) : key
}

/** Null if the paste does not tell, or tells of several. */
function whose(desk: Desk, description: string, key: string): string | null {
  if (description === '') return null
  const named = namedIn(desk, description)
  if (named) return named
  const known = desk.names.get(description)
  if (known !== undefined) return known
  const stock = stockUnit(description, (unit) => suits(unit, key))
  if (stock) return stock
  const usual = usualUnit(description)
  if (usual && suits(usual, key)) return usual
  const cut = /^(.{4,}?)(?:…|\.{2,})$/.exec(description)
  if (!cut) return null
  const whole = onlyBegunBy(desk.names, cut[1]!)
  return whole === undefined ? null : (desk.names.get(whole) ?? null)
}

/** The types whose jobs are announced in these words. */
function suits(unit: string, key: string): boolean {
  const own = /-(target|mount|automount|socket|slice|device|swap)$/.exec(key)?.[1]
  if (own) return unit.endsWith(`.${own}`)
  if (key.endsWith('-oneshot') || key.endsWith('-service')) return unit.endsWith('.service')
  // Generic words: whatever has none of its own for this.
  if (key === 'job-started' || key === 'job-stopped') return /\.(?:service|timer|path|scope)$/.test(unit)
  return true
}

/** One fact for each end of the range of releases that have all the wordings seen. */
function noteVersion(desk: Desk): void {
  let oldest: { version: number; noted: Noted } | null = null
  let newest: { version: number; noted: Noted } | null = null
  for (const { reading, noted } of desk.wordings) {
    const { since, until } = reading
    if (since !== null && since > 219 && (!oldest || since > oldest.version)) oldest = { version: since, noted }
    if (until !== null && (!newest || until < newest.version)) newest = { version: until, noted }
  }
  for (const [end, found] of [
    ['since', oldest],
    ['until', newest],
  ] as const) {
    if (!found) continue
    const line = desk.lines[found.noted.line - 1]!
    const range = { since: null, until: null, [end]: found.version }
    note(desk, { kind: 'version', source: 'wording', certainty: 0.8, said: false, distribution: null, ...range }, line)
  }
}
