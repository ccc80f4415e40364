/**
 * `npm run fuzz:parsers -- [--minutes 10] [--source NAME,…] [--seed N]`: for so long each, gives every parser mutations
 * of what it reads. No exception, no fact that does not hold its quote, no parser that stays where it is or goes
 * beyond the end, and twice as much takes no more than twice as long. Exit status 1 if anything was found.
 */

import fc from 'fast-check'
import { SOURCES } from '../../src/evidence/sniff.ts'
import { optionsOf } from '../options.ts'
import { passages } from './corpus.ts'
import { growth } from './growth.ts'
import { parseAnywhere, readLawfully } from './laws.ts'
import { pastesOf, repeatedOf } from './mutations.ts'

const { values } = optionsOf(import.meta.filename, {
  options: {
    minutes: { type: 'string', default: '10' },
    source: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})

const ALL = [...SOURCES, 'prose']
/** Of a parser's time, the part that goes into long texts. */
const GROWTH_SHARE = 0.4
const SHOWN_LENGTH = 2_000

interface Outcome {
  readonly runs: number
  readonly problem: string | null
}

/** Runs until the time is up; what fails is made as small as fast-check can. */
function tried<T>(arbitrary: fc.Arbitrary<T>, law: (one: T) => void, show: (one: T) => string, ms: number): Outcome {
  const details = fc.check(fc.property(arbitrary, law), {
    seed: Number(values.seed),
    numRuns: 1e9,
    interruptAfterTimeLimit: ms,
    markInterruptAsFailure: false,
  })
  const { counterexample, errorInstance, numRuns } = details
  if (counterexample === null) return { runs: numRuns, problem: null }
  const said = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance)
  return { runs: numRuns, problem: `${said.slice(0, SHOWN_LENGTH)}\nin: ${show(counterexample[0])}` }
}

const quoted = (text: string) => JSON.stringify(text.slice(0, SHOWN_LENGTH))

function linear(text: (length: number) => string): void {
  const problem = growth(text)
  if (problem !== null) throw new Error(problem)
}

function main(): number {
  const known = passages()
  const ms = Number(values.minutes) * 60_000
  const wanted = values.source?.split(',') ?? ALL
  let problems = 0
  for (const source of wanted.filter((one) => ALL.includes(one))) {
    const read = (text: string) => {
      readLawfully(text)
      parseAnywhere(text, source)
    }
    const texts = tried(pastesOf(source, known), read, quoted, ms * (1 - GROWTH_SHARE))
    const long = tried(repeatedOf(source, known), linear, (text) => quoted(text(SHOWN_LENGTH)), ms * GROWTH_SHARE)
    for (const { problem } of [texts, long]) {
      if (problem === null) continue
      problems++
      console.log(`${source}: ${problem}`)
    }
    const passagesKnown = known.get(source)?.length ?? 0
    console.log(`${source}: ${passagesKnown} passages, ${texts.runs} texts, ${long.runs} long ones`)
  }
  console.log(`${problems} problems`)
  return problems === 0 ? 0 : 1
}

process.exitCode = main()
