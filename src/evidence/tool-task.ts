/** Steps of configuration tools and pipelines, as facts. */

import { type Desk, type Noted, note } from './desk.ts'
import type { ToolTask } from './fact.ts'
import { indentOf } from './page.ts'

/** `at` is the index of the line; what `some` leaves out is not known. */
export function noteTask(desk: Desk, at: number, source: string, some: Partial<ToolTask>): Noted {
  const line = desk.lines[at]!
  const none = {
    tool: 'other' as const,
    name: null,
    handler: false,
    host: null,
    outcome: null,
    params: {},
    message: null,
  }
  return note(desk, { kind: 'tool-task', source, certainty: 1, ...none, ...some }, line, indentOf(line.text))
}
