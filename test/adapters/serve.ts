/** The edge and the page's scripts on a port of this process, as the Worker serves them. workerd has its own test. */

import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { edge } from '../../src/adapters/http.ts'
import { database } from './database.ts'

export interface Served {
  readonly url: URL
  close(): void
}

/** Files of the folder come first, with the headers that its `_headers` gives to all of them. */
export async function serve(folder: string): Promise<Served> {
  const app = edge({ log: () => {} })
  const env = { DB: database() }
  const given = [...readFileSync(join(folder, '_headers'), 'utf8').matchAll(/^ {2}([\w-]+): (.*)$/gm)]
  const headers = Object.fromEntries(given.map(([, name = '', value = '']) => [name, value]))
  const server = createServer(async (incoming, outgoing) => {
    const path = (incoming.url ?? '/').split('?')[0] ?? ''
    const file = join(folder, path.slice(1))
    if (/^\/\w+\.js$/.test(path) && existsSync(file)) {
      outgoing.writeHead(200, { ...headers, 'Content-Type': 'text/javascript; charset=utf-8' }).end(readFileSync(file))
      return
    }
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const sent = Object.entries(incoming.headers).filter(([, value]) => typeof value === 'string')
    const body = incoming.method === 'POST' ? Buffer.concat(chunks) : undefined
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
      method: incoming.method,
      headers: Object.fromEntries(sent) as Record<string, string>,
      body,
    })
    const response = await app.fetch(request, env)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.bytes())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: new URL(`http://127.0.0.1:${address.port}`), close }
}
