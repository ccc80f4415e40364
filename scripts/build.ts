/**
 * The npm package's bundle, and a dry run of the Worker's deployment with its size. Node runs the sources as they
 * are, but not below node_modules: an installed package has to be JavaScript.
 */

import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** The Worker's budget. Small is quick to start; the answer must come in seconds. */
const MAX_WORKER_KIB = 200

const root = join(import.meta.dirname, '..')
rmSync(join(root, 'dist'), { recursive: true, force: true })

await build({
  absWorkingDir: root,
  entryPoints: { whyjob: 'src/adapters/cli.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  chunkNames: 'chunks/[hash]',
  legalComments: 'linked',
})
execFileSync(process.execPath, [join(root, 'dist/whyjob.js'), '--version'], { stdio: 'inherit' })

execFileSync('wrangler', ['deploy', '--dry-run', '--outdir', 'dist/worker'], {
  cwd: root,
  stdio: 'inherit',
  // Neither usage figures nor a look for a newer version: a build needs no network.
  env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
})
const kib = gzipSync(readFileSync(join(root, 'dist/worker/worker.js'))).length / 1024
console.log(`worker: ${kib.toFixed(1)} KiB gzipped, at most ${MAX_WORKER_KIB}`)
if (kib > MAX_WORKER_KIB) process.exitCode = 1
