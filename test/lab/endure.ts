/** Diagnoses mutated pastes: none may throw, none may take too long, and twice must be the same byte by byte. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RULES } from '../../src/adapters/catalog.ts'
import { diagnose } from '../../src/diagnose.ts'
import { mutated } from './mutate.ts'

const CORPUS = join(import.meta.dirname, '../pastes')

export const corpus = (): string[] =>
  readdirSync(CORPUS)
    .filter((name) => /\.(?:txt|paste)$/.test(name))
    .sort()
    .map((name) => readFileSync(join(CORPUS, name), 'utf8'))

export interface Endured {
  readonly count: number
  /** Seeds and what went wrong with them. */
  readonly problems: readonly string[]
  readonly slowestMs: number
  readonly slowestSeed: string
}

export function endure(pastes: readonly string[], count: number, seed: string, mostMs: number): Endured {
  const problems: string[] = []
  let slowest = { ms: 0, seed: '' }
  for (let i = 0; i < count; i++) {
    const name = `${seed}.${i}`
    const paste = mutated(pastes, name)
    // Of the processor's time: what else the machine does is nobody's fault here.
    const began = process.cpuUsage()
    const first = attempt(paste)
    const { user, system } = process.cpuUsage(began)
    const ms = (user + system) / 1000
    if (ms > slowest.ms) slowest = { ms, seed: name }
    if ('thrown' in first) problems.push(`${name}: ${first.thrown}`)
    else if (ms > mostMs) problems.push(`${name}: ${ms.toFixed(0)} ms for ${paste.length} characters`)
    else if (JSON.stringify(first) !== JSON.stringify(attempt(paste)))
      problems.push(`${name}: another answer the second time`)
  }
  return { count, problems, slowestMs: slowest.ms, slowestSeed: slowest.seed }
}

function attempt(paste: string): { readonly answer: string } | { readonly thrown: string } {
  try {
    return { answer: JSON.stringify(diagnose(paste, RULES)) }
  } catch (error) {
    return { thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
