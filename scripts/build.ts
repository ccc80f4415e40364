/** The npm package's bundle and manual page, and a dry run of the Worker's deployment with the sizes of its parts. */

import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Metafile } from 'esbuild'
import { manualPage } from '../src/adapters/cli/man.ts'
import { programOf } from '../src/adapters/cli/program.ts'
import { bundleCommand, bundleWorker } from './bundle.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })

execFileSync(process.execPath, [await bundleCommand(dist), '--version'], { stdio: 'inherit' })
writeFileSync(join(dist, 'whyjob.1'), manualPage(programOf(() => {})))

const edge = await bundleWorker(join(dist, 'edge'))
execFileSync('wrangler', ['deploy', '--dry-run', '--outdir', 'dist/worker'], {
  cwd: root,
  stdio: 'inherit',
  // Neither usage figures nor a look for a newer version: a build needs no network.
  env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
})

/** What is loaded by a file of the Worker, itself included; without what only chats load. */
function loadedBy(file: string, { outputs }: Metafile, without: RegExp): string[] {
  const loaded = new Set([file])
  for (const one of loaded) {
    for (const { path, external } of outputs[one]?.imports ?? []) if (!external && !without.test(path)) loaded.add(path)
  }
  return [...loaded].map((path) => join(root, path))
}

const WORKER = 'dist/edge/worker.js'
const NOTHING = /^$/

/**
 * The budgets in KiB gzipped, so that growth is noticed; the files of a row are one, as wrangler counts an upload. Of
 * the page's core four fifths are the simulator, systemd's tables and the parsers: what the answer is made of. The
 * Worker has the edges besides, a tenth of it is for chats; at its start it runs the first file alone. The page's own
 * script is loaded by every visit, the core and the rules by the first input. Rules and tables are data, which the
 * Worker reads when the first answer is due.
 */
const BUDGETS: readonly (readonly [what: string, files: readonly string[], kib: number])[] = [
  ['the Worker', loadedBy(WORKER, edge, NOTHING), 290.5],
  ['the Worker without chats', loadedBy(WORKER, edge, /\/chats-/), 257],
  ['what a Worker runs at its start', [join(root, WORKER)], 14],
  ['page/page.js', [join(dist, 'page/page.js')], 4],
  ['page/core.js', [join(dist, 'page/core.js')], 275.2],
  ['page/catalog.json', [join(dist, 'page/catalog.json')], 85.4],
]

for (const [what, files, most] of BUDGETS) {
  const bytes = gzipSync(Buffer.concat(files.map((file) => readFileSync(file)))).length
  console.log(`${what}: ${(bytes / 1024).toFixed(1)} KiB gzipped, at most ${most}`)
  if (bytes > most * 1024) process.exitCode = 1
}
