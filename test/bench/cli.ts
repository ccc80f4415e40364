/** `npm run bench`: figures of this machine, side by side in one run: growth with units, a story, an answer. */

import { diagnose } from '../../src/diagnose.ts'
import { simulate } from '../../src/simulator/simulate.ts'
import { measure, ms, table } from './measure.ts'
import { SERVICES, sideBySide } from './side-by-side.ts'
import { longPaste, manyUnits, smallStory } from './worlds.ts'

const SIZES = [500, 1000, 2000, 4000, 8000]

function growth(): string {
  const rows = [['units', 'flat', 'per unit', 'ten predecessors each', 'per unit', 'heap']]
  for (const size of SIZES) {
    const [flat, chained] = [false, true].map((kind) => {
      const world = manyUnits(size, kind)
      const runs = size > 2000 ? 3 : 5
      return measure(() => void simulate(world, { version: 252, steps: 10_000_000 }), runs, 1).medianMs
    }) as [number, number]
    const heap = `${Math.round(process.memoryUsage().heapUsed / 1024 / 1024)} MB`
    const micros = (value: number) => `${((value / size) * 1000).toFixed(0)} µs`
    rows.push([String(size), ms(flat), micros(flat), ms(chained), micros(chained), heap])
  }
  return table(rows)
}

function answers(): string {
  const small = smallStory()
  const story = measure(() => void simulate(small, { version: 252 }), 400)
  const rows = [
    ['what', 'median', 'p99'],
    ['a story of 5 units and 10 actions', ms(story.medianMs), ms(story.p99Ms)],
  ]
  for (const [name, bytes, runs] of [
    ['diagnosis of 4 KB', 4096, 100],
    ['diagnosis of 64 KB', 65_536, 60],
    ['diagnosis of 1 MB', 1_048_576, 8],
  ] as const) {
    const paste = longPaste(bytes)
    const { medianMs, p99Ms } = measure(() => void diagnose(paste), runs)
    rows.push([name, ms(medianMs), ms(p99Ms)])
  }
  return table(rows)
}

console.log('Simulated: load, first transaction and every start\n')
console.log(growth())
console.log(
  `The same requests to a real systemd: ${SERVICES} services that one target requires, none of which starts\n`,
)
console.log(await sideBySide())
console.log('One answer\n')
console.log(answers())
