/** Which job people speak of around an outcome: the command they name beside it, in a sentence, a comment, a test. */

import { UNIT_IN_TEXT } from '../../systemd/unit.ts'
import { unitOf } from '../command.ts'
import { type Desk, isNoted } from '../desk.ts'
import type { JobWord } from '../fact.ts'

/** `systemctl restart x`, `("/usr/bin/systemctl", "stop", "x")`, `service x restart`. */
const COMMAND = new RegExp(
  [
    String.raw`\bsystemctl["'\`,\s]{1,6}(?:--?[\w=-]{1,40}["'\`,\s]{1,6}){0,4}`,
    // What closes a mark is a call without a name.
    String.raw`((?:try-)?restart|start|stop|reload(?:-or-restart)?)\b(?:(?!\`)["'\`,\s]{1,6}([\w@$<{][\w.@\\:$\{\}<>-]{0,120}))?`,
    String.raw`|\b(?:service|invoke-rc\.d) ([\w.@-]{1,80}) (restart|start|stop|reload)\b`,
  ].join(''),
  'g',
)

/** "restarting snapd", "to stop the `docker` service". */
const SPOKEN = /\b(restart|start|stop|reload)(?:s|p?ed|p?ing)?\s+(?:the |my |of )?["'`*]{0,2}([\w.@-]{2,80})/gi

/** Lines around an outcome that still speak of it. */
const ABOVE = 8
const BELOW = 2

/** The job of the command named nearest, as far as it is about this unit; null where none is. */
export function jobMentioned(desk: Desk, number: number, unit: string | null): JobWord | null {
  // Pieces of one line all have its number.
  const at = desk.lines[number - 1]?.number === number ? number - 1 : 0
  const said = jobSaidCanceled(desk, at, unit)
  if (said) return said
  let best: { type: JobWord; away: number } | null = null
  for (let i = Math.max(0, at - ABOVE); i <= at + BELOW && i < desk.lines.length; i++) {
    const { text } = desk.lines[i]!
    const end = i === at ? outcomeIn(text) : -1
    for (const { 1: verb, 2: named = '', 3: service, 4: action, index } of text.matchAll(COMMAND)) {
      // What was said before leads to it more often than what is said after.
      const away = i > at ? 2 * (i - at) : end >= 0 && index > end ? 1 : at - i
      if ((best && best.away < away) || !isAbout(service ?? named, unit)) continue
      best = { type: (verb ?? action) as JobWord, away }
    }
  }
  return (
    best?.type ??
    justEnabled(desk, number, unit) ??
    jobSpokenOf(desk, at, unit) ??
    wordBefore(desk.lines[at]?.text ?? '') ??
    wordOfTask(desk) ??
    jobAsked(desk, unit)
  )
}

/** What an init script prints itself has no end before it. */
const outcomeIn = (text: string) => text.search(/\bjob for |Job for /)

/** What a tool's step is called: "restart master". */
export const wordOfTask = ({ task }: Desk): JobWord | null =>
  isNoted(task, 'tool-task') && task.draft.name !== null ? lastWord(task.draft.name) : null

/** What is enabled is started next, by `--now` and by the scripts of a package that is new. */
function justEnabled(desk: Desk, number: number, unit: string | null): JobWord | null {
  const last = desk.noted.at(-1)
  if (!last || !isNoted(last, 'unit-file-change') || number - last.line > ABOVE) return null
  return last.draft.action === 'enabled' && last.draft.unit === unit ? 'start' : null
}

/** What a sentence says is done to this unit, by its name; the last before the outcome. */
function jobSpokenOf(desk: Desk, at: number, unit: string | null): JobWord | null {
  let spoken: JobWord | null = null
  for (let i = Math.max(0, at - ABOVE); i < at; i++) {
    const { text } = desk.lines[i]!
    // What a tool logs right before is about the same.
    if (desk.takenFor[i] !== 'prose' && (i < at - 1 || text.includes('systemd['))) continue
    for (const [, verb = '', named = ''] of text.matchAll(SPOKEN)) {
      if (unit !== null && isCalled(named.replace(/[.:]+$/, ''), unit)) spoken = verb.toLowerCase() as JobWord
    }
  }
  return spoken
}

/** By its name, or by that name without the suffix, however it is written. */
const isCalled = (named: string, unit: string) =>
  unitOf(named) === unit || named.toLowerCase() === unit.replace(/\.[a-z]+$/, '').toLowerCase()

/** What was asked for last of this unit, in whatever words. */
function jobAsked({ noted }: Desk, unit: string | null): JobWord | null {
  for (let i = noted.length - 1; i >= Math.max(0, noted.length - ASKED_BEFORE); i--) {
    const { draft } = noted[i]!
    if (draft.kind === 'request' && draft.unit === unit && draft.tense === 'done') return draft.type
  }
  return null
}

/** Each outcome of a long paste looks back, and most of them find nothing. */
const ASKED_BEFORE = 1000

/** "the start of x.service is canceled": of all that is said of a unit's jobs, what went. */
function jobSaidCanceled({ lines, takenFor }: Desk, at: number, unit: string | null): JobWord | null {
  for (let i = Math.max(0, at - ABOVE); i <= at + BELOW && i < lines.length; i++) {
    if (takenFor[i] !== 'prose') continue
    const [, verb, named = ''] = SAID_CANCELED.exec(lines[i]!.text) ?? []
    if (verb && isAbout(named, unit)) return verb.toLowerCase() as JobWord
  }
  return null
}

const SAID_CANCELED =
  /\b(start|stop|restart|reload) (?:job )?(?:of|for) (?:the )?["'`]{0,2}([\w.:\\@-]{2,120})["'`]{0,2}(?: service)? (?:\w{2,9} ){0,3}?cancel/i

/** Words for the three jobs, in the languages that people ask in. */
const WORDS: readonly (readonly [JobWord, RegExp])[] = [
  ['restart', /\b(?:re-?start|reinici|redémarr|riavvi|neu ?start|перезапус)|重[启啟]|再起動|재시작/gi],
  ['start', /\b(?:start|arran[cq]|inici|démarr|avvi|запус|uruchom)|[启啟]动|啟動|起動|시작/gi],
  ['stop', /\b(?:stop|det(?:en|uv)|parar|arrêt|ferma|останов|zatrzym)|停止|停不|중지/gi],
]

/** The plain word for a job that is nearest before what was said of it in the same line. */
function wordBefore(text: string): JobWord | null {
  const end = outcomeIn(text)
  return lastWord(end > 0 ? text.slice(0, end) : '')
}

/** The plain word that the sentences above end on, else what the ones below complain of: `can't restart it`. */
export function jobInWords(desk: Desk, number: number): JobWord | null {
  const isTold = (i: number) => TELLING.has(desk.takenFor[i] ?? '')
  for (let i = number - 2; i >= Math.max(0, number - 1 - SENTENCES) && isTold(i); i--) {
    const word = lastWord(desk.lines[i]!.text)
    if (word) return word
  }
  for (let i = number - 1; i < Math.min(desk.lines.length, number + SENTENCES) && isTold(i); i++) {
    const word = COMPLAINT.exec(desk.lines[i]!.text)?.[1]
    if (word) return word.toLowerCase() as JobWord
  }
  return null
}

const SENTENCES = 3
const TELLING: ReadonlySet<string> = new Set(['prose', 'quoted', 'blank'])
const COMPLAINT = new RegExp(
  String.raw`\b(?:can(?:not|['’]?t| ?not)|could ?n[o'’]t|could not|unable to|fail(?:s|ed|ing)? to|wo(?:n['’]?t|uld not)|` +
    "refus(?:es|ed) to|does(?:n['’]?t| not)|when(?: I)?(?: try(?:ing)? to)?|" +
    String.raw`(?:press|click|hit|push|choose|select)(?:ed|ing)?(?: on)?(?: the)?) ["'“]?(restart|start|stop|reload)\b`,
  'i',
)

/** A unit that the sentences up to an outcome start or stop, as far as it stands behind the word. */
export function jobToldOf(desk: Desk, number: number): { unit: string; type: JobWord } | null {
  const lines = desk.lines.slice(Math.max(0, number - 1 - SENTENCES), number)
  const text = lines.map((line) => line.text.trim()).join(' ')
  const typed = [...text.matchAll(COMMAND)].findLast(([, verb, named]) => verb && named && isUnit(named))
  const told = [...text.matchAll(DONE_TO)].at(-1)
  const found = typed && typed.index >= (told?.index ?? 0) ? typed : told
  const unit = found ? unitOf(found[2]!.replace(/[.:]+$/, '')) : null
  return unit ? { unit, type: found![1]!.toLowerCase() as JobWord } : null
}

const isUnit = (named: string) => !/[$<>{}]/.test(named) && !SENTENCE_GOES_ON.test(named.replace(/[.:]+$/, ''))

const DONE_TO = new RegExp(
  String.raw`\b((?:re)?start|stop|reload)(?:s|ed|p?ing|ped)? (?:of )?[\`'"]?` + String.raw`(${UNIT_IN_TEXT})\b`,
  'gi',
)

function lastWord(before: string): JobWord | null {
  const found = WORDS.flatMap(([type, words]) => [...before.matchAll(words)].map(({ index }) => ({ type, index })))
  // `restart` has `start` in it.
  found.sort((a, b) => b.index - a.index || (a.type === 'restart' ? -1 : 1))
  const [last, other] = found
  return last?.type === 'start' && other?.type === 'restart' && last.index - other.index <= 4
    ? 'restart'
    : (last?.type ?? null)
}

/** A name that is no unit's may stand for any: a variable, a placeholder, the next word of the sentence. */
function isAbout(named: string, unit: string | null): boolean {
  if (named === '' || unit === null || /[$<>{}]/.test(named)) return true
  const plain = named.replace(/[.:]+$/, '')
  return SENTENCE_GOES_ON.test(plain) || unitOf(plain) === unit
}

const SENTENCE_GOES_ON =
  /^(?:and|or|it|is|was|to|in|on|at|but|then|that|which|for|with|from|this|again|exits|prints|returned|fails?|failed|answers|says|gives|command|will|can|may)$/
