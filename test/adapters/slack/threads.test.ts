// A thread is an incident: what is added to it, the one answer, and what its buttons do. In the real workerd.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { command, interaction, mention } from './payloads.ts'
import {
  BARE,
  blocksOf,
  buttonOf,
  latest,
  PASTE,
  pageOf,
  pause,
  payloadOf,
  REST,
  type Talk,
  talk,
  there,
  words,
} from './talk.ts'

let t: Talk

beforeAll(async () => {
  t = await talk()
})
afterAll(() => t.it.close())
afterEach(() => {
  expect(t.refused()).toEqual([])
  expect(t.it.slack.strangers).toEqual([])
})

describe('a thread', () => {
  test('one answer, updated by whoever adds to it, and it says what changed', async () => {
    const { thread, message } = await t.incident(BARE)
    expect(words(latest(message))).not.toContain('JC106')
    await t.it.send(mention(t.it.slack, t.team, REST, { thread }))
    await there(() => message.versions[1])
    expect(words(latest(message))).toMatch(/JC\d{3} \([a-z-]+\), \d+% → JC106 \(bindsto-inactive\), \d+%/)
    expect(t.inThread(thread)).toHaveLength(1)
  })

  test('what comes twice changes nothing', async () => {
    const { thread, message } = await t.incident()
    await t.it.send(mention(t.it.slack, t.team, PASTE, { ts: thread }))
    await t.it.send(mention(t.it.slack, t.team, PASTE, { thread }))
    await t.it.send(mention(t.it.slack, t.team, 'explain isolate', { thread }))
    await there(() => t.inThread(thread)[1])
    expect(message.versions).toHaveLength(1)
  })

  test('of 100 pastes at once all are read, and there is one message', async () => {
    const thread = t.it.slack.nextTs()
    const pastes = Array.from(
      { length: 100 },
      (_, i) => `Nov 22 10:00:${String(i % 60).padStart(2, '0')} web systemd[1]: Stopped n${i}.service.`,
    )
    const sent = pastes.map((text) => t.it.send(mention(t.it.slack, t.team, text, { thread })))
    expect((await Promise.all(sent)).filter(({ status }) => status !== 200)).toEqual([])
    const message = await there(() => t.inThread(thread)[0])
    await expect
      .poll(() => words(latest(message)), { timeout: 90_000, interval: 200 })
      .toContain('100 pastes from one person')
    expect(t.inThread(thread)).toHaveLength(1)
    const page = await (await fetch(pageOf(t, message))).text()
    for (let i = 0; i < 100; i++) expect(page).toContain(`n${i}.service`)
  })

  test('that it is only called into is read from its beginning', async () => {
    const thread = t.it.slack.nextTs()
    const said = [BARE, REST].map((text, i) => ({ type: 'message', user: `U${i + 2}`, ts: t.it.slack.nextTs(), text }))
    t.team.threads.set(thread, said)
    await t.it.send(mention(t.it.slack, t.team, '', { thread }))
    const message = await there(() => t.inThread(thread)[0])
    expect(words(latest(message))).toContain('JC106')
    expect(words(latest(message))).toContain('two pastes from two people, read as one')
  })

  test('that may not be read is asked for', async () => {
    const thread = t.it.slack.nextTs()
    t.team.threads.set(thread, [{ type: 'message', user: 'U2', ts: thread, text: PASTE }])
    t.team.scopes.delete('channels:history')
    await t.it.send(mention(t.it.slack, t.team, '', { thread }))
    const message = await there(() => t.inThread(thread)[0])
    t.team.scopes.add('channels:history')
    expect(words(latest(message))).toContain('What to paste')
    expect(t.refused()).toEqual([expect.stringContaining('missing_scope')])
  })

  test('whose answer was deleted gets a new one', async () => {
    const { thread, message } = await t.incident(BARE)
    t.team.messages.splice(t.team.messages.indexOf(message), 1)
    await t.it.send(mention(t.it.slack, t.team, REST, { thread }))
    await there(() => t.inThread(thread)[0])
    expect(t.refused()).toEqual([expect.stringContaining('message_not_found')])
  })

  test('where Slack asks to wait is answered later', async () => {
    t.it.slack.limited.set('chat.postMessage', 1)
    const { message } = await t.incident()
    expect(words(latest(message))).toContain('JC106')
  })

  test('is forgotten on request, with its answer, its picture and its page', async () => {
    const { thread, message } = await t.incident()
    const page = pageOf(t, message)
    expect((await fetch(page)).status).toBe(200)
    await t.it.send(mention(t.it.slack, t.team, 'forget', { thread }))
    await expect.poll(() => t.team.messages.includes(message)).toBe(false)
    expect((await fetch(page)).status).toBe(404)
    expect(words(latest(await there(() => t.inThread(thread)[0])))).toContain('Forgotten')
  })

  test('is forgotten with all others of its channel', async () => {
    const { message } = await t.incident()
    const page = pageOf(t, message)
    const { url, answers } = t.it.slack.responseUrl(t.team.id)
    await t.it.send(command(t.it.slack, t.team, 'forget', { responseUrl: url }))
    expect(words(await there(() => answers[0]))).toContain('Forgotten')
    expect((await fetch(page)).status).toBe(404)
  })

  test('says how many had the same answer this week', async () => {
    const about = (unit: string) => PASTE.replaceAll('nginx', unit)
    const first = await t.incident(about('seen-before'))
    expect(words(latest(first.message))).not.toContain('this week')
    const second = await t.incident(about('seen-before'))
    expect(words(latest(second.message))).toContain(
      'JC106 of seen-before.service is the answer in 2 threads this week.',
    )
    expect(words(latest((await t.incident(about('never-seen'))).message))).not.toContain('this week')
  })

  test('that the answer quotes has its secrets masked', async () => {
    const { message } = await t.incident(`API_TOKEN=hunter2hunter2 systemctl start nginx\n${BARE}`)
    const page = await (await fetch(pageOf(t, message))).text()
    expect(words(latest(message)) + page).not.toContain('hunter2')
  })
})

describe('buttons', () => {
  test.each([
    ['proof', 'Played on the simulator'],
    ['timeline', 'BindsTo=create-mydir.service'],
    ['add', 'plain_text_input'],
    ['wrong', 'static_select'],
  ])('%s opens a box', async (action, expected) => {
    const { message } = await t.incident()
    const before = t.it.slack.views.length
    await t.pressed(latest(message), action)
    expect(words(await t.nextView(before))).toContain(expected)
  })

  test('the picture is a PNG at an address that cannot be guessed', async () => {
    const { message } = await t.incident()
    const image = blocksOf(latest(message)).find(({ type }) => type === 'image')!
    const url = new URL(new URL(String(image.image_url)).pathname, t.it.url)
    const response = await fetch(url)
    expect(response.headers.get('Content-Type')).toBe('image/png')
    expect(new Uint8Array(await response.arrayBuffer()).subarray(1, 4)).toEqual(new TextEncoder().encode('PNG'))
    for (const path of [
      url.pathname.replace(/\.([0-9a-f]{32})/, `.${'0'.repeat(32)}`),
      url.pathname.replace(/incidents\/[0-9a-f]{64}/, `incidents/${'0'.repeat(64)}`),
      url.pathname.replace(/\d+\.png$/, '999.png'),
      '/slack/incidents/x/1.png',
      '/slack/incidents/%2e%2e/1.png',
    ]) {
      expect((await fetch(new URL(path, t.it.url))).status, path).toBe(404)
    }
  })

  test('asking for evidence asks all who read the thread', async () => {
    const { thread, message } = await t.incident(BARE)
    await t.pressed(latest(message), 'ask')
    expect(words(latest(await there(() => t.inThread(thread)[1])))).toContain('journalctl -b')
  })

  test('what is added in the box is added to the thread', async () => {
    const { thread, message } = await t.incident(BARE)
    const before = t.it.slack.views.length
    await t.pressed(latest(message), 'add')
    const view = await t.nextView(before)
    const values = { units: { units: { value: REST } } }
    await t.it.send(interaction(t.team, { type: 'view_submission', view: { id: 'V200', ...view, state: { values } } }))
    await there(() => message.versions[1])
    expect(words(latest(message))).toContain('JC106')
    expect(t.inThread(thread)).toHaveLength(1)
  })

  test('right and wrong are kept, masked, with what they say', async () => {
    const { message } = await t.incident(`$ systemctl start nginx --token=hunter2hunter2\n${PASTE}`)
    const said = await t.pressed(latest(message), 'right')
    expect(words(await there(() => said[0]))).toContain('Thank you')
    const before = t.it.slack.views.length
    await t.pressed(latest(message), 'wrong')
    const view = await t.nextView(before)
    const values = {
      cause: { cause: { selected_option: { value: 'isolate' } } },
      note: { note: { value: 'It was an isolate. password=hunter2hunter2' } },
    }
    await t.it.send(interaction(t.team, { type: 'view_submission', view: { id: 'V300', ...view, state: { values } } }))
    interface Row {
      verdict: string
      cause: string
      code: string
      paste: string
      note: string | null
    }
    const { DB } = (await t.it.server.getWorker().getEnv()) as {
      DB: { prepare(sql: string): { all(): Promise<{ results: Row[] }> } }
    }
    const rows = async () => (await DB.prepare('SELECT * FROM slack_feedback ORDER BY id').all()).results
    await expect.poll(async () => (await rows()).length).toBe(2)
    const [right, wrong] = await rows()
    expect(right).toMatchObject({ verdict: 'right', cause: 'bindsto-inactive', code: 'JC106', note: null })
    expect(wrong).toMatchObject({ verdict: 'wrong', cause: 'isolate', code: 'JC106' })
    expect(words([right, wrong])).not.toContain('hunter2')
  })

  test('of another workspace’s thread there is nothing to see', async () => {
    const { message } = await t.incident()
    const button = buttonOf(latest(message), 'proof')
    const stranger = t.it.slack.team('T2')
    const before = t.it.slack.views.length
    const { sent } = t.click(button)
    const payload = { ...payloadOf(sent), team: { id: 'T2' } }
    await t.it.send(interaction(stranger, payload))
    await t.it.send(
      interaction(t.team, { ...payload, actions: [{ type: 'button', ...button, value: '["C1","../x"]' }] }),
    )
    await pause(500)
    expect(t.it.slack.views.slice(before).map(words).join()).not.toContain('Played')
  })
})

test('nothing pasted, and no secret, is logged', () => {
  for (const secret of [t.team.token, 'create-mydir', 'hunter2', 'n99.service']) {
    expect(t.it.logs()).not.toContain(secret)
  }
})
