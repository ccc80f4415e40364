/** What an answer says that the one before, about less evidence, did not: "61% → 97%: an isolate is ruled out …". */

import type { Answer, Candidate } from './answer.ts'
import { linesOf } from './report.ts'
import { percent } from './words.ts'

/** As much of an answer as is kept to compare the next one with. */
export type Verdict = Pick<Answer, 'outcome' | 'code' | 'cause' | 'confidence'> & {
  readonly candidates: readonly Pick<Candidate, 'code' | 'cause' | 'probability'>[]
}

export function verdictOf({ outcome, code, cause, confidence, candidates }: Answer): Verdict {
  const kept = candidates.map((one) => ({ code: one.code, cause: one.cause, probability: one.probability }))
  return { outcome, code, cause, confidence, candidates: kept }
}

/** Below this a story is as good as ruled out. */
const RULED_OUT = 0.05
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

/** Stories that were likely before and are no longer, with the lines that speak against them. */
function ruledOut(before: Verdict, { candidates, evidence, code }: Answer): string[] {
  const likely = before.candidates.filter((one) => one.probability >= RULED_OUT && one.code !== code)
  return likely.flatMap((one) => {
    const now = candidates.filter((candidate) => candidate.code === one.code)
    if (now.some(({ probability }) => probability >= RULED_OUT)) return []
    const lines = now.flatMap(({ contradicts }) => linesOf(contradicts, evidence))
    const by = lines.length === 0 ? 'no longer fits' : `is ruled out by line ${lines[0]}`
    return [`${one.cause} ${by}`]
  })
}
