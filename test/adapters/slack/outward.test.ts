// Where a token or an answer may go. Payloads name addresses: those are not to be believed.
import { WebClient } from '@slack/web-api'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { clientOptions } from '../../../src/adapters/slack/bolt.ts'
import { readFiles } from '../../../src/adapters/slack/files.ts'
import { type Addresses, addresses, isAmong, outward, Refused } from '../../../src/adapters/slack/outward.ts'
import { MAX_PASTE_BYTES } from '../../../src/limits.ts'
import { SlackDouble, type SlackFile, type Team } from './double.ts'

const slack = new SlackDouble()
/** A host that is none of Slack's. */
const elsewhere = new SlackDouble()
let team: Team
let at: Addresses
let client: WebClient

beforeAll(async () => {
  await slack.listen()
  await elsewhere.listen()
  team = slack.team('T1')
  at = addresses(slack.apiUrl)
  client = new WebClient(team.token, { ...clientOptions(at), retryConfig: { retries: 0 } })
})
afterAll(() => {
  slack.close()
  elsewhere.close()
})
beforeEach(() => {
  elsewhere.strangers.length = 0
})

const BYTES = new TextEncoder().encode('Job for x.service canceled.\n')
let count = 0

function put(more: Partial<SlackFile> = {}): string {
  count++
  const file = { id: `F${count}`, name: 'log.txt', mimetype: 'text/plain', bytes: BYTES, ...more }
  return slack.file(team, file).id
}

const read = async (more: Partial<SlackFile>) => (await readFiles(client, [put(more)], at))[0]
const origin = (double: SlackDouble) => new URL(double.apiUrl).origin

describe("Slack's addresses", () => {
  const { calls, files } = addresses()

  test('are these', () => {
    for (const url of ['https://slack.com/api/chat.postMessage', 'https://hooks.slack.com/commands/T1/1/x']) {
      expect(isAmong(calls, new URL(url))).toBe(true)
    }
    expect(isAmong(files, new URL('https://FILES.slack.com:443/files-pri/T1-F1/download/x'))).toBe(true)
  })

  test.each([
    'http://hooks.slack.com/commands/T1',
    'https://hooks.slack.com:8443/commands/T1',
    'https://hooks.slack.com.evil.example/commands/T1',
    'https://evil.example/hooks.slack.com',
    'https://hooks.slack.com@evil.example/',
    'https://user:password@hooks.slack.com/',
    'https://evilslack.com/',
    'https://xslack.com/',
    'https://hooks.slаck.com/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2130706433/',
    'file:///etc/passwd',
    'data:text/plain,x',
  ])('and not %s', (address) => {
    expect(isAmong([...calls, ...files], new URL(address))).toBe(false)
  })

  test('whatever an address seems to say, what counts is the host that it leads to', () => {
    for (const address of ['https://hooks.slack.com\\@evil.example/', 'https://hooks.slack.com#@evil.example/']) {
      expect(new URL(address).host).toBe('hooks.slack.com')
      expect(isAmong(calls, new URL(address))).toBe(true)
    }
  })

  test('with a double, Slack itself is none of them', () => {
    expect(isAmong(at.calls, new URL('https://slack.com/api/'))).toBe(false)
    expect(isAmong(at.files, new URL('https://files.slack.com/'))).toBe(false)
  })

  test('a call elsewhere is not made', async () => {
    await expect(outward(at)(`${elsewhere.apiUrl}chat.postMessage`)).rejects.toThrow(Refused)
    expect(elsewhere.strangers).toEqual([])
    expect(elsewhere.calls).toEqual([])
  })

  test('nor is a redirect followed', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 307, headers: { Location: elsewhere.apiUrl } }))
    await expect(outward(at)(slack.apiUrl)).rejects.toThrow(Refused)
    vi.unstubAllGlobals()
  })

  test('nor does a method that is an address take the token there', async () => {
    await client.apiCall(`${elsewhere.apiUrl}auth.test`).catch(() => {})
    expect(elsewhere.calls).toEqual([])
    expect(elsewhere.strangers).toEqual([])
  })
})

describe('files', () => {
  test('are read as text, in the order asked for', async () => {
    const ids = [put({ name: 'a.log' }), put({ name: 'b.service', mimetype: 'application/octet-stream' })]
    expect(await readFiles(client, ids, at)).toEqual([
      { name: 'a.log', text: 'Job for x.service canceled.\n' },
      { name: 'b.service', text: 'Job for x.service canceled.\n' },
    ])
  })

  test('UTF-16 by its mark too', async () => {
    const bytes = Uint8Array.from([0xff, 0xfe, 0x4a, 0x00, 0x6f, 0x00])
    expect(await read({ bytes })).toEqual({ name: 'log.txt', text: 'Jo' })
  })

  const moved = () => `${origin(elsewhere)}/files-pri/T1-F1/download/x`
  test.each<[string, () => Partial<SlackFile>]>([
    ['on another host', () => ({ said: { url_private_download: moved() } })],
    ['moved to another host', () => ({ movedTo: moved() })],
    [
      "on the platform's own address for secrets",
      () => ({ said: { url_private_download: 'http://169.254.169.254/' } }),
    ],
    ['of this machine', () => ({ said: { url_private_download: 'file:///etc/passwd' } })],
    ['of no address', () => ({ said: { url_private_download: null } })],
    ['with a user name for a host', () => ({ said: { url_private_download: `http://x@${new URL(moved()).host}/` } })],
  ])('%s are refused, and the token stays here', async (_what, more) => {
    expect(await read(more())).toMatchObject({ refused: expect.stringContaining('host of Slack') })
    expect(elsewhere.strangers).toEqual([])
    expect(elsewhere.refusals).toEqual([])
  })

  test('that move in a circle are given up', async () => {
    const id = put()
    const url = slack.fileUrl(team, team.files.get(id) as SlackFile)
    team.files.set(id, { ...(team.files.get(id) as SlackFile), movedTo: url })
    expect((await readFiles(client, [id], at))[0]).toMatchObject({ refused: 'It was moved too often.' })
  })

  test('that move within Slack are followed', async () => {
    const target = put()
    const movedTo = slack.fileUrl(team, team.files.get(target) as SlackFile)
    expect(await read({ movedTo })).toMatchObject({ text: expect.stringContaining('canceled') })
  })

  test.each<[string, Partial<SlackFile>, string]>([
    ['pictures', { mimetype: 'image/png' }, 'not text'],
    ['archives', { mimetype: 'application/zip' }, 'not text'],
    ['binary that is called text', { bytes: Uint8Array.from([0x4a, 0, 0x4a]) }, 'NUL'],
    ['what is no UTF-8', { bytes: Uint8Array.from([0x4a, 0xe2, 0x82]) }, 'UTF-8'],
    ['what says that it is too large', { said: { size: MAX_PASTE_BYTES + 1 } }, 'bytes'],
    [
      'what is too large and says it is not',
      { bytes: new Uint8Array(MAX_PASTE_BYTES + 1), said: { size: 3 } },
      'bytes',
    ],
  ])('%s are refused with the reason', async (_what, more, reason) => {
    expect(await read(more)).toMatchObject({ name: 'log.txt', refused: expect.stringContaining(reason) })
  })

  test("without the scope, or another workspace's, there is nothing", async () => {
    const other = slack.team('T2')
    const theirs = slack.file(other, { id: 'FOTHER', name: 'x', mimetype: 'text/plain', bytes: BYTES }).id
    const [file] = await readFiles(client, [theirs], at)
    expect(file).toEqual({ name: 'file', refused: 'Slack does not give it to this app.' })
    // Where the scope was taken away after files.info said where to look, Slack sends a page to log in at.
    const said = { url_private_download: slack.fileUrl(other, other.files.get('FOTHER') as SlackFile) }
    expect(await read({ said })).toMatchObject({ refused: expect.stringContaining('log in') })
  })

  test('more than ten are not looked at', async () => {
    const before = slack.calls.length
    const ids = Array.from({ length: 12 }, () => put())
    expect(await readFiles(client, ids, at)).toHaveLength(10)
    expect(slack.calls.length - before).toBe(10)
  })
})
