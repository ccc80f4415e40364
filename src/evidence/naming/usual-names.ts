/** Which of the units that many machines have is described so. */

import { USUAL_NAMES } from './usual-names.table.ts'

let byText: Map<string, string[]> | undefined

/** The usual unit that is described so; null if there is none, or more than one. */
export function usualUnit(description: string): string | null {
  byText ??= read()
  const found = byText.get(description) ?? []
  return found.length === 1 ? found[0]! : null
}

function read(): Map<string, string[]> {
  const map = new Map<string, string[]>()
  for (const row of USUAL_NAMES.trim().split('\n')) {
    const [unit = '', ...texts] = row.split('|')
    for (const text of texts) map.set(text, [...(map.get(text) ?? []), unit])
  }
  return map
}
