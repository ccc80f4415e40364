/** What an answer says that the one before, about less evidence, did not: "61% → 97%: an isolate is ruled out …". */

import type { Answer, Candidate } from './answer.ts'
import { linesOf } from './report.ts'
import { percent } from './words.ts'

/** As much of an answer as is kept to compare the next one with. */
export type Verdict = Pick<Answer, 'outcome' | 'code' | 'cause' | 'confidence'> & {
  readonly candidates: readonly Pick<Candidate, 'code' | 'cause' | 'probability'>[]
}

/** Plain data, as a store keeps it. */
export function verdictOf({ outcome, code, cause, confidence, candidates }: Answer): Verdict {
  const kept = candidates.map((one) => ({ code: one.code, cause: one.cause, probability: one.probability }))
  return { outcome, code, cause, confidence, candidates: kept }
}

/** A story that was likelier than this, and no longer is, is worth a word; below the other it is as good as gone. */
const LIKELY = 0.1
const GONE = 0.02
const NAMED = 2

/** Null if the answer says the same. */
export function changeOf(before: Verdict, answer: Answer): string | null {
  const out = ruledOut(before, answer)
  const because = out.length === 0 ? '' : `: ${out.slice(0, NAMED).join('; ')}`
  if (before.code !== answer.code) return `${was(before, answer)}${because}.`
  const [from, to] = [percent(before.confidence), percent(answer.confidence)]
  if (from === to) return out.length === 0 ? null : `Still ${to}${because}.`
  return `${from} → ${to}${because}.`
}

function was(before: Verdict, { code, confidence, cause }: Answer): string {
  const now = code === null || cause === null ? 'nothing to go by' : `${code} (${cause}), ${percent(confidence)}`
  if (before.code === null) return `Now there is something to go by: ${now}`
  return `${before.code} (${before.cause}), ${percent(before.confidence)} → ${now}`
}

/** Causes that were likely before and are no longer: first those that a line speaks against. */
function ruledOut(before: Verdict, { candidates, evidence, cause }: Answer): string[] {
  const likely = before.candidates.filter((one) => one.probability >= LIKELY && one.cause !== cause)
  const found = [...new Set(likely.map((one) => one.cause))].flatMap((out) => {
    const now = candidates.filter((candidate) => candidate.cause === out)
    const probability = now.reduce((sum, one) => sum + one.probability, 0)
    if (probability >= LIKELY) return []
    const [line] = now.flatMap(({ contradicts }) => linesOf(contradicts, evidence))
    if (line === undefined) return [{ line: false, text: `${out} no longer fits` }]
    const text = probability < GONE ? `${out} is ruled out by line ${line}` : `line ${line} speaks against ${out}`
    return [{ line: true, text }]
  })
  return [...found.filter(({ line }) => line), ...found.filter(({ line }) => !line)].map(({ text }) => text)
}
