/** The one unit that a paste can be about, where no line tells of a job that ended badly. */

import type { Fact } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { UNIT_IN_TEXT } from '../systemd/unit.ts'

/** The last request, if all are for its unit: what people tell of is about that. Scripts ask for more. */
export function onlyAsked(facts: readonly Fact[]): { readonly unit: string; readonly type: string } | null {
  // What is isolated to is not what the isolate befell.
  const asked = factsOf(facts, 'request').filter(({ unit, type, verb }) => unit && type && verb !== 'isolate')
  const last = asked.at(-1)
  if (!last || asked.some(({ unit, by }) => unit !== last.unit || (by === 'script' && asked.length > 1))) return null
  return { unit: last.unit!, type: last.type! }
}

/** The only one that is told of or shown; where there is none, that any sentence names. */
export function onlyNamed(facts: readonly Fact[]): string | null {
  const about = [...factsOf(facts, 'told'), ...factsOf(facts, 'unit-state')].flatMap(({ unit }) => unit ?? [])
  const named = factsOf(facts, 'prose').flatMap(({ text }) => text.match(NAMES) ?? [])
  // A target is where something leads to.
  const units = new Set((about.length > 0 ? about : named).filter((name) => !NO_SUBJECT.test(name)))
  const [unit] = units
  return unit === undefined || units.size > 1 ? null : unit
}

const NAMES = new RegExp(String.raw`(?<![\w:./=\\@-])${UNIT_IN_TEXT}\b(?![\w:/(@-])`, 'g')
const NO_SUBJECT = /^(?:[@.]|x-systemd\.)|\.target$/
