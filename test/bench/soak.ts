/** A long run at full load: how many answers each minute, how long the slowest took, and whether the memory grows. */

import { type Load, load } from './load.ts'
import { ms, table } from './measure.ts'
import type { Running } from './process.ts'

const CONNECTIONS = 20
const PART = 100
/** More than a day is a mistake in the command. */
const MOST_MINUTES = 24 * 60
/** An engine gives memory back when it likes, and what it holds goes up and down by so much. */
const STEADY = 1.15

interface Minute {
  readonly perSecond: number
  readonly p99Ms: number
  readonly megabytes: number
  readonly failed: number
}

export interface Soaked {
  readonly text: string
  readonly isSteady: boolean
}

export async function soak(server: Running, minutes: number, body: () => string): Promise<Soaked> {
  const rows = [['minute', 'requests/s', 'p99', 'memory', 'failed']]
  const seen: Minute[] = []
  for (let number = 1; number <= Math.min(minutes, MOST_MINUTES); number++) {
    const { perSecond, p99Ms, megabytes, failed } = await minute(server, body)
    seen.push({ perSecond, p99Ms, megabytes, failed })
    rows.push([String(number), perSecond.toFixed(0), ms(p99Ms), `${megabytes.toFixed(0)} MB`, String(failed)])
    // Whoever stops it in between has seen so much.
    console.error(rows.at(-1)?.join('  '))
  }
  const { text, isSteady } = verdict(seen)
  return { text: `${table(rows)}\n${text}`, isSteady }
}

async function minute(server: Running, body: () => string): Promise<Minute> {
  const parts: Load[] = []
  const began = performance.now()
  while (performance.now() - began < 60_000) {
    parts.push(await load(new URL('/v1/diagnose', server.url), { body, connections: CONNECTIONS, requests: PART }))
  }
  return {
    perSecond: (parts.length * PART) / ((performance.now() - began) / 1000),
    p99Ms: Math.max(...parts.map(({ p99Ms }) => p99Ms)),
    megabytes: server.megabytes(),
    failed: parts.reduce((sum, { failed }) => sum + failed, 0),
  }
}

/** The first third fills what is kept; of what is left, the second half is held against the first. */
function verdict(seen: readonly Minute[]): Soaked {
  const failed = seen.reduce((sum, one) => sum + one.failed, 0)
  const memory = seen.slice(Math.floor(seen.length / 3)).map(({ megabytes }) => megabytes)
  const half = Math.floor(memory.length / 2)
  if (half === 0) return { text: 'Too short to say whether the memory grows.\n', isSteady: failed === 0 }
  const [before, after] = [mean(memory.slice(0, half)), mean(memory.slice(half))]
  const isFlat = after <= before * STEADY
  const said = isFlat ? 'does not grow' : 'GROWS'
  const means = `${before.toFixed(0)} MB on average, then ${after.toFixed(0)} MB`
  return { text: `The memory ${said}: ${means}; ${failed} failed.\n`, isSteady: isFlat && failed === 0 }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
