/** Facts as text, a line each, for reading and for comparing. What a fact says nothing of is left out. */

import type { Fact, Facts } from '../../src/evidence/fact.ts'

/** Where it stands and how it was found are checked by other means. */
const LEFT_OUT = new Set('id line start end quote kind source certainty args key says at'.split(' '))
/** Defaults that nearly every request has. */
const USUAL = new Set(['mode=replace', 'managerPid=1', 'tense=done'])

export function printFacts({ facts, mended, redacted }: Facts): string {
  const lines = facts.map((fact) => `${fact.line} ${fact.kind} ${fieldsOf(fact).join(' ')}`.trimEnd())
  const repairs = mended.map(({ kind, count, line }) => `mended ${kind} ${count} from line ${line}`)
  const masks = redacted.map(({ kind, count }) => `masked ${kind} ${count}`)
  return `${[...lines, ...repairs, ...masks].join('\n')}\n`
}

function fieldsOf(fact: Fact): string[] {
  const fields = Object.entries(fact).flatMap(([key, value]) => (LEFT_OUT.has(key) ? [] : fieldOf(key, value)))
  const at = fact.at ? [`at=${fact.at.text}`] : []
  const said = fact.says ? [`says=${fact.says.key}`] : []
  const sure = fact.certainty < 1 ? [`certainty=${fact.certainty.toFixed(2)}`] : []
  return [...said, ...fields.filter((field) => !USUAL.has(field)), ...at, ...sure]
}

function fieldOf(key: string, value: unknown): string[] {
  if (value === null || value === undefined || value === false) return []
  if (Array.isArray(value)) return value.length === 0 ? [] : [`${key}=[${value.map(short).join(' | ')}]`]
  return [`${key}=${short(value)}`]
}

function short(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1).slice(0, 160)
  if (value === null || typeof value !== 'object') return String(value)
  if ('section' in value && 'key' in value && 'value' in value) return `[${value.section}] ${value.key}=${value.value}`
  if ('text' in value && 'clock' in value) return String(value.text)
  return JSON.stringify(value)
}
