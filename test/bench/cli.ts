/** `npm run bench`: figures of this machine, side by side in one run: growth with units, a story, an answer. */

import { loadavg } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { RULES } from '../../src/adapters/catalog.ts'
import { diagnose } from '../../src/diagnose.ts'
import { gather } from '../../src/evidence/gather.ts'
import { managerAddJob } from '../../src/simulator/manager-jobs.ts'
import { managerLoadUnit } from '../../src/simulator/manager-load.ts'
import { managerUp, simulate } from '../../src/simulator/simulate.ts'
import { measure, ms, table } from './measure.ts'
import { SERVICES, sideBySide } from './side-by-side.ts'
import { throughput } from './throughput.ts'
import { inWorkerd } from './workerd.ts'
import { longPaste, manyUnits, smallStory } from './worlds.ts'

const SIZES = [500, 1000, 2000, 4000, 8000]

function growth(): string {
  const rows = [['units', 'flat', 'per unit', 'ten predecessors each', 'per unit', 'per dependency', 'memory']]
  for (const size of SIZES) {
    const [flat, chained] = [false, true].map((kind) => {
      const world = manyUnits(size, kind)
      const runs = size > 2000 ? 3 : 5
      return measure(() => void simulate(world, { version: 252, steps: 10_000_000 }), runs, 1).medianMs
    }) as [number, number]
    const micros = (value: number, things: number) => `${((value / things) * 1000).toFixed(1)} µs`
    // The target requires and is after each; each wants and is after ten.
    const each = [micros(flat, size), ms(chained), micros(chained, size), micros(chained, size * 22)]
    rows.push([String(size), ms(flat), ...each, `${heldMegabytes(size)} MB`])
  }
  return table(rows)
}

/** What is still there after a collection, of the larger world: its files, units and jobs. */
function heldMegabytes(size: number): number {
  const before = heapUsed()
  const world = manyUnits(size, true, true)
  const m = managerUp(world, { version: 252, steps: 10_000_000 })
  managerAddJob(m, 'start', managerLoadUnit(m, 'all.target'), 'replace')
  const held = heapUsed() - before
  if (m.jobs.size <= size) throw new Error('there should be a job for each')
  return Math.round(held / 1024 / 1024)
}

const collect = (): void => runInNewContext('gc')()

function heapUsed(): number {
  collect()
  return process.memoryUsage().heapUsed
}

const PASTES = [
  { size: '4 KB', bytes: 4096, runs: 100 },
  { size: '64 KB', bytes: 65_536, runs: 60 },
  { size: '1 MB', bytes: 1_048_576, runs: 8 },
] as const

async function answers(): Promise<string> {
  const small = smallStory()
  const story = measure(() => void simulate(small, { version: 252 }), 400)
  const { storyMs, answerMs } = await inWorkerd(PASTES.map(({ bytes }) => bytes))
  const rows = [
    ['what', 'median', 'p99', 'evidence alone', 'in workerd'],
    ['a story of 5 units and 10 actions', ms(story.medianMs), ms(story.p99Ms), '', ms(storyMs)],
  ]
  for (const [i, { size, bytes, runs }] of PASTES.entries()) {
    const paste = longPaste(bytes)
    const whole = measure(() => void diagnose(paste, RULES), runs)
    const evidence = measure(() => void gather(paste), runs)
    const times = [whole.medianMs, whole.p99Ms, evidence.medianMs, answerMs[i] ?? Number.NaN]
    rows.push([`diagnosis of ${size}`, ...times.map(ms)])
  }
  return table(rows)
}

setFlagsFromString('--expose-gc')
console.log(
  `Load of the machine, as it begins: ${loadavg()
    .map((load) => load.toFixed(1))
    .join(', ')}\n`,
)
console.log('Simulated: load, first transaction and every start\n')
console.log(growth())
console.log(
  `The same requests to a real systemd: ${SERVICES} services that one target requires, none of which starts\n`,
)
console.log(await sideBySide())
console.log('One answer\n')
console.log(await answers())
console.log('A log too long for the memory, in processor time\n')
console.log(await throughput())
