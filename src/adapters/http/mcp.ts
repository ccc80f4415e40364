/** MCP's Streamable HTTP without sessions and streams: a message posted, its response as JSON. */

import type { Context } from 'hono'
import { respondToText } from '../mcp.ts'

export async function mcp(c: Context): Promise<Response> {
  const response = respondToText(await c.req.text())
  c.header('Cache-Control', 'no-store')
  return response === null ? c.body(null, 202) : c.json(response)
}
