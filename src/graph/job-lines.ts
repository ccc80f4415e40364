/** The visible begin and end lines of each unit's jobs, in their order and each once. */

import type { Fact, JobLine } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'

export type JobLines = ReadonlyMap<string, readonly JobLine[]>

export function findJobLines(facts: readonly Fact[]): JobLines {
  const units = new Map<string, JobLine[]>()
  for (const line of factsOf(facts, 'job-line')) {
    if (line.unit === null) continue
    const own = units.get(line.unit) ?? []
    units.set(line.unit, own)
    own.push(line)
  }
  return new Map([...units].map(([unit, lines]) => [unit, onceEach(lines)]))
}

/**
 * A paste may show the same lines twice: in the journal, and at the end of a status. The longest passage counts, and of
 * the others what lies before or after it.
 */
function onceEach(lines: readonly JobLine[]): JobLine[] {
  if (lines.some(({ at }) => at === undefined)) return [...lines]
  const passages = passagesOf(lines)
  const longest = passages.reduce((best, one) => (one.length > best.length ? one : best), [])
  const [from, to] = [secondOf(longest[0]), secondOf(longest.at(-1))]
  const before = lines.filter((line) => secondOf(line) < from)
  const after = lines.filter((line) => secondOf(line) > to)
  return [...inOrder(before), ...longest, ...inOrder(after)]
}

const inOrder = (lines: readonly JobLine[]) => [...lines].sort((a, b) => secondOf(a) - secondOf(b))

const secondOf = (line: JobLine | undefined) => Math.floor((line?.at?.usec ?? 0) / 1_000_000)

/** Another passage begins where time goes back, or where a line is said again. */
function passagesOf(lines: readonly JobLine[]): JobLine[][] {
  const passages: JobLine[][] = []
  for (const line of lines) {
    const current = passages.at(-1)
    const again = current?.some((known) => known.key === line.key && secondOf(known) === secondOf(line))
    if (!current || again || secondOf(line) < secondOf(current.at(-1))) passages.push([line])
    else current.push(line)
  }
  return passages
}
