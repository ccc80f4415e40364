/** What every edge does with a scenario: play it, or compare it with what it expects. */

import { simulate } from '../simulator/simulate.ts'
import { compareTraces, type Disagreement } from '../systemd/compare-traces.ts'
import { formatHappening, type Happening } from '../systemd/happening.ts'
import { type Scenario, traceFor } from '../systemd/scenario.ts'
import type { Diagnostic } from '../systemd/unit-config.ts'
import { NEWEST } from '../systemd/versions.ts'

export interface Played {
  readonly version: number
  readonly trace: readonly Happening[]
  /** What systemd says of the scenario's unit files, each once: `FILE:LINE: text`, or `NAME: text` of a whole unit. */
  readonly diagnostics: readonly string[]
  /** Why the trace does not reach the scenario's end; null if it does. */
  readonly cut: string | null
}

/** The release: the one asked for, else the scenario's own, else the newest known. */
export function play(scenario: Scenario, version?: number, orderSeed = 0): Played {
  const { trace, diagnostics, exhausted, spins, version: played } = simulate(scenario, { version, orderSeed })
  const told = diagnostics.filter(({ level }) => level !== 'debug').map(formatDiagnostic)
  return { version: played, trace, diagnostics: [...new Set(told)], cut: spins ? SPINS : exhausted ? TOO_LONG : null }
}

/** As the API and the tools for assistants give it. */
export const playedData = ({ version, trace, diagnostics }: Played) => ({
  systemd: version,
  trace: trace.map(formatHappening),
  diagnostics,
})

const formatDiagnostic = ({ file, line, text }: Diagnostic): string =>
  line === 0 ? `${file}: ${text}` : `${file}:${line}: ${text}`

const SPINS = 'systemd itself would not come out of this: jobs bring each other back at one moment, for ever.'
const TOO_LONG = 'It goes on for longer than is simulated here.'

export interface Checked {
  readonly version: number
  /** Null where simulator and expectation agree. */
  readonly disagreement: Disagreement | null
}

/** Every trace that the scenario expects, or the one for a release; none: there is nothing to compare with. */
export function check(scenario: Scenario, version?: number): Checked[] {
  const actionsUsec = scenario.timeline.map(({ atUsec }) => atUsec)
  const own = scenario.systemd ?? NEWEST
  const versions = scenario.traces.flatMap((trace) => trace.versions ?? [own])
  return (version === undefined ? [...new Set(versions)] : [version]).flatMap((release) => {
    const expected = traceFor(scenario, release)
    if (expected === null) return []
    // Recordings of a system's manager were made with few units beside the scenario's own.
    const { trace } = simulate(scenario, { version: release, stock: 'recorded' })
    return [{ version: release, disagreement: compareTraces(expected, trace, { actionsUsec, level: 'logs' }) }]
  })
}
