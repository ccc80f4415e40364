/**
 * `npm run bench:slack`: the deployed bundle in workerd against the double, both on this machine: the first requests,
 * 500 commands at once, and a storm of events that come three times each.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ResponseUrl, Team } from '../adapters/slack/double.ts'
import { command, mention, type Sent } from '../adapters/slack/payloads.ts'
import { type Direct, direct } from './direct.ts'
import { ms, table } from './measure.ts'

const AT_ONCE = 500
const STORMS = 50
const EVENTS = '/slack/events'
/** Without another answer for this long, there is none to come. */
const QUIET_MS = 20_000
const PASTE = 'Job for nginx.service canceled.'

let team: Team

/** First requests: the second of each kind shows what the first paid for. */
async function cold(it: Direct): Promise<string> {
  const page = () => it.send('/healthz')
  const slack = () => it.send(EVENTS, command(it.slack, team, 'help'))
  const rows = [['request', 'took']]
  for (const [name, ask] of Object.entries({ page, 'page again': page, Slack: slack, 'Slack again': slack })) {
    rows.push([name, ms((await ask()).took)])
  }
  return table(rows)
}

/** All are signed before the first is sent: that is Slack's to compute, not ours. */
async function atOnce(it: Direct, name: string, path: string, make?: () => Sent): Promise<string[]> {
  const all = Array.from({ length: AT_ONCE }, () => make?.())
  const began = performance.now()
  const results = await Promise.all(all.map((sent) => it.send(path, sent)))
  const whole = performance.now() - began
  const times = results.map(({ took }) => took).sort((a, b) => a - b)
  const share = (part: number) => ms(times[Math.ceil(times.length * part) - 1] ?? 0)
  const lost = results.filter(({ status }) => status !== 200).length
  return [name, String(lost), share(0.5), share(0.99), `${Math.round(AT_ONCE / (whole / 1000))}/s`]
}

/** What is acknowledged is worked at afterwards: whether each has its answer, and when the last one has. */
async function answered(urls: readonly ResponseUrl[], began: number): Promise<string> {
  const count = () => urls.filter(({ answers }) => answers.length > 0).length
  let had = -1
  let last = performance.now()
  for (let has = count(); has < urls.length && performance.now() - last < QUIET_MS; has = count()) {
    if (has !== had) last = performance.now()
    had = has
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const whole = ms(performance.now() - began)
  return `${count()} of ${urls.length} pastes answered, the last ${whole} after the first was sent\n`
}

/** Each event three times; every one that is heeded posts once. */
async function storm(it: Direct): Promise<string> {
  const before = team.messages.length
  const events = Array.from({ length: STORMS }, (_, i) => i)
  const sent = events.flatMap((i) =>
    [0, 1, 2].map((retry) => mention(it.slack, team, PASTE, { id: `EvBENCH${i}`, retry, ts: `1.${100000 + i}` })),
  )
  const results = await Promise.all(sent.map((one) => it.send(EVENTS, one)))
  const acked = results.filter(({ status }) => status === 200).length
  const others = new Set(results.map(({ status }) => status).filter((status) => status !== 200))
  if (others.size > 0) console.log(`Other answers than 200: ${[...others].join(', ')}`)
  let posts = -1
  while (posts !== team.messages.length) {
    posts = team.messages.length
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  }
  return `${STORMS} mentions, each three times: ${acked} of ${sent.length} acknowledged, ${posts - before} answers\n`
}

const folder = mkdtempSync(join(tmpdir(), 'whyjob-bench-'))
const it = await direct(join(folder, 'edge'), (slack) => {
  team = slack.team('T1')
  return { SLACK_BOT_TOKEN: team.token }
})
try {
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}\n`)
  console.log(await cold(it))
  const help = () => command(it.slack, team, 'help')
  const rows = [[`${AT_ONCE} at once`, 'lost', 'median', 'p99', 'rate']]
  // The first opens the connections, and is left out; the second says what they and the client take by themselves.
  await atOnce(it, 'connections', '/healthz')
  rows.push(await atOnce(it, 'GET /healthz', '/healthz'))
  rows.push(await atOnce(it, '/whyjob help', EVENTS, help))
  rows.push(await atOnce(it, '/whyjob help, again', EVENTS, help))
  const urls: ResponseUrl[] = []
  const paste = () => {
    const url = it.slack.responseUrl(team.id)
    urls.push(url)
    return command(it.slack, team, PASTE, { responseUrl: url.url })
  }
  const began = performance.now()
  rows.push(await atOnce(it, '/whyjob with a paste', EVENTS, paste))
  console.log(table(rows))
  console.log(await answered(urls, began))
  console.log(await storm(it))
  if (it.slack.refusals.length > 0) console.log(`The double refused: ${[...new Set(it.slack.refusals)].join(', ')}`)
} finally {
  await it.close()
  rmSync(folder, { recursive: true, force: true })
}
