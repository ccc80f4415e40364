/** Facts → units, the job asked about, and the release at hand: all that stories are made from. */

import type { Fact, Facts } from '../evidence/fact.ts'
import type { Focus } from './focus.ts'
import { findFocus } from './focus.ts'
import type { Units } from './units.ts'
import { assembleUnits } from './units.ts'
import type { VersionGuess } from './version.ts'
import { guessVersion } from './version.ts'

export interface Situation {
  readonly facts: readonly Fact[]
  readonly byId: ReadonlyMap<string, Fact>
  readonly units: Units
  readonly focus: Focus | null
  readonly systemd: VersionGuess
  readonly manager: 'system' | 'user'
}

export function assemble({ facts }: Pick<Facts, 'facts'>, wantedVersion: number | undefined): Situation {
  const systemd = guessVersion(facts, wantedVersion)
  const manager = facts.some((fact) => fact.kind === 'request' && fact.userManager) ? 'user' : 'system'
  return {
    facts,
    byId: new Map(facts.map((fact) => [fact.id, fact])),
    units: assembleUnits(facts, systemd.version, manager),
    focus: findFocus(facts),
    systemd,
    manager,
  }
}
