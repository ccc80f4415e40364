/** The npm package's bundle and manual page, and a dry run of the Worker's deployment with the sizes of its parts. */

import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { manualPage } from '../src/adapters/cli/man.ts'
import { programOf } from '../src/adapters/cli/program.ts'
import { bundleCommand } from './bundle.ts'

/**
 * The budgets in KiB gzipped, so that growth is noticed. Of the page's core four fifths are the simulator, systemd's
 * tables and the parsers: what the answer is made of. The Worker has the edges besides, a fifth of it is for Slack. The
 * page's own script is loaded by every visit, the core and the rules by the first input. The rules are data, read when
 * the first answer is due.
 */
const BUDGETS = { 'worker/worker.js': 320, 'page/core.js': 210, 'page/page.js': 10 }

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })

execFileSync(process.execPath, [await bundleCommand(dist), '--version'], { stdio: 'inherit' })
writeFileSync(join(dist, 'whyjob.1'), manualPage(programOf(() => {})))

execFileSync('wrangler', ['deploy', '--dry-run', '--outdir', 'dist/worker'], {
  cwd: root,
  stdio: 'inherit',
  // Neither usage figures nor a look for a newer version: a build needs no network.
  env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
})
for (const [file, most] of Object.entries(BUDGETS)) {
  const kib = gzipSync(readFileSync(join(dist, file))).length / 1024
  console.log(`${file}: ${kib.toFixed(1)} KiB gzipped, at most ${most}`)
  if (kib > most) process.exitCode = 1
}
