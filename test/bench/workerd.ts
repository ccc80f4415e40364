/** The small story in workerd: how long each play takes, of many that one request asks for. */

import { join } from 'node:path'
import { createTestHarness } from 'wrangler'

const PLAYS = 20
const REQUESTS = 60
const WARM_UP = 40

/** The median, in milliseconds, of the requests' means; a request without any play is taken off. */
export async function storyInWorkerd(): Promise<number> {
  const server = createTestHarness({ workers: [{ configPath: join(import.meta.dirname, 'worker.toml') }] })
  try {
    const { url } = await server.listen()
    const ask = (times: number) => async () => {
      const answer = await fetch(new URL(`/?times=${times}`, url))
      if (!answer.ok) throw new Error(`workerd answers ${answer.status}`)
      await answer.text()
    }
    for (let i = 0; i < WARM_UP; i++) await ask(PLAYS)()
    const empty = await medianOf(ask(0))
    return ((await medianOf(ask(PLAYS))) - empty) / PLAYS
  } finally {
    await server.close()
  }
}

async function medianOf(work: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < REQUESTS; i++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)[Math.floor(REQUESTS / 2)] ?? 0
}
