/** One value against one pattern of a rule, binding variables on the way. */

import type { Pattern } from './rule.ts'
import { isAmong } from './unit-sets.ts'

export type Value = string | number | boolean | null | undefined | readonly Value[]
export type Bindings = Readonly<Record<string, string>>

/**
 * The bindings with what the pattern adds, or null if it does not fit.
 * `$x` compares with its binding, or binds; it never binds nothing. A list is any of. `{not}`, `{has}` (substring, any
 * case), `{starts}`, `{ends}`, `{as}` with `{in}`: what fits `in` is bound. `{among}` names a set of unit-sets.ts.
 * `{job: {unit, type}}` takes `foo.service/start` apart.
 */
export function fits(pattern: Pattern, value: Value, bound: Bindings): Bindings | null {
  if (typeof pattern === 'string' && pattern.startsWith('$')) return fitsVariable(pattern.slice(1), value, bound)
  if (Array.isArray(value)) return firstFit(value.map((item) => () => fits(pattern, item as Value, bound)))
  if (Array.isArray(pattern)) {
    return firstFit(pattern.map((alternative) => () => fits(alternative as Pattern, value, bound)))
  }
  if (pattern !== null && typeof pattern === 'object') {
    return fitsObject(pattern as { readonly [key: string]: Pattern }, value, bound)
  }
  if (pattern === null) return value === null || value === undefined ? bound : null
  return pattern === value || (typeof pattern !== 'string' && String(pattern) === value) ? bound : null
}

function firstFit(attempts: readonly (() => Bindings | null)[]): Bindings | null {
  for (const attempt of attempts) {
    const found = attempt()
    if (found) return found
  }
  return null
}

function fitsVariable(name: string, value: Value, bound: Bindings): Bindings | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return firstFit(value.map((item) => () => fitsVariable(name, item as Value, bound)))
  const text = String(value)
  const known = bound[name]
  if (known !== undefined) return known === text ? bound : null
  return { ...bound, [name]: text }
}

function fitsObject(pattern: { readonly [key: string]: Pattern }, value: Value, bound: Bindings): Bindings | null {
  let now: Bindings | null = bound
  for (const [word, argument] of Object.entries(pattern)) {
    if (now === null) return null
    now = fitsWord(word, argument, value, now)
  }
  return now
}

function fitsWord(word: string, argument: Pattern, value: Value, bound: Bindings): Bindings | null {
  const text = typeof value === 'string' ? value : value === null || value === undefined ? null : String(value)
  const needle = typeof argument === 'string' ? substitute(argument, bound) : ''
  switch (word) {
    case 'not':
      return fits(argument, value, bound) === null ? bound : null
    case 'in':
      return fits(argument, value, bound)
    case 'as':
      return fitsVariable(String(argument).replace(/^\$/, ''), value, bound)
    case 'has':
      return text?.toLowerCase().includes(needle.toLowerCase()) ? bound : null
    case 'starts':
      return text?.startsWith(needle) ? bound : null
    case 'ends':
      return text?.endsWith(needle) ? bound : null
    case 'among':
      return text !== null && isAmong(needle, text) ? bound : null
    case 'job':
      return fitsJob(argument as { readonly [key: string]: Pattern }, text ?? '', bound)
    default:
      return null
  }
}

function fitsJob(fields: { readonly [key: string]: Pattern }, text: string, bound: Bindings): Bindings | null {
  const slash = text.lastIndexOf('/')
  if (slash < 0) return null
  const named = fits(fields.unit ?? {}, text.slice(0, slash), bound)
  return named && fits(fields.type ?? {}, text.slice(slash + 1), named)
}

/** `{name}` and a lone `$name` become what they are bound to; unbound ones stay as they are. */
export function substitute(template: string, bound: Bindings): string {
  return template.replace(PLACE, (all, braces: string, dollar: string) => boundValue(braces ?? dollar, bound) ?? all)
}

/** The same for commands and files: what a rule can only describe (`a unit that requires it`) is left open there. */
export function substituteNames(template: string, bound: Bindings): string {
  return template.replace(PLACE, (all, braces: string, dollar: string) => {
    const value = boundValue(braces ?? dollar, bound)
    return value === undefined || value.includes(' ') ? all : value
  })
}

const PLACE = /\{([a-z][a-zA-Z0-9-]*)\}|\$([a-z][a-zA-Z0-9]*)/g

/** `{unit-stem}`: without the suffix. `{requester-last}`: the last word, which is the setting. */
function boundValue(place: string, bound: Bindings): string | undefined {
  const [name = '', method] = place.split('-')
  const value = bound[name]
  if (value === undefined) return undefined
  if (method === 'stem') return value.slice(0, value.lastIndexOf('.'))
  return method === 'last' ? (value.split(' ').pop() ?? value) : value
}
