/**
 * `npm run bench:slack`: the deployed bundle in workerd against the double, both on this machine: the first requests,
 * 500 commands at once, and a storm of events that come three times each.
 */

import { cpus, loadavg } from 'node:os'
import { type Bundle, bundle } from '../adapters/slack/bundle.ts'
import type { Team } from '../adapters/slack/double.ts'
import { command, mention } from '../adapters/slack/payloads.ts'
import { ms, table } from './measure.ts'

const AT_ONCE = 500
const STORMS = 50
/** Without another answer for this long, there is none to come. */
const QUIET_MS = 20_000
const PASTE = 'Job for nginx.service canceled.'

let team: Team

async function timed(work: () => Promise<Response>): Promise<{ status: number; took: number }> {
  const began = performance.now()
  const response = await work()
  await response.arrayBuffer()
  return { status: response.status, took: performance.now() - began }
}

/** First requests: the second of each kind shows what the first paid for. */
async function cold(it: Bundle): Promise<string> {
  const page = () => timed(() => fetch(new URL('/healthz', it.url)))
  const slack = () => timed(() => it.send(command(it.slack, team, 'help')))
  const rows = [['request', 'took']]
  for (const [name, ask] of Object.entries({ page, 'page again': page, Slack: slack, 'Slack again': slack })) {
    rows.push([name, ms((await ask()).took)])
  }
  return table(rows)
}

async function atOnce(name: string, ask: () => Promise<Response>): Promise<string[]> {
  const began = performance.now()
  const results = await Promise.all(Array.from({ length: AT_ONCE }, () => timed(ask)))
  const whole = performance.now() - began
  const times = results.map(({ took }) => took).sort((a, b) => a - b)
  const share = (part: number) => ms(times[Math.ceil(times.length * part) - 1] ?? 0)
  const lost = results.filter(({ status }) => status !== 200).length
  return [name, String(lost), share(0.5), share(0.99), `${Math.round(AT_ONCE / (whole / 1000))}/s`]
}

/** Each event three times; every one that is heeded posts once. */
async function storm(it: Bundle): Promise<string> {
  const before = team.messages.length
  const events = Array.from({ length: STORMS }, (_, i) => i)
  const sent = events.flatMap((i) =>
    [0, 1, 2].map((retry) => mention(it.slack, team, PASTE, { id: `EvBENCH${i}`, retry, ts: `1.${100000 + i}` })),
  )
  const results = await Promise.all(sent.map((one) => timed(() => it.send(one))))
  const acked = results.filter(({ status }) => status === 200).length
  let posts = -1
  while (posts !== team.messages.length) {
    posts = team.messages.length
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  }
  return `${STORMS} mentions, each three times: ${acked} of ${sent.length} acknowledged, ${posts - before} answers\n`
}

const it = await bundle((slack) => {
  team = slack.team('T1')
  return { SLACK_BOT_TOKEN: team.token }
})
try {
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}\n`)
  console.log(await cold(it))
  const rows = [[`${AT_ONCE} at once`, 'lost', 'median', 'p99', 'rate']]
  // What is left of this is wrangler's own: its proxy, and the assets that come before the Worker.
  rows.push(await atOnce('GET /healthz', () => fetch(new URL('/healthz', it.url))))
  rows.push(await atOnce('/whyjob help', () => it.send(command(it.slack, team, 'help'))))
  rows.push(await atOnce('/whyjob help, again', () => it.send(command(it.slack, team, 'help'))))
  rows.push(await atOnce('/whyjob with a paste', () => it.send(command(it.slack, team, PASTE))))
  console.log(table(rows))
  console.log(await storm(it))
  if (it.slack.refusals.length > 0) console.log(`The double refused: ${[...new Set(it.slack.refusals)].join(', ')}`)
} finally {
  await it.close()
}
