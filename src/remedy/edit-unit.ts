/** A unit file with some of its settings replaced: for what no drop-in can take back. */

import { tokenPattern } from '../evidence/masking/token.ts'
import { unescapePath } from '../systemd/unit.ts'

/**
 * `null` drops the setting; a value `Key=` renames it and keeps what it says, `Key=-` behind a dash; `-UNIT` takes one
 * unit out of its list, `Key=UNIT` moves it into that of another setting. Null if nothing was there to replace.
 */
export function editUnit(text: string, replace: { readonly [setting: string]: string | null }): string | null {
  let touched = false
  const lines = text.split('\n').flatMap((line) => {
    const equals = line.indexOf('=')
    const key = equals < 0 ? '' : line.slice(0, equals).trim()
    const change = replace[key]
    if (change === undefined) return [line]
    const edited = editLine(key, line.slice(equals + 1).trim(), change)
    if (edited === null) return [line]
    touched = true
    return edited
  })
  return touched ? lines.join('\n') : null
}

/** Null if the line stays as it is. */
function editLine(key: string, value: string, change: string | null): string[] | null {
  if (change === null) return []
  const [, other = '', unit] = /^(?:-|([A-Z]\w+)=)(\S+)$/.exec(change) ?? []
  if (unit === undefined || unit === '-') return [/=-?$/.test(change) ? change + value : `${key}=${change}`]
  const words = value.split(/\s+/)
  const moved = words.filter((word) => isAbout(word, unit))
  if (moved.length === 0) return null
  const left = words.filter((word) => !moved.includes(word))
  const list = (name: string, of: readonly string[]) =>
    name === '' || of.length === 0 ? [] : [`${name}=${of.join(' ')}`]
  return [...list(key, left), ...list(other, moved)]
}

/** A word of a list names the unit: as it is called, with specifiers in place of some of it, or by a path below it. */
function isAbout(word: string, unit: string): boolean {
  if (word === unit) return true
  if (word.startsWith('/') && unit.endsWith('.mount')) {
    return `${word}/`.startsWith(`${unescapePath(unit.slice(0, -'.mount'.length))}/`)
  }
  const [first = '', ...rest] = word.split(/%[a-zA-Z]/)
  return rest.length > 0 && unit.startsWith(first) && unit.endsWith(rest.at(-1) ?? '')
}

/** What stands in the place of a name or a secret. */
export const MASKED = new RegExp(tokenPattern())
