/** systemd-run describes the unit that it makes by the command that it runs: the manager's line shows who asked. */

import { callsIn } from '../command.ts'
import type { Desk, Draft } from '../desk.ts'
import type { TextLine } from '../page.ts'
import { noteCalls } from '../request.ts'

const COMMAND = /^(?:\S{1,256} - )?(?:\[systemd-run\] )?(\/\S{0,256}systemctl .*)$/

/** A oneshot's line of its end says no more than that of its beginning; a timer of that description asks for nothing. */
export function noteDescribedCall(desk: Desk, line: TextLine, draft: Draft): void {
  if (draft.kind !== 'job-line' || draft.type !== 'start' || !draft.description.includes('systemctl ')) return
  const runs = draft.phase === 'begin' || (draft.says?.key ?? '').startsWith('job-started')
  const command = COMMAND.exec(draft.description)?.[1]
  if (!runs || command === undefined || (draft.unit !== null && !draft.unit.endsWith('.service'))) return
  const offset = line.text.indexOf(command)
  noteCalls(desk, line, callsIn(command), {
    source: draft.source,
    certainty: draft.certainty,
    by: 'exec',
    tense: 'done',
    requester: `${draft.unit ?? 'systemd-run'} ExecStart`,
    offset: offset < 0 ? null : offset,
    ...(draft.at ? { at: draft.at } : {}),
  })
}
