/** How fast a long log is read, beside grep -E that looks for the same words and beside jq that picks one field. */

import { execFileSync } from 'node:child_process'
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gatherSieved, Sieve, WORTH } from '../../src/evidence/sieve.ts'
import { table } from './measure.ts'
import { longJournal } from './worlds.ts'

const BYTES = 100_000_000
const RUNS = 3

interface Read {
  readonly seconds: number
  readonly facts: number
  readonly megabytes: number
}

/** Processor time throughout: the machine may be busy with something else. */
async function ours(path: string): Promise<Read> {
  const before = process.cpuUsage()
  const sieve = new Sieve()
  const decoder = new TextDecoder()
  for await (const bytes of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    sieve.push(decoder.decode(bytes, { stream: true }))
  }
  const { facts } = gatherSieved(sieve.end())
  const { user, system } = process.cpuUsage(before)
  return { seconds: (user + system) / 1e6, facts: facts.length, megabytes: process.memoryUsage().rss / 1e6 }
}

/** What bash says of a program's processor time; null where the program is not there. */
function theirs(program: string, args: readonly string[], path: string): number | null {
  try {
    const script = 'TIMEFORMAT="%U %S"; LC_ALL=C; export LC_ALL; time "$@" > "$OUT"'
    const environment = { ...process.env, OUT: `${path}.out` }
    const said = execFileSync('bash', ['-c', `{ ${script}; } 2>&1`, 'bash', program, ...args, path], {
      env: environment,
      encoding: 'utf8',
    })
    const [user = Number.NaN, system = Number.NaN] = said.trim().split(' ').map(Number)
    return Number.isNaN(user + system) ? null : user + system
  } catch {
    return null
  }
}

const grepArgs = ['-E', WORTH.map((word) => word.replace(/[^\w ]/g, '\\$&')).join('|')]
const jqArgs = ['-c', 'select(._PID == "1") | .MESSAGE']

export async function throughput(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'whyjob-bench-'))
  try {
    const rows = [['100 MB of log', 'whyjob', 'facts', 'resident', 'beside', '', 'ratio']]
    for (const [format, program, args] of [
      ['short', 'grep', grepArgs],
      ['json', 'jq', jqArgs],
    ] as const) {
      const path = join(folder, format)
      write(path, longJournal(format, BYTES))
      rows.push([format, ...(await sideBySide(path, program, args))])
    }
    return table(rows)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** In turns, the best of each. */
async function sideBySide(path: string, program: string, args: readonly string[]): Promise<string[]> {
  const [mine, other]: [Read[], number[]] = [[], []]
  for (let i = 0; i < RUNS; i++) {
    mine.push(await ours(path))
    other.push(theirs(program, args, path) ?? Number.NaN)
  }
  const best = mine.reduce((a, b) => (b.seconds < a.seconds ? b : a))
  const least = Math.min(...other)
  const speed = (seconds: number) => `${(BYTES / 1e6 / seconds).toFixed(0)} MB/s`
  const beside = Number.isNaN(least) ? ['is not there', ''] : [speed(least), (least / best.seconds).toFixed(2)]
  return [speed(best.seconds), String(best.facts), `${best.megabytes.toFixed(0)} MB`, program, ...beside]
}

function write(path: string, lines: Iterable<string>): void {
  const file = openSync(path, 'w')
  for (const piece of lines) writeSync(file, piece)
  closeSync(file)
}
