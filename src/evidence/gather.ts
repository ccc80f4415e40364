/** Pasted text → facts. Never throws; the same paste has the same facts. */

import { type Noted, newDesk } from './desk.ts'
import type { Base, Fact, Facts } from './fact.ts'
import { mend } from './mend.ts'
import { findSecrets, type Mask, NO_MASK } from './redact.ts'
import { resolve } from './resolve.ts'
import { sniff } from './sniff.ts'

export interface GatherOptions {
  /** False leaves secrets and names as they are: for somebody who reads their own log on their own machine. */
  readonly mask?: boolean
}

export function gather(paste: string, options: GatherOptions = {}): Facts {
  const page = mend(paste)
  const desk = newDesk(page)
  sniff(desk)
  const noted = resolve(desk)
  const mask = options.mask === false ? NO_MASK(paste) : findSecrets(desk)
  const facts = numbered(noted, mask)
  return {
    lines: desk.lines.map(({ number, start, end }, i) => ({
      number,
      start,
      end,
      takenFor: desk.takenFor[i] ?? 'prose',
    })),
    facts,
    mended: page.mended,
    redacted: mask.redacted,
    cut: page.cut,
  }
}

/** In the order of the paste, with ids, quotes and the ids of the requests they answer. */
function numbered(noted: readonly Noted[], mask: Mask): Fact[] {
  const sorted = [...noted].sort((a, b) => a.start - b.start || b.end - a.end)
  const ids = new Map(sorted.map((n, i) => [n, `e${i + 1}`]))
  return sorted.map((n) => {
    const { line, start, end, answers, boot, at } = n
    const draft = mask.draft(n)
    // The draft becomes the fact: nobody else holds it any more, and there may be many.
    const fact = draft as unknown as Writable
    fact.id = ids.get(n)!
    fact.line = line
    fact.start = start
    fact.end = end
    fact.quote = mask.quote(start, end)
    if (at && !draft.at) fact.at = at
    if (boot !== undefined) fact.boot = boot
    if (ANSWERING.has(draft.kind)) fact.request = answers ? (ids.get(answers) ?? null) : null
    return fact as unknown as Fact
  })
}

type Writable = { -readonly [K in keyof Base]: Base[K] } & { request?: string | null }

const ANSWERING: ReadonlySet<string> = new Set(['job-finished', 'request-refused', 'exit-status'])
