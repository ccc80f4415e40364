/** Recordings for a scenario file: each version plays it twice, and only what came out the same both times counts. */

import { compareTraces } from '../../src/systemd/compare-traces.ts'
import { formatEvent, formatTrace, type Happening, parseTrace } from '../../src/systemd/happening.ts'
import type { ExpectedTrace, Scenario } from '../../src/systemd/scenario.ts'
import { play } from './run.ts'

export type Stable =
  | { readonly version: number; readonly happenings: readonly Happening[] }
  | { readonly version: number; readonly unstable: string }

const ATTEMPTS = 3

/** A run that failed says nothing of the scenario; a busy machine is given another chance. */
async function playPatiently(scenario: Scenario, version: number): ReturnType<typeof play> {
  let recording = await play(scenario, version)
  for (let attempt = 1; attempt < ATTEMPTS && 'failed' in recording; attempt++)
    recording = await play(scenario, version)
  return recording
}

export async function recordTwice(scenario: Scenario, version: number): Promise<Stable> {
  const first = await playPatiently(scenario, version)
  if ('failed' in first) return { version, unstable: first.failed }
  const second = await playPatiently(scenario, version)
  if ('failed' in second) return { version, unstable: second.failed }
  const difference = differenceOf(scenario, first.happenings, second.happenings)
  if (difference !== null) return { version, unstable: difference }
  return { version, happenings: parseTrace(formatTrace(first.happenings)) }
}

/**
 * Both may be late, so no lateness is granted: what is due at an action's own moment makes no test case. What came
 * just before the end is left out, as it may have come after it the other time.
 */
export function differenceOf(scenario: Scenario, a: readonly Happening[], b: readonly Happening[]): string | null {
  const timing = { actionsUsec: actionsOf(scenario), level: 'logs', lateUsec: 0 } as const
  const before = Math.max(...timing.actionsUsec) - END_USEC
  const [first, second] = [a, b].map((trace) => trace.filter(({ atUsec }) => atUsec < before)) as [
    Happening[],
    Happening[],
  ]
  const disagreement = compareTraces(first, second, timing)
  return disagreement === null ? null : `${disagreement.who}:\n${disagreement.context.join('\n')}`
}

const END_USEC = 300_000

export function actionsOf(scenario: Scenario): number[] {
  return scenario.timeline.map(({ atUsec }) => atUsec)
}

/** One section for all versions that went through the same events. */
export function groupTraces(scenario: Scenario, recordings: readonly Stable[]): ExpectedTrace[] {
  const groups = new Map<string, { versions: number[]; happenings: readonly Happening[] }>()
  for (const recording of recordings) {
    if ('unstable' in recording) continue
    const key = keyOf(scenario, recording.happenings)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { versions: [recording.version], happenings: recording.happenings })
    else group.versions.push(recording.version)
  }
  return [...groups.values()]
}

function keyOf(scenario: Scenario, happenings: readonly Happening[]): string {
  const actions = actionsOf(scenario)
  const lines = happenings.map(({ who, event, atUsec }, index) => {
    const words = formatEvent(event)
    const interval = actions.filter((action) => action <= atUsec).length
    return { subject: event.kind === 'client' ? event.command : who, index, line: `${who} ${interval} ${words}` }
  })
  lines.sort((a, b) => (a.subject === b.subject ? a.index - b.index : a.subject < b.subject ? -1 : 1))
  return lines.map(({ line }) => line).join('\n')
}
