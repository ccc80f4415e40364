/** The same requests to the simulator and to real systemds: how long until the client has its answer. */

import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { managerAddJob } from '../../src/simulator/manager-jobs.ts'
import { managerLoadUnit } from '../../src/simulator/manager-load.ts'
import { managerLoop } from '../../src/simulator/manager-loop.ts'
import { managerUp } from '../../src/simulator/simulate.ts'
import type { Scenario } from '../../src/systemd/scenario.ts'
import { isolated } from '../oracle/isolated.ts'
import { rootOf, stampOf, whyNoOracle } from '../oracle/roots.ts'
import { ms, table } from './measure.ts'
import { GATE, manyUnits } from './worlds.ts'

interface Took {
  /** Until the client has its answer, less what the shortest question takes. */
  readonly wall: number
  /** Of the manager's own: not what other programs take away from it. */
  readonly processor: number
}

interface Run {
  /** Everything is loaded, then enqueued. */
  readonly first: Took
  /** The same request once more, all loaded and waiting. */
  readonly second: Took
  readonly jobs: number
}

const PLAYER = join(import.meta.dirname, 'player.py')
const TARGET = 'all.target'
const RELEASES = [252, 262]
export const SERVICES = 4000
const TURNS = 5
/** A collection of garbage falls into some of ours and not into others, so that there are more of them. */
const OURS_A_TURN = 3
/** A service has played before: these do not count. */
const WARM_UP = 15
const SECONDS = 120

/** The requests' work alone: as on systemd, what the run queue does with the jobs comes after the answer. */
function simulated(world: Scenario, version: number): Run {
  const m = managerUp(world, { version, steps: 10_000_000 })
  managerAddJob(m, 'start', managerLoadUnit(m, GATE), 'replace')
  managerLoop(m, 0)
  const [first, second] = [1, 2].map((at) => {
    const [began, before] = [performance.now(), process.cpuUsage()]
    const added = managerAddJob(m, 'start', managerLoadUnit(m, TARGET), 'replace')
    const wall = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(before)
    if ('error' in added) throw new Error(JSON.stringify(added.error))
    managerLoop(m, at)
    return { wall, processor: (user + system) / 1e6 }
  }) as [Took, Took]
  return { first, second, jobs: m.jobs.size }
}

type Answer = Run | { readonly failed: string } | { readonly done: true }

async function real(world: Scenario, version: number): Promise<Run> {
  const plan = {
    manager: 'user',
    root: rootOf(version),
    bootId: randomUUID(),
    files: world.files.map((file) => ({ ...file, symlink: false })),
    gate: GATE,
    target: TARGET,
  }
  const { output, errors } = await isolated(PLAYER, plan, SECONDS)
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const [answer] = lines.map((line) => JSON.parse(line) as Answer)
  if (answer === undefined || !('first' in answer)) throw new Error(`systemd ${version}: ${lines.join(' ') || errors}`)
  return answer
}

const median = (runs: readonly Run[], request: 'first' | 'second', of: keyof Took): number =>
  (runs.map((run) => run[request][of]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0) * 1000

/** Null where there is a systemd to measure, else why there is none. */
function whyLeftOut(): string | null {
  const why = whyNoOracle()
  if (why !== null) return why
  const missing = RELEASES.filter((version) => !existsSync(stampOf(version)))
  return missing.length === 0 ? null : `No systemd ${missing.join(' and ')} is set up: npm run oracle:setup.`
}

export async function sideBySide(): Promise<string> {
  const why = whyLeftOut()
  if (why !== null) return `Left out. ${why}\n`
  const rows = [['', 'systemd', 'simulator', 'ratio', 'processor:', 'systemd', 'simulator', 'ratio']]
  for (const chained of [false, true]) {
    const world = manyUnits(SERVICES, chained, true)
    for (const version of RELEASES) {
      const name = `${version}, ${chained ? 'ten predecessors each' : 'flat'}`
      rows.push(...rowsOf(name, await alternate(world, version)))
    }
  }
  return table(rows)
}

type Runs = readonly [theirs: readonly Run[], ours: readonly Run[]]

/** In turns, so that both have the same machine. */
async function alternate(world: Scenario, version: number): Promise<Runs> {
  const [theirs, ours]: [Run[], Run[]] = [[], []]
  for (let i = 0; i < WARM_UP; i++) simulated(world, version)
  for (let turn = 0; turn < TURNS; turn++) {
    theirs.push(await real(world, version))
    for (let i = 0; i < OURS_A_TURN; i++) ours.push(simulated(world, version))
  }
  const counts = new Set([...theirs, ...ours].map(({ jobs }) => jobs))
  if (counts.size !== 1) throw new Error(`not the same jobs: ${[...counts].join(', ')}`)
  return [theirs, ours]
}

const REQUESTS = { first: 'load and enqueue', second: 'enqueue again' } as const

function rowsOf(name: string, [theirs, ours]: Runs): string[][] {
  return (['first', 'second'] as const).map((request) => {
    const cells = (['wall', 'processor'] as const).map((of) => {
      const [their, our] = [median(theirs, request, of), median(ours, request, of)]
      return [ms(their), ms(our), `${(their / our).toFixed(1)} ×`]
    })
    return [`${name}: ${REQUESTS[request]}`, ...(cells[0] ?? []), '', ...(cells[1] ?? [])]
  })
}
