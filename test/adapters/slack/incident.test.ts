// What a thread's incident keeps and decides.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryIncident, type Paste } from '../../../src/adapters/slack/incident.ts'
import { IncidentState, MAX_EVIDENCE, type Rest, type Saved } from '../../../src/adapters/slack/incident-state.ts'
import { verdictOf } from '../../../src/render/change.ts'
import { explained } from '../../render/sample.ts'

const HOUR = 3600
const paste = (id: string, text: string, more: Partial<Paste> = {}): Paste => ({
  id,
  at: id,
  author: 'U1',
  text,
  redacted: [],
  ...more,
})
const answered = (revision: number, ts = '9.1') => ({
  revision,
  verdict: verdictOf(explained),
  lines: ['0.0 a.service job start done'],
  message: { channel: 'C1', ts },
})

test('pastes are read in the order in which they were said, whichever comes first', () => {
  const pastes = [paste('3.0', 'c'), paste('1.0', 'a\n'), paste('20.0', 'd'), paste('2.0', 'b')]
  fc.assert(
    fc.property(fc.shuffledSubarray(pastes, { minLength: pastes.length }), (shuffled) => {
      const state = new IncidentState()
      for (const one of shuffled) state.add([one])
      expect(state.read()?.text).toBe('a\n\nb\n\nc\n\nd')
    }),
  )
})

test('the same again is known; what was changed is read as it is now', () => {
  const state = new IncidentState()
  expect(state.add([paste('1.0', 'a')])).toBe('new')
  expect(state.add([paste('1.0', 'a')])).toBe('known')
  expect(state.add([paste('2.0', 'a', { author: 'U2' })])).toBe('known')
  expect(state.read()).toMatchObject({ revision: 1, pastes: 1, authors: 1, text: 'a' })
  expect(state.add([paste('1.0', 'b')])).toBe('new')
  expect(state.read()).toMatchObject({ revision: 2, pastes: 1, text: 'b' })
})

test('what was masked is counted together', () => {
  const state = new IncidentState()
  state.add([paste('1.0', 'a', { redacted: [{ kind: 'host', count: 2 }] })])
  state.add([
    paste('2.0', 'b', {
      author: 'U2',
      redacted: [
        { kind: 'host', count: 1 },
        { kind: 'token', count: 1 },
      ],
    }),
  ])
  expect(state.read()).toMatchObject({
    authors: 2,
    redacted: [
      { kind: 'host', count: 3 },
      { kind: 'token', count: 1 },
    ],
  })
})

test('beyond what fits nothing is taken, and what was there stays', () => {
  const state = new IncidentState()
  expect(state.add([paste('1.0', 'x'.repeat(MAX_EVIDENCE))])).toBe('new')
  expect(state.add([paste('2.0', 'y')])).toBe('full')
  expect(state.read()?.pastes).toBe(1)
})

describe('one of many answers', () => {
  test('while one is at it, no other is; then whatever came meanwhile is unanswered', async () => {
    const incident = memoryIncident(() => 0)
    await incident.add([paste('1.0', 'a')], HOUR)
    const work = await incident.claim()
    expect(await incident.claim()).toBeNull()
    await incident.add([paste('2.0', 'b')], HOUR)
    await incident.answered(work!.lease, answered(work!.revision))
    const next = await incident.claim()
    expect(next).toMatchObject({ text: 'a\n\nb', message: { channel: 'C1', ts: '9.1' }, before: { code: 'JC101' } })
    await incident.answered(next!.lease, answered(next!.revision))
    expect(await incident.claim()).toBeNull()
  })

  test('who does not come back is not waited for, and overwrites nothing', async () => {
    let now = 0
    const incident = memoryIncident(() => now)
    await incident.add([paste('1.0', 'a')], HOUR)
    const lost = await incident.claim()
    now = 21_000
    const work = await incident.claim()
    expect(work).not.toBeNull()
    await incident.answered(work!.lease, answered(1, '9.2'))
    await incident.answered(lost!.lease, answered(1, '9.1'))
    expect((await incident.read())?.message?.ts).toBe('9.2')
  })

  test('who fails lets the next one try', async () => {
    const incident = memoryIncident()
    await incident.add([paste('1.0', 'a')], HOUR)
    const work = await incident.claim()
    await incident.release(work!.lease)
    expect(await incident.claim()).not.toBeNull()
  })
})

test('a picture is for whoever has the key', () => {
  const rest = { key: 'k'.repeat(32), revision: 1, answered: null, message: null, lease: null, pictures: [] }
  const state = new IncidentState({ pastes: [paste('1.0', 'a')], rest }, undefined, 'id')
  expect(state.read()?.address).toBe(`id.${rest.key}`)
  const work = state.claim(0)!
  state.answered(work.lease, answered(1))
  expect(state.picture(rest.key, 1)).toEqual(['0.0 a.service job start done'])
  expect(state.picture(rest.key, 2)).toBeNull()
  for (const key of ['', 'k', 'l'.repeat(32), 'k'.repeat(33)]) {
    expect(state.picture(key, 1)).toBeNull()
    expect(state.unlock(key)).toBeNull()
  }
})

test('two incidents have two keys', () => {
  const keys = Array.from({ length: 2 }, () => {
    const state = new IncidentState(null, undefined, 'id')
    state.add([paste('1.0', 'a')])
    return state.read()?.address
  })
  expect(keys[0]).toMatch(/^id\.[0-9a-f]{32}$/)
  expect(keys[0]).not.toBe(keys[1])
})

test('what is stored is enough to go on', () => {
  const pastes = new Map<string, Paste>()
  let rest: Rest | null = null
  const store = {
    keepPaste: (one: Paste) => void pastes.set(one.id, one),
    keepRest(one: Rest) {
      rest = one
    },
  }
  const state = new IncidentState(null, store)
  state.add([paste('1.0', 'a'), paste('2.0', 'b')])
  const work = state.claim(0)!
  state.answered(work.lease, answered(1))
  const saved: Saved = { pastes: [...pastes.values()], rest: rest! }
  const again = new IncidentState(JSON.parse(JSON.stringify(saved)) as Saved)
  expect(again.read()).toEqual(state.read())
  expect(again.claim(0)).toBeNull()
})

test('what was forgotten while somebody was at it stays forgotten', async () => {
  const incident = memoryIncident()
  await incident.add([paste('1.0', 'a')], HOUR)
  const work = await incident.claim()
  await incident.forget()
  await incident.answered(work!.lease, answered(1))
  expect(await incident.read()).toBeNull()
})
