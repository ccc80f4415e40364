/**
 * What people tell in sentences of their own: which of systemd's mechanisms they speak of, and of which unit. A lead,
 * never proof: it is looked at only where nothing that systemd printed explains the paste.
 */

import { TOLD_LENGTH } from '../../limits.ts'
import { triggeredByDefault } from '../../systemd/unit.ts'
import { unitOf } from '../command.ts'
import { type Desk, note } from '../desk.ts'
import type { JobWord } from '../fact.ts'
import type { Base } from '../span.ts'
import { ABOUT_SYSTEMD } from './told.table.ts'
import { noteToldSettings } from './told-setting.ts'
import { isCure, isName, typeNear, unitCalled, unitNear, unitTakenAlong } from './told-unit.ts'
import { TOPICS, type Topic } from './topics.table.ts'

export interface Told extends Base {
  readonly kind: 'told'
  readonly topic: Topic
  /** The unit named nearest; null where none is. */
  readonly unit: string | null
  /** The job spoken of, where a command or the words say which. */
  readonly type: JobWord | null
  /** Of a job that is said to have been displaced: what took its place. */
  readonly by?: JobWord
  /** Of a refusal: the unit whose job is in the way. */
  readonly other?: string
  /** True where systemd's own word for it is used: a setting, a command, a message. */
  readonly named: boolean
  /** Where the words before it say that this was found to be the reason. */
  readonly reason?: true
}

const aboutSystemd = new RegExp(ABOUT_SYSTEMD)

/** Whether anything in the paste, or what people wrote around it, is about systemd at all. */
export function isAboutSystemd(desk: Desk): boolean {
  if (desk.noted.some(({ draft }) => draft.kind !== 'prose' && draft.kind !== 'other-log')) return true
  let read = 0
  return desk.lines.some(({ text }, i) => {
    if (desk.takenFor[i] !== 'prose' || read > TOLD_LENGTH) return false
    read += text.length
    return aboutSystemd.test(text)
  })
}

const SPOKEN_OF = TOPICS.map((row) => ({ ...row, words: new RegExp(row.words, row.named ? '' : 'i') }))

/** Notes what a run of prose, from one line to before another, speaks of; each topic once. How much was read. */
export function noteTold(desk: Desk, first: number, next: number): number {
  const lines = desk.lines.slice(first, next)
  // Sentences go on over lines; each character keeps its place.
  const text = withoutEmphasis(lines.map((line) => line.text).join(' '))
  if (text.length > TOLD_LENGTH) return text.length
  noteToldSettings(desk, text, (index) => placeIn(lines, index))
  const type = typeNear(text)
  for (const { topic, named: isOwn, words } of SPOKEN_OF) {
    const match = words.exec(text)
    if (
      !match ||
      isOfNoHelp(text, match.index + match[0].length) ||
      (topic === 'by-command' && isCure(text, match.index + match[0].indexOf('systemctl')))
    )
      continue
    const [line, at] = placeIn(lines, match.index)
    const named = isOwn && !REMEDY.test(line.text)
    const near =
      (topic === 'deadlock' ? unitCalled(text) : null) ??
      unitNear(text, match.index, match.index + match[0].length, HOLDERS.has(topic))
    const unit = meantBy(topic, text, near)
    const [from, to] = wholeWords(line.text, at, Math.min(at + match[0].length, line.text.length))
    note(
      desk,
      {
        ...{ kind: 'told', source: 'prose', certainty: named ? 0.5 : 0.3, topic, unit, type, named },
        ...(topic === 'by-command'
          ? calledIn(text.slice(match.index, match.index + match[0].length + NAME_LENGTH))
          : {}),
        ...(topic === 'displaced' ? displacedIn(match[0], type) : {}),
        ...(REASON.test(text.slice(Math.max(0, match.index - REASON_LENGTH), match.index)) ? { reason: true } : {}),
        ...(topic === 'destructive' ? inTheWayIn(text, unit) : {}),
      },
      line,
      from,
      to,
    )
  }
  return text.length
}

/** "It turned out that …", "We found the reason. …". */
const REASON =
  /\b(?:found (?:out|the (?:actual |real |root )?(?:reason|cause|culprit|problem|issue))|turn(?:s|ed) out|root cause|culprit|tracked (?:it|this) down|the (?:reason|cause) (?:is|was|for (?:this|it) (?:is|was)))\b/i
const REASON_LENGTH = 120

/** What triggers is named for what it triggers, what passes a stop on for the one that the stop reaches. */
function meantBy(topic: Topic, text: string, near: string | null): string | null {
  if (topic === 'cycle') {
    const [, gone, about] = LEFT_OUT.exec(text) ?? []
    return (isName(gone ?? about) ? unitOf(gone ?? about ?? '') : null) ?? near
  }
  if (PASSING.has(topic)) return unitTakenAlong(text) ?? near
  if (near === null) return null
  if (topic === 'socket-refused') return near.replace(/\.service$/, '.socket')
  return TRIGGERING.has(topic) ? triggeredByDefault(near) : near
}

/** Of a command that something calls: what it does to which unit. */
function calledIn(words: string): Partial<Pick<Told, 'unit' | 'type'>> {
  const [, type, name = ''] = CALL.exec(words) ?? []
  const unit = isName(name) ? unitOf(name.replace(/[.:]+$/, '')) : null
  return unit ? { type: type as JobWord, unit } : {}
}

const CALL =
  /\bsystemctl (?:--?\S{1,40} ){0,3}(start|stop|restart|reload) (?:--?\S{1,40} ){0,2}["'`]?([\w:.\\@-]{2,200})(?![$\w%{*])/
const NAME_LENGTH = 80

/** "by deleting `x.service`", "ordering cycles for x": of all on a loop, the one that goes. */
const LEFT_OUT =
  /\b(?:(?:delet|remov|dropp?|skipp?)(?:es|ed|ing) (?:the )?(?:job )?[`'"]{0,2}([\w:.\\@-]{2,200}\.[a-z]{4,9})\b|cycles? for [`'"]{0,2}([a-z][\w.@-]{2,80}))/

/** "A stop cancels the start job", "the stop job was canceled": which job went, and so what came. */
function displacedIn(words: string, near: JobWord | null): Pick<Told, 'type' | 'by'> {
  const said = (CANCELS.exec(words) ?? CANCELED.exec(words))?.[1]?.toLowerCase() as JobWord | undefined
  const type = said ?? near
  return type === null ? { type } : { type, by: type === 'stop' ? 'start' : 'stop' }
}

/**
 * "gate.target has 'stop' job queued": what the request would have displaced; without a name, the unit's own. That it
 * is named alone does not make it the one asked for.
 */
function inTheWayIn(text: string, unit: string | null): Partial<Pick<Told, 'unit' | 'type' | 'by' | 'other'>> {
  const [, name, queued] = IN_THE_WAY.exec(text) ?? []
  const other = name ?? unit
  if (queued === undefined || other === null) return {}
  return { by: queued as JobWord, other, ...(name === unit ? { unit: null, type: null } : {}) }
}

const IN_THE_WAY = /(?:([\w:.\\@-]{1,200}\.[a-z]{4,9})\S? )?has '(stop|(?:re)?start|reload)' (?:job )?queued/

const CANCELS = /\bcancel\w{0,5}\b.{0,24}\b(stop|(?:re)?start|reload) job\b/i
const CANCELED =
  /\b(stop|(?:re)?start|reload) (?:job|of (?:the )?(?:unit|service|target|[\w:.\\@-]{1,200}\.[a-z]{4,9}))\b.{0,60}\bcancel/i

/** "`Restart=always` does not help". */
const isOfNoHelp = (text: string, after: number) => NO_HELP.test(text.slice(after, after + 60))
const NO_HELP =
  /^[^.;]{0,40} (?:(?:does|did|would|do)(?:n['’]t| not) (?:help|matter|apply|fire|act)|never(?: |#)+(?:fires?|appl(?:y|ies)|acts?|kicks? in))\b/

/** The title of a change names what mends the trouble. */
const REMEDY = /^(?:\S{1,40}: )?(?:[Aa]dd|[Uu]se|[Ss]et|[Ii]ntroduce) /

/** `_words_` are words, and no part of a name. */
const withoutEmphasis = (text: string) =>
  text.replace(/(?<!\w)_{1,3}|_{1,3}(?!\w)/g, (marks) => ' '.repeat(marks.length))

const TRIGGERING: ReadonlySet<Topic> = new Set(['timer', 'path', 'socket'])
/** Topics whose settings name what the unit spoken of depends on. */
const HOLDERS: ReadonlySet<Topic> = new Set(['bindsto', 'partof', 'requires'])
const PASSING: ReadonlySet<Topic> = new Set(['bindsto', 'partof', 'passed-on', 'requires'])

/** The words of which this is a part, as they are quoted; a name may go on before it. */
function wholeWords(text: string, from: number, to: number): [number, number] {
  while (from > 0 && /[\w:.@\\-]/.test(text[from - 1]!)) from--
  while (to < text.length && /\w/.test(text[to]!)) to++
  return [from, to]
}

function placeIn(lines: Desk['lines'], index: number): [Desk['lines'][number], number] {
  let rest = index
  for (const line of lines) {
    if (rest < line.text.length) return [line, Math.max(0, rest)]
    rest -= line.text.length + 1
  }
  const last = lines.at(-1)!
  return [last, 0]
}
