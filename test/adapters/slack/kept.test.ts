// What is kept of a workspace: reached by nobody else, deleted when it is over, when asked, and with the app.
import { beforeEach, describe, expect, test } from 'vitest'
import { CATALOG } from '../../../src/adapters/catalog.ts'
import { purge } from '../../../src/adapters/purge.ts'
import { keep } from '../../../src/adapters/slack/answer.ts'
import type { Deps } from '../../../src/adapters/slack/deps.ts'
import { depsOf } from '../../../src/adapters/slack/deps-of.ts'
import type { Incidents } from '../../../src/adapters/slack/env.ts'
import { forgetDue } from '../../../src/adapters/slack/forget.ts'
import { type Incident, memoryIncident } from '../../../src/adapters/slack/incident.ts'
import { isFirst, wasAcknowledged } from '../../../src/adapters/slack/once.ts'
import { addresses, Refused } from '../../../src/adapters/slack/outward.ts'
import { SEEN_SECONDS } from '../../../src/adapters/slack/seen.ts'
import { FEEDBACK_SECONDS, SIGHTING_SECONDS, THREAD_SECONDS } from '../../../src/adapters/slack/store.ts'
import { MAX_REMEMBERED_KEYS } from '../../../src/limits.ts'
import { database, type TestDatabase } from '../database.ts'
import { seenKeys, seenObjects } from './seen.ts'

const NOW = Math.floor(Date.now() / 1000)
const FEEDBACK = { verdict: 'right', cause: 'isolate', code: 'JC301', paste: 'masked' } as const

let kept: TestDatabase
let forgotten: string[]
let incidents: Incidents

beforeEach(() => {
  kept = database()
  forgotten = []
  const known = new Map<string, Incident>()
  incidents = {
    idFromName: (name) => ({ name }),
    idFromString: (name) => ({ name }),
    get({ name = '' }) {
      const incident = known.get(name) ?? memoryIncident()
      known.set(name, incident)
      return { ...incident, forget: async () => void forgotten.push(name) }
    },
  }
})

const depsFor = (owner: string, teams = [owner]): Deps =>
  depsOf({
    secret: 'secret',
    catalog: async () => CATALOG,
    database: kept,
    incidents,
    addresses: addresses(),
    baseUrl: 'https://whyjob.example',
    waitUntil: () => {},
    workspace: () => ({ owner, teams }),
  })

const place = (team: string, thread = '1.000001') => ({ team, channel: 'C1', thread })
const count = (table: string) => Number(kept.sqlite.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n)

describe('a thread', () => {
  test("of another workspace is not reached, though a button's value names it", async () => {
    const deps = depsFor('T1')
    await expect(deps.thread(place('T2'))).rejects.toThrow(Refused)
    await expect(deps.forget(place('T2'))).rejects.toThrow(Refused)
    await expect(deps.forget({ team: 'T2' })).rejects.toThrow(Refused)
    expect(forgotten).toEqual([])
    expect(count('slack_threads')).toBe(0)
  })

  test('of one name is another in each workspace and channel, however they are put together', async () => {
    const deps = depsFor('E1', ['T1', 'T2', 'T1","C1', 'E1'])
    const names = [
      { team: 'T1', channel: 'C1', thread: '1.1' },
      { team: 'T2', channel: 'C1', thread: '1.1' },
      { team: 'T1', channel: 'C2', thread: '1.1' },
      { team: 'T1","C1', channel: '1.1', thread: '' },
    ]
    for (const one of names) await deps.forget(one)
    expect(new Set(forgotten).size).toBe(names.length)
  })

  test('is noted once, for as long as its last paste is young', async () => {
    const deps = depsFor('T1')
    await deps.thread(place('T1'))
    await deps.thread(place('T1'))
    expect(count('slack_threads')).toBe(1)
    expect(await forgetDue(kept, incidents, NOW + THREAD_SECONDS - 60)).toBe(0)
    expect(await forgetDue(kept, incidents, NOW + THREAD_SECONDS + 60)).toBe(1)
    expect(count('slack_threads')).toBe(0)
    expect(forgotten).toHaveLength(1)
  })

  test('that is to be forgotten is not kept by a paste that comes meanwhile', async () => {
    const deps = depsFor('T1')
    await deps.thread(place('T1'))
    kept.sqlite.exec('UPDATE slack_threads SET expires_at = 0')
    await deps.thread(place('T1'))
    expect(await forgetDue(kept, incidents, NOW)).toBe(1)
  })
})

describe('what a thread is answered with', () => {
  const at = (thread: string) => ({ channel: 'C1', thread })

  test('counts once, as it was said last, and only in its own workspace', async () => {
    const deps = depsFor('T1')
    expect(await deps.sighted(at('1.1'), 'JC106', 'a.service')).toBe(1)
    expect(await deps.sighted(at('1.1'), 'JC106', 'a.service')).toBe(1)
    expect(await deps.sighted(at('1.2'), 'JC106', 'a.service')).toBe(2)
    expect(await deps.sighted(at('1.2'), 'JC101', 'a.service')).toBe(1)
    expect(await deps.sighted(at('1.3'), 'JC106', 'a.service')).toBe(2)
    expect(await depsFor('T2').sighted({ channel: 'C2', thread: '1.1' }, 'JC106', 'a.service')).toBe(1)
  })

  test('goes with the thread, with the workspace, and after a week', async () => {
    const deps = depsFor('T1')
    await deps.sighted(at('1.1'), 'JC106', 'a.service')
    await deps.forget({ team: 'T1', ...at('1.1') })
    expect(count('slack_sightings')).toBe(0)
    await deps.sighted(at('1.1'), 'JC106', 'a.service')
    await deps.forget({ team: 'T1' })
    expect(count('slack_sightings')).toBe(0)
    await deps.sighted(at('1.1'), 'JC106', 'a.service')
    await purge(kept, NOW + SIGHTING_SECONDS + 60)
    expect(count('slack_sightings')).toBe(0)
  })
})

test('of a workspace nothing stays, of the others everything', async () => {
  for (const team of ['T1', 'T2']) {
    const deps = depsFor(team)
    await deps.thread(place(team))
    await deps.feedback({ ...FEEDBACK, team })
    kept.sqlite.exec(`INSERT INTO slack_installs VALUES ('${team}', 'sealed', 'U1', ${NOW})`)
  }
  await depsFor('T1').forget({ team: 'T1' })
  for (const table of ['slack_threads', 'slack_feedback', 'slack_installs']) {
    expect(kept.sqlite.prepare(`SELECT owner FROM ${table}`).all()).toEqual([{ owner: 'T2' }])
  }
  expect(forgotten).toEqual([JSON.stringify(['T1', 'C1', '1.000001'])])
})

test('an organization goes with the threads of all its workspaces', async () => {
  const deps = depsFor('E1', ['T1', 'T2', 'E1'])
  await deps.thread(place('T1'))
  await deps.thread(place('T2'))
  await depsFor('T3').thread(place('T3'))
  await deps.forget({ team: 'E1' })
  expect(kept.sqlite.prepare('SELECT team FROM slack_threads').all()).toEqual([{ team: 'T3' }])
})

describe('a key of what Slack sent', () => {
  test('is claimed once', () => {
    const keys = seenKeys()
    expect([keys.claim('event:Ev1', NOW), keys.claim('event:Ev1', NOW), keys.claim('event:Ev2', NOW)]).toEqual([
      ...[true, false, true],
    ])
    expect([keys.has('event:Ev1'), keys.has('event:Ev3')]).toEqual([true, false])
  })

  test('is forgotten after an hour', () => {
    const keys = seenKeys()
    keys.claim('event:Ev1', NOW)
    keys.claim('event:Ev2', NOW + 10)
    expect(keys.forgetOld(NOW + SEEN_SECONDS)).toBe(true)
    expect(keys.claim('event:Ev1', NOW)).toBe(true)
    expect(keys.forgetOld(NOW + SEEN_SECONDS + 10)).toBe(false)
  })
})

describe('what was acknowledged', () => {
  const lines: object[] = []
  const log = (line: object) => void lines.push(line)

  test('is known at once where it was, and heeded by one of many that have it at the same time', async () => {
    const seen = seenObjects()
    expect(wasAcknowledged('event:Ev1')).toBe(false)
    const all = await Promise.all(Array.from({ length: 50 }, () => isFirst(seen, 'event:Ev1', log)))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect(wasAcknowledged('event:Ev1')).toBe(true)
    expect(await isFirst(seen, 'event:Ev2', log)).toBe(true)
  })

  test('is heeded where nobody can say whether it came before, for it will not come again', async () => {
    const away = () => Promise.reject(new Error('NEVER-LOG-THIS'))
    const seen = { idFromName: () => ({}), get: () => ({ claim: away, has: away }) }
    expect(await isFirst(seen, 'event:Ev3', log)).toBe(true)
    expect(lines).toMatchObject([{ at: 'slack', error: 'Error' }])
    expect(JSON.stringify(lines)).not.toContain('NEVER-LOG-THIS')
  })

  test('is remembered up to a number', async () => {
    const seen = { idFromName: () => ({}), get: () => ({ claim: async () => true, has: async () => true }) }
    const keys = Array.from({ length: MAX_REMEMBERED_KEYS + 1 }, (_, i) => `event:EvMany${i}`)
    for (const key of keys) await isFirst(seen, key, log)
    expect(keys.filter(wasAcknowledged)).toEqual(keys.slice(1))
  })
})

test('feedback goes after half a year', async () => {
  await depsFor('T1').feedback({ ...FEEDBACK, team: 'T1' })
  await purge(kept, NOW + FEEDBACK_SECONDS - 60)
  expect(count('slack_feedback')).toBe(1)
  await purge(kept, NOW + FEEDBACK_SECONDS + 60)
  expect(count('slack_feedback')).toBe(0)
})

describe('a masked name', () => {
  const line = (host: string) => `Apr 30 22:00:07 ${host} systemd[1]: Stopped nginx.service.`
  const hosts = (text: string) => [...text.matchAll(/22:00:07 (\S+) /g)].map(([, host]) => host)
  const heldBy = async (team: string, texts: readonly string[]) => {
    const incident = memoryIncident()
    for (const [i, text] of texts.entries()) {
      await keep(depsFor(team), incident, place(team), [{ id: `${i}.0`, at: `${i}`, author: 'U1', text }])
    }
    return (await incident.read())?.text ?? ''
  }

  test('is the same token in all pastes of a thread, and another name another', async () => {
    const text = await heldBy('T1', [`${line('db-7')}\n${line('web-9')}`, `${line('web-9')}\n${line('db-7')}\n# more`])
    const [first, second, third, fourth] = hosts(text)
    expect(text).not.toMatch(/db-7|web-9/)
    expect(first).toMatch(/^\[host-\d{4}\]$/)
    expect([third, fourth]).toEqual([second, first])
    expect(first).not.toBe(second)
  })

  test('is another token in another workspace, and stays what it is when it comes back', async () => {
    const [own, others] = [await heldBy('T1', [line('db-7')]), await heldBy('T2', [line('db-7')])]
    expect(hosts(own)).not.toEqual(hosts(others))
    expect(await heldBy('T2', [own])).toBe(own)
  })
})
