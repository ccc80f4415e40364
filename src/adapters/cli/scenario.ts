/** `whyjob simulate` prints what a story does, `whyjob check` whether that is what its file says. */

import { formatTrace } from '../../systemd/happening.ts'
import { parseScenario, type Scenario } from '../../systemd/scenario.ts'
import { check as checked, play } from '../play.ts'
import { ANSWERED, BAD_INPUT, complain, NOT_DETERMINED, print, readAll } from './io.ts'

export interface Flags {
  readonly systemd?: number
}

export async function simulate(names: readonly string[], flags: Flags): Promise<number> {
  const files = await readAll(names)
  let status = ANSWERED
  for (const { name, text } of files) {
    const scenario = parseScenario(text)
    if (!readable(name, scenario)) status = BAD_INPUT
    const { trace, exhausted } = play(scenario, flags.systemd)
    if (files.length > 1) await print(`== ${name}\n`)
    await print(formatTrace(trace))
    if (exhausted) complain(`${name}: goes on and on; cut off.`)
  }
  return status
}

export async function check(names: readonly string[], flags: Flags): Promise<number> {
  let status = ANSWERED
  for (const { name, text } of await readAll(names)) {
    const scenario = parseScenario(text)
    const results = checked(scenario, flags.systemd)
    if (results.length === 0) complain(`${name}: has no trace to compare with.`)
    if (!readable(name, scenario) || results.length === 0) status = BAD_INPUT
    for (const { version, disagreement } of results) {
      if (disagreement === null) continue
      status = Math.max(status, NOT_DETERMINED)
      await print(`${name}: systemd ${version}: ${disagreement.who} differs\n${disagreement.context.join('\n')}\n`)
    }
  }
  return status
}

/** What cannot be read is left out of the story, which is then not the one that was meant. */
function readable(name: string, { problems, timeline }: Scenario): boolean {
  for (const { line, message } of problems) complain(`${name}:${line}: ${message}`)
  if (timeline.length === 0 && problems.length === 0) complain(`${name}: has no timeline, so nothing happens.`)
  return problems.length === 0 && timeline.length > 0
}
