/**
 * `npm start`: the database of this machine brought up to date, then wrangler's server. Neither needs an account or a
 * network. What is given goes to the server; where it keeps its state concerns both.
 */

import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

const given = process.argv.slice(2)
const at = given.indexOf('--persist-to')
const state = at < 0 ? [] : given.slice(at, at + 2)

const root = join(import.meta.dirname, '..')
const env = {
  ...process.env,
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}

// Without a terminal to ask on it goes ahead, and what it says matters only if it failed.
const migrate = ['d1', 'migrations', 'apply', 'DB', '--local', ...state]
const migrated = spawnSync('wrangler', migrate, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
if (migrated.status !== 0) {
  console.error(`${migrated.stdout ?? ''}${migrated.stderr ?? ''}`)
  console.error('The local database could not be made: links cannot be kept, everything else works.')
}

const server = spawn('wrangler', ['dev', ...given], { cwd: root, env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal))
server.on('exit', (status) => process.exit(status ?? 1))
