/** The paste as it may be passed on: whatever `gather` masks, masked in the text itself. */

import { newDesk } from '../../evidence/desk.ts'
import { mend } from '../../evidence/mend.ts'
import { findSecrets } from '../../evidence/redact.ts'
import { resolve } from '../../evidence/resolve.ts'
import { sniff } from '../../evidence/sniff.ts'

export function masked(paste: string): string {
  const desk = newDesk(mend(paste))
  sniff(desk)
  resolve(desk)
  return findSecrets(desk).quote(0, paste.length)
}
