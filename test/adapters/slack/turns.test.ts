// Who goes first where one thing is done at a time.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { arrived, calm, inTurn } from '../../../src/adapters/slack/turns.ts'

/** Each at another hour: what is remembered is only times. */
let now = Date.now()
beforeEach(() => {
  now += 3_600_000
  vi.useFakeTimers({ now })
})
afterEach(() => void vi.useRealTimers())

test('what has to be acknowledged goes before a diagnosis', async () => {
  const order: string[] = []
  const through = [arrived(), arrived()]
  const work = inTurn(() => order.push('diagnosed'))
  for (const [i, one] of through.entries()) {
    await vi.advanceTimersByTimeAsync(1000)
    order.push(`acknowledged ${i}`)
    one()
  }
  await vi.advanceTimersByTimeAsync(1000)
  await work
  expect(order).toEqual(['acknowledged 0', 'acknowledged 1', 'diagnosed'])
})

test('one diagnosis at a time, and all of them', async () => {
  let running = 0
  const all = Array.from({ length: 20 }, (_, i) =>
    inTurn(() => {
      expect(++running).toBe(1)
      running--
      return i
    }),
  )
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await Promise.all(all)).toEqual(Array.from({ length: 20 }, (_, i) => i))
})

test('a request that is gone without a word is not waited for', async () => {
  arrived()
  const done = vi.fn()
  void calm().then(done)
  await vi.advanceTimersByTimeAsync(5000)
  expect(done).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(6000)
  expect(done).toHaveBeenCalled()
})

test('a diagnosis that fails lets the next one go on', async () => {
  const failing = inTurn(() => {
    throw new Error('broken')
  })
  const caught = failing.catch((error: Error) => error.message)
  await vi.advanceTimersByTimeAsync(100)
  expect(await caught).toBe('broken')
  const next = inTurn(() => 'diagnosed')
  await vi.advanceTimersByTimeAsync(100)
  expect(await next).toBe('diagnosed')
})

/** One that comes and is acknowledged at once, every so often. */
async function come(count: number, everyMs: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    arrived()()
    await vi.advanceTimersByTimeAsync(everyMs)
  }
}

test('in a rush it is waited for whoever else may come, but not in one that never ends', async () => {
  const [early, late] = [vi.fn(), vi.fn()]
  await come(20, 10)
  void calm().then(early)
  await come(10, 100)
  expect(early).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1000)
  expect(early).toHaveBeenCalled()
  await come(30, 100)
  void calm().then(late)
  await vi.advanceTimersByTimeAsync(0)
  expect(late).toHaveBeenCalled()
})

test('one that comes alone is not waited for, once it is acknowledged', async () => {
  const done = vi.fn()
  await come(3, 10)
  void calm().then(done)
  await vi.advanceTimersByTimeAsync(0)
  expect(done).toHaveBeenCalled()
})
