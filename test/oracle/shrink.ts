/** Makes a scenario on which simulator and systemd disagree as small as possible, one real run after the other. */

import type { Level } from '../../src/systemd/compare-traces.ts'
import { formatScenario, parseScenario, type Scenario } from '../../src/systemd/scenario.ts'
import { agrees, confront, type Simulate } from './compare.ts'
import { inParallel } from './pool.ts'
import { recordTwice } from './record.ts'
import { play } from './run.ts'

const MOST_ROUNDS = 40

/** Without one action, one unit or one line: what is left may make no sense, and then it does not disagree either. */
function smaller(scenario: Scenario): Scenario[] {
  const { timeline, files } = scenario
  const withoutUnit = files.map(({ name }) => ({
    ...scenario,
    files: files.filter((file) => file.name !== name).map((file) => ({ ...file, text: without(file.text, name) })),
    timeline: timeline.filter(({ text }) => !text.split(' ').includes(name)),
  }))
  const withoutAction = timeline
    .filter(({ kind }) => kind !== 'end')
    .map((dropped) => ({ ...scenario, timeline: timeline.filter((action) => action !== dropped) }))
  const withoutLine = files.flatMap((file) =>
    file.text.split('\n').flatMap((line, at) => {
      if (!line.includes('=')) return []
      const text = file.text.split('\n').toSpliced(at, 1).join('\n')
      return [{ ...scenario, files: files.map((other) => (other === file ? { ...file, text } : other)) }]
    }),
  )
  return [...withoutUnit, ...withoutAction, ...withoutLine].filter((candidate) => candidate.files.length > 0)
}

function without(text: string, name: string): string {
  const lines = text.split('\n').filter((line) => !line.split(/[=\s"]/).includes(name))
  return lines.join('\n')
}

/** Without what comes after the disagreement, which also makes each run shorter. */
function cutAfter(scenario: Scenario, version: number, simulate: Simulate, level: Level): Scenario {
  const { happenings } = scenario.traces.find(({ versions }) => versions?.includes(version)) ?? { happenings: [] }
  const found = confront(simulate, '', scenario, version, happenings).levels[level]
  const moment = Math.max(found?.expected?.atUsec ?? 0, found?.actual?.atUsec ?? 0) + MARGIN_USEC
  const end = scenario.timeline.find(({ kind }) => kind === 'end')
  if (found === null || end === undefined || moment >= end.atUsec) return scenario
  const timeline = scenario.timeline.filter(({ atUsec }) => atUsec < moment)
  return { ...scenario, timeline: [...timeline, { ...end, atUsec: moment }] }
}

const MARGIN_USEC = 1_500_000

export async function shrink(
  simulate: Simulate,
  scenario: Scenario,
  version: number,
  level: Level,
  width: number,
): Promise<Scenario> {
  let smallest = cutAfter(scenario, version, simulate, level)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const candidates = smaller(smallest).map((candidate) => parseScenario(formatScenario({ ...candidate, traces: [] })))
    let found: Scenario | null = null
    for (let from = 0; from < candidates.length && found === null; from += width) {
      const tasks = candidates
        .slice(from, from + width)
        .map((candidate) => () => stillDisagrees(simulate, candidate, version, level))
      found = (await inParallel(tasks, width)).find((candidate) => candidate !== null) ?? null
    }
    if (found === null) break
    smallest = found
  }
  const recording = await recordTwice(smallest, version)
  if ('unstable' in recording) console.log(`what is left is unstable:\n${recording.unstable}`)
  return smallest
}

async function stillDisagrees(
  simulate: Simulate,
  candidate: Scenario,
  version: number,
  level: Level,
): Promise<Scenario | null> {
  const recording = await play(candidate, version)
  if ('failed' in recording) return null
  if (agrees(confront(simulate, '', candidate, version, recording.happenings), level)) return null
  return { ...candidate, traces: [{ versions: [version], happenings: recording.happenings }] }
}
