/**
 * The closed world: a job ends as canceled in these ways and no other (job_install(), transaction_apply(),
 * bus_job_method_cancel(), manager_clear_jobs(); since v259 a reload that its unit left; in v262 an orphaned unit).
 */

import type { Fact } from '../evidence/fact.ts'
import { grouped } from '../evidence/grouped.ts'
import type { Situation } from '../graph/assemble.ts'
import type { Ending } from '../graph/endings.ts'
import { featuresOf } from '../systemd/features.ts'
import { FEATURES } from '../systemd/versions.table.ts'
import type { Ranked } from './rank.ts'

export interface Way {
  readonly name: string
  readonly verdict: 'supported' | 'ruled out' | 'undecided'
  /** Why, as the end of a sentence. */
  readonly because: string
}

/** Each way in, for a job that was canceled; none where the paste is about something else. */
export function waysOf(s: Situation, ranked: readonly Ranked[]): Way[] {
  const { focus } = s
  if (focus?.result !== 'canceled') return []
  const taken = slotTaken(s, focus.unit)
  return [
    replaced(taken, ranked),
    // Neither an isolate nor a flush sweeps away the job of a unit that it has a job for.
    unlessTaken(taken, ranked, ISOLATED, 'an isolate or flush swept it away', 'the paste shows the isolate'),
    unlessTaken(taken, ranked, BY_HAND, 'someone canceled it', 'the paste shows the request'),
    ...reloads(s, focus.type),
  ]
}

/** Which rules tell of which way. An isolate that wants what is being stopped puts a start into the slot: JC203. */
const REPLACED = /^JC(?:1|20[234]|462)/
const ISOLATED = /^JC201/
const BY_HAND = /^JC30[13]/

const shownBy = (ranked: readonly Ranked[], codes: RegExp): boolean =>
  ranked.some(({ trial: { hypothesis } }) => codes.test(hypothesis.rule.code) && hypothesis.proven)

function replaced(taken: Fact | undefined, ranked: readonly Ranked[]): Way {
  const name = 'another job took its place'
  if (taken) return { name, verdict: 'supported', because: `line ${taken.line} shows the next one` }
  if (shownBy(ranked, REPLACED)) return { name, verdict: 'supported', because: 'the paste shows who asked for it' }
  return { name, verdict: 'undecided', because: 'no line shows which job came next' }
}

/** The line in which the next job of the unit is seen, where one is; the last such line, for the paste may go far back. */
function slotTaken(s: Situation, unit: string): Fact | undefined {
  const taken = s.endings.filter((one) => one.unit === unit && one.next !== 'nothing')
  const ending = taken.findLast(({ type, next }) => isOf(s.focus?.type, type, next)) ?? taken.at(-1)
  return ending ? s.byId.get(ending.facts.at(-1) ?? '') : undefined
}

/** A restart begins with a stop that goes over into a start: that is not yet what displaced it. */
function isOf(asked: string | null | undefined, type: Ending['type'], next: Ending['next']): boolean {
  if (asked === 'restart') return type !== 'reload' && next !== 'restart'
  return asked === null || asked === undefined || asked === type
}

/** A way that is out where another job is seen in the slot. `shows`: said of its proof. */
function unlessTaken(
  taken: Fact | undefined,
  ranked: readonly Ranked[],
  codes: RegExp,
  name: string,
  shows: string,
): Way {
  if (shownBy(ranked, codes)) return { name, verdict: 'supported', because: shows }
  if (taken) return { name, verdict: 'ruled out', because: `line ${taken.line} shows another job in its slot` }
  return { name, verdict: 'undecided', because: 'no line speaks of it, and systemd need not have logged it' }
}

function reloads(s: Situation, type: string | null): Way[] {
  const { version, assumed } = s.systemd
  const { reloadCanceledWhenUnitLeaves: late, orphansReplacedUnits } = featuresOf(version)
  const ways: Way[] = []
  if (type === null || type === 'reload') {
    ways.push({
      name: 'the unit left its active state during a reload',
      verdict: late || assumed ? 'undecided' : 'ruled out',
      because: late
        ? 'no line shows it leaving'
        : `that is so only since systemd ${FEATURES.reloadCanceledWhenUnitLeaves.since}`,
    })
  }
  if (orphansReplacedUnits && s.facts.some((fact) => fact.kind === 'reload')) {
    const because = 'the manager was reloaded in between'
    ways.push({ name: 'its unit file was replaced by a link', verdict: 'undecided', because })
  }
  return ways
}

const VERDICTS: readonly Way['verdict'][] = ['supported', 'ruled out', 'undecided']

/** The list as sentences: what speaks for, what is out, what stays open; the same reason is said once. */
export function waysInWords(ways: readonly Way[]): string {
  const sentences = VERDICTS.flatMap((verdict) => {
    const named = [
      ...grouped(
        ways.filter((way) => way.verdict === verdict),
        ({ because }) => because,
      ),
    ]
    const words = named.map(([because, of]) => `${of.map(({ name }) => name).join(', ')} (${because})`)
    return words.length === 0 ? [] : [` ${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}: ${words.join('; ')}.`]
  })
  return sentences.length === 0 ? '' : `All ways in which a job ends as canceled.${sentences.join('')}`
}
