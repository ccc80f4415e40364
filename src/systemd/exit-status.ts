/** Exit codes with names, and sets of them: src/shared/exit-status.c and config_parse_set_status() (v252). */

import { EXIT_CODES } from './exit-status.table.ts'
import { extractFirstWord } from './extract-word.ts'
import { parseSignal } from './signal.ts'
import type { ExitStatusSet } from './unit-config.ts'

const CODES: ReadonlyMap<string, number> = new Map(EXIT_CODES)
const NAMES: ReadonlyMap<number, string> = new Map([...CODES].map(([word, code]) => [code, word]))

/** Mirrors exit_status_to_string() with every class of names; undefined for a code without one. */
export function exitStatusName(code: number): string | undefined {
  return NAMES.get(code)
}

/** Mirrors safe_atou() with base 0: decimal, `0x…`, `0o…`, `0b…`, and octal behind a plain 0. */
export function parseUnsigned(text: string, max: number): number | 'EINVAL' | 'ERANGE' {
  const match = /^\s*\+?(?:0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)|0([0-7]+)|(0|[1-9]\d*))$/.exec(text)
  if (match === null) return /^\s*-\d+$/.test(text) ? 'ERANGE' : 'EINVAL'
  const [, hex, octal, binary, oldOctal, decimal] = match
  const base = hex !== undefined ? 16 : (octal ?? oldOctal) !== undefined ? 8 : binary !== undefined ? 2 : 10
  const number = Number.parseInt(hex ?? octal ?? oldOctal ?? binary ?? decimal ?? '', base)
  return number > max ? 'ERANGE' : number
}

/** Mirrors exit_status_from_string(): numbers are codes here, never signals. Null if it is neither. */
function exitStatusFromString(text: string): number | null {
  const code = CODES.get(text) ?? parseUnsigned(text, 255)
  return typeof code === 'number' ? code : null
}

export const NO_STATUS: ExitStatusSet = { codes: [], signals: [] }

/** Mirrors config_parse_set_status(): what the words add to a set, and those that it cannot take. */
export function addToStatusSet(
  set: ExitStatusSet,
  text: string,
): { readonly set: ExitStatusSet; readonly refused: readonly string[] } {
  const codes = new Set(set.codes)
  const signals = new Set(set.signals)
  const refused: string[] = []
  for (let at = 0; at < text.length; ) {
    const word = extractFirstWord(text, at, {})
    if (word === null || word === 'EINVAL') break
    at = word.next
    const code = exitStatusFromString(word.word)
    const signal = code === null ? parseSignal(word.word) : null
    if (code !== null) codes.add(code)
    else if (signal !== null) signals.add(signal)
    else refused.push(word.word)
  }
  return { set: { codes: [...codes], signals: [...signals] }, refused }
}
