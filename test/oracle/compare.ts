/**
 * Where the simulator and the recordings part, and whether the recording is one of the simulator's own endings all the
 * same: in another order of what systemd leaves open, or with what takes no fixed time at another moment.
 */

import { compareTraces, type Disagreement, type Level } from '../../src/systemd/compare-traces.ts'
import type { Happening } from '../../src/systemd/happening.ts'
import type { Scenario } from '../../src/systemd/scenario.ts'
import { actionsOf } from './record.ts'
import { belongsTo } from './run.ts'

export const LEVELS: readonly Level[] = ['jobs', 'states', 'logs']

export type Simulate = (
  scenario: Scenario,
  options: { readonly version: number; readonly orderSeed?: number },
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
  /** What chance the disagreement of each level is by; null where they agree, or by none that was found. */
  readonly chances: Readonly<Record<Level, Chance | null>>
  readonly crash: string | null
}

export type Chance = 'order' | 'moment'

/** How many orders, and how many of them with other moments, are tried for one recording. */
const TRIES: readonly (readonly [Chance, seeds: readonly number[]])[] = [
  ['order', Array.from({ length: 96 }, (_, index) => 2 * index + 2)],
  ['moment', Array.from({ length: 800 }, (_, index) => 2 * index + 1)],
]

export function confront(
  simulate: Simulate,
  file: string,
  scenario: Scenario,
  version: number,
  expected: readonly Happening[],
): Outcome {
  const actionsUsec = actionsOf(scenario)
  const levelsBy = (orderSeed: number): Outcome['levels'] => {
    const { trace } = simulate(scenario, { version, orderSeed })
    const actual = trace.filter((happening) => belongsTo(scenario, happening))
    return ofLevels((level) => compareTraces(expected, actual, { actionsUsec, level }))
  }
  try {
    const levels = levelsBy(0)
    return { file, version, levels, chances: chancesOf(levels, levelsBy), crash: null }
  } catch (problem) {
    const crash = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)
    return { file, version, levels: ofLevels(() => null), chances: ofLevels(() => null), crash }
  }
}

function ofLevels<T>(of: (level: Level) => T): Readonly<Record<Level, T>> {
  return Object.fromEntries(LEVELS.map((level) => [level, of(level)])) as Record<Level, T>
}

function chancesOf(levels: Outcome['levels'], levelsBy: (seed: number) => Outcome['levels']): Outcome['chances'] {
  const found = new Map<Level, Chance>()
  const open = (): boolean => LEVELS.some((level) => levels[level] !== null && !found.has(level))
  for (const [chance, seeds] of TRIES) {
    for (const seed of seeds) {
      if (!open()) break
      const others = levelsBy(seed)
      for (const level of LEVELS) if (others[level] === null && !found.has(level)) found.set(level, chance)
    }
  }
  return ofLevels((level) => (levels[level] === null ? null : (found.get(level) ?? null)))
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
    const by = outcome.chances[level] === null ? '' : ` (another ${outcome.chances[level]})`
    if (found !== null) return `${head}, ${level}${by}: ${found.who}\n${found.context.join('\n')}`
  }
  return null
}

/** Of each release and level: how many agree, and with those that another order, or another moment, makes agree. */
export function table(outcomes: readonly Outcome[]): string {
  const versions = [...new Set(outcomes.map(({ version }) => version))].sort((a, b) => a - b)
  const rows = versions.map((version) => {
    const own = outcomes.filter((outcome) => outcome.version === version)
    return [String(version), ...LEVELS.map((level) => `${shares(own, level).join(' ')} of ${own.length}`)]
  })
  const widths = [7, 18, 18, 18]
  const line = (row: readonly string[]): string => row.map((cell, at) => cell.padStart(widths[at] ?? 0)).join(' ')
  return [['systemd', ...LEVELS], ...rows].map(line).join('\n')
}

function shares(outcomes: readonly Outcome[], level: Level): number[] {
  const agreeing = outcomes.filter((outcome) => agrees(outcome, level)).length
  const by = (chance: Chance): number => outcomes.filter(({ chances }) => chances[level] === chance).length
  return [agreeing, agreeing + by('order'), agreeing + by('order') + by('moment')]
}
