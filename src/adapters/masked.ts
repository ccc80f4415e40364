/** The paste as it may be passed on: whatever `gather` masks, masked in the text itself. */

import { newDesk } from '../evidence/desk.ts'
import type { Redaction } from '../evidence/fact.ts'
import { mend } from '../evidence/mend.ts'
import { findSecrets } from '../evidence/redact.ts'
import { resolve } from '../evidence/resolve.ts'
import { sniff } from '../evidence/sniff.ts'

export interface Masked {
  readonly text: string
  readonly redacted: readonly Redaction[]
}

export function masked(paste: string): Masked {
  const desk = newDesk(mend(paste))
  sniff(desk)
  resolve(desk)
  const mask = findSecrets(desk)
  return { text: mask.quote(0, paste.length), redacted: mask.redacted }
}
