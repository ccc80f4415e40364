/** MCP's Streamable HTTP without sessions and streams: a message posted, its response as JSON. */

import type { Context } from 'hono'
import { respondToText } from '../mcp.ts'
import type { Bindings } from './limit.ts'
import type { Variables } from './log.ts'

type In = Context<{ Bindings: Bindings; Variables: Variables }>

export async function mcp(c: In): Promise<Response> {
  const response = await respondToText(await c.req.text(), c.var.files)
  c.header('Cache-Control', 'no-store')
  return response === null ? c.body(null, 202) : c.json(response)
}
