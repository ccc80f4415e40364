/**
 * The bundles. The command line is one, for Node runs the sources as they are, but not below node_modules; the page's
 * scripts are its own and the core, which it loads by the first question. The rules are a file beside them, which the
 * Worker reads, too, and a third script fetches.
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

const CATALOG = join(import.meta.dirname, '../src/hypotheses/catalog.json')

/** Of these files only the one that is never told anything may talk to anyone, and that is to fetch the rules. */
const CONNECTS: Readonly<Record<string, boolean>> = {
  'page.js': false,
  'core.js': false,
  'catalog.json': false,
  'rules.js': true,
}

const policyOf = ([file, connects]: readonly [string, boolean]): string => `/${file}
  Content-Security-Policy: default-src 'none'${connects ? "; connect-src 'self'" : ''}
`

const HEADERS = `/*
  X-Content-Type-Options: nosniff
  Cross-Origin-Resource-Policy: same-origin
${Object.entries(CONNECTS).map(policyOf).join('')}`

/** Writes the scripts, the catalog and their headers. A file that is what it should be is left alone: someone may read it. */
export async function bundlePage(outdir: string): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: join(import.meta.dirname, '..'),
    entryPoints: ['page', 'core', 'rules'].map((name) => `src/adapters/page/${name}.ts`),
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
  const catalog = JSON.stringify(JSON.parse(readFileSync(CATALOG, 'utf8')))
  for (const { name, text } of [
    ...files,
    { name: 'catalog.json', text: catalog },
    { name: '_headers', text: HEADERS },
  ]) {
    const path = join(outdir, name)
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text)
  }
}
