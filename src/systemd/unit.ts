/** Unit types, states and names: src/basic/unit-def.h and src/basic/unit-name.c (v255). */

export const UNIT_TYPES = [
  'service',
  'mount',
  'swap',
  'socket',
  'target',
  'device',
  'automount',
  'timer',
  'path',
  'slice',
  'scope',
] as const
export type UnitType = (typeof UNIT_TYPES)[number]

/** What a unit's name ends with, as part of a pattern. */
export const UNIT_SUFFIX = `\\.(?:${UNIT_TYPES.join('|')})`

/** A unit's name within a text, likewise; the pattern says where it ends. */
export const UNIT_IN_TEXT = String.raw`[\w:.\\@-]{1,200}${UNIT_SUFFIX}`

export type LoadState = 'stub' | 'loaded' | 'not-found' | 'bad-setting' | 'error' | 'merged' | 'masked'

export type ActiveState =
  | 'active'
  | 'reloading'
  | 'inactive'
  | 'failed'
  | 'activating'
  | 'deactivating'
  | 'maintenance'
  | 'refreshing'

/** UNIT_IS_ACTIVE_OR_RELOADING(), src/basic/unit-def.h. */
export const isActiveOrReloading = (s: ActiveState): boolean =>
  s === 'active' || s === 'reloading' || s === 'refreshing'
/** UNIT_IS_ACTIVE_OR_ACTIVATING(). */
export const isActiveOrActivating = (s: ActiveState): boolean => isActiveOrReloading(s) || s === 'activating'
/** UNIT_IS_INACTIVE_OR_FAILED(). */
export const isInactiveOrFailed = (s: ActiveState): boolean => s === 'inactive' || s === 'failed'
/** UNIT_IS_INACTIVE_OR_DEACTIVATING(). */
export const isInactiveOrDeactivating = (s: ActiveState): boolean => isInactiveOrFailed(s) || s === 'deactivating'

const UNIT_NAME_MAX = 255
const PREFIX = /^[A-Za-z0-9:_.\\-]+$/
const INSTANCE = /^[A-Za-z0-9:_.\\@-]*$/

export interface UnitName {
  readonly full: string
  readonly prefix: string
  /** undefined for a plain name, '' for a template. */
  readonly instance: string | undefined
  readonly type: UnitType
}

/** The words of a text that may be units' names: what holds many names is gone through once, not for each of them. */
export const unitWords = (text: string): ReadonlySet<string> => new Set(text.match(/[\w.:@\\-]+/g) ?? [])

/** Mirrors unit_name_replace_instance(), src/basic/unit-name.c, for a template; what is none stays as it is. */
export const unitNameReplaceInstance = (template: string, instance: string): string =>
  template.replace('@.', `@${instance}.`)

/** Mirrors unit_name_is_valid() and its kin, src/basic/unit-name.c. Null if the text is no unit name. */
export function parseUnitName(text: string): UnitName | null {
  if (text.length > UNIT_NAME_MAX) return null
  const dot = text.lastIndexOf('.')
  if (dot <= 0) return null
  const type = text.slice(dot + 1) as UnitType
  if (!UNIT_TYPES.includes(type)) return null
  const stem = text.slice(0, dot)
  const at = stem.indexOf('@')
  const prefix = at < 0 ? stem : stem.slice(0, at)
  if (!PREFIX.test(prefix)) return null
  if (at < 0) return { full: text, prefix, instance: undefined, type }
  const instance = stem.slice(at + 1)
  return INSTANCE.test(instance) ? { full: text, prefix, instance, type } : null
}

/** The type in a unit's name; the name must be valid. */
export function unitTypeOf(name: string): UnitType {
  return name.slice(name.lastIndexOf('.') + 1) as UnitType
}

/** What a socket, timer, path or automount starts if it names nothing else: the service, or the mount, of its name. */
export const triggeredByDefault = (name: string): string =>
  name.replace(/\.automount$/, '.mount').replace(/\.(?:socket|timer|path)$/, '.service')

/** `a@b.service` → `a@.service`; undefined for a plain name or a template. */
export function templateOf(name: string): string | undefined {
  const parsed = parseUnitName(name)
  return parsed?.instance ? `${parsed.prefix}@.${parsed.type}` : undefined
}

/** Mirrors unit_name_mangle(): what systemctl makes of `nginx` or `/mnt/data`. */
export function mangleUnitName(text: string, suffix: UnitType = 'service'): string {
  if (parseUnitName(text)) return text
  if (/^\/(?:dev|sys)\//.test(text)) return `${escapePath(text)}.device`
  if (text.startsWith('/')) return `${escapePath(text)}.mount`
  const escaped = escapeMangle(text)
  return parseUnitName(escaped) ? escaped : `${escaped}.${suffix}`
}

/** What can be part of neither a name nor a pattern. */
const NO_GLOB = /[^A-Za-z0-9:_.\\@[\]!*?-]/gu

/** Mirrors do_escape_mangle(): what cannot be part of a name, but for a slash, which becomes a dash. */
export function escapeMangle(text: string, allowGlobs = false): string {
  return text.replace(allowGlobs ? NO_GLOB : /[^A-Za-z0-9:_.\\@-]/gu, (char) => (char === '/' ? '-' : escapeName(char)))
}

/** Mirrors unit_name_path_escape(). */
export function escapePath(path: string): string {
  const trimmed = path.split('/').filter((part) => part !== '' && part !== '.')
  return trimmed.length === 0 ? '-' : trimmed.map(escapeName).join('-')
}

/** Mirrors unit_name_escape() for one path component. */
export function escapeName(text: string): string {
  let out = ''
  for (const byte of new TextEncoder().encode(text)) {
    const char = String.fromCharCode(byte)
    const keep = /[A-Za-z0-9:_.]/.test(char) && !(out === '' && char === '.')
    out += keep ? char : `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return out
}

/** Mirrors unit_name_path_unescape(); the name without its suffix in, an absolute path out. */
export function unescapePath(stem: string): string {
  if (stem === '-') return '/'
  return `/${unescapeName(stem.replaceAll('-', '/'))}`
}

/** Mirrors unit_name_unescape(): each `\xNN` is a byte, several may be one letter. */
export function unescapeName(text: string): string {
  return text.replace(/(?:\\x[0-9a-fA-F]{2})+/g, (run) => {
    const bytes = run.split('\\x').slice(1)
    return new TextDecoder().decode(Uint8Array.from(bytes, (hex) => Number.parseInt(hex, 16)))
  })
}
