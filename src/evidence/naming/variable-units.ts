/**
 * Calls in scripts that name a unit by a variable: the one unit of the paste whose name fits around it is meant. A loop
 * goes over several, and the one that somebody complains of is among them.
 */

import { VARIABLE_CALLS } from '../../limits.ts'
import type { Desk } from '../desk.ts'
import type { JobWord } from '../fact.ts'
import { noteAsk } from '../request.ts'
import { scriptAbove } from '../script.ts'

const CALL = new RegExp(
  String.raw`\bsystemctl (?:-\S{1,40} )*(start|stop|restart|reload|try-restart) +["']?([\w@.-]{1,100})` +
    String.raw`\$(?:\{\w{1,40}\}|\w{1,40})([\w@.-]{0,100})`,
)
const LINES = new Set(['prose', 'script'])

export function noteVariableUnits(desk: Desk): void {
  let names: readonly string[] | undefined
  let calls = 0
  desk.lines.forEach((line, i) => {
    const mayCall = calls < VARIABLE_CALLS && LINES.has(desk.takenFor[i] ?? '') && line.text.includes('$')
    const match = mayCall ? CALL.exec(line.text) : null
    if (!match) return
    calls++
    names ??= namesOf(desk)
    const [, verb = '', before = '', rest = ''] = match
    const after = /\.[a-z]+$/.test(rest) ? rest : `${rest}.service`
    const fitting = names.filter((name) => name.startsWith(before) && name.endsWith(after))
    const meant = fitting.length > 1 ? complainedOf(desk).find((name) => fitting.includes(name)) : fitting[0]
    if (meant === undefined) return
    const about = { source: 'script', certainty: 0.6, by: 'script' as const, tense: 'written' as const, offset: 0 }
    noteAsk(desk, line, meant, verb as JobWord, { ...about, requester: scriptAbove(desk, i) })
    desk.takenFor[i] = 'script'
  })
}

function namesOf(desk: Desk): string[] {
  const names = new Set<string>()
  for (const { draft } of desk.noted) {
    if ('unit' in draft && typeof draft.unit === 'string' && draft.kind !== 'told') names.add(draft.unit)
  }
  return [...names]
}

const complainedOf = ({ noted }: Desk): string[] =>
  noted.flatMap(({ draft }) => (draft.kind === 'job-finished' && draft.unit !== null ? draft.unit : []))
