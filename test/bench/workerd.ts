/** The small story and answers in workerd: how long each takes, of several that one request asks for. */

import { join } from 'node:path'
import { createTestHarness } from 'wrangler'

interface Asked {
  /** Of the paste that is answered; 0: the small story is played. */
  readonly bytes: number
  readonly times: number
  readonly requests: number
}

const STORY: Asked = { bytes: 0, times: 20, requests: 60 }

export interface InWorkerd {
  readonly storyMs: number
  /** By the size of the paste. */
  readonly answerMs: readonly number[]
}

/** The medians, in milliseconds, of the requests' means; a request that asks for nothing is taken off. */
export async function inWorkerd(sizes: readonly number[]): Promise<InWorkerd> {
  const server = createTestHarness({ workers: [{ configPath: join(import.meta.dirname, 'worker.toml') }] })
  try {
    const { url } = await server.listen()
    const storyMs = await eachMs(url, STORY)
    const answerMs: number[] = []
    for (const bytes of sizes) answerMs.push(await eachMs(url, { bytes, times: bytes > 500_000 ? 1 : 5, requests: 20 }))
    return { storyMs, answerMs }
  } finally {
    await server.close()
  }
}

async function eachMs(url: URL, { bytes, times, requests }: Asked): Promise<number> {
  const ask = (count: number) => async () => {
    const answer = await fetch(new URL(`/?bytes=${bytes}&times=${count}`, url))
    if (!answer.ok) throw new Error(`workerd answers ${answer.status}`)
    await answer.text()
  }
  for (let i = 0; i < Math.ceil(requests * 0.7); i++) await ask(times)()
  const empty = await medianOf(ask(0), requests)
  return ((await medianOf(ask(times), requests)) - empty) / times
}

async function medianOf(work: () => Promise<void>, requests: number): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < requests; i++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)[Math.floor(requests / 2)] ?? 0
}
