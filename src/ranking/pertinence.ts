/** Whether a story is about what was asked: a log may hold several incidents, and one of them has a complaint. */

import { factsOf } from '../evidence/fact.ts'
import type { Situation } from '../graph/assemble.ts'
import type { Hypothesis } from '../hypotheses/imagine.ts'
import { substitute } from '../hypotheses/pattern.ts'

const OTHER_UNIT_THAN_CANCELED = 0.15
const OTHER_RESULT_THAN_CANCELED = 0.3
const OTHER_UNIT_THAN_REFUSED = 0.2

/** Factor on the weight of a story whose job is another unit's than the one complained of. */
export function pertinence({ rule, bound }: Hypothesis, s: Situation): number {
  if (!rule.job) return 1
  const unit = substitute(rule.job.unit, bound)
  if (s.focus?.result === 'canceled') {
    if (unit !== s.focus.unit) return OTHER_UNIT_THAN_CANCELED
    return rule.job.result === 'canceled' ? 1 : OTHER_RESULT_THAN_CANCELED
  }
  if (s.focus) return 1
  const told = factsOf(s.facts, 'request-refused').filter(({ via, unit: named }) => via !== 'manager' && named !== null)
  return told.length === 0 || told.some(({ unit: named }) => named === unit) ? 1 : OTHER_UNIT_THAN_REFUSED
}
