/**
 * `npm run oracle -- FILE… [--systemd 247,262] [--record | --verify | --compare | --replay] [--jobs N]`: plays
 * scenarios on real systemds. Prints the traces; --record plays each twice and writes the traces into the file instead;
 * --verify plays each once more and says where that differs from the file; --compare says where the simulator differs,
 * and --replay the same from the file's traces, without any systemd.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { formatTrace } from '../../src/systemd/happening.ts'
import { formatScenario, parseScenario, type Scenario, traceFor } from '../../src/systemd/scenario.ts'
import { optionsOf } from '../options.ts'
import { confront, describe, loadSimulator, type Outcome, table } from './compare.ts'
import { inParallel, SIDE_BY_SIDE } from './pool.ts'
import { differenceOf, groupTraces, recordTwice, type Stable } from './record.ts'
import { VERSIONS, whyNoOracle } from './roots.ts'
import { play } from './run.ts'
import { setUp } from './setup.ts'

interface Story {
  readonly file: string
  readonly scenario: Scenario
}

function read(file: string): Story {
  const scenario = parseScenario(readFileSync(file, 'utf8'))
  for (const { line, message } of scenario.problems) throw new Error(`${file}:${line}: ${message}`)
  return { file, scenario }
}

function pairs(stories: readonly Story[], versions: readonly number[]): (Story & { version: number })[] {
  return stories.flatMap((story) =>
    versions.filter((version) => version >= (story.scenario.minver ?? 0)).map((version) => ({ ...story, version })),
  )
}

async function record(stories: readonly Story[], versions: readonly number[], width: number): Promise<void> {
  const left = new Map<string, Stable[]>()
  const tasks = pairs(stories, versions).map(({ file, scenario, version }) => async () => {
    const recording = await recordTwice(scenario, version)
    if ('unstable' in recording) console.log(`${file}, systemd ${version}: unstable\n${recording.unstable}`)
    const done = left.get(file) ?? []
    done.push(recording)
    left.set(file, done)
  })
  await inParallel(tasks, width)
  for (const { file, scenario } of stories) {
    const recordings = (left.get(file) ?? []).sort((a, b) => a.version - b.version)
    const kept = scenario.traces.filter(({ versions: of }) => of !== null && !of.some((v) => versions.includes(v)))
    const traces = [...kept, ...groupTraces(scenario, recordings)]
    writeFileSync(file, formatScenario({ ...scenario, traces }))
    const stable = recordings.filter((recording) => 'happenings' in recording).map(({ version }) => version)
    console.log(`${basename(file)}: ${stable.join(' ')}, ${traces.length} different`)
  }
}

async function verify(stories: readonly Story[], versions: readonly number[], width: number): Promise<number> {
  let different = 0
  const tasks = pairs(stories, versions).map(({ file, scenario, version }) => async () => {
    const recorded = traceFor(scenario, version)
    if (recorded === null) return
    const recording = await play(scenario, version)
    const difference = 'failed' in recording ? recording.failed : differenceOf(scenario, recorded, recording.happenings)
    if (difference === null) return
    different++
    console.log(`${file}, systemd ${version}: ${difference}\n`)
  })
  await inParallel(tasks, width)
  console.log(`${tasks.length} played, ${different} different`)
  return different === 0 ? 0 : 1
}

async function print(stories: readonly Story[], versions: readonly number[], width: number): Promise<void> {
  const tasks = pairs(stories, versions).map(({ file, scenario, version }) => async () => {
    const recording = await play(scenario, version)
    const text = 'failed' in recording ? `${recording.failed}\n` : formatTrace(recording.happenings)
    const problems = 'failed' in recording ? [] : recording.problems
    return [`== ${file}, systemd ${version}`, ...problems, text].join('\n')
  })
  for (const text of await inParallel(tasks, width)) console.log(text)
}

async function compare(
  stories: readonly Story[],
  versions: readonly number[],
  width: number,
  fromFile: boolean,
): Promise<Outcome[]> {
  const simulate = await loadSimulator()
  const tasks = pairs(stories, versions).map(({ file, scenario, version }) => async (): Promise<Outcome[]> => {
    const recording = fromFile ? { happenings: traceFor(scenario, version) } : await play(scenario, version)
    if ('failed' in recording) console.log(`${file}, systemd ${version}: ${recording.failed}`)
    if ('failed' in recording || recording.happenings === null) return []
    return [confront(simulate, file, scenario, version, recording.happenings)]
  })
  return (await inParallel(tasks, width)).flat()
}

function report(outcomes: readonly Outcome[]): void {
  const told = new Set<string>()
  for (const outcome of outcomes) {
    const text = describe(outcome)
    if (text === null || told.has(outcome.file)) continue
    told.add(outcome.file)
    console.log(`${text}\n`)
  }
  console.log(table(outcomes))
}

const USAGE = 'usage: oracle FILE… [--systemd N,N] [--record | --verify | --compare | --replay] [--jobs N]'

async function main(): Promise<number> {
  const { values, positionals } = optionsOf(import.meta.filename, {
    allowPositionals: true,
    options: {
      systemd: { type: 'string' },
      record: { type: 'boolean' },
      verify: { type: 'boolean' },
      compare: { type: 'boolean' },
      replay: { type: 'boolean' },
      jobs: { type: 'string' },
    },
  })
  const why = values.replay ? null : whyNoOracle()
  if (why !== null || positionals.length === 0) {
    console.error(why ?? USAGE)
    return 2
  }
  const versions = values.systemd?.split(',').map(Number) ?? VERSIONS
  const width = Number(values.jobs ?? SIDE_BY_SIDE)
  const stories = positionals.map(read)
  if (!values.replay) setUp()
  if (values.verify) return verify(stories, versions, width)
  if (values.record) await record(stories, versions, width)
  else if (values.compare || values.replay) {
    const outcomes = await compare(stories, versions, width, values.replay ?? false)
    report(outcomes)
    return outcomes.every((outcome) => describe(outcome) === null) ? 0 : 1
  } else await print(stories, versions, width)
  return 0
}

process.exitCode = await main()
