/** The npm package's bundle, and a dry run of the Worker's deployment with its size. */

import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bundleCommand } from './bundle.ts'

/**
 * The Worker's budget, so that growth is noticed. Two thirds of it are the simulator, systemd's tables and the parsers, a
 * sixth the rules in words: what the answer is made of.
 */
const MAX_WORKER_KIB = 250

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })

execFileSync(process.execPath, [await bundleCommand(dist), '--version'], { stdio: 'inherit' })

execFileSync('wrangler', ['deploy', '--dry-run', '--outdir', 'dist/worker'], {
  cwd: root,
  stdio: 'inherit',
  // Neither usage figures nor a look for a newer version: a build needs no network.
  env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
})
const kib = gzipSync(readFileSync(join(dist, 'worker/worker.js'))).length / 1024
console.log(`worker: ${kib.toFixed(1)} KiB gzipped, at most ${MAX_WORKER_KIB}`)
if (kib > MAX_WORKER_KIB) process.exitCode = 1
