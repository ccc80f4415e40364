/** Whether a story is about what was asked: a log may hold several incidents, and one of them has a complaint. */

import { factsOf, type RequestRefused } from '../evidence/fact.ts'
import type { Situation } from '../graph/assemble.ts'
import type { Hypothesis } from '../hypotheses/imagine.ts'
import { substitute } from '../hypotheses/pattern.ts'

const OTHER_UNIT_THAN_CANCELED = 0.15
const OTHER_RESULT_THAN_CANCELED = 0.3
const OTHER_UNIT_THAN_REFUSED = 0.2
/** A later command has an outcome of its own, and the last complaint is what is asked about. */
const REFUSED_BEFORE = 0.3

/** Factor on the weight of a story whose job is another unit's than the one complained of. */
export function pertinence({ rule, bound }: Hypothesis, s: Situation): number {
  if (!rule.job) return 1
  const unit = substitute(rule.job.unit, bound)
  if (s.focus?.result === 'canceled') {
    if (unit !== s.focus.unit) return OTHER_UNIT_THAN_CANCELED
    return rule.job.result === 'canceled' ? 1 : OTHER_RESULT_THAN_CANCELED
  }
  const told = factsOf(s.facts, 'request-refused').filter(({ via, unit: named }) => via !== 'manager' && named !== null)
  const isRefused = told.some(({ unit: named }) => named === unit)
  if (s.focus) return s.focus.result === 'failed' && isRefused && unit !== s.focus.unit ? REFUSED_BEFORE : 1
  const last = told.at(-1)
  const warned = factsOf(s.facts, 'still-triggered').filter(({ start }) => last && start > last.start)
  if (warned.some(({ unit: named }) => named === unit)) return 1
  // Of commands refused for reasons of their own, the last is asked about; for one reason, the others are examples.
  const isOther = (f: RequestRefused) => f.request !== null && f.request !== last?.request && f.error !== last?.error
  const isEarlier = last?.request && told.every((f) => f.unit !== unit || isOther(f))
  if (isRefused) return warned.length > 0 || isEarlier ? REFUSED_BEFORE : 1
  return last ? OTHER_UNIT_THAN_REFUSED : 1
}
