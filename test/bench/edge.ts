/**
 * `npm run bench:edge`: the Worker in a real workerd beside a bare one of Hono, in turns, on the same machine: how many
 * requests a second, how long the slowest take, how long the first takes. Then what hostile requests and a long run do
 * to it: `--hostile 10000`, `--soak MINUTES`.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { EXAMPLES } from '../../src/adapters/http/examples.ts'
import { optionsOf } from '../options.ts'
import { hostile } from './hostile.ts'
import { type Load, load } from './load.ts'
import { ms, table } from './measure.ts'
import { bundled, type Running, started } from './process.ts'
import { soak } from './soak.ts'

const PASTE_BYTES = 4096
const ROUNDS = 5
const REQUESTS = 1500
const COLD_STARTS = 15

const { values } = optionsOf(import.meta.filename, {
  options: { hostile: { type: 'string' }, soak: { type: 'string' }, rounds: { type: 'string' } },
})

const NAMES = ['whyjob', 'bare Hono'] as const
type Pair<T> = readonly [ours: T, theirs: T]

/** An incident with its journal around it, of which each number has its own. */
function paste(number: number): string {
  const head = EXAMPLES['bound-unit-exits']?.paste ?? ''
  let text = `${head}Apr 30 22:00:07 host app[99]: this is request ${number}\n`
  for (let i = 0; text.length < PASTE_BYTES; i++) {
    text += `Apr 30 22:${String(i % 60).padStart(2, '0')}:07 host app[${i + 100}]: request ${i} took 17 ms\n`
  }
  return text.slice(0, PASTE_BYTES)
}

let pastes = 0
const SAME = () => paste(0)
const DIFFERENT = () => paste(++pastes)

/** A paste that was just answered is answered from memory, so that it matters whether they are different. */
async function throughput(scripts: Pair<string>, rounds: number, name: string, body: () => string): Promise<string> {
  const running = (await Promise.all(scripts.map(started))) as [Running, Running]
  const figures: [Load & { cpu: number }][][] = [[], []]
  for (let round = 0; round <= rounds; round++) {
    for (const [i, one] of running.entries()) {
      const before = one.cpuMs()
      const measured = await load(new URL('/v1/diagnose', one.url), {
        body,
        connections: 50,
        requests: REQUESTS,
      })
      // The first round warms up.
      if (round > 0) figures[i]?.push([{ ...measured, cpu: (one.cpuMs() - before) / REQUESTS }])
    }
  }
  await Promise.all(running.map((one) => one.stop()))
  const [ours, theirs] = figures.map((runs) => medians(runs.flat())) as [Medians, Medians]
  const row = (name: string, f: Medians) => [name, f.perSecond.toFixed(0), ms(f.p99Ms), ms(f.cpu), String(f.failed)]
  return table([
    [name, 'requests/s', 'p99', 'processor for each', 'failed'],
    row(NAMES[0], ours),
    row(NAMES[1], theirs),
    [
      'ratio',
      ratio(ours.perSecond, theirs.perSecond),
      ratio(ours.p99Ms, theirs.p99Ms),
      ratio(ours.cpu, theirs.cpu),
      '',
    ],
  ])
}

interface Medians {
  readonly perSecond: number
  readonly p99Ms: number
  readonly cpu: number
  readonly failed: number
}

function medians(runs: readonly (Load & { cpu: number })[]): Medians {
  return {
    perSecond: median(runs.map((run) => run.perSecond)),
    p99Ms: median(runs.map((run) => run.p99Ms)),
    cpu: median(runs.map((run) => run.cpu)),
    failed: runs.reduce((sum, run) => sum + run.failed, 0),
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const ratio = (a: number, b: number): string => `${(a / b).toFixed(2)} ×`

async function coldStarts(scripts: Pair<string>): Promise<string> {
  const runs: [number[], number[]][] = [
    [[], []],
    [[], []],
  ]
  const firstDiagnoses: number[] = []
  for (let i = 0; i < COLD_STARTS; i++) {
    for (const [at, script] of scripts.entries()) {
      const one = await started(script)
      runs[at]?.[0].push(one.coldMs)
      runs[at]?.[1].push(one.coldCpuMs)
      if (at === 0) firstDiagnoses.push(await firstDiagnosis(one))
      await one.stop()
    }
  }
  const [ours, theirs] = runs.map(([wall, cpu]) => [median(wall), median(cpu)]) as [[number, number], [number, number]]
  return table([
    ['until the first answer', 'wall', 'processor'],
    [NAMES[0], ...ours.map(ms)],
    [NAMES[1], ...theirs.map(ms)],
    ['more', ms(ours[0] - theirs[0]), ms(ours[1] - theirs[1])],
    [`then ${NAMES[0]}'s first diagnosis`, ms(median(firstDiagnoses)), ''],
  ])
}

/** With it come the core, which no start loads, and the rules. */
async function firstDiagnosis({ url }: Running): Promise<number> {
  const began = performance.now()
  const answer = await fetch(new URL('/v1/diagnose', url), { method: 'POST', body: SAME() })
  if (!answer.ok) throw new Error(`the first diagnosis fails with ${answer.status}`)
  await answer.text()
  return performance.now() - began
}

const folder = mkdtempSync(join(tmpdir(), 'whyjob-bench-'))
try {
  const ours = bundled('wrangler.toml', join(folder, 'ours'))
  console.log(
    `Load of the machine, as it begins: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(', ')}\n`,
  )
  if (values.hostile !== undefined) {
    const one = await started(ours)
    console.log(await hostile(one, Number(values.hostile)))
    await one.stop()
  } else if (values.soak !== undefined) {
    const one = await started(ours)
    const { text, isSteady } = await soak(one, Number(values.soak), DIFFERENT)
    console.log(text)
    if (!isSteady) process.exitCode = 1
    await one.stop()
  } else {
    const scripts = [ours, bundled('test/bench/bare.toml', join(folder, 'bare'))] as const
    const rounds = Number(values.rounds ?? ROUNDS)
    console.log(await throughput(scripts, rounds, '4 KB, 50 connections, all different', DIFFERENT))
    console.log(await throughput(scripts, rounds, '4 KB, 50 connections, the same again', SAME))
    console.log(await coldStarts(scripts))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
