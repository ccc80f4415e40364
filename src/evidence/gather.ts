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

/** A text of any length → its facts in the order of the paste, masked unless the options say otherwise. */
export function gather(paste: string, options: GatherOptions = {}): Facts {
  const page = mend(paste)
  const desk = newDesk(page)
  sniff(desk)
  resolve(desk)
  const mask = options.mask === false ? NO_MASK(paste) : findSecrets(desk)
  const facts = numbered(desk.noted, mask)
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
  const sorted = inOrder(noted) ? noted : [...noted].sort(byPlace)
  for (let i = 0; i < sorted.length; i++) sorted[i]!.id = `e${i + 1}`
  return sorted.map((n) => {
    const { line, start, end, answers, boot, at, id } = n
    // The draft becomes the fact: nobody else holds it any more, and there may be many.
    const fact = mask.draft(n) as unknown as Writable
    fact.id = id
    fact.line = line
    fact.start = start
    fact.end = end
    fact.quote = mask.quote(start, end)
    if (at && !n.draft.at) fact.at = at
    if (boot !== undefined) fact.boot = boot
    if (ANSWERING.has(n.draft.kind)) fact.request = answers?.id || null
    return fact as unknown as Fact
  })
}

const byPlace = (a: Noted, b: Noted) => a.start - b.start || b.end - a.end
const inOrder = (noted: readonly Noted[]) => noted.every((n, i) => i === 0 || byPlace(noted[i - 1]!, n) <= 0)

type Writable = { -readonly [K in keyof Base]: Base[K] } & { request?: string | null }

const ANSWERING: ReadonlySet<string> = new Set(['job-finished', 'request-refused', 'exit-status'])
