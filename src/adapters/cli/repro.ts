/** `whyjob repro`: a scenario, or the story that a paste is answered with, as a script for a real systemd. */

import { diagnose } from '../../diagnose.ts'
import { reproduction } from '../../render/reproduction.ts'
import { parseScenario, type Scenario } from '../../systemd/scenario.ts'
import { RULES } from '../catalog.ts'
import { joined } from '../paste.ts'
import { ANSWERED, complain, NOT_DETERMINED, print, readAll } from './io.ts'

export async function repro(names: readonly string[]): Promise<number> {
  const files = await readAll(names)
  const scenario = storyOf(joined(files))
  const made = scenario === null ? { refused: 'No story fits what was pasted.' } : reproduction(scenario)
  if ('refused' in made) {
    complain(made.refused)
    return NOT_DETERMINED
  }
  await print(made.script)
  return ANSWERED
}

function storyOf(text: string): Scenario | null {
  const given = parseScenario(text)
  if (given.timeline.length > 0) return given
  const story = diagnose(text, RULES).candidates.find((candidate) => candidate.story !== '')?.story
  return story === undefined ? null : parseScenario(story)
}
