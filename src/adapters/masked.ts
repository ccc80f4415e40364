/** The paste as it may be passed on: whatever `gather` masks, masked in the text itself. */

import { newDesk } from '../evidence/desk.ts'
import type { Redaction } from '../evidence/fact.ts'
import { isToken, tokenFor } from '../evidence/masking/token.ts'
import { mend } from '../evidence/mend.ts'
import { findSecrets, type Mask } from '../evidence/redact.ts'
import { resolve } from '../evidence/resolve.ts'
import { sniff } from '../evidence/sniff.ts'

export interface Masked {
  readonly text: string
  readonly redacted: readonly Redaction[]
}

export function masked(paste: string): Masked {
  const mask = maskOf(paste)
  return { text: mask.quote(0, paste.length), redacted: mask.redacted }
}

/** A number that stands for something, the same wherever it is met, and that nobody can undo. */
export type NumberOf = (what: string) => Promise<number>

/** The same thing has the same token in each of several pastes, which are masked one by one. */
export async function maskedAlike(paste: string, numberOf: NumberOf): Promise<Masked> {
  const mask = maskOf(paste)
  const renamed = await Promise.all(
    [...mask.maskings].map(async ([token, { kind, value }]) => {
      // What was masked before stays as it is.
      const again = isToken(value) ? value : tokenFor(kind, await numberOf(JSON.stringify([kind, value])))
      return [token, again] as const
    }),
  )
  return { text: mask.quote(0, paste.length, new Map(renamed)), redacted: mask.redacted }
}

function maskOf(paste: string): Mask {
  const desk = newDesk(mend(paste))
  sniff(desk)
  resolve(desk)
  return findSecrets(desk)
}
