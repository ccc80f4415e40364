/** `whyjob diagnose`: all files are one paste, or with --ndjson each is one of its own. */

import { type DiagnoseOptions, explain } from '../../diagnose.ts'
import type { Facts } from '../../evidence/fact.ts'
import { gather } from '../../evidence/gather.ts'
import { gatherSieved, Sieve } from '../../evidence/sieve.ts'
import type { Answer } from '../../render/answer.ts'
import { toJson, toNdjson } from '../../render/json.ts'
import { toMarkdown } from '../../render/markdown.ts'
import { report } from '../../render/report.ts'
import { toText } from '../../render/text.ts'
import { joined } from '../paste.ts'
import { ANSWERED, BAD_INPUT, NOT_DETERMINED, paint, pieces, print, Usage, width } from './io.ts'
import { rulesWith } from './rules.ts'

export interface Flags extends DiagnoseOptions {
  readonly json?: true
  readonly markdown?: true
  readonly ndjson?: true
  /** A folder of rules to use as well. */
  readonly rules?: string
}

export async function diagnose(names: readonly string[], flags: Flags): Promise<number> {
  if (flags.ndjson) return stream(names, flags)
  const facts = await factsIn(names, flags)
  if (facts.lines.every(({ takenFor }) => takenFor === 'blank')) throw new Usage('Nothing was pasted.')
  const answer = explain(facts, await rulesWith(flags.rules), flags)
  await print(formatted(answer, flags))
  return statusOf(answer)
}

/** From here on a log is sieved while it comes in, so that it need not fit into the memory. */
const SIEVED_FROM = 16 * 1024 * 1024

/** What all files say together. */
async function factsIn(names: readonly string[], flags: Flags): Promise<Facts> {
  const whole: string[] = []
  let length = 0
  let sieve: Sieve | undefined
  for await (const piece of together(names.length === 0 ? ['-'] : names)) {
    whole.push(piece)
    length += piece.length
    if (length > SIEVED_FROM) sieve ??= new Sieve()
    if (sieve) for (const part of whole.splice(0)) sieve.push(part)
  }
  return sieve ? gatherSieved(sieve.end(), flags) : gather(whole.join(''), flags)
}

/** As joined() puts files together. */
async function* together(names: readonly string[]): AsyncGenerator<string> {
  for (const [i, name] of names.entries()) {
    let begun = false
    for await (const text of pieces(name)) {
      yield begun ? text : `${i === 0 ? '' : '\n'}${joined([{ name, text }])}`
      begun = true
    }
  }
}

export function formatted(answer: Answer, { json, markdown }: Pick<Flags, 'json' | 'markdown'>): string {
  if (json) return toJson(answer)
  if (markdown) return toMarkdown(report(answer))
  return toText(report(answer), { width: width(), paint })
}

/** One line for each file whatever happens: whoever counts lines must not lose their place. */
async function stream(names: readonly string[], flags: Flags): Promise<number> {
  const rules = await rulesWith(flags.rules)
  let status = ANSWERED
  for (const name of names.length === 0 ? ['-'] : names) {
    try {
      const answer = explain(await factsIn([name], flags), rules, flags)
      await print(toNdjson(answer))
      status = Math.max(status, statusOf(answer))
    } catch (error) {
      await print(`${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`)
      status = BAD_INPUT
    }
  }
  return status
}

export function statusOf({ outcome }: Answer): number {
  return outcome === 'explained' || outcome === 'not-a-cancellation' ? ANSWERED : NOT_DETERMINED
}
