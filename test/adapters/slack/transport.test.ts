// Slack's routes in the bundle that is deployed, in the real workerd, against a Slack that refuses what Slack refuses.
// What the listeners say is tested elsewhere; here it is who is heard, how often, and where answers go.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bundle, bundle } from './bundle.ts'
import type { Team } from './double.ts'
import { command, directMessage, event, interaction, mention, type Sent, SIGNING_SECRET, signed } from './payloads.ts'

let it: Bundle
let team: Team

beforeAll(async () => {
  it = await bundle((slack) => {
    team = slack.team('T1')
    return { SLACK_BOT_TOKEN: team.token }
  })
})
afterAll(() => it.close())
beforeEach(() => it.server.clearLogs())

const FORM = 'application/x-www-form-urlencoded'
const help = () => command(it.slack, team, 'help')

describe('who is heard', () => {
  test('a signed command is answered at once, in JSON', async () => {
    const response = await it.send(help())
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ response_type: 'ephemeral' })
  })

  test('whatever its text is in: the bytes are what is signed', async () => {
    expect((await it.send(command(it.slack, team, 'help “ß” 🚒 %2B+ a=b&c'))).status).toBe(200)
  })

  const now = () => Math.floor(Date.now() / 1000)
  const changed = (sent: Sent, headers: Record<string, string>): Sent => ({
    ...sent,
    headers: { ...sent.headers, ...headers },
  })
  const signature = (sent: Sent) => sent.headers['X-Slack-Signature'] as string

  test.each<[string, () => Sent]>([
    ['without a signature', () => ({ body: help().body, headers: { 'Content-Type': FORM } })],
    ['with another secret', () => command(it.slack, team, 'help', { secret: 'other' })],
    ['with an empty secret', () => command(it.slack, team, 'help', { secret: '' })],
    ['with a body that was changed', () => ({ ...help(), body: help().body.replace('help', 'halp') })],
    ['with a body that was encoded anew', () => ({ ...help(), body: help().body.replace('%2F', '%2f') })],
    ['with a byte more', () => ({ ...help(), body: `${help().body}&` })],
    ['of six minutes ago', () => command(it.slack, team, 'help', { timestamp: now() - 360 })],
    ['of six minutes ahead', () => command(it.slack, team, 'help', { timestamp: now() + 360 })],
    ['of another time than it was signed for', () => changed(help(), { 'X-Slack-Request-Timestamp': `${now() - 1}` })],
    ['of a time that is no number', () => changed(help(), { 'X-Slack-Request-Timestamp': '1e9' })],
    ['of a time with a sign', () => changed(help(), { 'X-Slack-Request-Timestamp': `+${now()}` })],
    ['cut short', () => changed(help(), { 'X-Slack-Signature': signature(help()).slice(0, -2) })],
    ['in capitals', () => changed(help(), { 'X-Slack-Signature': signature(help()).toUpperCase() })],
    ['in another version', () => changed(help(), { 'X-Slack-Signature': signature(help()).replace('v0', 'v1') })],
    ['without its version', () => changed(help(), { 'X-Slack-Signature': signature(help()).slice(3) })],
    ['in base64', () => changed(help(), { 'X-Slack-Signature': `v0=${btoa(signature(help()))}` })],
    ['given twice', () => changed(help(), { 'X-Slack-Signature': `${signature(help())}, ${signature(help())}` })],
  ])('a request %s is refused', async (_what, sent) => {
    const response = await it.send(sent())
    expect(response.status).toBe(401)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  })

  test('at the edges of five minutes it is heard', async () => {
    expect((await it.send(command(it.slack, team, 'help', { timestamp: now() - 290 }))).status).toBe(200)
    expect((await it.send(command(it.slack, team, 'help', { timestamp: now() + 290 }))).status).toBe(200)
  })

  test('the same command sent again, signature and all, is refused', async () => {
    const sent = help()
    expect((await it.send(sent)).status).toBe(200)
    expect((await it.send(sent)).status).toBe(401)
  })

  test("Slack's probe of the certificate comes unsigned; only exactly that", async () => {
    const probe = (body: string, type = FORM) => it.send({ body, headers: { 'Content-Type': type } })
    expect((await probe('ssl_check=1')).status).toBe(200)
    expect((await probe('ssl_check=11')).status).toBe(401)
    expect((await probe('ssl_check=1', 'application/json')).status).toBe(401)
    expect((await probe(`ssl_check=1&text=${'x'.repeat(2000)}`)).status).toBe(401)
  })

  test('the address is proven to Slack, but to nobody else', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c-1', token: 'legacy' })
    const response = await it.send(signed(body, 'application/json'))
    expect(await response.json()).toEqual({ challenge: 'c-1' })
    expect((await it.send(signed(body, 'application/json', { secret: 'other' }))).status).toBe(401)
  })

  test('what is signed and yet no JSON is refused without a word of it', async () => {
    for (const body of ['{"type":', '[1]', '"x"', 'null']) {
      expect((await it.send(signed(body, 'application/json'))).status).toBe(400)
    }
    expect((await it.send(signed('payload=%7Bsecret-word', FORM))).status).toBe(400)
    expect(it.logs()).not.toContain('secret-word')
  })

  test('more than the cap is refused before it is looked at', async () => {
    expect((await it.send(signed(`text=${'x'.repeat(2 * 1024 * 1024)}`, FORM))).status).toBe(413)
  })

  test('a command that nobody listens to is not found', async () => {
    expect((await it.send(command(it.slack, team, 'x', { command: '/other' }))).status).toBe(404)
  })

  test('only posts are taken', async () => {
    expect((await fetch(new URL('/slack/events', it.url))).status).toBe(405)
  })

  test('an event of no use is acknowledged, for Slack to be content', async () => {
    expect((await it.send(event(team, { type: 'reaction_added', user: 'U1' }))).status).toBe(200)
  })
})

describe('how often', () => {
  const paste = 'Job for nginx.service canceled.'
  const answersIn = (thread: string) => team.messages.filter((message) => message.thread === thread)

  test('an event that comes three times at once, and once more, is answered once', async () => {
    const sent = (retry: number) => mention(it.slack, team, paste, { id: 'EvSTORM', retry, ts: '1.000001' })
    const statuses = await Promise.all([0, 1, 2].map(async (retry) => (await it.send(sent(retry))).status))
    expect(statuses).toEqual([200, 200, 200])
    await expect.poll(() => answersIn('1.000001').length, { timeout: 90_000 }).toBe(1)
    expect((await it.send(sent(3))).status).toBe(200)
    await settled(() => it.slack.calls.length)
    expect(answersIn('1.000001')).toHaveLength(1)
    expect(answersIn('1.000001')[0]?.versions).toHaveLength(1)
  })

  test('of 15 events, each three times in any order, each is answered once', async () => {
    const events = Array.from({ length: 15 }, (_, i) => i)
    const storm = [2, 0, 1].flatMap((retry) =>
      events.map((i) => mention(it.slack, team, paste, { id: `EvSTORM${i}`, retry, ts: `2.${100000 + i}` })),
    )
    const statuses = await Promise.all(storm.map(async (sent) => (await it.send(sent)).status))
    expect(statuses.filter((status) => status !== 200)).toEqual([])
    await expect
      .poll(() => events.filter((i) => answersIn(`2.${100000 + i}`).length === 1).length, { timeout: 90_000 })
      .toBe(15)
    await settled(() => it.slack.calls.length)
    expect(events.flatMap((i) => answersIn(`2.${100000 + i}`))).toHaveLength(15)
  })

  test('what failed before it was acknowledged may come again', async () => {
    const sent = interaction(team, { type: 'shortcut', callback_id: 'nobody-listens', trigger_id: '1', action_ts: '1' })
    expect((await it.send(sent)).status).toBe(404)
    expect((await it.send(sent)).status).toBe(404)
  })

  test('of 100 commands at once none is lost', async () => {
    const all = Array.from({ length: 100 }, () => it.send(help()).then(({ status }) => status))
    expect((await Promise.all(all)).filter((status) => status !== 200)).toEqual([])
  })
})

describe('what is logged', () => {
  test('neither tokens, nor secrets, nor what was said', async () => {
    await it.send(command(it.slack, team, 'diagnose NEVER-LOG-THIS canceled'))
    await it.send(directMessage(it.slack, team, 'NEVER-LOG-THIS for a.service canceled.'))
    it.slack.limited.set('chat.postMessage', 5)
    await it.send(mention(it.slack, team, 'NEVER-LOG-THIS Job for x.service canceled.'))
    await settled(() => it.logs().length)
    it.slack.limited.clear()
    for (const secret of [team.token, SIGNING_SECRET, 'NEVER-LOG-THIS', 'xoxb-', 'response_url', '/commands/']) {
      expect(it.logs()).not.toContain(secret)
    }
    expect(it.logs()).toContain('"route":"/slack/events"')
  })

  test('lines are JSON', async () => {
    await it.send(help())
    await it.send(command(it.slack, team, 'help', { secret: 'other' }))
    const lines = it.server.getLogs().filter(({ level }) => level === 'log')
    for (const { message } of lines) expect(() => JSON.parse(message)).not.toThrow()
    expect(lines.length).toBeGreaterThan(0)
  })
})

test('a workspace that the token is not of is told so, and nothing is done', async () => {
  const stranger = it.slack.team('T9')
  // What was refused for coming too often is tried again a second later; that is not what is asked about here.
  const calls = () => it.slack.calls.filter(({ args }) => args.channel === `C${stranger.id}`).length
  const response = await it.send(command(it.slack, stranger, 'help'))
  expect(await response.json()).toMatchObject({ text: expect.stringContaining('not installed') })
  await it.send(mention(it.slack, stranger, 'Job for x.service canceled.'))
  expect(await settled(calls)).toBe(0)
  expect(stranger.messages).toEqual([])
})

/** What something is once it has stopped changing: waitUntil says nothing when it is through. */
async function settled(value: () => number): Promise<number> {
  let last = -1
  await expect
    .poll(
      () => {
        const before = last
        last = value()
        return last === before
      },
      { interval: 250, timeout: 90_000 },
    )
    .toBe(true)
  return last
}
