/**
 * The command line as one bundle. Node runs the sources as they are, but not below node_modules: an installed package
 * has to be JavaScript.
 */

import { join } from 'node:path'
import { build } from 'esbuild'

/** Writes whyjob.js and what it loads when a command asks for it. */
export async function bundleCommand(outdir: string): Promise<string> {
  await build({
    absWorkingDir: join(import.meta.dirname, '..'),
    entryPoints: { whyjob: 'src/adapters/cli.ts' },
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    chunkNames: 'chunks/[hash]',
    legalComments: 'linked',
  })
  return join(outdir, 'whyjob.js')
}
