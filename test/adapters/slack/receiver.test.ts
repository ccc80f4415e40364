// Bolt behind our receiver, with listeners of our own making: what becomes of their acknowledgements and errors.
import type { App } from '@slack/bolt'
import bolt from '@slack/bolt/dist/App.js'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Log } from '../../../src/adapters/http/log.ts'
import { receiverFor } from '../../../src/adapters/slack/bolt.ts'
import type { Delivery } from '../../../src/adapters/slack/delivery.ts'
import type { Deps } from '../../../src/adapters/slack/deps.ts'
import { addresses, Refused } from '../../../src/adapters/slack/outward.ts'
import { SlackDouble, type Team } from './double.ts'

/** Registered in place of ours, by each test. */
let register: (app: App) => void = () => {}
vi.mock('../../../src/adapters/slack/listeners.ts', () => ({ listen: (app: App) => register(app) }))

const slack = new SlackDouble()
const elsewhere = new SlackDouble()
let team: Team
let lines: Readonly<Record<string, unknown>>[] = []
const log: Log = (entry) => lines.push(entry)

beforeAll(async () => {
  await slack.listen()
  await elsewhere.listen()
  team = slack.team('T1')
})
afterAll(() => {
  slack.close()
  elsewhere.close()
})
beforeEach(() => {
  lines = []
  claims = 0
  isFirst = true
  slack.refusals.length = 0
})

const COMMAND = { command: '/x', text: '', team_id: 'T1', user_id: 'U1', channel_id: 'CT1' }

/** How often it was asked whether it is the first, which is when it is claimed; and what is said to that. */
let claims = 0
let isFirst = true

function handle(listeners: (app: App) => void, delivery: Delivery, authorize = async () => ({ botToken: team.token })) {
  register = listeners
  const receiver = receiverFor(bolt, { addresses: addresses(slack.apiUrl), authorize, deps: {} as Deps, log })
  return receiver.handle(delivery, async () => {
    claims++
    return isFirst
  })
}

const onCommand = (listener: Parameters<App['command']>[1], more: object = {}) =>
  handle((app) => app.command('/x', listener), { body: { ...COMMAND, ...more } })

describe('an acknowledgement', () => {
  test.each<[string, unknown, string]>([
    ['with nothing', undefined, ''],
    ['with a string', 'text', 'text'],
    ['with a message', { text: 'x' }, '{"text":"x"}'],
  ])('%s is the response', async (_what, answer, body) => {
    const { response } = onCommand(async ({ ack }) => ack(answer as string))
    expect(await (await response).text()).toBe(body)
  })

  test('leaves before the listener is through', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { response, done } = onCommand(async ({ ack }) => {
      await ack()
      await promise
    })
    expect((await response).status).toBe(200)
    expect(await Promise.race([done, 'not through'])).toBe('not through')
    resolve()
    await done
    expect(claims).toBe(1)
  })

  test('of what somebody else is at leaves all the same, and nothing after it happens', async () => {
    isFirst = false
    let effects = 0
    const listener: Parameters<App['command']>[1] = async ({ ack }) => {
      await ack('heard')
      effects++
    }
    const { response, done } = onCommand(listener)
    expect(await (await response).text()).toBe('heard')
    await done
    const body = { type: 'event_callback', team_id: 'T1', event: { type: 'app_mention', text: 'x', channel: 'CT1' } }
    const mention = handle((app) => app.event('app_mention', async () => void effects++), { body })
    expect((await mention.response).status).toBe(200)
    await mention.done
    expect([claims, effects]).toEqual([2, 0])
  })

  test('given twice is an error of the listener, which the sender is not bothered with', async () => {
    const { response, done } = onCommand(async ({ ack }) => {
      await ack('one')
      await ack('two')
    })
    expect(await (await response).text()).toBe('one')
    await done
    expect(lines).toHaveLength(1)
  })
})

describe('an error', () => {
  test('before the acknowledgement is a 500, and may be tried again', async () => {
    const { response, done } = onCommand(async () => {
      throw new TypeError('NEVER-LOG-THIS')
    })
    expect((await response).status).toBe(500)
    await done
    expect(claims).toBe(0)
    expect(lines).toMatchObject([{ at: 'slack', error: 'Error', original: { error: 'TypeError' } }])
    expect(JSON.stringify(lines)).not.toContain('NEVER-LOG-THIS')
  })

  test('after it is logged by its name and place', async () => {
    const { response, done } = onCommand(async ({ ack }) => {
      await ack()
      throw new RangeError('NEVER-LOG-THIS')
    })
    expect((await response).status).toBe(200)
    await done
    expect(JSON.stringify(lines)).toContain('RangeError')
    expect(JSON.stringify(lines)).not.toContain('NEVER-LOG-THIS')
  })

  test("of Slack's is logged by its code", async () => {
    const { done } = onCommand(async ({ ack, client }) => {
      await ack()
      await client.chat.postMessage({ channel: 'CNOT', text: 'NEVER-LOG-THIS' })
    })
    await done
    expect(JSON.stringify(lines)).toContain('"slack":"not_in_channel"')
    expect(JSON.stringify(lines)).not.toContain('NEVER-LOG-THIS')
    expect(JSON.stringify(lines)).not.toContain(team.token)
  })

  test('of a rate limit is not waited for', async () => {
    slack.limited.set('chat.postMessage', 3)
    const { done } = onCommand(async ({ ack, client }) => {
      await ack()
      await client.chat.postMessage({ channel: 'CT1', text: 'x' })
    })
    await done
    // Asked once: two of the three refusals are left.
    expect(slack.limited.get('chat.postMessage')).toBe(2)
    slack.limited.clear()
    expect(JSON.stringify(lines)).not.toContain(team.token)
  })

  test('that leaves open whether Slack heeded the call does not make it call again', async () => {
    slack.hungUp.add('chat.postMessage')
    const before = team.messages.length
    const { done } = onCommand(async ({ ack, client }) => {
      await ack()
      await client.chat.postMessage({ channel: 'CT1', text: 'x' })
    })
    await done
    slack.hungUp.clear()
    expect(team.messages.length - before).toBe(1)
    expect(lines.some(({ at }) => at === 'slack')).toBe(true)
  })

  test('where nobody listens is a 404', async () => {
    const { response } = handle(() => {}, { body: COMMAND })
    expect((await response).status).toBe(404)
  })

  test('where it is nothing that Bolt knows is a 404', async () => {
    expect((await handle(() => {}, { body: { some: 'thing' } }).response).status).toBe(404)
  })
})

describe('whom nobody is authorized to answer', () => {
  test('is told where it was a command', async () => {
    const nobody = async () => {
      throw new Refused('not installed there')
    }
    const { response } = handle(() => {}, { body: COMMAND }, nobody)
    expect(await (await response).json()).toMatchObject({ text: expect.stringContaining('not installed') })
  })

  test('is not told so where the reason is that something broke', async () => {
    const broken = async () => {
      throw new Error('the database is away')
    }
    const { response, done } = handle(() => {}, { body: COMMAND }, broken)
    expect((await response).status).toBe(500)
    await done
    expect(claims).toBe(0)
  })
})

describe('respond()', () => {
  const answering = (url: string, times = 1) =>
    onCommand(
      async ({ ack, respond }) => {
        await ack()
        for (let i = 0; i < times; i++) await respond({ text: `answer ${i}`, response_type: 'ephemeral' })
      },
      { response_url: url },
    )

  test('answers at the address that was given', async () => {
    const { url, answers } = slack.responseUrl('T1')
    await answering(url).done
    expect(answers).toEqual([{ text: 'answer 0', response_type: 'ephemeral' }])
    expect(slack.refusals).toEqual([])
  })

  test('five times, within half an hour', async () => {
    const five = slack.responseUrl('T1')
    await answering(five.url, 6).done
    expect(five.answers).toHaveLength(5)
    const late = slack.responseUrl('T1')
    slack.pass(31 * 60 * 1000)
    await answering(late.url).done
    expect(late.answers).toHaveLength(0)
    expect(slack.refusals).toEqual(['response_url: used_url', 'response_url: expired_url'])
  })

  test('answers nowhere else, whatever a signed payload says', async () => {
    const strange = elsewhere.responseUrl('T1')
    await answering(strange.url).done
    await answering('http://169.254.169.254/latest/meta-data').done
    expect(strange.answers).toEqual([])
    expect(elsewhere.strangers).toEqual([])
    expect(JSON.stringify(lines)).not.toContain('169.254')
    expect(lines).toHaveLength(2)
  })
})

test('a request does not wait for the rest of another: each has an App of its own', async () => {
  const hung = onCommand(async ({ ack }) => {
    await ack()
    await new Promise(() => {})
  })
  await hung.response
  const { response } = onCommand(async ({ ack }) => ack('through'))
  expect(await (await response).text()).toBe('through')
})
