/**
 * The Worker's real bundle in workerd, with its database and objects, reached by a socket of its own: wrangler's proxy
 * before it takes several times as long as what it passes on.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { basename, join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from 'wrangler'
import { bundlePage, bundleWorker } from '../../scripts/bundle.ts'
import { SlackDouble } from '../adapters/slack/double.ts'
import { type Sent, SIGNING_SECRET } from '../adapters/slack/payloads.ts'

const root = join(import.meta.dirname, '../..')
const PAGE = join(root, 'dist/page')
const CONNECTIONS = 500

export interface Direct {
  readonly slack: SlackDouble
  readonly url: URL
  /** Over connections that are kept: the status, and how long it took until the whole answer was there. */
  send(path: string, sent?: Sent): Promise<{ readonly status: number; readonly took: number }>
  close(): Promise<void>
}

/** The double is there first: the Worker's secrets may be made of it. */
export async function direct(
  outdir: string,
  secretsOf: (slack: SlackDouble) => Record<string, string>,
): Promise<Direct> {
  const slack = new SlackDouble()
  await slack.listen()
  await Promise.all([bundlePage(PAGE), bundleWorker(outdir)])
  const { workerOptions } = workerOptionsOf(join(root, 'wrangler.toml'))
  const files = ['worker.js', ...readdirSync(join(outdir, 'chunks')).map((name) => `chunks/${name}`)]
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...workerOptions,
      // miniflare's imitation of the asset server would take as long as an acknowledgement, in the same process.
      assets: undefined,
      serviceBindings: { ASSETS: asset },
      modules: files
        .filter((name) => name.endsWith('.js'))
        .map((name) => ({ type: 'ESModule', path: join(outdir, name) })),
      modulesRoot: outdir,
      bindings: { SLACK_SIGNING_SECRET: SIGNING_SECRET, SLACK_API_URL: slack.apiUrl, ...secretsOf(slack) },
      // Each request has its line: what would print that is not to be measured.
      handleStructuredLogs: ({ message }) => {
        if (!message.startsWith('{"at":"request"')) console.log(message)
      },
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    }),
  )
  await miniflare.ready
  const database = await miniflare.getD1Database('DB')
  for (const sql of migrations()) await database.prepare(sql).run()
  const url = await miniflare.unsafeGetDirectURL()
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  return {
    slack,
    url,
    send: (path, sent) => timed(agent, new URL(path, url), sent),
    close: async () => {
      agent.destroy()
      await miniflare.dispose()
      slack.close()
    },
  }
}

/** A file of the page's, as the asset server has it. */
async function asset({ url }: { readonly url: string }): Promise<Response> {
  return new Response(readFileSync(join(PAGE, basename(new URL(url).pathname))))
}

function migrations(): string[] {
  const folder = join(root, 'migrations')
  const files = readdirSync(folder).sort()
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8').replace(/--.*$/gm, ''))
  return texts.flatMap((text) => text.split(';').filter((sql) => sql.trim() !== ''))
}

function timed(agent: Agent, url: URL, sent?: Sent): Promise<{ status: number; took: number }> {
  return new Promise((resolve) => {
    const began = performance.now()
    const end = (status: number) => resolve({ status, took: performance.now() - began })
    const headers = { ...sent?.headers, ...(sent && { 'Content-Length': Buffer.byteLength(sent.body) }) }
    request(url, { agent, headers, method: sent === undefined ? 'GET' : 'POST' }, (response) => {
      response.on('end', () => end(response.statusCode ?? 0)).on('error', () => end(0))
      response.resume()
    })
      .on('error', () => end(0))
      .end(sent?.body)
  })
}
