/** What NixOS's switch-to-configuration says of the units that it stops, starts and leaves alone. */

import { COMMAND_UNITS } from '../limits.ts'
import { unitOf } from './command.ts'
import { type Desk, note, type Parser, take } from './desk.ts'
import type { JobWord } from './fact.ts'
import { indentOf, type TextLine } from './page.ts'
import { noteAsk } from './request.ts'
import { unitState } from './unit-state.ts'

const SOURCE = 'nixos'
/** A deployment of several machines puts the name of the machine before each line. */
const MACHINE = String.raw`^\s*(?:[\w-]{1,60}\.{0,40}> ?)?`
const ASKS = new RegExp(`${MACHINE}(would )?(stop|start|restart|reload)(?:p?ing)? the following units: (.+)$`)
const FAILED = new RegExp(`${MACHINE}warning: the following units failed: (.+)$`)
const NOT = 'NOT (?:re)?(?:start|stop|load)(?:p?ing)? the following'
const LEFT = new RegExp(`${MACHINE}(?:would )?(?:${NOT}|the following new units were started:)`)

export const nixos: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => / the following (?:changed |new )?units\b/.test(desk.lines[at]!.text),
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const asks = ASKS.exec(line.text)
    const failed = FAILED.exec(line.text)
    if (asks) noteAsked(desk, at, asks)
    else if (failed) noteFailed(desk, line, failed[1]!)
    else if (!LEFT.test(line.text)) return at
    return take(desk, SOURCE, at, at + 1)
  },
}

const unitsIn = (list: string) => {
  const words = list.split(', ').slice(0, COMMAND_UNITS)
  return words.flatMap((word) => unitOf(word) ?? [])
}

function noteAsked(desk: Desk, at: number, [, would, verb = '', list = '']: RegExpExecArray): void {
  const tense = would ? ('written' as const) : ('done' as const)
  const about = { source: SOURCE, certainty: 1, by: 'script' as const, tense, requester: 'nixos-rebuild', offset: 0 }
  const noted = unitsIn(list).map((unit) => noteAsk(desk, desk.lines[at]!, unit, verb as JobWord, about))
  desk.typed = { calls: [], noted, text: list, at, by: 'tool' }
}

function noteFailed(desk: Desk, line: TextLine, list: string): void {
  for (const unit of unitsIn(list)) note(desk, unitState(SOURCE, unit, { active: 'failed' }), line, indentOf(line.text))
}
