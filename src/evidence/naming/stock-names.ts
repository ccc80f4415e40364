/** Which of systemd's own units is described so. */

import { unitNameReplaceInstance } from '../../systemd/unit.ts'
import { STOCK_NAMES } from './stock-names.table.ts'

interface Stock {
  readonly unit: string
  /** For a template: what its description begins and ends with around the instance. */
  readonly before: string
  readonly after: string
}

let byText: Map<string, string[]> | undefined
let templates: Stock[] | undefined

function read(): void {
  byText = new Map()
  templates = []
  for (const row of STOCK_NAMES.trim().split('\n')) {
    const [unit = '', ...texts] = row.split('|')
    for (const text of texts) {
      const place = /%[iIfF]/.exec(text)
      if (place) templates.push({ unit, before: text.slice(0, place.index), after: text.slice(place.index + 2) })
      else byText.set(keyOf(text), [...(byText.get(keyOf(text)) ?? []), unit])
    }
  }
}

/** Somebody who types `Local File Systems` anew may write `Local filesystems`. */
const keyOf = (text: string): string => text.toLowerCase().replaceAll(' ', '')

/** The stock unit of one of the types that is described so; null if there is none, or more than one. */
export function stockUnit(description: string, suits: (unit: string) => boolean): string | null {
  if (!byText || !templates) read()
  const found = (byText!.get(keyOf(description)) ?? []).filter(suits)
  if (found.length === 1) return found[0]!
  if (found.length > 1) return null
  for (const { unit, before, after } of templates!) {
    const fits = description.startsWith(before) && description.endsWith(after) && suits(unit)
    const instance = fits ? description.slice(before.length, description.length - after.length) : ''
    if (/^[\w.:-]{1,60}$/.test(instance)) return unitNameReplaceInstance(unit, instance)
  }
  return null
}
