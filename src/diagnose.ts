/** The whole pipeline on one screen. */

import type { Facts } from './evidence/fact.ts'
import { gather } from './evidence/gather.ts'
import type { Situation } from './graph/assemble.ts'
import { assemble, withTold, withUnsaid } from './graph/assemble.ts'
import { isAftermath } from './hypotheses/aftermath.ts'
import type { Hypothesis } from './hypotheses/imagine.ts'
import { imagine } from './hypotheses/imagine.ts'
import type { Rule } from './hypotheses/rule.ts'
import { DIAGNOSIS_WORK, REMEDY_WORK } from './limits.ts'
import type { Stage } from './ranking/play.ts'
import { newStage } from './ranking/play.ts'
import { rank } from './ranking/rank.ts'
import type { Trial } from './ranking/trial.ts'
import { tryOut, wasCut } from './ranking/trial.ts'
import { prescribe } from './remedy/prescribe.ts'
import type { Answer } from './render/answer.ts'
import { compose } from './render/compose.ts'

export interface DiagnoseOptions {
  /** The release to assume; what the paste says when left out. */
  readonly systemd?: number
  /** False quotes the paste as it is: for somebody who reads their own log on their own machine. */
  readonly mask?: boolean
}

/** Pasted text in, answer out. Same paste and rules, same answer. Never throws on what the text says. */
export function diagnose(paste: string, rules: readonly Rule[], options: DiagnoseOptions = {}): Answer {
  return explain(gather(paste, options), rules, options)
}

/** The same for what was read already, and in another way. */
export function explain(facts: Facts, rules: readonly Rule[], options: DiagnoseOptions = {}): Answer {
  const { situation, hypotheses } = firstExplained(assemble(facts, options.systemd), rules)
  const stage = newStage(DIAGNOSIS_WORK)
  const { trials, untried } = tryAll(hypotheses, situation, stage)
  const ranking = rank(trials, situation)
  const first = ranking.ranked[0]
  const remedies = first ? prescribe(first, situation, { ...stage, workLeft: REMEDY_WORK }) : []
  return compose(facts, situation, ranking, remedies, untried)
}

/** The complaint, else what the log shows without one, else what people tell: the first that any rule speaks to. */
function firstExplained(asked: Situation, rules: readonly Rule[]): { situation: Situation; hypotheses: Hypothesis[] } {
  const complaints = imagine(asked, rules)
  if (complaints.some((one) => !isAftermath(one, asked))) return { situation: asked, hypotheses: complaints }
  for (const looked of [withUnsaid, withTold]) {
    const situation = looked(asked)
    const hypotheses = imagine(situation, rules)
    if (hypotheses.length > 0) return { situation, hypotheses }
  }
  return { situation: asked, hypotheses: [] }
}

interface Tried {
  readonly trials: readonly Trial[]
  /** How many stories were not played, or not to their end. */
  readonly untried: number
}

/** The likeliest first, until their stories have done as much work as one diagnosis may; one at least is begun. */
function tryAll(hypotheses: readonly Hypothesis[], situation: Situation, stage: Stage): Tried {
  const trials: Trial[] = []
  let untried = 0
  for (const hypothesis of hypotheses) {
    const trial = stage.workLeft > 0 || !hypothesis.rule.story ? tryOut(hypothesis, situation, stage) : null
    const cut = trial === null || wasCut(trial, stage)
    if (cut) untried++
    if (trial && (!cut || trials.length === 0)) trials.push(trial)
  }
  return { trials, untried }
}
