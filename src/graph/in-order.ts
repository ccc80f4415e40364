/** Looks things up in facts that are in the order of the paste, without going through those before. */

import type { Fact } from '../evidence/fact.ts'

/** The first of those that begin at `start` or later which suits. */
export function findFrom<F extends Fact>(
  facts: readonly F[],
  start: number,
  suits: (fact: F) => boolean,
): F | undefined {
  let [low, high] = [0, facts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((facts[middle] as F).start < start) low = middle + 1
    else high = middle
  }
  for (let i = low; i < facts.length; i++) if (suits(facts[i] as F)) return facts[i]
  return undefined
}
