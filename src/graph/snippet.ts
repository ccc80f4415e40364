/** Which unit a pasted piece of a unit file belongs to, when nothing says so. A guess, and reported as one. */

import type { UnitText } from '../evidence/fact.ts'
import { grouped } from '../evidence/grouped.ts'
import { SNIPPET_NAMES } from '../limits.ts'
import { baseName } from '../systemd/path-util.ts'
import { unitTypeOf } from '../systemd/unit.ts'

/** What stands for the name that nothing in a paste gives. */
export const NAMELESS = 'pasted'

const SECTION_TYPES: Readonly<Record<string, string>> = {
  Service: 'service',
  Socket: 'socket',
  Timer: 'timer',
  Path: 'path',
  Mount: 'mount',
  Automount: 'automount',
  Swap: 'swap',
  Slice: 'slice',
  Scope: 'scope',
}

/** Names of units by their type. */
export type NamesByType = ReadonlyMap<string, readonly string[]>

export const byType = (names: Iterable<string>): NamesByType => grouped(names, unitTypeOf)

/** The name for a snippet: that of its program, else the one unit named in the paste that has no text yet. */
export function nameOfSnippet(text: UnitText, names: NamesByType, whole: ReadonlySet<string>): string {
  const type = text.unitType ?? typeBySections(text)
  const program = programOf(text)
  const candidates = (names.get(type) ?? []).slice(0, SNIPPET_NAMES).filter((name) => !whole.has(name))
  if (program !== undefined) {
    const byProgram = candidates.find((name) => name.startsWith(program))
    if (byProgram !== undefined) return byProgram
  }
  // What a snippet refers to is not the unit it belongs to.
  const referred = new Set(text.assignments.flatMap((assignment) => assignment.value.split(/\s+/)))
  const others = candidates.filter((name) => !referred.has(name))
  return others[0] ?? `${program ?? NAMELESS}.${type}`
}

/** Programs that say nothing of the unit that runs them. */
const ANYBODYS = new Set('true false sh bash dash env sleep echo systemctl kill rm cp'.split(' '))

function typeBySections(text: UnitText): string {
  for (const { section } of text.assignments) {
    const type = SECTION_TYPES[section]
    if (type !== undefined) return type
  }
  return 'service'
}

function programOf(text: UnitText): string | undefined {
  const { assignments } = text
  const exec =
    assignments.find(({ key }) => key === 'ExecStart') ?? assignments.find(({ key }) => key.startsWith('Exec'))
  const word = exec?.value.replace(/^[-@:+!|]+/, '').split(/\s/)[0]
  const base = baseName(word ?? '')
  return /^[A-Za-z0-9_.-]+$/.test(base) && !ANYBODYS.has(base) ? base : undefined
}
