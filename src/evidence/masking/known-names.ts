/** A name that is known from where it is certain, wherever else it stands as a word of its own. */

import { UNIT_SUFFIX } from '../../systemd/unit.ts'
import type { Noted } from '../desk.ts'
import { UNIT_END } from './secret-keys.ts'

export type NameKind = 'host' | 'user'

/** Not a word that anything else could be called. */
export const isDistinctive = (name: string): boolean => /^(?=.*[.\d])(?=.*[a-zA-Z])[\w.-]{6,}$/.test(name)

/**
 * Where the name that begins there ends; -1 if it is part of something else: of a longer word, or of a unit's name. A
 * user may come before an `@`, a host after one, with the rest of its domain; either may be a part of a path.
 */
export function endOfName(text: string, at: number, name: string, kind: NameKind, stems = NO_STEMS): number {
  const end = at + name.length
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(end)
  if ((isWordly(before) && !isEscaped(text, at)) || isWordly(after) || isJoint(before) || after === DASH) return -1
  if (before === AT ? kind === 'user' && isWordly(text.charCodeAt(at - 2)) : before === BACKSLASH && kind === 'host')
    return -1
  if (after === AT && (kind === 'host' || !ADDRESSEE.test(text.slice(end, end + 2)))) return -1
  if (after === BACKSLASH && text.startsWith('\\x', end)) return -1
  if (after !== DOT && before !== AT && after !== AT && before !== SLASH) return end
  const [token = '', last = 0] = tokenAround(text, at, end)
  if (UNIT_END.test(token) || (token.includes('@') && stems.has(token.slice(0, token.indexOf('@'))))) return -1
  if (after !== DOT || !isWordly(text.charCodeAt(end + 1)) || FILE_END.test(token)) return end
  return kind === 'host' && DOMAIN.test(text.slice(end, last)) ? last : -1
}

const NO_STEMS: ReadonlySet<string> = new Set()
const [DASH, DOT, SLASH, AT, BACKSLASH] = [45, 46, 47, 64, 92]
const isWordly = (code: number) =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code >= 0xc0
/** What ties a name to the word before it; a variable is none. */
const isJoint = (code: number) => code === DASH || code === DOT || code === 36

/** A line's end, as JSON has it; a blank or the like, as URLs have them. */
const isEscaped = (text: string, at: number) => /\\[nrt]$|%[2-7][\dA-F]$/.test(text.slice(Math.max(0, at - 3), at))
const ADDRESSEE = /^@[\w.[]?/
const FILE_END = new RegExp(
  String.raw`\.(?:conf|cnf|cfg|ini|log|err|pid|sock|lock|sh|py|pl|rb|js|ts|php|yml|yaml|json|xml|toml|txt|md|env|key|` +
    'pem|crt|csr|p12|gz|xz|zst|bz2|zip|tgz|tar|img|iso|qcow2|sql|db|sqlite|csv|html|bak|old|new|tmp|d)(?:$|[.:-])',
)
const DOMAIN = /^(?:\.\w[\w-]{0,62}){1,6}$/

/** The word around it, with all that a unit's name may have, and where it ends. */
function tokenAround(text: string, at: number, end: number): readonly [string, number] {
  const before = /[\w.@\\:-]*$/.exec(text.slice(Math.max(0, at - 80), at))![0]
  const after = /^[\w.@\\:-]*/.exec(text.slice(end, end + 120))![0].replace(/[.:-]+$/, '')
  return [before + text.slice(at, end) + after, end + after.length]
}

/**
 * The word of which the name there is a part, of which nobody else knows what it stands for; null where that is a path,
 * an option, a variable, a file, a program or a unit.
 */
export function wholeWord(text: string, at: number, name: string, stems: ReadonlySet<string>): [number, number] | null {
  const start = at - /[\w.-]*$/.exec(text.slice(Math.max(0, at - 80), at))![0].length
  const after = /^[\w.-]*/.exec(text.slice(at + name.length, at + name.length + 80))![0].replace(/[.-]+$/, '')
  const end = at + name.length + after.length
  const word = text.slice(start, end)
  const isJoined = /[^A-Za-z\d]/.test(text.charAt(at - 1) || ' ') && /^$|^[^A-Za-z]/.test(after)
  const [around = ''] = tokenAround(text, at, at + name.length)
  const isElse =
    !isJoined ||
    word.startsWith('-') ||
    REVERSED.test(word) ||
    NO_WORD.test(text.slice(Math.max(0, start - 3), start)) ||
    NO_WORD_BEFORE.test(text.slice(end, end + 12)) ||
    UNIT_END.test(around) ||
    FILE_END.test(word) ||
    stems.has(word)
  return isElse ? null : [start, end]
}
const NO_WORD = /[$@\\]$|(?<!:\/)\/$/
const NO_WORD_BEFORE = /^(?:[=(@\\]|\[\d{1,8}\])/
/** As buses and Java name things. */
const REVERSED = /^(?:com|org|net|io|de|fr)\./

/** What a program, its folder or its unit is called, too, may mean those. */
export function meansElse(text: string, at: number, name: string): boolean {
  const end = at + name.length
  if (isWordly(text.charCodeAt(at - 1)) || isWordly(text.charCodeAt(end))) return false
  const after = text.slice(end, end + 24)
  if (text.charCodeAt(at - 1) === SLASH && PROGRAMS.test(text.slice(Math.max(0, at - 12), at))) return true
  return !isJoint(text.charCodeAt(at - 1)) && (IDENTIFIER.test(after) || STEM.test(after))
}

/** Whether a log or a path has it in a program's place. */
export const isOfProgram = (paste: string, name: string): boolean =>
  [`${name}[`, `bin/${name}`, `etc/${name}`, `lib/${name}`, `opt/${name}`].some((sign) => paste.includes(sign))

const PROGRAMS = /(?:bin|etc|libexec|share|opt|lib|log|cache|run|system|conf\.d)\/$/
const IDENTIFIER = /^\[\d{1,8}\]/
const STEM = new RegExp(String.raw`^(?:@[\w\\:.-]{0,20})?${UNIT_SUFFIX}\b`)

/** What units that the paste names are called before their types, and templates before their `@`. */
export function stemsOf(noted: readonly Noted[]): ReadonlySet<string> {
  const units = new Set<string>()
  for (const { draft } of noted) if ('unit' in draft && typeof draft.unit === 'string') units.add(draft.unit)
  return new Set([...units].map((unit) => unit.replace(/(?:@.*)?\.\w+$/, '')))
}
