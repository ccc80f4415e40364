/** Plays one scenario on one real systemd, isolated from the machine and from the other runs. */

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Happening } from '../../src/systemd/happening.ts'
import { type Action, isUnitSymlink, type Scenario } from '../../src/systemd/scenario.ts'
import { numberInstances } from './instances.ts'
import { isolated } from './isolated.ts'
import { withStandIns } from './processes.ts'
import { rootOf } from './roots.ts'
import { type Message, translate } from './translate.ts'

export type Recording =
  | { readonly happenings: readonly Happening[]; readonly problems: readonly string[] }
  | { readonly failed: string }

/** What player.py prints, a line each. */
type Row =
  | { readonly at: number; readonly message: Message }
  | { readonly at: number; readonly client: string; readonly status: number; readonly output: string }
  | { readonly at: number; readonly problem: string }
  | { readonly at: number; readonly late: number }
  | { readonly done: true }
  | { readonly failed: string }

const PLAYER = join(import.meta.dirname, 'player.py')
const READY_SECONDS = 20
/** An action this late tells more of the machine's load than of systemd. */
const LATE_SECONDS = 0.25

export async function play(scenario: Scenario, version: number): Promise<Recording> {
  const planned = planOf(scenario, version)
  if ('failed' in planned) return planned
  const seconds = READY_SECONDS + (scenario.timeline.at(-1)?.atUsec ?? 0) / 1e6 + 15
  const { output, errors } = await isolated(PLAYER, planned.plan, seconds)
  const whole = output.includes('"done"') ? output : `${output}\n${JSON.stringify({ failed: errors || 'no answer' })}`
  return readRows(whole, scenario)
}

function planOf(scenario: Scenario, version: number): { failed: string } | { plan: unknown } {
  const actions: unknown[] = []
  for (const action of scenario.timeline) {
    const at = action.atUsec / 1e6
    if (action.kind === 'systemctl') {
      actions.push({ at, kind: action.kind, text: action.text, words: action.text.split(/\s+/).slice(1) })
    } else if (action.kind === 'connect') {
      const address = listenAddress(scenario, action)
      if (address === null) return { failed: `${action.unit} has no ListenStream=` }
      actions.push({ at, kind: action.kind, text: action.text, address })
    } else actions.push({ ...action, at })
  }
  if (scenario.timeline.at(-1)?.kind !== 'end') return { failed: 'the timeline has no end' }
  const plan = {
    manager: scenario.manager,
    root: rootOf(version),
    bootId: randomUUID(),
    readySeconds: READY_SECONDS,
    files: withStandIns(scenario, version).map((file) => ({
      ...file,
      symlink: isUnitSymlink(file.name) && file.text.trim() === '',
    })),
    actions,
  }
  return { plan }
}

type Address = { readonly family: 'tcp'; readonly port: number } | { readonly family: 'unix'; readonly path: string }

function listenAddress(scenario: Scenario, action: Action & { kind: 'connect' }): Address | null {
  const text = scenario.files.find(({ name }) => name === action.unit)?.text ?? ''
  const value = /^\s*ListenStream\s*=\s*(\S+)\s*$/m.exec(text)?.[1]
  if (value === undefined) return null
  const port = /^(?:[\d.]+:)?(\d+)$/.exec(value)?.[1]
  if (port !== undefined) return { family: 'tcp', port: Number(port) }
  return { family: 'unix', path: value.replaceAll('%t', scenario.manager === 'user' ? '/run/user/0' : '/run') }
}

/** What is mounted in the run's own small world is not part of the story, but for the root. */
const MACHINE = /(?<!^-)\.(?:mount|automount|swap|device)$/

export function belongsTo(scenario: Scenario, { who }: Happening): boolean {
  return !MACHINE.test(who) || scenario.files.some(({ name, text }) => name === who || text.includes(who))
}

/** What the player calls; with getopt(3) a program names itself, and in a hint as well. */
const PLAYED_AS = /^( *)(?:\/usr\/bin\/)?systemctl(?:\.real)?(?=: | \[OPTIONS)/gm

function readRows(output: string, scenario: Scenario): Recording {
  const happenings: Happening[] = []
  const problems: string[] = []
  for (const line of output.split('\n')) {
    if (line.trim() === '') continue
    const row = JSON.parse(numberInstances(line)) as Row
    if ('failed' in row) return row
    if ('done' in row) continue
    const atUsec = Math.round(row.at * 1e6)
    if ('message' in row) {
      const happening = translate(row.message, atUsec)
      if (happening !== null && belongsTo(scenario, happening)) happenings.push(happening)
    } else if ('client' in row) {
      const { client: command, status } = row
      const output = row.output.replace(PLAYED_AS, '$1systemctl')
      happenings.push({ atUsec, who: 'client', event: { kind: 'client', command, status, output } })
    } else if ('problem' in row) problems.push(row.problem)
    else if (row.late > LATE_SECONDS) return { failed: `an action was ${row.late.toFixed(2)} s late` }
  }
  return { happenings, problems }
}
