/** Commands that name a unit by `%i` and its like: what they ask for is known once it is known whose they are. */

import { callsIn } from '../evidence/command.ts'
import type { Fact, Request, UnitText } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { SPECIFIED_UNITS } from '../limits.ts'
import { unitFullPrintf } from '../systemd/specifiers.ts'
import { parseUnitName, templateOf } from '../systemd/unit.ts'
import type { Units } from './units.ts'

/** The requests that the units of a paste make so, one for each unit that has the command; quoted is the file. */
export function specifiedCalls(
  facts: readonly Fact[],
  { files, nodes }: Units,
  version: number,
  manager: 'system' | 'user',
): Request[] {
  return factsOf(facts, 'unit-text').flatMap((text) => {
    const commands = text.assignments.filter(({ key, value }) => key.startsWith('Exec') && value.includes('%'))
    const of = commands.length === 0 ? undefined : files.find(({ fact }) => fact === text.id)?.unit
    if (of === undefined) return []
    const units = [...nodes.keys()].filter((name) => name === of || templateOf(name) === of)
    return units.slice(0, SPECIFIED_UNITS).flatMap((unit) => {
      const name = parseUnitName(unit)
      if (!name || name.instance === '') return []
      return commands.flatMap(({ key, value }) => {
        const expanded = unitFullPrintf({ name, manager, fragmentPath: undefined, version }, value)
        return 'text' in expanded ? requestsIn(expanded.text, text, `${unit} ${key}`) : []
      })
    })
  })
}

function requestsIn(command: string, text: UnitText, requester: string): Request[] {
  const { source, certainty, line, start, end, quote } = text
  const place = { source, certainty, line, start, end, quote }
  return callsIn(command).flatMap(({ verb, type, mode, noBlock, userManager, units, from, to }) =>
    (type === null ? [] : units).map(
      (unit): Request => ({
        kind: 'request',
        ...place,
        ...{ verb, type, mode, noBlock, userManager },
        id: `${text.id} ${requester} ${unit}`.replaceAll(' ', '/'),
        unit,
        by: 'exec',
        tense: 'written',
        requester,
        command: command.slice(from, to),
      }),
    ),
  )
}
