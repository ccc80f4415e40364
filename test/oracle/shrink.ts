/** Makes a scenario on which simulator and systemd disagree as small as possible, one real run after the other. */

import type { Level } from '../../src/systemd/happening.ts'
import { formatScenario, parseScenario, type Scenario } from '../../src/systemd/scenario.ts'
import { agrees, confront, type Simulate } from './compare.ts'
import { inParallel } from './pool.ts'
import { recordTwice } from './record.ts'

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

export async function shrink(
  simulate: Simulate,
  scenario: Scenario,
  version: number,
  level: Level,
  width: number,
): Promise<Scenario> {
  let smallest = scenario
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const candidates = smaller(smallest).map((candidate) => parseScenario(formatScenario({ ...candidate, traces: [] })))
    let found: Scenario | null = null
    for (let from = 0; from < candidates.length && found === null; from += Math.floor(width / 2)) {
      const some = candidates.slice(from, from + Math.floor(width / 2))
      const tasks = some.map((candidate) => () => stillDisagrees(simulate, candidate, version, level))
      found = (await inParallel(tasks, width)).find((candidate) => candidate !== null) ?? null
    }
    if (found === null) return smallest
    smallest = found
  }
  return smallest
}

async function stillDisagrees(
  simulate: Simulate,
  candidate: Scenario,
  version: number,
  level: Level,
): Promise<Scenario | null> {
  const recording = await recordTwice(candidate, version)
  if ('unstable' in recording) return null
  if (agrees(confront(simulate, '', candidate, version, recording.happenings), level)) return null
  return { ...candidate, traces: [{ versions: [version], happenings: recording.happenings }] }
}
