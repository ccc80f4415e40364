/** Command lines of Exec…= settings: config_parse_exec(), src/core/load-fragment.c (v239 to v262). */

import { extractFirstWord, skipBlanks } from './extract-word.ts'
import { complain, type Fatal, type LoadContext } from './load-fragment-draft.ts'
import { simplifyPath } from './load-fragment-values.ts'
import type { MessageKey } from './messages.ts'
import { ERRNO_TEXT, unitFullPrintf, unitPathPrintf } from './specifiers.ts'
import type { ExecCommand } from './unit-config.ts'
import { isSafeString } from './unit-file.ts'

interface Prefixes {
  readonly length: number
  readonly ignoreFailure: boolean
  readonly separateArgv0: boolean
  readonly viaShell: boolean
}

/** The commands of one assignment; 'ENOEXEC' where a word makes the unit unloadable. An empty one never gets here. */
function parseExec(c: LoadContext, value: string): readonly ExecCommand[] | 'ENOEXEC' {
  const commands: ExecCommand[] = []
  for (let at = 0; at < value.length; ) {
    const first = extractAndWarn(c, value, at)
    if (first === null || first === 'EINVAL') break
    if (first.word === ';') {
      at = first.next
      continue
    }
    const prefixes = readPrefixes(c, first.word)
    const { ignoreFailure } = prefixes
    const name = first.word.slice(prefixes.length)
    const path = prefixes.viaShell ? '/bin/sh' : checkPath(c, name, value.slice(at), ignoreFailure)
    if (path === null) return ignoreFailure ? commands : 'ENOEXEC'
    const argv = initialArguments(prefixes, name, path)
    const next = readArguments(c, value, first.next, argv, ignoreFailure)
    if (next === null) return ignoreFailure ? commands : 'ENOEXEC'
    if (argv.length === 0) {
      fail(c, 'load-exec-empty-name', ignoreFailure, value.slice(at))
      return ignoreFailure ? commands : 'ENOEXEC'
    }
    const text = value.slice(at, next.end).trim()
    commands.push({ path: simplifyPath(path), argv, ignoreFailure, text })
    at = next.at
    if (!next.semicolon) break
  }
  return commands
}

function initialArguments(prefixes: Prefixes, name: string, path: string): string[] {
  if (prefixes.viaShell) return [prefixes.separateArgv0 ? '-sh' : 'sh', ...(name === '' ? [] : [name])]
  return prefixes.separateArgv0 ? [] : [path]
}

const PREFIXES = '-@:|+!'
const NO_PREFIXES: Prefixes = { length: 0, ignoreFailure: false, separateArgv0: false, viaShell: false }

/** Each prefix counts once; `+`, `!` and `!!` exclude one another. */
function readPrefixes(c: LoadContext, word: string): Prefixes {
  if (!PREFIXES.includes(word.charAt(0))) return NO_PREFIXES
  const seen = new Set<string>()
  let length = 0
  for (; length < word.length; length++) {
    const char = word.charAt(length)
    const prefix = char === '!' && seen.has('!') ? '!!' : char
    if (!PREFIXES.includes(char) || seen.has(prefix)) break
    if (char === '|' && !c.features.execViaShell) break
    if (char === ':' && !c.features.execWithoutExpansion) break
    if (char === '+' && (seen.has('!') || seen.has('!!'))) break
    if (char === '!' && seen.has('+')) break
    if (prefix === '!!') complain(c, 'load-exec-ambient', { key: c.key })
    seen.add(prefix)
  }
  return {
    length,
    ignoreFailure: seen.has('-'),
    separateArgv0: seen.has('@'),
    viaShell: seen.has('|'),
  }
}

function checkPath(c: LoadContext, name: string, line: string, ignore: boolean): string | null {
  const expanded = unitPathPrintf(c.specifiers, name)
  if ('error' in expanded) {
    complain(c, ignore ? 'load-specifiers' : 'load-specifiers-fatal', {
      value: name,
      error: ERRNO_TEXT[expanded.error],
    })
    return null
  }
  const path = expanded.text
  if (path === '') return fail(c, 'load-exec-empty-path', ignore, line)
  if (!isSafeString(path)) return fail(c, 'load-exec-characters', ignore, path)
  if (path.endsWith('/') || (c.features.execPathImpliesDirectory && /(^|\/)\.\.?$/.test(path))) {
    return fail(c, 'load-exec-directory', ignore, path)
  }
  const fine = path.startsWith('/') ? path.length < 4096 : !path.includes('/') && path.length < 256
  return fine && path !== '.' && path !== '..' ? path : fail(c, 'load-exec-neither', ignore, path)
}

/** The same sentence with and without `, ignoring`; see messages/load.table.ts. */
function fail(c: LoadContext, key: MessageKey, ignore: boolean, value: string): null {
  complain(c, ignore ? (`${key}-ignored` as MessageKey) : key, { value })
  return null
}

interface End {
  /** Where the command ends, and where the next one may begin. */
  readonly end: number
  readonly at: number
  readonly semicolon: boolean
}

/** Fills in the arguments up to a free-standing semicolon or the end. Null where one cannot be read. */
function readArguments(c: LoadContext, value: string, from: number, argv: string[], ignore: boolean): End | null {
  let at = skipBlanks(value, from)
  while (at < value.length) {
    if (value.charAt(at) === ';' && isWordEnd(value, at + 1)) {
      return { end: at, at: skipBlanks(value, at + 1), semicolon: true }
    }
    if (value.charAt(at) === '\\' && value.charAt(at + 1) === ';' && isWordEnd(value, at + 2)) {
      argv.push(';')
      at = skipBlanks(value, at + 2)
      continue
    }
    const word = extractAndWarn(c, value, at)
    if (word === 'EINVAL') return null
    if (word === null) break
    const expanded = unitFullPrintf(c.specifiers, word.word)
    if ('error' in expanded) {
      const args = { value: word.word, error: ERRNO_TEXT[expanded.error] }
      complain(c, ignore ? 'load-exec-argument-ignored' : 'load-exec-argument', args)
      return null
    }
    argv.push(expanded.text)
    at = word.next
  }
  return { end: at, at, semicolon: false }
}

function isWordEnd(text: string, at: number): boolean {
  return at >= text.length || skipBlanks(text, at) > at
}

/** Mirrors extract_first_word_and_warn(), src/basic/extract-word.c: unknown escapes stay, open quotes are refused. */
function extractAndWarn(
  c: LoadContext,
  value: string,
  at: number,
): { readonly word: string; readonly next: number } | null | 'EINVAL' {
  const strict = extractFirstWord(value, at, { unquote: true, cUnescape: true })
  if (strict !== 'EINVAL') return strict
  const relaxed = extractFirstWord(value, at, { unquote: true, cUnescape: true, unescapeRelax: true })
  if (relaxed === 'EINVAL') complain(c, 'load-unbalanced-quoting', { value })
  else if (relaxed !== null) complain(c, 'load-unknown-escapes', { value: relaxed.word })
  return relaxed
}

export const NO_COMMANDS: readonly ExecCommand[] = []

/** What one assignment does to a list: empty resets, anything else adds. Unreadable ones are fatal without `-`. */
export function addCommands<S extends string>(
  c: LoadContext,
  value: string,
  lists: Record<S, readonly ExecCommand[]>,
  setting: S,
): Fatal {
  const parsed = value === '' ? NO_COMMANDS : parseExec(c, value)
  if (parsed === 'ENOEXEC') return 'ENOEXEC'
  lists[setting] = value === '' ? NO_COMMANDS : [...lists[setting], ...parsed]
  return undefined
}
