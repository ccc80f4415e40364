/** One value against one pattern of a rule, binding variables on the way. */

import { onceFor } from '../evidence/once-for.ts'
import { unescapePath } from '../systemd/unit.ts'
import type { Pattern } from './rule.ts'
import { isAmong } from './unit-sets.ts'

export type Value = string | number | boolean | null | undefined | readonly Value[]
export type Bindings = Readonly<Record<string, string>>
/** The bindings with what the pattern adds, or null if it does not fit. */
export type Fit = (value: Value, bound: Bindings) => Bindings | null

/**
 * `$x` compares with its binding, or binds; it never binds nothing. A list is any of. `{not}`, `{has}` (substring, any
 * case), `{starts}`, `{ends}`, `{as}` with `{in}`: what fits `in` is bound. `{among}` names a set of unit-sets.ts.
 * `{job: {unit, type}}` takes `foo.service/start` apart. Of a value that is a list, one item has to fit.
 */
export const fits = (pattern: Pattern, value: Value, bound: Bindings): Bindings | null => fitOf(pattern)(value, bound)

/** A pattern is taken apart once, and asked often. */
export const fitOf = (pattern: Pattern): Fit =>
  pattern === null || typeof pattern !== 'object' ? forItems(fitOfWord(pattern)) : fitOfParts(pattern)

const fitOfParts = onceFor((pattern: Extract<Pattern, object>) =>
  forItems(isList(pattern) ? fitOfList(pattern) : fitOfObject(pattern)),
)

const isList = (pattern: Pattern): pattern is readonly Pattern[] => Array.isArray(pattern)

/** Whether a variable has a part in it: then what fits depends on what is bound. */
export const isOpen = (pattern: unknown): boolean => /\$|\{[a-z]|"as":/.test(JSON.stringify(pattern))

/** Words, in small letters, of which a value that fits has one; null where the pattern tells none. */
export function wordsOf(pattern: Pattern): readonly string[] | null {
  if (pattern === null || typeof pattern !== 'object') return null
  if (!isList(pattern)) return typeof pattern.has === 'string' && !isOpen(pattern.has) ? [lowered(pattern.has)] : null
  const words = pattern.map(wordsOf)
  return words.includes(null) ? null : words.flatMap((some) => some ?? [])
}

function forItems(one: Fit): Fit {
  const each: Fit = (value, bound) => {
    if (!Array.isArray(value)) return one(value, bound)
    for (const item of value as readonly Value[]) {
      const found = each(item, bound)
      if (found) return found
    }
    return null
  }
  return each
}

function fitOfWord(pattern: string | number | boolean | null): Fit {
  if (pattern === null) return (value, bound) => (value === null || value === undefined ? bound : null)
  if (typeof pattern !== 'string') {
    return (value, bound) => (value === pattern || value === String(pattern) ? bound : null)
  }
  if (pattern.startsWith('$')) return fitOfVariable(pattern.slice(1))
  return (value, bound) => (value === pattern ? bound : null)
}

function fitOfVariable(name: string): Fit {
  return (value, bound) => {
    if (value === null || value === undefined) return null
    const text = String(value)
    const is = bound[name]
    if (is !== undefined) return is === text ? bound : null
    return { ...bound, [name]: text }
  }
}

function fitOfList(alternatives: readonly Pattern[]): Fit {
  const words = new Set(alternatives)
  // Most lists are of plain words.
  if (alternatives.every((word) => typeof word === 'string' && !isOpen(word))) {
    return (value, bound) => (words.has(value as string) ? bound : null)
  }
  const attempts = alternatives.map(fitOf)
  return (value, bound) => {
    for (const attempt of attempts) {
      const found = attempt(value, bound)
      if (found) return found
    }
    return null
  }
}

function fitOfObject(pattern: { readonly [word: string]: Pattern }): Fit {
  const parts = Object.entries(pattern).map(([word, argument]) => fitOfPart(word, argument))
  return (value, bound) => {
    let now: Bindings | null = bound
    for (const part of parts) {
      now = part(value, now)
      if (now === null) return null
    }
    return now
  }
}

function fitOfPart(word: string, argument: Pattern): Fit {
  switch (word) {
    case 'not': {
      const excluded = fitOf(argument)
      return (value, bound) => (excluded(value, bound) === null ? bound : null)
    }
    case 'in':
      return fitOf(argument)
    case 'as':
      return forItems(fitOfVariable(String(argument).replace(/^\$/, '')))
    case 'has':
      return fitOfText(argument, (text, needle) => lowered(text).includes(needle), lowered)
    case 'starts':
      return fitOfText(argument, (text, needle) => text.startsWith(needle))
    case 'ends':
      return fitOfText(argument, (text, needle) => text.endsWith(needle))
    case 'among':
      return fitOfText(argument, (text, set) => isAmong(set, text))
    case 'job':
      return fitOfJob(argument as { readonly [key: string]: Pattern })
    default:
      return () => null
  }
}

/** One text is asked for several words in a row. */
let lastText = ''
let lastLowered = ''

function lowered(text: string): string {
  if (text === lastText) return lastLowered
  lastText = text
  lastLowered = text.toLowerCase()
  return lastLowered
}

type Spelled = (text: string) => string

function fitOfText(
  argument: Pattern,
  holds: (text: string, needle: string) => boolean,
  spelled: Spelled = (text) => text,
): Fit {
  const template = typeof argument === 'string' ? argument : ''
  const word = spelled(template)
  const needleOf = isOpen(template) ? (bound: Bindings) => spelled(substitute(template, bound)) : () => word
  return (value, bound) => {
    if (value === null || value === undefined) return null
    return holds(String(value), needleOf(bound)) ? bound : null
  }
}

function fitOfJob(fields: { readonly [key: string]: Pattern }): Fit {
  const [unit, type] = [fitOf(fields.unit ?? {}), fitOf(fields.type ?? {})]
  return (value, bound) => {
    const text = String(value ?? '')
    const slash = text.lastIndexOf('/')
    const named = slash < 0 ? null : unit(text.slice(0, slash), bound)
    return named && type(text.slice(slash + 1), named)
  }
}

/** `{name}` and a lone `$name` become what they are bound to; unbound ones stay as they are. */
export const substitute = (template: string, bound: Bindings): string => filled(template, bound, () => true)

/**
 * The same for commands and files: what a rule can only describe (`a unit that requires it`) is left open there, and a
 * command of the paste's that has a mask in it.
 */
export const substituteNames = (template: string, bound: Bindings): string =>
  filled(template, bound, (value) => /^(?:\S*|systemd-run [^[]*)$/.test(value))

const PLACE = /\{([a-z][a-zA-Z0-9-]*)\}|\$([a-z][a-zA-Z0-9]*)/g

function filled(template: string, bound: Bindings, isMeant: (value: string) => boolean): string {
  if (!template.includes('{') && !template.includes('$')) return template
  let [out, done] = ['', 0]
  PLACE.lastIndex = 0
  for (let place = PLACE.exec(template); place; place = PLACE.exec(template)) {
    const value = boundValue(place[1] ?? place[2]!, bound)
    if (value === undefined || !isMeant(value)) continue
    out += template.slice(done, place.index) + value
    done = PLACE.lastIndex
  }
  return out + template.slice(done)
}

/**
 * `{unit-stem}`: without the suffix; `{mount-path}`: the path that it stands for. `{requester-last}`: the last word,
 * which is the setting.
 */
function boundValue(place: string, bound: Bindings): string | undefined {
  const dash = place.indexOf('-')
  const value = bound[dash < 0 ? place : place.slice(0, dash)]
  if (value === undefined || dash < 0) return value
  const method = place.slice(dash + 1)
  if (method === 'stem' || method === 'path') {
    const stem = value.slice(0, value.lastIndexOf('.'))
    return method === 'path' ? unescapePath(stem) : stem
  }
  return method === 'last' ? (value.split(' ').pop() ?? value) : value
}
