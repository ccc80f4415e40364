/** Facts → units, the job asked about, and the release at hand: all that stories are made from. */

import type { Fact, Facts } from '../evidence/fact.ts'
import { attribute } from './attribute.ts'
import type { Ending } from './endings.ts'
import { findEndings } from './endings.ts'
import type { Focus } from './focus.ts'
import { findFocus, findUnsaid } from './focus.ts'
import type { JobLines } from './job-lines.ts'
import { findJobLines } from './job-lines.ts'
import { specifiedCalls } from './specified.ts'
import type { Units } from './units.ts'
import { assembleUnits } from './units.ts'
import type { VersionGuess } from './version.ts'
import { guessVersion } from './version.ts'
import { withYears } from './years.ts'

export interface Situation {
  readonly facts: readonly Fact[]
  readonly byId: ReadonlyMap<string, Fact>
  readonly units: Units
  readonly focus: Focus | null
  /** Jobs that the journal shows begun, and something else in their place. */
  readonly endings: readonly Ending[]
  readonly jobLines: JobLines
  /** What the scripts that units run call of systemctl, by their paths. */
  readonly scripts: ReadonlyMap<string, readonly string[]>
  readonly systemd: VersionGuess
  readonly manager: 'system' | 'user'
  /** True where what people only tell counts as seen, since nothing else explains the paste. */
  readonly told?: boolean
}

/** `wantedVersion`: the release to assume, whatever the text says. */
export function assemble(gathered: Pick<Facts, 'facts'>, wantedVersion: number | undefined): Situation {
  const { facts: read, scripts } = attribute(withYears(gathered.facts))
  const systemd = guessVersion(read, wantedVersion)
  const manager = isOfUser(read) ? 'user' : 'system'
  const units = assembleUnits(read, systemd.version, manager)
  const calls = specifiedCalls(read, units, systemd.version, manager)
  const facts = calls.length === 0 ? read : [...read, ...calls]
  const jobLines = findJobLines(facts)
  const endings = findEndings(jobLines, facts)
  return {
    facts,
    byId: byIdOf(facts),
    units,
    focus: findFocus(facts, endings),
    endings,
    jobLines,
    scripts,
    systemd,
    manager,
  }
}

function byIdOf(facts: readonly Fact[]): Map<string, Fact> {
  const found = new Map<string, Fact>()
  for (const fact of facts) found.set(fact.id, fact)
  return found
}

/**
 * `systemctl --user`, a unit whose file lies where only managers of users look, or jobs of another instance than the
 * first process. Children that could not become the program log under a number of their own, but end no job.
 */
function isOfUser(facts: readonly Fact[]): boolean {
  let others = false
  let system = false
  for (const fact of facts) {
    if (fact.kind === 'request' && fact.userManager) return true
    const path = fact.kind === 'unit-state' || fact.kind === 'unit-text' ? fact.path : null
    if (path?.includes('/systemd/user/')) return true
    system ||= path?.includes('/systemd/system/') ?? false
    if (fact.kind !== 'job-line' && fact.kind !== 'job-debug' && fact.kind !== 'manager-line') continue
    system ||= fact.managerPid === 1
    others ||= fact.managerPid !== null && fact.managerPid !== 1 && fact.kind !== 'manager-line'
  }
  return others && !system
}

/** The same, about what the log alone shows where nothing else is to be explained. */
export function withUnsaid(s: Situation): Situation {
  const said = s.focus && s.byId.get(s.focus.fact)
  // What the manager says of a failure is nobody's question where a job was displaced.
  const isComplaint = said && !(said.kind === 'job-finished' && said.result === 'failed' && said.via !== 'client')
  return isComplaint ? s : { ...s, focus: findUnsaid(s.facts, s.endings) ?? s.focus }
}

/** The same, where commands that people write of in sentences count as given: told, not seen. */
export function withTold(s: Situation): Situation {
  const facts = s.facts.map((fact) =>
    fact.kind === 'request' && fact.tense === 'written' && fact.by === 'other'
      ? { ...fact, tense: 'done' as const }
      : fact,
  )
  return { ...s, facts, byId: byIdOf(facts), told: true }
}
