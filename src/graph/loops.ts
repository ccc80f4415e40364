/**
 * Loops in the ordering, as the manager walks round them when it finds one: each unit is to come after the next, and
 * the last one after the first.
 */

import type { Cycle, Fact } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'

export interface Loop {
  /** Empty where only the line on the deleted job is there. */
  readonly units: readonly string[]
  /** Ids of the lines. */
  readonly facts: readonly string[]
}

/** Each with its units as the log goes round. */
export function findLoops(facts: readonly Fact[]): Loop[] {
  const loops: { units: string[]; facts: string[]; unit: string | null; open: boolean }[] = []
  for (const fact of factsOf(facts, 'cycle')) {
    const last = loops.at(-1)
    const goesOn = last?.open && last.unit === fact.unit && fact.event !== 'found'
    const loop = goesOn ? last : { units: [], facts: [], unit: fact.unit, open: true }
    if (!goesOn) loops.push(loop)
    loop.facts.push(fact.id)
    if (fact.event === 'found' || fact.event === 'step') loop.units.push(...unitsOf(fact))
    else loop.open = false
  }
  return loops.map(({ units, facts, unit }) => ({ units: inFull(units, unit), facts }))
}

/** Without the job types; in the one-line form the first unit comes again at the end. */
const unitsOf = ({ jobs }: Cycle): string[] =>
  jobs.map((job) => job.replace(/\/[a-z-]+(?: -)?$/, '').replace(/^- /, '')).filter((name) => name.includes('.'))

/** The walk ends with the unit whose check found it; a paste may lack some of the steps. */
function inFull(units: readonly string[], found: string | null): string[] {
  const seen = [...new Set(units)]
  if (seen.length > 0 && found !== null && found.includes('.') && !seen.includes(found)) seen.push(found)
  return seen
}
