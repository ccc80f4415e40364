/** `whyjob simulate` prints what a story does, `whyjob check` whether that is what its file says. */

import { allOrders } from '../../simulator/all-orders.ts'
import { formatTrace } from '../../systemd/happening.ts'
import { parseScenario, type Scenario } from '../../systemd/scenario.ts'
import { check as checked, play } from '../play.ts'
import { ANSWERED, BAD_INPUT, complain, NOT_DETERMINED, print, readAll } from './io.ts'

export interface Flags {
  readonly systemd?: number
  readonly allOrders?: true
  readonly orderSeed?: number
}

export async function simulate(names: readonly string[], flags: Flags): Promise<number> {
  const files = await readAll(names)
  let status = ANSWERED
  for (const { name, text } of files) {
    const scenario = parseScenario(text)
    if (!readable(name, scenario)) status = BAD_INPUT
    if (files.length > 1) await print(`== ${name}\n`)
    if (flags.allOrders) {
      await printEndings(scenario, flags)
      continue
    }
    const { trace, diagnostics, cut } = play(scenario, flags.systemd, flags.orderSeed)
    for (const one of diagnostics) complain(one)
    await print(formatTrace(trace))
    if (cut !== null) complain(`${name}: ${cut} The end is cut off.`)
  }
  return status
}

/** Each ending that some order leads to, with the seed that plays it again. */
async function printEndings(scenario: Scenario, { systemd }: Flags): Promise<void> {
  const endings = allOrders(scenario, systemd === undefined ? {} : { version: systemd })
  const orders = endings.reduce((sum, { count }) => sum + count, 0)
  const many = endings.length === 1 ? 'one ending' : `${endings.length} endings: the outcome is a race`
  await print(`${orders} orders, ${many}\n`)
  for (const { seed, count, simulation } of endings) {
    await print(`-- order ${seed}, ${count} of ${orders} --\n${formatTrace(simulation.trace)}`)
  }
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
