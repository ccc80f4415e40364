/** Looks things up in facts that are in the order of the paste, without going through those before. */

import { firstThat } from '../evidence/bisect.ts'
import type { Fact } from '../evidence/fact.ts'

/** The first of those that begin at `start` or later which suits. */
export function findFrom<F extends Fact>(
  facts: readonly F[],
  start: number,
  suits: (fact: F) => boolean,
): F | undefined {
  const first = firstThat(facts.length, (i) => (facts[i] as F).start >= start)
  for (let i = first; i < facts.length; i++) if (suits(facts[i] as F)) return facts[i]
  return undefined
}
