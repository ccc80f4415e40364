/** What has to be there for a condition to hold at all: most rules are passed over for lack of it. */

import type { FactKind } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import type { Situation } from '../graph/assemble.ts'
import type { Clause } from './rule.ts'

/** Kinds of facts of which one is needed, or 'focus', the job asked about. Null: it may hold without any. */
export type Needs = readonly string[] | null

/** They ask for no fact by its kind. */
const NEEDS_NOTHING = new Set([
  ...['none', 'several', 'order', 'within', 'same', 'differs', 'conflicting'],
  ...['unit', 'edge', 'pulls-in', 'stops-with', 'slot', 'closes-loop'],
])

/** Null if the clause may hold whatever facts there are. */
export function needsOf(clause: Clause): Needs {
  const [[predicate, argument] = ['none', []]] = Object.entries(clause)
  if (predicate === 'any') return needsOfAny(argument as readonly (readonly Clause[] | Clause)[])
  if (predicate === 'setting') return ['unit-text']
  return NEEDS_NOTHING.has(predicate) ? null : [predicate]
}

/** Of each alternative, what its first condition that needs anything does. */
function needsOfAny(alternatives: readonly (readonly Clause[] | Clause)[]): Needs {
  const each = alternatives.map(
    (clauses) =>
      [clauses]
        .flat()
        .map(needsOf)
        .find((needs) => needs !== null) ?? null,
  )
  return each.includes(null) ? null : [...new Set(each.flatMap((needs) => needs ?? []))]
}

export const areThere = (needs: Needs, { facts, focus }: Situation): boolean =>
  needs === null ||
  needs.some((kind) => (kind === 'focus' ? focus !== null : factsOf(facts, kind as FactKind).length > 0))
