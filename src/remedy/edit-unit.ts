/** A unit file with some of its settings replaced: for what no drop-in can take back. */

import { tokenPattern } from '../evidence/masking/token.ts'

/**
 * `null` drops the setting; a value `Key=` renames it and keeps what it says; `-UNIT` takes one unit out of its list.
 * Null if nothing was there to replace.
 */
export function editUnit(text: string, replace: { readonly [setting: string]: string | null }): string | null {
  let touched = false
  const lines = text.split('\n').flatMap((line) => {
    const equals = line.indexOf('=')
    const key = equals < 0 ? '' : line.slice(0, equals).trim()
    const change = replace[key]
    if (change === undefined) return [line]
    const value = line.slice(equals + 1).trim()
    const kept = change?.startsWith('-') ? withoutWord(value, change.slice(1)) : null
    if (kept === value) return [line]
    touched = true
    if (kept !== null) return kept === '' ? [] : [`${key}=${kept}`]
    if (change === null) return []
    return [change.endsWith('=') ? `${change}${value}` : `${key}=${change}`]
  })
  return touched ? lines.join('\n') : null
}

function withoutWord(list: string, word: string): string {
  const words = list.split(/\s+/)
  return words.includes(word) ? words.filter((one) => one !== word).join(' ') : list
}

/** What stands in the place of a name or a secret. */
export const MASKED = new RegExp(tokenPattern())
