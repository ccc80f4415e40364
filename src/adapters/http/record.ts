/** `/record.sh?unit=X&seconds=600&debug`: the flight recorder for machines without Node. */

import type { Context } from 'hono'
import { isUnitName } from '../collect.ts'
import { MAX_WATCH_SECONDS, recordScript, WATCH_SECONDS } from '../record.ts'
import type { Bindings } from './limit.ts'
import type { Variables } from './log.ts'
import { Problem } from './problem.ts'

type In = Context<{ Bindings: Bindings; Variables: Variables }>

export async function recorded(c: In): Promise<Response> {
  const unit = c.req.query('unit')
  const seconds = Number(c.req.query('seconds') ?? WATCH_SECONDS)
  if (unit !== undefined && !isUnitName(unit)) throw new Problem('bad-request', 'That is no name of a unit.')
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_WATCH_SECONDS) {
    throw new Problem('bad-request', `seconds is a whole number from 1 to ${MAX_WATCH_SECONDS}.`)
  }
  const watch = unit === undefined ? undefined : { unit, seconds, debug: c.req.query('debug') !== undefined }
  return c.text(recordScript(await c.var.files.recorder(), watch), 200, { 'Cache-Control': 'public, max-age=300' })
}
