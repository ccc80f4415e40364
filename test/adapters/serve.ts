/** The edge and the page's scripts on a port of this process, as the Worker serves them. workerd has its own test. */

import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { edge } from '../../src/adapters/http.ts'
import { OWN } from '../../src/adapters/own-files.ts'
import { database } from './database.ts'

export interface Served {
  readonly url: URL
  close(): void
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** Files of the folder come first, with the headers that its `_headers` gives them. */
export async function serve(folder: string): Promise<Served> {
  const app = edge({ files: () => OWN, log: () => {} })
  const env = { DB: database() }
  const headers = headersIn(readFileSync(join(folder, '_headers'), 'utf8'))
  const server = createServer(async (incoming, outgoing) => {
    const path = (incoming.url ?? '/').split('?')[0] ?? ''
    const file = join(folder, path.slice(1))
    const type = TYPES[/^\/\w+\.(\w+)$/.exec(path)?.[1] ?? '']
    if (type !== undefined && existsSync(file)) {
      outgoing
        .writeHead(200, { ...headers.get('/*'), ...headers.get(path), 'Content-Type': type })
        .end(readFileSync(file))
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

/** By the path that they stand below. */
function headersIn(text: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const blocks = text.split(/^(?=\/)/m).map((block) => {
    const given = [...block.matchAll(/^ {2}([\w-]+): (.*)$/gm)]
    return [
      block.split('\n')[0] ?? '',
      Object.fromEntries(given.map(([, name = '', value = '']) => [name, value])),
    ] as const
  })
  return new Map(blocks)
}
