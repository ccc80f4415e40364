/** Lines of anything that repeat systemctl's words about a job: tools, programs and people quoting them. */

import { busErrorIn } from './bus-errors.ts'
import { noteClientWords } from './client.ts'
import { callsIn } from './command.ts'
import { type Parser, take } from './desk.ts'
import { unwrap } from './mending/wrap.ts'
import { noteCalls } from './request.ts'
import { readStillTriggered, warnsOfTriggers } from './still-triggered.ts'

const SOURCE = 'quoted'
const TELLING = new RegExp(
  [
    'Job for(?:$| \\S+(?:$| canceled| failed| timed| invalid))|ependency job for|Transaction (?:for|contains|is dest|order)',
    'cannot reload|Queued job for|ailed to (?:re)?(?:start|stop|load) \\S+: Unit \\S+$|Assertion failed on job|Operation refused|be requested by dependency only|has a bad unit',
    'ailed to \\w+ \\S+, result: ',
    "ob type \\S+ is not applicable|Job failed\\. See|ob (?:\\d+ )?for unit \\S+ failed with|' job queued, but '|ing systemd unit \\S+ got |/\\S{1,256} is destructive",
    'Systemd (?:(?:re)?start|stop|reload) for \\S+ failed!|[Uu]nit \\S+ (?:not found|(?:is )?not loaded|is masked|failed to load|already exists|was already loaded)',
  ].join('|'),
)

/** Nobody ran what is asked about: "Does `systemctl restart x` cancel a stop?" */
const QUESTION =
  /(?:^|[.!?:;,] )["'(]{0,2}(?:does|do|can|could|will|would|should|is|are|if|whether|what)\b[^.?!]{0,160}(?:\.\w[^.?!]{0,60}){0,4}\?/gi

/** How to tell that a sentence which begins in this text has its end; undefined if it has one already, or none begins. */
function wholeFor(text: string): ((text: string) => boolean) | undefined {
  if (/Transaction for\b/.test(text)) return (joined) => typeof busErrorIn(joined)?.included === 'string'
  if (/: Unit \S+$/.test(text)) return (joined) => busErrorIn(joined) !== null
  if (/\bJob for(?: \S+)?$/.test(text)) return (joined) => /\bJob for \S+ (?:canceled|failed|timed out)/.test(joined)
  if (/\bJob for \S+ failed$/.test(text)) return (joined) => /\bfailed because [^.]+\./.test(joined)
  return undefined
}

export const relay: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => TELLING.test(desk.lines[at]!.text) || warnsOfTriggers(desk.lines[at]!.text),
  parse: (desk, at) => {
    const first = desk.lines[at]!
    const warned = readStillTriggered(desk, at)
    if (warned !== null) return take(desk, SOURCE, at, warned)
    const isWhole = wholeFor(first.text)
    const whole = isWhole && !isWhole(first.text) ? unwrap(desk, at, isWhole) : null
    const line = whole?.line ?? first
    const questions = [...line.text.matchAll(QUESTION)]
    const isAsked = ({ from }: { from: number }) =>
      questions.some((one) => one.index <= from && from < one.index + one[0].length)
    const calls = callsIn(line.text).filter((call) => !isAsked(call))
    const about = {
      source: SOURCE,
      certainty: 0.8,
      by: 'other' as const,
      tense: 'done' as const,
      requester: null,
      offset: 0,
    }
    const noted = noteCalls(desk, line, calls, about)
    const saying = { source: SOURCE, certainty: 0.9, via: 'other' as const, offset: 0 }
    const found = noteClientWords(desk, line, line.text, noted[0] ? { ...saying, answers: noted[0] } : saying)
    return found || noted.length > 0 ? take(desk, SOURCE, at, whole?.next ?? at + 1) : at
  },
}
