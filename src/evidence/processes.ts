/** What ps shows of clients of systemd that are waiting for a job: who asks at that very moment. */

import { callsIn } from './command.ts'
import { type Desk, type Parser, take } from './desk.ts'
import { noteCalls } from './request.ts'

const SOURCE = 'ps'
/** User, number, what comes between, the processor time, and a command that is no search for it. */
const ROW =
  /^\s{0,12}[\w+.-]{1,32}\s{1,12}(\d{1,8})\s.{1,120}?\s\d{1,4}:\d\d(?:[:.]\d\d)?\s{1,4}(?=(?:sudo )?(?:\/\S{1,60}\/)?(?:systemctl|service|invoke-rc\.d) )/

export const processes: Parser = {
  source: SOURCE,
  recognizes: (desk: Desk, at) =>
    /systemctl |service |invoke-rc/.test(desk.lines[at]!.text) && ROW.test(desk.lines[at]!.text),
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const [before = '', pid] = ROW.exec(line.text) ?? []
    const calls = callsIn(line.text.slice(before.length), true)
    const by = { by: 'other' as const, tense: 'done' as const, requester: `process ${pid}` }
    const noted = noteCalls(desk, line, calls, { source: SOURCE, certainty: 0.9, ...by, offset: before.length })
    return noted.length > 0 ? take(desk, SOURCE, at, at + 1) : at
  },
}
