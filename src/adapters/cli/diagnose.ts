/** `whyjob diagnose`: all files are one paste, or with --ndjson each is one of its own. */

import { type DiagnoseOptions, diagnose as explain } from '../../diagnose.ts'
import type { Answer } from '../../render/answer.ts'
import { toJson, toNdjson } from '../../render/json.ts'
import { toMarkdown } from '../../render/markdown.ts'
import { report } from '../../render/report.ts'
import { toText } from '../../render/text.ts'
import { joined } from '../paste.ts'
import { ANSWERED, BAD_INPUT, NOT_DETERMINED, paint, print, read, readAll, Usage, width } from './io.ts'

export interface Flags extends DiagnoseOptions {
  readonly json?: true
  readonly markdown?: true
  readonly ndjson?: true
}

export async function diagnose(names: readonly string[], flags: Flags): Promise<number> {
  if (flags.ndjson) return stream(names, flags)
  const paste = joined(await readAll(names))
  if (paste.trim() === '') throw new Usage('Nothing was pasted.')
  const answer = explain(paste, flags)
  await print(formatted(answer, flags))
  return statusOf(answer)
}

export function formatted(answer: Answer, { json, markdown }: Pick<Flags, 'json' | 'markdown'>): string {
  if (json) return toJson(answer)
  if (markdown) return toMarkdown(report(answer))
  return toText(report(answer), { width: width(), paint })
}

/** One line for each file whatever happens: whoever counts lines must not lose their place. */
async function stream(names: readonly string[], flags: Flags): Promise<number> {
  let status = ANSWERED
  for (const name of names.length === 0 ? ['-'] : names) {
    try {
      const { text } = await read(name)
      const answer = explain(joined([{ name, text }]), flags)
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
