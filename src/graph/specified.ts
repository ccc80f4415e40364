/** Commands that name a unit by `%i` and its like: what they ask for is known once it is known whose they are. */

import { callsIn } from '../evidence/command.ts'
import type { Fact, Request, UnitText } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { SPECIFIED_UNITS } from '../limits.ts'
import { unitFullPrintf } from '../systemd/specifiers.ts'
import { parseUnitName, templateOf } from '../systemd/unit.ts'
import type { Units } from './units.ts'

export function specifiedCalls(facts: readonly Fact[], { files, nodes }: Units, version: number): Request[] {
  return factsOf(facts, 'unit-text').flatMap((text) => {
    const commands = text.assignments.filter(({ key, value }) => key.startsWith('Exec') && value.includes('%'))
    const of = commands.length === 0 ? undefined : files.find(({ fact }) => fact === text.id)?.unit
    if (of === undefined) return []
    const units = [...nodes.keys()].filter((name) => name === of || templateOf(name) === of)
    return units
      .slice(0, SPECIFIED_UNITS)
      .flatMap((unit) => commands.flatMap(({ key, value }) => requestsOf(text, unit, `${unit} ${key}`, value, version)))
  })
}

function requestsOf(text: UnitText, unit: string, requester: string, value: string, version: number): Request[] {
  const name = parseUnitName(unit)
  if (!name || name.instance === '') return []
  const expanded = unitFullPrintf({ name, manager: 'system', fragmentPath: undefined, version }, value)
  const words = 'text' in expanded ? expanded.text : ''
  return callsIn(words).flatMap((call) =>
    (call.type === null ? [] : call.units).map((asked) => {
      const asks = { kind: 'request', by: 'exec', tense: 'written', requester, unit: asked } as const
      return {
        ...text,
        ...call,
        ...asks,
        id: `${text.id} ${requester} ${asked}`,
        command: words.slice(call.from, call.to),
      }
    }),
  )
}
