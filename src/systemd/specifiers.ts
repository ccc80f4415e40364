/** `%i` and its like: specifier_printf() of src/shared/specifier.c and the two tables of src/core/unit-printf.c. */

import { featuresOf } from './features.ts'
import { type UnitName, unescapeName } from './unit.ts'

/** What specifiers may refer to. */
export interface SpecifierContext {
  readonly name: UnitName
  readonly manager: 'system' | 'user'
  readonly fragmentPath: string | undefined
  readonly version: number
}

/** errno of a text that cannot be expanded. */
export type SpecifierError = 'EBADSLT' | 'ENAMETOOLONG'
export type Expanded = { readonly text: string } | { readonly error: SpecifierError }

/** What printf says for `%m`. */
export const ERRNO_TEXT: Readonly<
  Record<SpecifierError | 'EDEADLK' | 'EINVAL' | 'ENOENT' | 'ERANGE' | 'ERFKILL', string>
> = {
  EBADSLT: 'Invalid slot',
  ENAMETOOLONG: 'File name too long',
  EDEADLK: 'Resource deadlock avoided',
  EINVAL: 'Invalid argument',
  ENOENT: 'No such file or directory',
  ERANGE: 'Numerical result out of range',
  ERFKILL: 'Operation not possible due to RF-kill',
}

/** UNIT_NAME_MAX and PATH_MAX, the latter less the final NUL. */
const UNIT_NAME_MAX = 255
const PATH_MAX = 4095

/** Longest text of one argument that systemd expands: the kernel's limit for a command line. */
const TEXT_MAX = 2 * 1024 * 1024

type Lookup = (s: SpecifierContext) => string

/** `a-b@c.service` → `a-b@c`. */
export function nameWithoutType(name: UnitName): string {
  return name.full.slice(0, name.full.length - name.type.length - 1)
}

const lastComponent = (s: SpecifierContext): string => s.name.prefix.slice(s.name.prefix.lastIndexOf('-') + 1)

/** Mirrors unit_name_unescape(): dashes were slashes. */
const unescaped = (text: string): string => unescapeName(text.replaceAll('-', '/'))

/** Mirrors specifier_filename(): an instance names a file, else the prefix does, as a path. */
function fileName(s: SpecifierContext): string {
  if (s.name.instance) return asPath(s.name.instance)
  return asPath(nameWithoutType(s.name))
}

function asPath(escaped: string): string {
  const path = unescaped(escaped)
  return path.startsWith('/') ? path : `/${path}`
}

/** Where XDG points to without a configuration; nobody's home is known here. */
const HOME = '/root'

/** Directories of a manager, by the letter of their specifier: manager_setup_prefix(), src/core/manager.c. */
export function directoryOf(
  s: Pick<SpecifierContext, 'manager' | 'version'>,
  letter: 'C' | 'E' | 'L' | 'S' | 't',
): string {
  if (s.manager === 'system') return { C: '/var/cache', E: '/etc', L: '/var/log', S: '/var/lib', t: '/run' }[letter]
  const state = featuresOf(s.version).userStateDirectory ? `${HOME}/.local/state` : `${HOME}/.config`
  return { C: `${HOME}/.cache`, E: `${HOME}/.config`, L: `${state}/log`, S: state, t: '/run/user/0' }[letter]
}

const byManager =
  (system: string, user: string): Lookup =>
  (s) =>
    s.manager === 'system' ? system : user

const NAME_TABLE: Readonly<Record<string, Lookup>> = {
  i: (s) => s.name.instance ?? '',
  j: lastComponent,
  n: (s) => s.name.full,
  N: (s) => nameWithoutType(s.name),
  p: (s) => s.name.prefix,
}

const FULL_TABLE: Readonly<Record<string, Lookup>> = {
  ...NAME_TABLE,
  I: (s) => unescaped(s.name.instance ?? ''),
  J: (s) => unescaped(lastComponent(s)),
  P: (s) => unescaped(s.name.prefix),
  f: fileName,
  C: (s) => directoryOf(s, 'C'),
  E: (s) => directoryOf(s, 'E'),
  L: (s) => directoryOf(s, 'L'),
  S: (s) => directoryOf(s, 'S'),
  t: (s) => directoryOf(s, 't'),
  h: () => HOME,
  s: () => '/bin/sh',
  T: () => '/tmp',
  V: () => '/var/tmp',
  y: (s) => s.fragmentPath ?? '',
  Y: (s) => (s.fragmentPath ?? '').replace(/\/[^/]*$/, ''),
  D: byManager('/usr/share', `${HOME}/.local/share`),
  d: (s) => `${directoryOf(s, 't')}/credentials/${s.name.full}`,
  c: (s) => `/system.slice/${s.name.full}`,
  r: () => '/',
  R: () => '/',
}

/** What the machine answers. The answers are made up, but always the same. */
const MACHINE_TABLE: Readonly<Record<string, Lookup>> = {
  a: () => 'x86-64',
  A: () => '',
  b: () => '00000000000000000000000000000001',
  B: () => '',
  g: () => 'root',
  G: () => '0',
  H: () => 'localhost',
  l: () => 'localhost',
  m: () => '00000000000000000000000000000002',
  M: () => '',
  o: () => 'debian',
  q: () => 'localhost',
  u: () => 'root',
  U: () => '0',
  v: () => '6.1.0',
  w: () => '12',
  W: () => '',
}

/** Mirrors unit_name_printf(): for texts that name units. */
export function unitNamePrintf(s: SpecifierContext, format: string): Expanded {
  return format.includes('%') ? specifierPrintf(s, format, UNIT_NAME_MAX, NAME_TABLE) : short(format, UNIT_NAME_MAX)
}

/** Mirrors unit_full_printf(). */
export function unitFullPrintf(s: SpecifierContext, format: string): Expanded {
  return format.includes('%') ? specifierPrintf(s, format, TEXT_MAX, FULL_TABLE) : short(format, TEXT_MAX)
}

/** Mirrors unit_path_printf(). */
export function unitPathPrintf(s: SpecifierContext, format: string): Expanded {
  return format.includes('%') ? specifierPrintf(s, format, PATH_MAX, FULL_TABLE) : short(format, PATH_MAX)
}

function short(text: string, maxLength: number): Expanded {
  return text.length > maxLength ? { error: 'ENAMETOOLONG' } : { text }
}

/** Mirrors specifier_printf(), src/shared/specifier.c (v252). Differs: what only a machine knows is made up. */
function specifierPrintf(
  s: SpecifierContext,
  format: string,
  maxLength: number,
  table: Readonly<Record<string, Lookup>>,
): Expanded {
  const features = featuresOf(s.version)
  const parts: string[] = []
  let length = 0
  let at = 0
  while (at < format.length) {
    const percent = format.indexOf('%', at)
    const end = percent < 0 ? format.length : percent
    let part = format.slice(at, end)
    at = end
    if (percent >= 0) {
      const letter = format.charAt(percent + 1)
      at = percent + 1 + letter.length
      const lookup = isNewer(letter, features) ? undefined : (table[letter] ?? MACHINE_TABLE[letter])
      if (lookup !== undefined) part += lookup(s)
      else if (letter === '%' || letter === '') part += '%'
      else if (/[A-Za-z0-9]/.test(letter)) return { error: 'EBADSLT' }
      else part += `%${letter}`
    }
    length += part.length
    if (length > maxLength) return { error: 'ENAMETOOLONG' }
    parts.push(part)
  }
  return { text: parts.join('') }
}

function isNewer(letter: string, features: ReturnType<typeof featuresOf>): boolean {
  if (letter === 'D') return !features.specifierSharedData
  if (letter === 'y' || letter === 'Y' || letter === 'd' || letter === 'q') return !features.specifierFragmentPath
  return false
}
