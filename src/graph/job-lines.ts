/** The visible begin and end lines of each unit's jobs, in their order and each once. */

import type { Fact, JobLine } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { grouped } from '../evidence/grouped.ts'

export type JobLines = ReadonlyMap<string, readonly JobLine[]>

export function findJobLines(facts: readonly Fact[]): JobLines {
  const ofUnits = factsOf(facts, 'job-line').filter((line): line is JobLine & { unit: string } => line.unit !== null)
  const units = grouped(ofUnits, ({ unit }) => unit)
  // Below the head of a status its own lines of the log follow.
  const heads = factsOf(facts, 'unit-state').map(({ start }) => start)
  return new Map([...units].map(([unit, lines]) => [unit, onceEach(lines, heads)]))
}

/**
 * A paste may show the same lines twice: in the journal, and at the end of a status. The longest passage counts, and of
 * the others what lies before or after it.
 */
function onceEach(lines: readonly JobLine[], heads: readonly number[]): JobLine[] {
  if (lines.some(({ at }) => at === undefined)) return [...lines]
  const passages = passagesOf(lines, heads)
  if (passages.length === 1) return [...lines]
  const longest = passages.reduce((best, one) => (one.length > best.length ? one : best), [])
  const [from, to] = [secondOf(longest[0]), secondOf(longest.at(-1))]
  // In the very second where the longest begins or ends, only what it does not say itself.
  const said = new Set(longest.map(momentOf))
  const other = lines.filter((line) => !said.has(momentOf(line)))
  const after = other.filter((line) => secondOf(line) >= to)
  const before = other.filter((line) => secondOf(line) <= from && secondOf(line) < to)
  return [...inOrder(before), ...longest, ...inOrder(after)]
}

const momentOf = (line: JobLine) => `${line.key} ${secondOf(line)}`

const inOrder = (lines: readonly JobLine[]) => [...lines].sort((a, b) => secondOf(a) - secondOf(b))

const secondOf = (line: JobLine | undefined) => Math.floor((line?.at?.usec ?? 0) / 1_000_000)

/** Another passage begins where time goes back, where a line is said again, and with each status. */
function passagesOf(lines: readonly JobLine[], heads: readonly number[]): JobLine[][] {
  const passages: JobLine[][] = []
  const saidNow = new Set<string>()
  let [passed, last] = [0, 0]
  for (const [i, line] of lines.entries()) {
    const before = passed
    while (passed < heads.length && (heads[passed] ?? 0) < line.start) passed++
    const current = passages.at(-1)
    const second = secondOf(line)
    if (second !== last) saidNow.clear()
    // What is said again and then goes on in other words was done again in that second.
    const next = lines[i + 1]
    const again = saidNow.has(line.key) && (!next || secondOf(next) < second || saidNow.has(next.key))
    if (!current || passed > before || again || second < last) {
      passages.push([line])
      saidNow.clear()
    } else current.push(line)
    saidNow.add(line.key)
    last = second
  }
  return passages
}
