/** Where the simulator and the recordings part. */

import { compareTraces, type Disagreement, type Happening, type Level } from '../../src/systemd/happening.ts'
import type { Scenario } from '../../src/systemd/scenario.ts'
import { actionsOf } from './record.ts'
import { belongsTo } from './run.ts'

export const LEVELS: readonly Level[] = ['jobs', 'states', 'logs']

export type Simulate = (
  scenario: Scenario,
  options: { readonly version: number },
) => { readonly trace: readonly Happening[] }

/** The simulator may be broken, or not there yet: whoever only records has no need of it. */
export async function loadSimulator(): Promise<Simulate> {
  const path = '../../src/simulator/simulate.ts'
  return ((await import(path)) as { simulate: Simulate }).simulate
}

export interface Outcome {
  readonly file: string
  readonly version: number
  /** The first disagreement of each level; null where they agree. */
  readonly levels: Readonly<Record<Level, Disagreement | null>>
  readonly crash: string | null
}

export function confront(
  simulate: Simulate,
  file: string,
  scenario: Scenario,
  version: number,
  expected: readonly Happening[],
): Outcome {
  const actionsUsec = actionsOf(scenario)
  let actual: readonly Happening[] = []
  let crash: string | null = null
  try {
    actual = simulate(scenario, { version }).trace.filter((happening) => belongsTo(scenario, happening))
  } catch (problem) {
    crash = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)
  }
  const levels = Object.fromEntries(
    LEVELS.map((level) => [level, compareTraces(expected, actual, { actionsUsec, level })]),
  )
  return { file, version, levels: levels as Outcome['levels'], crash }
}

export function agrees({ crash, levels }: Outcome, level: Level): boolean {
  return crash === null && levels[level] === null
}

/** The first disagreement at the coarsest level that has one. */
export function describe(outcome: Outcome): string | null {
  const head = `${outcome.file}, systemd ${outcome.version}`
  if (outcome.crash !== null) return `${head}: the simulator crashed\n${outcome.crash}`
  for (const level of LEVELS) {
    const found = outcome.levels[level]
    if (found !== null) return `${head}, ${level}: ${found.who}\n${found.context.join('\n')}`
  }
  return null
}

export function table(outcomes: readonly Outcome[]): string {
  const versions = [...new Set(outcomes.map(({ version }) => version))].sort((a, b) => a - b)
  const rows = versions.map((version) => {
    const own = outcomes.filter((outcome) => outcome.version === version)
    const cells = LEVELS.map((level) => `${own.filter((outcome) => agrees(outcome, level)).length}/${own.length}`)
    return [String(version), ...cells]
  })
  return [['systemd', ...LEVELS], ...rows].map((row) => row.map((cell) => cell.padStart(9)).join(' ')).join('\n')
}
