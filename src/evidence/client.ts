/** What systemctl says of the jobs it waited for and of requests that were refused. */

import type { JobResult } from '../systemd/job.ts'
import { parseUnitName, UNIT_IN_TEXT } from '../systemd/unit.ts'
import { busErrorIn } from './bus-errors.ts'
import { EXPLANATIONS, REFUSED, RESULTS } from './client.table.ts'
import { unitOf } from './command.ts'
import { type Desk, isNoted, type Noted, noteAnswer } from './desk.ts'
import type { JobWord, Refusal, Via } from './fact.ts'
import type { TextLine } from './page.ts'
import { findSentence, sentence } from './sentence.ts'
import { putOff } from './shell-order.ts'
import { jobMentioned } from './told/mention.ts'

const results = RESULTS.map(([result, template]) => sentence(result, template))
const refused = REFUSED.map(([how, template]) => sentence(how, template))

const RESULT_HINT = new RegExp(
  'Job for |ependency job for | for unit |cannot reload|n job for |type of |garbage coll|lready once|frozen unit|' +
    'slice unit|systemd unit|Job failed|initscript |, result: |Systemd \\w{4,7} for ',
)

const JOB_WORDS = new Set([
  ...['start', 'stop', 'reload', 'restart', 'try-restart', 'reload-or-restart', 'reload-or-try-restart', 'isolate'],
  'try-reload-or-restart',
])
const WORD_OF: Readonly<Record<string, JobWord>> = {
  isolate: 'start',
  creating: 'start',
  'try-reload-or-restart': 'reload-or-try-restart',
}

export interface Saying {
  readonly via: Via
  readonly source: string
  readonly certainty: number
  /** What it answers; undefined: whatever was typed last. */
  readonly answers?: Noted | null
  /** Where in the line the text begins; null if the text is no part of the line as it stands. */
  readonly offset: number | null
}

/** Notes what a text repeats of systemctl's words about jobs; whether there was anything. */
export function noteClientWords(desk: Desk, line: TextLine, text: string, saying: Saying): boolean {
  if (RESULT_HINT.test(text) && noteResult(desk, line, text, saying)) return true
  return noteRefusal(desk, line, text, saying)
}

function noteResult(desk: Desk, line: TextLine, text: string, saying: Saying): boolean {
  const found = findSentence(results, text)
  if (!found) return false
  const named = found.args.unit
  const unit = named === undefined ? null : (unitOf(named) ?? unitOf(named.replace(/[<>{}$*]/g, '')))
  if (named !== undefined && unit === null) return false
  const answers = saying.answers === undefined ? requestFor(desk, unit, found.key) : saying.answers
  const asked = isNoted(answers, 'request') ? answers.draft : null
  const reason = found.args.reason
  if (answers && found.key !== 'done') putOff(desk, answers)
  noteAnswer(
    desk,
    {
      kind: 'job-finished',
      source: saying.source,
      certainty: saying.certainty,
      unit: unit ?? asked?.unit ?? null,
      type:
        asked?.type ??
        typeOf(found.args.verb?.toLowerCase() ?? null) ??
        (found.key === 'invalid' ? 'reload' : (typeByAlias(desk, line) ?? jobMentioned(desk, line.number, unit))),
      typeInferred: true,
      result: found.key,
      via: saying.via,
      jobId: null,
      serviceResult:
        reason === undefined ? null : (EXPLANATIONS.find(([words]) => reason.includes(words))?.[1] ?? null),
    },
    line,
    answers,
    saying.offset === null ? 0 : saying.offset + found.index,
  )
  return true
}

/**
 * The request that this unit's outcome belongs to: one for it, or the only one there was. What was sent to the
 * background before is canceled by what is asked in front of it, not the other way round.
 */
export function requestFor(desk: Desk, unit: string | null, result?: JobResult): Noted | null {
  const noted = desk.typed?.noted ?? []
  const isSame = (n: Noted) => isNoted(n, 'request') && n.draft.unit === unit
  const [now, before] = [noted.find(isSame), desk.typed?.unanswered?.findLast(isSame)]
  const same = result === 'canceled' ? (before ?? now) : (now ?? before)
  if (same) return same
  const asking = noted.filter((n) => isNoted(n, 'request') && n.draft.type !== null)
  // `enable` and its kin ask for no job, and are refused for the same reasons.
  const only = asking.length > 0 ? asking : noted.filter((n) => isNoted(n, 'request') && n.draft.unit !== null)
  return unit === null && only.length === 1 ? only[0]! : null
}

/** systemctl waits for the jobs that it asked for, and calls their units by the names that they go by themselves. */
function typeByAlias(desk: Desk, line: TextLine): JobWord | null {
  const { typed } = desk
  const requests = typed?.by === 'prompt' ? typed.noted.filter((n) => isNoted(n, 'request')) : []
  const [only] = requests
  if (requests.length !== 1 || !only || line.number - desk.lines[typed!.at]!.number > ALIAS_LINES) return null
  return isNoted(only, 'request') ? only.draft.type : null
}

/** How far from its command an answer stands that names another unit. */
const ALIAS_LINES = 3

function noteRefusal(desk: Desk, line: TextLine, text: string, saying: Saying): boolean {
  const error = busErrorIn(text)
  const said = text.includes('Failed to ') ? findSentence(refused, text) : null
  const asked = askedIn(text, said)
  const clients = said !== null && saying.via === 'client' && (said.key !== 'verb' || asked.unit !== null)
  if (!error && !clients) return false
  if (error && !asked.verb && !said && (WEAK.has(error.error) || !isUnitOrNone(error.other))) return false
  const named = asked.unit ?? (error?.unit ? (unitOf(error.unit) ?? error.unit) : null)
  const answers = saying.answers === undefined ? requestFor(desk, named ?? error?.other ?? null) : saying.answers
  const request = isNoted(answers, 'request') ? answers.draft : null
  // What is in the way of a request is not what it asked for.
  const unit = named ?? request?.unit ?? (error?.error === 'destructive' ? null : (error?.other ?? null))
  noteAnswer(
    desk,
    {
      kind: 'request-refused',
      source: saying.source,
      certainty: saying.certainty,
      unit,
      type: typeOf(asked.verb ?? error?.type ?? request?.type ?? null),
      error: error?.error ?? (said?.key === 'cancel' ? 'no-such-job' : 'other'),
      via: saying.via,
      // "Unit is masked" says that of the one asked for.
      other: error?.other ?? (error?.error === 'masked' ? unit : null),
      queued: error?.queued ?? null,
      included: error?.included ?? null,
      text: said?.args.text ?? error?.text ?? text,
      onBehalf: null,
    },
    line,
    answers,
    saying.offset === null ? 0 : saying.offset + (asked.index ?? error?.index ?? 0),
  )
  return true
}

interface Asked {
  readonly verb: string | null
  readonly unit: string | null
  readonly index: number | null
}

/** `Failed to start user service 'x.service'`, `Unable to restart service x`, as other programs put it. */
const ASKED = new RegExp(
  '\\b(?:[Ff]ailed|[Uu]nable|[Cc]ould not|[Cc]annot) (?:to )?(start|stop|restart|reload)\\b[^:]{0,40}? [\'"]?' +
    String.raw`(${UNIT_IN_TEXT})\b`,
)

function askedIn(text: string, said: ReturnType<typeof findSentence<'verb' | string>>): Asked {
  if (said?.key === 'verb' && JOB_WORDS.has(said.args.verb!)) {
    const unit = unitOf(said.args.unit!)
    if (unit) return { verb: said.args.verb!, unit, index: said.index }
  }
  const match = ASKED.exec(text)
  if (match) return { verb: match[1]!, unit: match[2]!, index: match.index }
  return { verb: null, unit: null, index: said?.index ?? null }
}

const isUnitOrNone = (name: string | null) => name === null || parseUnitName(name) !== null

/** Errors that are anybody's, unless the sentence speaks of a job. */
const WEAK: ReadonlySet<Refusal> = new Set(['access-denied', 'timeout', 'disconnected', 'no-bus', 'other'])

/** The word of a request, as far as it is one for a job. */
export function typeOf(word: string | null): JobWord | null {
  if (word === null || word === '') return null
  return WORD_OF[word] ?? (JOB_WORDS.has(word) || word === 'verify-active' ? (word as JobWord) : null)
}
