/** Trials → what most likely happened, how sure that is, and what else fits. */

import type { Via } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import type { Situation } from '../graph/assemble.ts'
import { findUnsaid, isDisplaced } from '../graph/focus.ts'
import type { Cause } from '../hypotheses/cause.ts'
import type { Bindings } from '../hypotheses/pattern.ts'
import { substitute } from '../hypotheses/pattern.ts'
import type { Comparison } from './compare.ts'
import { compare } from './compare.ts'
import { pertinence } from './pertinence.ts'
import type { Trial } from './trial.ts'

export interface Ranked extends Comparison {
  readonly trial: Trial
  readonly probability: number
}

export type Outcome = 'explained' | 'candidates' | 'not-a-cancellation' | 'no-evidence'

export interface Ranking {
  readonly outcome: Outcome
  /** Of the first one's cause, summed over the candidates that share it. */
  readonly confidence: number
  readonly ranked: readonly Ranked[]
}

/** What no rule knows of always keeps a share. */
const UNKNOWN_WEIGHT = 0.04
/** What people only tell leaves more room for it. */
const UNKNOWN_WEIGHT_TOLD = 0.4
/** An explanation has to leave little room for the rest. */
const EXPLAINED_FROM = 0.8
const CANDIDATES_SHOWN = 6
const LEAST_PROBABILITY = 0.01
/**
 * Where somebody says what went wrong, the likeliest cause is right more often than its share says, as the rules weigh
 * each alternative by itself: its odds in answers to texts that no rule was tuned on. A log alone is weighed right.
 */
const ODDS_WHERE_SAID = 4
/** Nothing is ever certain: some of what looks proven was caused by something that the paste does not show. */
const MOST_SURE = 0.97

/** The likeliest first, at most CANDIDATES_SHOWN; some probability is left for a story that no rule knows. */
export function rank(trials: readonly Trial[], s: Situation): Ranking {
  const weighed = trials.map((trial) => ({ trial, ...compare(trial, s), about: pertinence(trial.hypothesis, s) }))
  const best = bestOfEach(weighed, s.focus === null || s.focus.type !== null)
  const sum = best.reduce((total, { weight }) => total + weight, s.told ? UNKNOWN_WEIGHT_TOLD : UNKNOWN_WEIGHT)
  const likely = best
    .map(({ weight, about: _, ...rest }) => ({ ...rest, probability: weight / sum }))
    .sort((a, b) => b.probability - a.probability)
    .filter((one, i) => i === 0 || one.probability >= LEAST_PROBABILITY)
  const ranked = causesFirst(likely).slice(0, CANDIDATES_SHOWN)
  const first = ranked[0]
  if (!first) return { outcome: 'no-evidence', confidence: 0, ranked: [] }
  const share = shareOf(causeOf(first), likely)
  const outcome = outcomeOf(first, Math.min(MOST_SURE, share), s)
  if (outcome === 'candidates' && isSaid(s) && !saysNoMore(first, s)) return calibrated(causeOf(first), share, ranked)
  return { outcome, confidence: Math.min(MOST_SURE, share), ranked }
}

/** The unit's file is shown, and neither it nor anything else tells who may have asked. */
function saysNoMore({ trial }: Ranked, s: Situation): boolean {
  const { rule, bound, facts } = trial.hypothesis
  if (rule.trigger?.kind !== 'client' || rule.job?.result !== 'canceled' || facts.length > 1) return false
  const unit = substitute(rule.job.unit, bound)
  return s.units.files.some((file) => file.unit === unit)
}

/** What is only likely, by the odds that it has. */
function calibrated(cause: Cause, share: number, ranked: readonly Ranked[]): Ranking {
  const sum = share * ODDS_WHERE_SAID + 1 - share
  const scaled = ranked.map((one) => ({
    ...one,
    probability: (one.probability * (causeOf(one) === cause ? ODDS_WHERE_SAID : 1)) / sum,
  }))
  return { outcome: 'candidates', confidence: Math.min(MOST_SURE, (share * ODDS_WHERE_SAID) / sum), ranked: scaled }
}

const causeOf = ({ trial }: Ranked) => trial.hypothesis.rule.cause

const shareOf = (cause: Cause, all: readonly Ranked[]): number =>
  all.filter((one) => causeOf(one) === cause).reduce((total, one) => total + one.probability, 0)

/** The likeliest story of each cause, the likeliest cause first; other stories of the same causes come after them. */
function causesFirst(likely: readonly Ranked[]): Ranked[] {
  const causes = [...new Set(likely.map(causeOf))].sort((a, b) => shareOf(b, likely) - shareOf(a, likely))
  const firsts = causes.flatMap((cause) => likely.find((one) => causeOf(one) === cause) ?? [])
  return [...firsts, ...likely.filter((one) => !firsts.includes(one))]
}

function outcomeOf(first: Ranked, confidence: number, s: Situation): Outcome {
  const { focus, told } = s
  const { rule, bound, proven } = first.trial.hypothesis
  if (rule.job?.result !== 'canceled' && NO_CANCELLATION.has(rule.cause)) return 'not-a-cancellation'
  const another = isUnasked(s) ? rule.job && displacesAnother(s, substitute(rule.job.unit, bound)) : asksBefore(s)
  const asked = !focus?.unsaid && !another
  const shown = proven && !told && asked && (first.trial.holds || rule.certain === true)
  return shown && confidence >= EXPLAINED_FROM ? 'explained' : 'candidates'
}

/** By which way it is known how jobs ended, or that requests were refused. */
const viasOf = ({ facts }: Situation): readonly Via[] =>
  [...factsOf(facts, 'job-finished'), ...factsOf(facts, 'request-refused')].map(({ via }) => via)

/** What a log or a recording has, whoever looks at it. */
const LOGGED: ReadonlySet<Via> = new Set(['manager', 'catalog', 'debug', 'bus'] as const)

/** Somebody tells of it, or shows what a client was told; not only what was logged. */
const isSaid = (s: Situation): boolean =>
  factsOf(s.facts, 'told').length > 0 || viasOf(s).some((via) => !LOGGED.has(via))

/** No client complains, and nobody turned on more than what is logged anyway. */
const isUnasked = (s: Situation): boolean => viasOf(s).every((via) => via === 'manager')

/** The log shows another job gone as well: which of the two somebody would ask about is open. */
const displacesAnother = ({ endings, facts, focus }: Situation, unit: string): boolean =>
  endings.some((ending) => ending.unit !== unit && isDisplaced(ending)) ||
  (focus === null && findUnsaid(facts, endings) !== null)

/** Somebody was told of another end before: that may be what the question is about. */
const asksBefore = ({ facts, focus, byId }: Situation): boolean =>
  factsOf(facts, 'job-finished').some(
    ({ via, result, start }) =>
      via === 'client' &&
      result !== 'done' &&
      result !== focus?.result &&
      start < (byId.get(focus?.fact ?? '')?.start ?? 0),
  )

const NO_CANCELLATION: ReadonlySet<string> = new Set(['process-failure', 'not-a-cancellation'])

type Compared = Comparison & { readonly trial: Trial; readonly about: number }
type Weighed = Compared & { readonly weight: number }

/** One candidate per code and trigger: the same story with other facts is no second story. */
function bestOfEach(all: readonly Compared[], typeKnown: boolean): Weighed[] {
  const best = new Map<string, Weighed>()
  for (const one of all) {
    const { rule, bound, weight } = one.trial.hypothesis
    // Where even the job's type is unknown, the same cause by different ways in is one candidate, with all their
    // weight.
    const key = [typeKnown ? rule.code : rule.cause, ...unitsIn(bound)].join(' ')
    const candidate = { ...one, weight: weight * one.fit * one.about }
    const known = best.get(key)
    if (!known) best.set(key, candidate)
    else if (typeKnown) best.set(key, known.weight < candidate.weight ? candidate : known)
    else best.set(key, together(known, candidate))
  }
  return inOtherWords([...best.values()])
}

/** What is told in the same words is one story, whichever of the units that it happened to. */
function inOtherWords(all: readonly Weighed[]): Weighed[] {
  const best = new Map<string, Weighed>()
  for (const one of all) {
    const { rule, bound } = one.trial.hypothesis
    const words = `${rule.code} ${substitute(rule.trigger?.text ?? '', bound)}`
    const known = best.get(words)
    best.set(words, known ? together(known, one) : one)
  }
  return [...best.values()]
}

function together(a: Weighed, b: Weighed): Weighed {
  return { ...(a.weight < b.weight ? b : a), weight: a.weight + b.weight }
}

function unitsIn(bound: Bindings): string[] {
  const units = Object.entries(bound).filter(([, value]) => value.includes('.'))
  return units.map(([name, value]) => `${name}=${value}`).sort()
}
