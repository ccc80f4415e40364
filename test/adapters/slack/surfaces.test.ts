// Every way in, in the bundle that is deployed, in the real workerd, against a Slack that refuses what Slack refuses.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { command, directMessage, event, globalShortcut, interaction, mention, messageShortcut } from './payloads.ts'
import {
  BARE,
  blocksOf,
  buttonsOf,
  type Json,
  latest,
  PASTE,
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

describe('/whyjob', () => {
  test('a paste is answered to whoever typed it, with the picture, the proof and a button to share it', async () => {
    const { url, answers } = t.it.slack.responseUrl(t.team.id)
    const response = await t.it.send(command(t.it.slack, t.team, PASTE, { responseUrl: url }))
    expect(await response.text()).toBe('')
    const answer = await there(() => answers[0])
    expect(answer.response_type).toBe('ephemeral')
    expect(words(answer)).toContain('JC106')
    expect(buttonsOf(answer).map(({ action_id }) => action_id)).toEqual(
      expect.arrayContaining(['share', 'proof', 'timeline', 'add', 'right', 'wrong', 'full']),
    )
  })

  test('shared, it is a message of the channel, and its thread takes more', async () => {
    const { url, answers } = t.it.slack.responseUrl(t.team.id)
    await t.it.send(command(t.it.slack, t.team, BARE, { responseUrl: url }))
    const before = t.team.messages.length
    const said = await t.pressed(await there(() => answers[0]), 'share')
    const message = await there(() => t.team.messages[before])
    expect(message.thread).toBeUndefined()
    await there(() => message.versions[1])
    expect(buttonsOf(latest(message)).map(({ action_id }) => action_id)).not.toContain('share')
    expect(await there(() => said[0])).toMatchObject({ replace_original: true })
    await t.it.send(mention(t.it.slack, t.team, REST, { thread: message.ts }))
    await there(() => message.versions[2])
    expect(words(latest(message))).toContain('JC106')
    expect(words(latest(message))).toContain('two pastes from one person, read as one')
  })

  test('where the bot is not, sharing goes by the answer itself', async () => {
    const { url, answers } = t.it.slack.responseUrl(t.team.id)
    await t.it.send(command(t.it.slack, t.team, BARE, { responseUrl: url, channel: 'C0ELSEWHERE' }))
    const said = await t.pressed(await there(() => answers[0]), 'share', { channel: { id: 'C0ELSEWHERE' } })
    expect(await there(() => said[0])).toMatchObject({ response_type: 'in_channel' })
    expect(t.refused()).toEqual([expect.stringContaining('not_in_channel')])
  })

  test('help and explain are answered at once', async () => {
    const help = (await (await t.it.send(command(t.it.slack, t.team, 'help'))).json()) as Json
    expect(blocksOf(help).length).toBeGreaterThan(1)
    const rule = (await (await t.it.send(command(t.it.slack, t.team, 'explain JC101'))).json()) as Json
    expect(words(blocksOf(rule))).toContain('JC101')
    const unknown = (await (await t.it.send(command(t.it.slack, t.team, 'explain <!channel>'))).json()) as Json
    expect(unknown.text).not.toMatch(/<[!@#]/)
  })

  test('alone it opens a box, which answers in itself', async () => {
    const before = t.it.slack.views.length
    await t.it.send(command(t.it.slack, t.team, ''))
    const view = await t.nextView(before)
    const submit = (values: object) =>
      t.it.send(
        interaction(t.team, {
          type: 'view_submission',
          view: { id: 'V100', ...view, state: { values } },
          response_urls: [],
        }),
      )
    const empty = (await (await submit({ status: { status: { value: ' ' } } })).json()) as Json
    expect(empty).toMatchObject({ response_action: 'errors', errors: { status: expect.any(String) } })
    const file = t.it.slack.file(t.team, {
      id: 'FUNITS',
      name: 'create-mydir.service',
      mimetype: 'text/plain',
      bytes: new TextEncoder().encode('[Service]\nExecStart=/bin/mkdir -p /srv/mydir\n'),
    })
    const values = {
      status: { status: { type: 'plain_text_input', value: BARE } },
      journal: { journal: { type: 'plain_text_input', value: null } },
      units: { units: { type: 'plain_text_input', value: REST } },
      files: { files: { type: 'file_input', files: [{ id: file.id }] } },
    }
    expect(await (await submit(values)).json()).toMatchObject({ response_action: 'update' })
    const answer = await t.nextView(before + 1)
    expect(words(answer)).toContain('JC106')
    expect(words(answer)).toContain('"share"')
  })
})

describe('a message', () => {
  test('is answered in its thread, with its blocks and its files', async () => {
    const file = t.it.slack.file(t.team, {
      id: 'FPASTE',
      name: 'incident.txt',
      mimetype: 'text/plain',
      bytes: new TextEncoder().encode(REST),
    })
    const ts = t.it.slack.nextTs()
    const blocks = [
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: `$ systemctl start nginx\n${BARE}` }] },
        ],
      },
    ]
    const sent = messageShortcut(t.it.slack, t.team, { ts, text: 'flat', blocks, files: [file.id] })
    expect((await t.it.send(sent)).status).toBe(200)
    const message = await there(() => t.inThread(ts)[0])
    expect(words(latest(message))).toContain('JC106')
    expect(latest(message).text).toMatch(/create-mydir\.service became inactive/)
  })

  test('without a log in it says so, to whoever asked', async () => {
    const sent = messageShortcut(t.it.slack, t.team, { text: '' })
    const { url, answers } = t.it.slack.responseUrl(t.team.id)
    const payload = { ...payloadOf(sent), response_url: url }
    await t.it.send(interaction(t.team, payload))
    expect(words(await there(() => answers[0]))).toContain('no text of a log')
  })

  test('with a file that is no text says why it is not read', async () => {
    const file = t.it.slack.file(t.team, {
      id: 'FBIN',
      name: 'a.png',
      mimetype: 'image/png',
      bytes: new Uint8Array([1, 0]),
    })
    const thread = t.it.slack.nextTs()
    await t.it.send(mention(t.it.slack, t.team, '', { ts: thread, files: [file.id] }))
    expect(words(latest(await there(() => t.inThread(thread)[0])))).toContain('It is not text')
  })

  test('in a channel that the bot is not in is answered to whoever asked', async () => {
    const { url, answers } = t.it.slack.responseUrl(t.team.id)
    const ts = t.it.slack.nextTs()
    const message = { type: 'message', user: 'U2', ts, text: PASTE }
    const channel = { id: 'C0ELSEWHERE' }
    await t.it.send(
      interaction(t.team, {
        type: 'message_action',
        callback_id: 'why_canceled',
        trigger_id: t.it.slack.trigger(),
        response_url: url,
        message_ts: ts,
        channel,
        message,
      }),
    )
    const answer = await there(() => answers[0])
    expect(answer).toMatchObject({ response_type: 'ephemeral' })
    expect(words(answer)).toContain('JC106')
    expect(t.refused()).toEqual([expect.stringContaining('not_in_channel')])
  })
})

test('the global shortcut opens the box', async () => {
  const before = t.it.slack.views.length
  await t.it.send(globalShortcut(t.it.slack, t.team))
  expect((await t.nextView(before)).callback_id).toBe('paste')
})

describe('a direct message', () => {
  test('is answered in its thread', async () => {
    const before = t.team.messages.length
    await t.it.send(directMessage(t.it.slack, t.team, PASTE))
    const message = await there(() => t.team.messages[before])
    expect(message.channel).toBe(`D${t.team.id}`)
    expect(message.thread).toMatch(/^\d+\.\d+$/)
    expect(words(latest(message))).toContain('JC106')
  })

  test('of a bot, or a change of one, is not', async () => {
    const before = t.team.messages.length
    const base = { type: 'message', channel: `D${t.team.id}`, channel_type: 'im', ts: t.it.slack.nextTs(), text: PASTE }
    await t.it.send(event(t.team, { ...base, bot_id: 'B1', user: 'U9' }))
    await t.it.send(event(t.team, { ...base, subtype: 'message_changed', message: { ...base, user: 'U1' } }))
    await pause(800)
    expect(t.team.messages.length).toBe(before)
  })
})

test('links to our pages are shown with what they lead to', async () => {
  const before = t.it.slack.unfurls.length
  const kept = await fetch(new URL('/v1/links?expires=1h', t.it.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ paste: PASTE, expires: '1h' }),
  })
  const { url } = (await kept.json()) as { url: string }
  const links = ['/rules/JC101', '/glossary/isolate', '/rules/x', '/', new URL(url).pathname]
    .map((path) => ({ domain: t.it.url.hostname, url: new URL(path, t.it.url).href }))
    .concat({ domain: 'a.example', url: 'https://a.example/rules/JC101' })
  await t.it.send(
    event(t.team, { type: 'link_shared', channel: `C${t.team.id}`, user: 'U1', message_ts: '1.000001', links }),
  )
  const unfurls = await there(() => t.it.slack.unfurls[before])
  expect(Object.keys(unfurls).map((one) => new URL(one).pathname)).toEqual([
    '/rules/JC101',
    '/glossary/isolate',
    new URL(url).pathname,
  ])
  expect(words(unfurls)).toContain('JC106')
})

test('a conversation that begins is offered something to ask', async () => {
  const open = { type: 'app_home_opened', user: 'U1', channel: `D${t.team.id}`, tab: 'messages' }
  await t.it.send(event(t.team, open))
  const called = () => t.it.slack.calls.find(({ method }) => method === 'assistant.threads.setSuggestedPrompts')
  expect((await there(called)).args).toMatchObject({ channel_id: `D${t.team.id}` })
})

test('the home says how to use it and what becomes of a paste', async () => {
  await t.it.send(event(t.team, { type: 'app_home_opened', user: 'U1', channel: `D${t.team.id}`, tab: 'home' }))
  const home = await there(() => t.team.homes.get('U1'))
  expect(words(home)).toContain('What becomes of it')
  const before = t.it.slack.views.length
  await t.it.send(t.click({ action_id: 'paste' }).sent)
  await t.nextView(before)
})

test('nothing pasted, and no secret, is logged', () => {
  for (const secret of [t.team.token, 'create-mydir', 'hunter2', 'n99.service']) {
    expect(t.it.logs()).not.toContain(secret)
  }
})
