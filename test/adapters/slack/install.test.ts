// Many workspaces: to Slack and back, what is kept of it, and that nothing is when the app goes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../../manifest.json' with { type: 'json' }
import { type Bundle, bundle } from './bundle.ts'
import type { SlackDouble, Team } from './double.ts'
import { command, event } from './payloads.ts'

let it: Bundle
let slack: SlackDouble

beforeAll(async () => {
  it = await bundle((double) => ({
    SLACK_CLIENT_ID: double.client.id,
    SLACK_CLIENT_SECRET: double.client.secret,
    SLACK_TOKEN_KEY: btoa('k'.repeat(32)),
  }))
  slack = it.slack
})
afterAll(() => it.close())

interface Way {
  readonly authorize: URL
  readonly state: string
  readonly cookie: string
}

/** As a browser begins it. */
async function begin(): Promise<Way> {
  const response = await fetch(new URL('/slack/install', it.url), { redirect: 'manual' })
  expect(response.status).toBe(302)
  const authorize = new URL(response.headers.get('Location') ?? '')
  const cookie = (response.headers.get('Set-Cookie') ?? '').split(';')[0] as string
  return { authorize, state: authorize.searchParams.get('state') as string, cookie }
}

/** The consent, and the way back. */
function consent({ authorize, state, cookie }: Way, team: Team, changes: { state?: string; cookie?: string } = {}) {
  const code = `code-${team.id}-${slack.codes.size}`
  slack.codes.set(code, { team: team.id, redirectUri: authorize.searchParams.get('redirect_uri') as string })
  const url = new URL('/slack/oauth_redirect', it.url)
  url.search = new URLSearchParams({ code, state: changes.state ?? state }).toString()
  return fetch(url, { headers: { Cookie: changes.cookie ?? cookie }, redirect: 'manual' })
}

async function install(team: Team): Promise<void> {
  const response = await consent(await begin(), team)
  expect(response.status).toBe(200)
  expect(await response.text()).toContain(team.name)
}

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  const env = await it.server
    .getWorker<{ DB: { prepare(sql: string): { all(): Promise<{ results: [] }> } } }>()
    .getEnv()
  return (await env.DB.prepare(sql).all()).results
}

const answer = async (team: Team) => (await it.send(command(slack, team, 'help'))).json() as Promise<{ text: string }>
const isAnswered = async (team: Team) => !JSON.stringify(await answer(team)).includes('not installed')

describe('to Slack and back', () => {
  test('it asks for the scopes of the manifest, and no other', async () => {
    const { authorize } = await begin()
    expect(authorize.searchParams.get('client_id')).toBe(slack.client.id)
    expect(authorize.searchParams.get('scope')?.split(',')).toEqual(manifest.oauth_config.scopes.bot)
    expect(authorize.searchParams.get('redirect_uri')).toBe(new URL('/slack/oauth_redirect', it.url).href)
  })

  test('a workspace that installed it is answered with its own token, one that did not is not', async () => {
    const [one, other] = [slack.team('T1'), slack.team('T2')]
    await install(one)
    expect(await isAnswered(one)).toBe(true)
    expect(await isAnswered(other)).toBe(false)
  })

  test('the token is not to be read in the database', async () => {
    const kept = JSON.stringify(await rows('SELECT * FROM slack_installs'))
    expect(kept).toContain('"T1"')
    expect(kept).not.toContain('xoxb')
    expect(kept).not.toContain(slack.teams.get('T1')?.token)
  })

  test("a row that is copied to another workspace's does not open", async () => {
    const env = await it.server.getWorker<{ DB: { exec(sql: string): Promise<unknown> } }>().getEnv()
    await env.DB.exec("INSERT INTO slack_installs SELECT 'T2', token, bot_user_id, installed_at FROM slack_installs")
    expect((await it.send(command(slack, slack.teams.get('T2') as Team, 'help'))).status).toBe(500)
    await env.DB.exec("DELETE FROM slack_installs WHERE owner = 'T2'")
  })

  test('installing again replaces the token', async () => {
    const team = slack.teams.get('T1') as Team
    await install(team)
    expect(await rows("SELECT owner FROM slack_installs WHERE owner = 'T1'")).toHaveLength(1)
  })

  test.each<[string, (way: Way) => { state?: string; cookie?: string }]>([
    ['without a cookie', () => ({ cookie: '' })],
    ["with another way's cookie", ({ cookie }) => ({ cookie: `${cookie.slice(0, -3)}abc` })],
    ['with a state of its own making', () => made('00000000-0000-4000-8000-000000000000.9999999999.AAAA')],
    ['with a state whose expiry was moved', ({ state }) => made(state.replace(/\.\d+\./, '.9999999999.'))],
    ['with a state that is cut', ({ state }) => made(state.slice(0, -1))],
    ['with no state', () => made('')],
  ])('a way back %s is refused', async (_what, change) => {
    const way = await begin()
    const response = await consent(way, slack.team('T3'), change(way))
    expect(response.status).toBe(400)
    expect(await rows("SELECT owner FROM slack_installs WHERE owner = 'T3'")).toEqual([])
  })

  const made = (state: string) => ({ state, cookie: `__Host-whyjob-install=${state}` })

  test('a state is good once', async () => {
    const way = await begin()
    expect((await consent(way, slack.team('T4'))).status).toBe(200)
    expect((await consent(way, slack.team('T5'))).status).toBe(400)
  })

  test('a code that Slack does not know, or a consent that was not given, installs nothing', async () => {
    const way = await begin()
    const url = new URL('/slack/oauth_redirect', it.url)
    url.search = new URLSearchParams({ code: 'never-given', state: way.state }).toString()
    expect((await fetch(url, { headers: { Cookie: way.cookie } })).status).toBe(400)
    url.search = new URLSearchParams({ error: 'access_denied', state: way.state }).toString()
    expect((await fetch(url, { headers: { Cookie: way.cookie } })).status).toBe(400)
  })

  test('whoever comes with a browser is shown a page', async () => {
    const response = await fetch(new URL('/slack/oauth_redirect', it.url), { headers: { Accept: 'text/html' } })
    expect(response.headers.get('Content-Type')).toContain('text/html')
    expect(response.headers.get('Referrer-Policy')).toBe('no-referrer')
  })
})

describe('an organization', () => {
  test('that installed it for all is answered in each of its workspaces, and in no other', async () => {
    const org = slack.team('E1', { isOrg: true })
    await install(org)
    expect(await isAnswered(slack.team('T10', { enterprise: 'E1' }))).toBe(true)
    expect(await isAnswered(slack.team('T11', { enterprise: 'E2' }))).toBe(false)
    expect(await rows("SELECT owner FROM slack_installs WHERE owner LIKE 'E%'")).toEqual([{ owner: 'E1' }])
  })

  test('gone, it is answered nowhere', async () => {
    const org = slack.teams.get('E1') as Team
    expect((await it.send(event(org, { type: 'app_uninstalled' }))).status).toBe(200)
    expect(await isAnswered(slack.team('T10', { enterprise: 'E1' }))).toBe(false)
  })
})

describe('the end', () => {
  test('an uninstalled app keeps nothing of the workspace, and all of the others', async () => {
    const [gone, stays] = [slack.team('T20'), slack.team('T21')]
    await install(gone)
    await install(stays)
    const env = await it.server.getWorker<{ DB: { exec(sql: string): Promise<unknown> } }>().getEnv()
    for (const { id } of [gone, stays]) {
      await env.DB.exec(`INSERT INTO slack_threads VALUES ('${id}', 'C1', '1.000001', '${id}', 9999999999)`)
      await env.DB.exec(
        `INSERT INTO slack_feedback VALUES (NULL, '${id}', 'right', 'isolate', NULL, 'x', NULL, 9999999999)`,
      )
    }
    await it.send(event(gone, { type: 'tokens_revoked', tokens: { bot: [gone.botUserId] } }))
    expect((await it.send(event(gone, { type: 'app_uninstalled' }))).status).toBe(200)
    for (const table of ['slack_installs', 'slack_threads', 'slack_feedback']) {
      const owners = await rows(`SELECT owner FROM ${table} WHERE owner IN ('T20', 'T21')`)
      expect(owners).toEqual([{ owner: 'T21' }])
    }
    expect(await isAnswered(gone)).toBe(false)
    expect(await isAnswered(stays)).toBe(true)
  })

  test('a revoked token is deleted; that of a person is none of ours', async () => {
    const team = slack.team('T22')
    await install(team)
    await it.send(event(team, { type: 'tokens_revoked', tokens: { oauth: ['U1'] } }))
    expect(await isAnswered(team)).toBe(true)
    await it.send(event(team, { type: 'tokens_revoked', tokens: { bot: [team.botUserId] } }))
    expect(await isAnswered(team)).toBe(false)
  })

  test('more threads than one request may forget are forgotten by the hourly broom', async () => {
    const team = slack.team('T23')
    await install(team)
    const env = await it.server.getWorker<{ DB: { exec(sql: string): Promise<unknown> } }>().getEnv()
    await env.DB.exec(
      'INSERT INTO slack_threads WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) ' +
        "SELECT 'T23', 'C1', '1.' || i, 'T23', 9999999999 FROM n",
    )
    await it.send(event(team, { type: 'app_uninstalled' }))
    expect(await rows("SELECT thread FROM slack_threads WHERE owner = 'T23'")).toHaveLength(10)
    await it.server.getWorker().scheduled({ cron: '17 * * * *' })
    expect(await rows("SELECT thread FROM slack_threads WHERE owner = 'T23'")).toHaveLength(0)
  })

  test('nothing of all this is in a log', () => {
    for (const { token } of slack.teams.values()) expect(it.logs()).not.toContain(token)
    for (const secret of [slack.client.secret, 'code-T', 'xoxb']) expect(it.logs()).not.toContain(secret)
  })
})
