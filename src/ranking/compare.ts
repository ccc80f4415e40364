/** A trace against what was seen: explained, contradicted, and what must have been seen but was not. */

import type { Situation } from '../graph/assemble.ts'
import type { Trial } from './trial.ts'

export interface Comparison {
  /** Facts that the story brings about. */
  readonly agrees: readonly string[]
  /** Facts that it cannot. */
  readonly contradicts: readonly string[]
  /** Visible lines of the story that a pasted journal should have and has not. */
  readonly missing: number
  /** Factor on the weight, from 0 to about 2. */
  readonly fit: number
}

interface Seen {
  readonly key: string
  readonly fact: string
}

const RULED_OUT = 0.02
const PER_AGREEMENT = 1.15
const PER_CONTRADICTION = 0.55
const PER_MISSING = 0.85
const AGREEMENTS_THAT_COUNT = 6

/** What was not played, and what the paste says outright, loses nothing. */
export function compare(trial: Trial, s: Situation): Comparison {
  const { hypothesis, simulation } = trial
  const none = { agrees: [...hypothesis.facts], contradicts: [], missing: 0 }
  if (!simulation) return { ...none, fit: 1 }
  // What stands in the paste is so, whether or not the story can be told with what is known of the units.
  if (!trial.holds) return { ...none, fit: hypothesis.rule.certain ? 1 : RULED_OUT }
  const agrees = new Set(hypothesis.facts)
  const contradicts: string[] = []
  let missing = 0
  for (const unit of involved(trial)) {
    const seen = seenOf(s, unit)
    if (seen.length === 0) continue
    const told = simulation.journal
      .filter((line) => line.unit === unit && line.atUsec > 0 && line.key.startsWith('job-'))
      .map((line) => line.key)
    const common = longestCommon(seen.slice(-told.length - 4), told)
    for (const fact of common) agrees.add(fact)
    for (const { fact } of seen.slice(-told.length)) if (!agrees.has(fact)) contradicts.push(fact)
    missing += Math.max(0, Math.min(told.length, 3) - common.length)
  }
  const bonus = PER_AGREEMENT ** Math.min(AGREEMENTS_THAT_COUNT, agrees.size - hypothesis.facts.length)
  const fit = bonus * PER_CONTRADICTION ** Math.min(3, contradicts.length) * PER_MISSING ** Math.min(4, missing)
  // Nor does a story that shows only the gist take anything from what the paste says outright.
  const certain = hypothesis.rule.certain ? 1 : fit
  return { agrees: [...agrees], contradicts: contradicts.slice(0, 8), missing, fit: certain }
}

function involved(trial: Trial): Set<string> {
  const units = (trial.story?.expect ?? []).map((line) => line.replace(/^not /, '').split(' ')[0] ?? '')
  return new Set(units.filter((name) => name.includes('.')))
}

/** The job lines of one unit in their order; they are what both sides always print. */
const seenOf = (s: Situation, unit: string): Seen[] =>
  (s.jobLines.get(unit) ?? []).map((fact) => ({ key: fact.key, fact: fact.id }))

/** The facts of a longest common subsequence. Both sides are short: the story's visible lines of one unit. */
function longestCommon(seen: readonly Seen[], told: readonly string[]): string[] {
  const width = told.length + 1
  const table = new Uint16Array((seen.length + 1) * width)
  for (let i = seen.length - 1; i >= 0; i--) {
    for (let j = told.length - 1; j >= 0; j--) {
      const same = seen[i]?.key === told[j]
      const skip = Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0)
      table[i * width + j] = same ? (table[(i + 1) * width + j + 1] ?? 0) + 1 : skip
    }
  }
  return walk(seen, told, table, width)
}

function walk(seen: readonly Seen[], told: readonly string[], table: Uint16Array, width: number): string[] {
  const facts: string[] = []
  let [i, j] = [0, 0]
  while (i < seen.length && j < told.length) {
    if (seen[i]?.key === told[j]) {
      facts.push((seen[i] as Seen).fact)
      i++
      j++
    } else if ((table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0)) i++
    else j++
  }
  return facts
}
