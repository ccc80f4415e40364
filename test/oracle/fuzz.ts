/**
 * `npm run oracle:fuzz -- --count N --seed S [--systemd 247,262] [--manager user] [--jobs N] [--shrink N]`: random
 * stories, played twice on each real systemd. Those that came out the same both times are kept in the cache folder with
 * their traces, and compared with the simulator; so many disagreements are made smaller. `--wide` takes the other
 * generator, of rarer settings, verbs and options. `--replay [--seed S]` compares all that is kept, without any
 * systemd. `--again N` plays what disagrees so many times more, and forgets recordings that do not come out the same
 * each time: two runs may agree by chance. `--at-least R` is content with that share of agreement at each level (0 to
 * 1, otherwise 1): what a batch on a busy machine can promise. The table has three figures for each level: as it is,
 * with what agrees in another order of what systemd leaves open, and with what agrees if some things come later.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { compareTraces } from '../../src/systemd/compare-traces.ts'
import type { Happening } from '../../src/systemd/happening.ts'
import { formatScenario, parseScenario, type Scenario, traceFor } from '../../src/systemd/scenario.ts'
import { optionsOf } from '../options.ts'
import { agrees, confront, describe, LEVELS, loadSimulator, type Outcome, type Simulate, table } from './compare.ts'
import { stories } from './fuzz-story.ts'
import { inParallel } from './pool.ts'
import { actionsOf, groupTraces, recordTwice, type Stable } from './record.ts'
import { cacheFolder, VERSIONS, whyNoOracle } from './roots.ts'
import { play } from './run.ts'
import { setUp } from './setup.ts'
import { shrink } from './shrink.ts'
import { wideStories } from './wide-story.ts'

/** These runs are for the mass, not for figures: more of them than for a fixture. */
const SIDE_BY_SIDE = 40

function folderOf(seed: string): string {
  return cacheFolder('fuzz', seed)
}

/** A file without any trace says that the story is of no use, so that it is not played again. */
async function recordAll(
  folder: string,
  told: readonly Scenario[],
  versions: readonly number[],
  width: number,
): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const files: string[] = []
  const tasks = told.flatMap((scenario, index) => {
    const file = join(folder, `${String(index).padStart(4, '0')}.scenario`)
    files.push(file)
    if (existsSync(file)) return []
    const recordings: Stable[] = []
    return versions.map((version) => async () => {
      recordings.push(await recordTwice(scenario, version))
      if (recordings.length === versions.length) save(file, scenario, recordings)
    })
  })
  await inParallel(tasks, width)
  return files
}

function save(file: string, scenario: Scenario, recordings: readonly Stable[]): void {
  const sorted = [...recordings].sort((a, b) => a.version - b.version)
  const unstable = sorted.flatMap((one) =>
    'unstable' in one ? [`unstable ${one.version}: ${firstLines(one.unstable)}`] : [],
  )
  const headers: Record<string, string> = unstable.length === 0 ? {} : { note: unstable.join('; ') }
  writeFileSync(file, formatScenario({ ...scenario, headers, traces: groupTraces(scenario, sorted) }))
}

function firstLines(text: string): string {
  return text.split('\n').slice(0, 8).join(' | ').slice(0, 400)
}

function kept(seed: string | undefined): string[] {
  const folders = seed !== undefined ? [folderOf(seed)] : readdirSync(cacheFolder('fuzz')).map(folderOf)
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.scenario'))
      .sort()
      .map((name) => join(folder, name)),
  )
}

function confrontFile(simulate: Simulate, file: string, versions: readonly number[]): Outcome[] {
  const scenario = parseScenario(readFileSync(file, 'utf8'))
  const name = join(basename(dirname(file)), basename(file))
  return scenario.traces.flatMap(({ versions: of, happenings }) =>
    (of ?? [])
      .filter((version) => versions.includes(version))
      .map((version) => confront(simulate, name, scenario, version, happenings)),
  )
}

const SHOWN = 20

function report(outcomes: readonly Outcome[]): Outcome[] {
  const told = new Set<string>()
  const different = LEVELS.flatMap((level) =>
    outcomes.filter((outcome) => {
      const first = !agrees(outcome, level) && !told.has(outcome.file)
      if (first) told.add(outcome.file)
      return first
    }),
  )
  for (const outcome of different.slice(0, SHOWN)) console.log(`${describe(outcome)}\n`)
  if (different.length > SHOWN) console.log(`and ${different.length - SHOWN} more files\n`)
  console.log(table(outcomes))
  return different
}

async function shrinkSome(simulate: Simulate, outcomes: readonly Outcome[], width: number): Promise<void> {
  for (const { file, version, ...outcome } of outcomes) {
    const level = LEVELS.find((one) => !agrees({ file, version, ...outcome }, one)) ?? 'logs'
    const scenario = parseScenario(readFileSync(cacheFolder('fuzz', file), 'utf8'))
    const smallest = await shrink(simulate, scenario, version, level, width)
    const expected = smallest.traces.find(({ versions }) => versions?.includes(version))?.happenings ?? []
    console.log(`\n${describe(confront(simulate, file, smallest, version, expected))}\n\n${formatScenario(smallest)}`)
  }
}

/** Those that still disagree. */
async function doubt(outcomes: readonly Outcome[], times: number, width: number): Promise<Outcome[]> {
  const suspects = outcomes.filter((outcome) => LEVELS.some((level) => !agrees(outcome, level)))
  const tasks = suspects.map(({ file, version }) => async () => {
    const scenario = parseScenario(readFileSync(cacheFolder('fuzz', file), 'utf8'))
    const recorded = traceFor(scenario, version) ?? []
    for (let time = 0; time < times; time++) {
      const recording = await play(scenario, version)
      if ('happenings' in recording && !alike(scenario, recorded, recording.happenings)) return false
    }
    return true
  })
  const sure = await inParallel(tasks, width)
  const doubtful = suspects.filter((_, index) => !sure[index])
  for (const { file, version } of doubtful) forget(cacheFolder('fuzz', file), version)
  console.log(`${suspects.length} played again, ${doubtful.length} forgotten\n`)
  return outcomes.filter((outcome) => !doubtful.includes(outcome))
}

/** On a busy machine one may be late, or the other. */
function alike(scenario: Scenario, a: readonly Happening[], b: readonly Happening[]): boolean {
  const timing = { actionsUsec: actionsOf(scenario), level: 'logs' } as const
  return compareTraces(a, b, timing) === null || compareTraces(b, a, timing) === null
}

function forget(file: string, version: number): void {
  const scenario = parseScenario(readFileSync(file, 'utf8'))
  const traces = scenario.traces
    .map((trace) => ({ ...trace, versions: (trace.versions ?? []).filter((other) => other !== version) }))
    .filter(({ versions }) => versions.length > 0)
  writeFileSync(file, formatScenario({ ...scenario, traces }))
}

async function main(): Promise<number> {
  const { values } = optionsOf(import.meta.filename, {
    options: {
      count: { type: 'string', default: '20' },
      seed: { type: 'string' },
      systemd: { type: 'string' },
      manager: { type: 'string' },
      wide: { type: 'boolean', default: false },
      jobs: { type: 'string', default: String(SIDE_BY_SIDE) },
      shrink: { type: 'string', default: '0' },
      again: { type: 'string', default: '0' },
      replay: { type: 'boolean', default: false },
      'at-least': { type: 'string', default: '1' },
    },
  })
  const plays = !values.replay || values.shrink !== '0' || values.again !== '0'
  const why = plays ? whyNoOracle() : null
  if (why !== null) {
    console.error(why)
    return 2
  }
  const versions = values.systemd?.split(',').map(Number) ?? VERSIONS
  if (plays) setUp()
  const width = Number(values.jobs)
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
  if (!values.replay) console.log(`seed ${seed}`)
  const manager = values.manager === 'user' || values.manager === 'system' ? values.manager : undefined
  const files = values.replay
    ? kept(values.seed)
    : await recordAll(
        folderOf(values.wide ? `wide-${seed}` : String(seed)),
        values.wide ? wideStories(seed, Number(values.count)) : stories(seed, Number(values.count), manager),
        versions,
        width,
      )
  let simulate: Simulate
  try {
    simulate = await loadSimulator()
  } catch (problem) {
    console.log(`recorded only, as there is no simulator: ${problem}`)
    return 0
  }
  const all = files.flatMap((file) => confrontFile(simulate, file, versions))
  const believed = values.again === '0' ? all : await doubt(all, Number(values.again), width)
  const different = report(believed)
  await shrinkSome(simulate, different.slice(0, Number(values.shrink)), width)
  return agreement(believed) >= Number(values['at-least']) ? 0 : 1
}

/** Of the level that agrees least: 0 to 1. */
function agreement(outcomes: readonly Outcome[]): number {
  const shares = LEVELS.map((level) => outcomes.filter((one) => agrees(one, level)).length / outcomes.length)
  return outcomes.length === 0 ? 0 : Math.min(...shares)
}

process.exitCode = await main()
