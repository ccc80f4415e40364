/** Lines that are systemctl's own, standing alone: results, refusals, warnings and hints. */

import { baseName } from '../systemd/path-util.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { busErrorIn } from './bus-errors.ts'
import { noteClientWords, requestFor } from './client.ts'
import { unitOf } from './command.ts'
import { type Desk, note, noteAnswer, noteLines, type Parser, take } from './desk.ts'
import type { JobWord } from './fact.ts'
import { unwrap } from './mending/wrap.ts'
import { namesIn } from './naming/names-in.ts'
import { indentOf, type TextLine } from './page.ts'
import { noteAsk } from './request.ts'
import { unitState } from './unit-state.ts'

const SOURCE = 'client'

type Reader = (desk: Desk, at: number, text: string, match: RegExpExecArray) => number | null

export const client: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => START.test(desk.lines[at]!.text),
  parse: (desk, at) => {
    const { text } = desk.lines[at]!
    for (const [pattern, reader] of ROWS) {
      const match = pattern.exec(text)
      const next = match ? reader(desk, at, text, match) : null
      if (next !== null) return take(desk, SOURCE, at, next)
    }
    const next = readWords(desk, at)
    return next > at ? take(desk, SOURCE, at, next) : at
  },
}

/** First words of systemctl's lines; most other lines part here. */
const START = new RegExp(
  [
    String.raw`^\s*(?:(?:sudo: |systemctl: )?(?:[Ee]rror: |ERROR: |E: )?)`,
    '(?:Job |A dependency job |Assertion failed on |',
    'Operation |Queued job |Unit |Cannot perform |Concurrency |Failed to |See (?:system|user) logs|See ["\']systemctl|',
    'To force a start|followed by "|Warning[:!] |Stopping \'|Created symlink|Removed |Enqueued |D-Bus connection|',
    'No files found|Running in chroot|System has not been|Hint: |Synchronizing state|Executing:? |Redirecting to|',
    String.raw`Authentication is|={4} AUTH|lines \d|Transaction |Can't operate|The unit files|Possible reasons|`,
    String.raw`PID \d|`,
    '--[a-z-]{2,30} (?:may|is dep|can)|',
    String.raw`Environment variable \$|Cannot edit|Multiple identities|\S+ is not active, cannot reload)`,
  ].join(''),
)

function readWords(desk: Desk, at: number): number {
  const first = desk.lines[at]!
  const open = /failed$/.test(first.text) && /^\s*because /.test(desk.lines[at + 1]?.text ?? '')
  const whole = unwrap(desk, at, (text) => isSentence(text) && !(open && text === first.text))
  const line = whole?.line ?? first
  const said = { source: SOURCE, certainty: 1, via: 'client' as const, offset: 0 }
  return noteClientWords(desk, line, line.text, said) ? (whole?.next ?? at + 1) : at
}

/** Whole enough to be read as it stands. */
function isSentence(text: string): boolean {
  if (/^\s*(?:Job for|A dependency job|Assertion failed|Queued job|Operation on|Unit \S+ was started)/.test(text)) {
    return /[.)]$|failed$|canceled$/.test(text)
  }
  const error = busErrorIn(text)
  if (!error) return false
  return error.error !== 'destructive' || !/Transaction for/.test(text) || error.included !== null
}

const lineOf = (desk: Desk, at: number): TextLine => desk.lines[at]!
const nothing: Reader = (_, at) => at + 1

/** `Warning: Stopping X, but it can still be activated by:` and one trigger per line; since 254 a list. */
const stillTriggered: Reader = (desk, at, _, match) => {
  const unit = unitOf(match[1]!)
  if (!unit) return null
  let next = at + 1
  const triggers: string[] = []
  while (next < desk.lines.length && next - at < 40) {
    const names = namesIn(lineOf(desk, next).text)
    if (!names) break
    triggers.push(...names)
    next++
  }
  noteLines(desk, { kind: 'still-triggered', source: SOURCE, certainty: 1, unit, triggers }, at, next - 1)
  return next
}

const changedOnDisk: Reader = (desk, at, text, match) => {
  const unit = match[1] ? unitOf(match[1]) : null
  if (!unit) return at + 1
  const common = { kind: 'unit-file-change' as const, source: SOURCE, certainty: 1, link: null, target: null }
  note(desk, { ...common, unit, action: 'changed-on-disk' }, lineOf(desk, at), indentOf(text))
  return at + 1
}

const symlink: Reader = (desk, at, text, match) => {
  const [, link = '', target = null] = match
  const name = baseName(link)
  if (!parseUnitName(name)) return null
  const masks = target === '/dev/null'
  const action = target === null ? 'disabled' : masks ? 'masked' : 'enabled'
  note(
    desk,
    { kind: 'unit-file-change', source: SOURCE, certainty: 1, unit: name, action, link, target },
    lineOf(desk, at),
    indentOf(text),
  )
  return at + 1
}

const notFound: Reader = (desk, at, text, match) => {
  const unit = unitOf(match[1]!)
  if (!unit) return null
  note(desk, unitState(SOURCE, unit, { load: 'not-found' }), lineOf(desk, at), indentOf(text))
  return at + 1
}

/** --show-transaction: `Enqueued anchor job 12 x.service/start.` */
const enqueued: Reader = (desk, at, text, match) => {
  const [, id = '', unit = '', type = ''] = match
  if (!parseUnitName(unit)) return null
  const job = { jobId: Number(id), unit, type, state: 'enqueued', waitsFor: [], holdsBack: [] }
  note(desk, { kind: 'queued-job', source: SOURCE, certainty: 1, ...job }, lineOf(desk, at), indentOf(text))
  return at + 1
}

/** polkit asks on behalf of what systemctl was told to do. */
const authenticates: Reader = (desk, at, _, match) => {
  const unit = unitOf(match[2]!)
  const common = { source: SOURCE, certainty: 0.9, by: 'shell' as const, tense: 'done' as const, requester: null }
  // Typed commands are noted as they stand.
  if (unit && !requestFor(desk, unit)) {
    noteAsk(desk, lineOf(desk, at), unit, match[1] as JobWord, { ...common, offset: 0 })
  }
  return at + 1
}

/** The answer was lost, not the request. */
const disconnected: Reader = (desk, at, text) => {
  const answers = requestFor(desk, null)
  const common = { kind: 'request-refused' as const, source: SOURCE, certainty: 0.7, via: 'client' as const }
  const none = { unit: null, type: null, other: null, queued: null, included: null, onBehalf: null }
  noteAnswer(desk, { ...common, ...none, error: 'disconnected', text }, lineOf(desk, at), answers)
  return at + 1
}

const cannotOperate =
  (error: 'chroot' | 'no-bus'): Reader =>
  (desk, at, text) => {
    const none = { unit: null, type: null, other: null, queued: null, included: null, onBehalf: null }
    const common = { kind: 'request-refused' as const, source: SOURCE, certainty: 1, via: 'client' as const }
    noteAnswer(desk, { ...common, ...none, error, text }, lineOf(desk, at), requestFor(desk, null))
    return at + 1
  }

const cut: Reader = (desk, at, text) => {
  note(desk, { kind: 'boundary', source: SOURCE, certainty: 1, what: 'ellipsized', text }, lineOf(desk, at))
  return at + 1
}

/** What to do with which line. A reader that returns null did not recognize it after all. */
const ROWS: readonly (readonly [RegExp, Reader])[] = [
  [/^\s*Warning: Stopping (\S+), but it can still be activated by:/, stillTriggered],
  [/^\s*Stopping '(\S+?)', but its triggering units are still active:/, stillTriggered],
  [/^\s*Warning: The unit file, source configuration file or drop-ins of (\S+) changed on disk/, changedOnDisk],
  [/^\s*Warning: (\S+) changed on disk/, changedOnDisk],
  [/^\s*Warning: Unit file (?:of (\S+) )?changed on disk/, changedOnDisk],
  [/^\s*Created symlink (?:from )?['"]?(\/\S+?)['"]? (?:→|->|to|pointing to) ['"]?(\/?\S+?)['"]?\.?$/, symlink],
  [/^\s*Created symlink ['"]?(\/\S+?)['"]?, pointing to ['"]?(\/?\S+?)['"]?\.?$/, symlink],
  [/^\s*Removed (?:symlink )?['"]?(\/\S+?)['"]?\.?$/, symlink],
  [/^\s*Unit (\S+) could not be found\.?$/, notFound],
  [/^\s*No files found for (\S+?)\.?$/, notFound],
  [/^\s*Enqueued (?:anchor|auxiliary) job (\d+) (\S+)\/([a-z-]+)\.$/, enqueued],
  [/^\s*(?:Warning! )?D-Bus connection terminated/, nothing],
  [/^\s*Failed to wait for response: /, disconnected],
  [/^\s*Failed to dump process list/, nothing],
  [/^\s*Running in chroot, ignoring/, cannotOperate('chroot')],
  [/^\s*System has not been booted with systemd/, cannotOperate('no-bus')],
  [/^\s*Failed to connect to (?:system |user )?(?:scope )?bus/, cannotOperate('no-bus')],
  [/^\s*Hint: Some lines were ellipsized/, cut],
  [/^\s*lines \d+-\d+(?:\/\d+)? \(END\)|^\s*lines \d+-\d+/, cut],
  [/^\s*(?:See (?:system|user) logs and|See ["']systemctl|To force a start use|followed by ["']systemctl)/, nothing],
  [/^\s*Authentication is required to ((?:re)?start|stop|reload) '(\S{1,256})'/, authenticates],
  [/^\s*(?:Synchronizing state of|Executing:? \/|Redirecting to \/bin\/systemctl|Authentication is required)/, nothing],
  [/^\s*(?:PID \d+ does not belong|--[a-z-]{2,30} (?:may not|is deprecated|cannot)|Cannot edit|Hint: )/, nothing],
  [/^\s*(?:Environment variable \$|Removed ['"]?\/(?:etc|run)\/systemd\/)/, nothing],
  // An activation that timed out is somebody's to tell.
  [/^\s*Failed to (?:get (?:unit|properties|default)|switch root|execute man)(?!.{0,200} timed out)/, nothing],
  [/^\s*(?:={4} AUTH|Multiple identities|Can't operate|Possible reasons for having|The unit files have no)/, nothing],
]
