/** Lines that are nothing but names of units. */

import { parseUnitName } from '../../systemd/unit.ts'

/** The names in a line, blanks and commas between them; null if there is none, or anything else. */
export function namesIn(text: string): string[] | null {
  const names = text.split(/[\s,]+/).filter(Boolean)
  return names.length > 0 && names.every((name) => parseUnitName(name)) ? names : null
}
