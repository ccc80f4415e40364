// `npm run slack:dev` as a process of its own, against the double: the listeners do not know which way it came.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EXAMPLES } from '../../../src/adapters/http/examples.ts'
import { SlackDouble, type Team } from './double.ts'
import { there } from './talk.ts'

const SCRIPT = join(import.meta.dirname, '../../../scripts/slack-dev.ts')
const PASTE = EXAMPLES['bound-unit-exits']!.paste

const slack = new SlackDouble()
let team: Team
let said = ''
let development: ChildProcess

const run = (env: Record<string, string>) =>
  spawn(process.execPath, [SCRIPT], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

beforeAll(async () => {
  await slack.listen()
  team = slack.team('T1')
  development = run({
    SLACK_APP_TOKEN: slack.socket.appToken,
    SLACK_BOT_TOKEN: team.token,
    SLACK_API_URL: slack.apiUrl,
  })
  for (const stream of [development.stdout, development.stderr]) stream?.on('data', (bytes) => (said += bytes))
})
afterAll(() => {
  development.kill()
  slack.close()
})

const command = (text: string) => ({
  command: '/whyjob',
  text,
  team_id: team.id,
  channel_id: `C${team.id}`,
  user_id: 'U1',
  api_app_id: 'A1',
  trigger_id: slack.trigger(),
})

test('a command is acknowledged with its answer', async () => {
  await there(() => (slack.socket.isOpen ? true : undefined))
  expect(await slack.socket.deliver('slash_commands', command('help'))).toMatchObject({ response_type: 'ephemeral' })
})

test('a paste is answered at its response URL', async () => {
  const { url, answers } = slack.responseUrl(team.id)
  await slack.socket.deliver('slash_commands', { ...command(PASTE), response_url: url })
  expect(JSON.stringify(await there(() => answers[0]))).toContain('JC106')
})

test('a mention is answered in its thread, and added to', async () => {
  const mention = (id: string, text: string, ts: string, more: object = {}) =>
    slack.socket.deliver('events_api', {
      type: 'event_callback',
      team_id: team.id,
      event_id: id,
      authorizations: [{ team_id: team.id, enterprise_id: null, is_enterprise_install: false }],
      event: {
        type: 'app_mention',
        user: 'U1',
        text: `<@${team.botUserId}> ${text}`,
        ts,
        channel: `C${team.id}`,
        ...more,
      },
    })
  const thread = slack.nextTs()
  await mention('Ev1', 'Job for nginx.service canceled.', thread)
  const message = await there(() => team.messages.find((one) => one.thread === thread))
  await mention('Ev2', PASTE, slack.nextTs(), { thread_ts: thread })
  await there(() => message.versions[1])
  expect(JSON.stringify(message.versions.at(-1))).toContain('JC106')
})

test('nothing was refused, and no token was said', () => {
  expect(slack.refusals).toEqual([])
  expect(said).toContain('Listening')
  expect(said).not.toContain('xapp-')
  expect(said).not.toContain('xoxb-')
})

test('without tokens it says which, and ends', async () => {
  const lost = run({})
  let complaint = ''
  lost.stderr?.on('data', (bytes) => (complaint += bytes))
  expect(await new Promise((resolve) => lost.on('exit', resolve))).toBe(2)
  expect(complaint).toContain('SLACK_APP_TOKEN')
})
