/** Parsers of values that many settings share: config_parse_…() of src/shared/conf-parser.c and parse-helpers.c. */

import { parseUnsigned } from './exit-status.ts'
import { extractFirstWord, type WordFlags } from './extract-word.ts'
import { complain, type KeyParser, type LoadContext } from './load-fragment-draft.ts'
import { parseSec, parseSecFix0 } from './parse-time.ts'
import { parseSignal } from './signal.ts'
import { ERRNO_TEXT, type Expanded, unitFullPrintf, unitPathPrintf } from './specifiers.ts'

const TRUE: ReadonlySet<string> = new Set(['1', 'yes', 'y', 'true', 't', 'on'])
const FALSE: ReadonlySet<string> = new Set(['0', 'no', 'n', 'false', 'f', 'off'])

/** Mirrors parse_boolean(), src/basic/parse-util.c. */
export function parseBoolean(text: string): boolean | null {
  const lower = text.toLowerCase()
  if (TRUE.has(lower)) return true
  return FALSE.has(lower) ? false : null
}

type Set<T> = (c: LoadContext, value: T) => void

/** Mirrors config_parse_bool(). */
export function bool(set: Set<boolean>): KeyParser {
  return (c, value) => {
    const parsed = parseBoolean(value)
    if (parsed !== null) set(c, parsed)
    else complain(c, 'load-bool', { key: c.key, value, error: ERRNO_TEXT.EINVAL })
  }
}

/** Mirrors config_parse_sec(). */
export function sec(set: Set<number>): KeyParser {
  return (c, value) => {
    const usec = parseSec(value)
    if (typeof usec === 'number') set(c, usec)
    else complain(c, 'load-value', { what: 'sec value', key: c.key, value, error: ERRNO_TEXT[usec] })
  }
}

/** Mirrors config_parse_sec_fix_0(). */
export function secFix0(set: Set<number>): KeyParser {
  return (c, value) => {
    const usec = parseSecFix0(value)
    if (typeof usec === 'number') set(c, usec)
    else complain(c, 'load-fix-0', { key: c.key, value, error: ERRNO_TEXT[usec] })
  }
}

/** Also what stands for a number that was not given. */
export const UINT_MAX = 2 ** 32 - 1

/** Mirrors config_parse_unsigned(). */
export function unsigned(set: Set<number>): KeyParser {
  return (c, value) => {
    const number = parseUnsigned(value, UINT_MAX)
    if (typeof number === 'number') set(c, number)
    else complain(c, 'load-value', { what: 'unsigned value', key: c.key, value, error: ERRNO_TEXT[number] })
  }
}

/** Mirrors DEFINE_CONFIG_PARSE_ENUM(). */
export function oneOf<T extends string>(values: readonly T[], what: string, set: Set<T>): KeyParser {
  return (c, value) => {
    const found = values.find((v) => v === value)
    if (found !== undefined) set(c, found)
    else complain(c, 'load-value', { what, key: c.key, value, error: ERRNO_TEXT.EINVAL })
  }
}

/** A number, or one counted from the first or last of the real-time signals: it can only be out of range. */
const NUMBERED_SIGNAL = /^[+-]?\d+$|^(?:SIG)?(?:RTMIN\+|RTMAX-)\d+$/

/** Mirrors config_parse_signal(). */
export function signal(set: Set<string>): KeyParser {
  return (c, value) => {
    const name = parseSignal(value)
    const error = ERRNO_TEXT[NUMBERED_SIGNAL.test(value) ? 'ERANGE' : 'EINVAL']
    if (name !== null) set(c, name)
    else complain(c, 'load-value', { what: 'signal name', key: c.key, value, error })
  }
}

/** Mirrors config_parse_unit_string_printf(): an empty assignment is `undefined`. */
export function text(set: Set<string | undefined>): KeyParser {
  return (c, value) => {
    const expanded = unitFullPrintf(c.specifiers, value)
    if (wasExpanded(c, value, expanded)) set(c, expanded.text === '' ? undefined : expanded.text)
  }
}

/** Mirrors config_parse_unit_path_printf(): `undefined` for an empty assignment, simplified otherwise. */
export function path(set: Set<string | undefined>, fatal = false): KeyParser {
  return (c, value) => {
    const expanded = unitPathPrintf(c.specifiers, value)
    if ('error' in expanded && fatal) {
      complain(c, 'load-specifiers-fatal', { value, error: ERRNO_TEXT[expanded.error] })
      return 'ENOEXEC'
    }
    if (!wasExpanded(c, value, expanded)) return
    if (expanded.text === '') return set(c, undefined)
    const checked = absolutePath(c, expanded.text, fatal)
    if (checked !== null) set(c, checked)
    else if (fatal) return 'ENOEXEC'
  }
}

/** The words of a list, one after the other; at a quote or an escape that is wrong the list ends, and that is said. */
export function* wordsOf(c: LoadContext, value: string, flags: WordFlags = {}): Generator<string, void> {
  for (let at = 0; at < value.length; ) {
    const word = extractFirstWord(value, at, { unquote: true, ...flags })
    if (word === null) return
    if (word === 'EINVAL') return complain(c, 'load-syntax', { value })
    at = word.next
    yield word.word
  }
}

/** Says so where a text cannot be expanded. */
export function wasExpanded(
  c: LoadContext,
  value: string,
  expanded: Expanded,
  key: 'load-specifiers' | 'load-specifiers-bare' = 'load-specifiers',
): expanded is { readonly text: string } {
  if (!('error' in expanded)) return true
  complain(c, key, { value, error: ERRNO_TEXT[expanded.error] })
  return false
}

/** Mirrors path_simplify_and_warn() with PATH_CHECK_ABSOLUTE, src/shared/parse-helpers.c (v252). */
export function absolutePath(c: LoadContext, path: string, fatal = false): string | null {
  const args = { key: c.key, value: path }
  if (!path.startsWith('/')) {
    complain(c, fatal ? 'load-path-not-absolute-fatal' : 'load-path-not-absolute', args)
    return null
  }
  const simple = simplifyPath(path)
  if (simple.split('/').includes('..')) {
    complain(c, fatal ? 'load-path-not-normalized-fatal' : 'load-path-not-normalized', { ...args, value: simple })
    return null
  }
  return simple
}

/** Mirrors path_simplify(), src/basic/path-util.c: no double slashes, no `.`, none at the end. */
export function simplifyPath(path: string): string {
  if (!path.includes('//') && !path.includes('/.') && !path.startsWith('.') && !path.endsWith('/')) return path
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  return path.startsWith('/') ? `/${parts.join('/')}` : parts.join('/')
}

/** Known, of no effect on jobs: its value is not looked at. */
export const accepted: KeyParser = () => {}

/** Mirrors config_parse_warn_compat(). */
export const removed: KeyParser = (c) => complain(c, 'load-removed', { key: c.key })

const DEPRECATED: Readonly<Record<string, string>> = {
  CPUShares: 'CPUWeight=',
  StartupCPUShares: 'CPUWeight=',
  MemoryLimit: 'MemoryMax=',
  BlockIODeviceWeight: 'IO*= settings',
  BlockIOReadBandwidth: 'IO*= settings',
  BlockIOWriteBandwidth: 'IO*= settings',
}

/** A setting of the first version of control groups, for which another stands by; undefined for any other key. */
export function deprecated(key: string): KeyParser | undefined {
  const instead = DEPRECATED[key]
  return instead === undefined ? undefined : (c) => complain(c, 'load-deprecated', { key, instead })
}
