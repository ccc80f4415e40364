/**
 * The bundles. The command line is one, for Node runs the sources as they are, but not below node_modules; the page's
 * scripts are two, its own and the core, which it loads by the first question.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
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

/** The files beside the scripts never answer with anything else, and the core may not talk to anyone. */
const HEADERS = `/*
  X-Content-Type-Options: nosniff
  Content-Security-Policy: default-src 'none'
  Cross-Origin-Resource-Policy: same-origin
`

/** Writes page.js, core.js and their headers. A file that is what it should be is left alone: someone may read it. */
export async function bundlePage(outdir: string): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: join(import.meta.dirname, '..'),
    entryPoints: { page: 'src/adapters/page/page.ts', core: 'src/adapters/page/core.ts' },
    outdir,
    write: false,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: ['es2022', 'chrome111', 'firefox114', 'safari16.4'],
    legalComments: 'inline',
  })
  mkdirSync(outdir, { recursive: true })
  const files = outputFiles.map(({ path, text }) => ({ name: basename(path), text }))
  for (const { name, text } of [...files, { name: '_headers', text: HEADERS }]) {
    const path = join(outdir, name)
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text)
  }
}
