/**
 * The bundles. The command line is one, for Node runs the sources as they are, but not below node_modules; the page's
 * scripts are its own and the core, which it loads by the first question. The rules are a file beside them, which the
 * Worker reads, too, and a third script fetches.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { type JsMinifyOptions, minify } from '@swc/core'
import { build, type Metafile, type Plugin } from 'esbuild'
import { recorder } from '../src/adapters/recorder.ts'
import { tablesApart, writtenTables } from './tables.ts'

const root = join(import.meta.dirname, '..')

type NamedFile = readonly [name: string, text: string]

/** Writes whyjob.js and what it loads when a command asks for it. */
export async function bundleCommand(outdir: string): Promise<string> {
  await build({
    absWorkingDir: root,
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
    // For Node it is CommonJS, whose require() a bundle of modules has not.
    alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
  })
  return join(outdir, 'whyjob.js')
}

/** What the edges read when they need it. The API's description is asked for by another name, with a route's heads. */
const DATA: Readonly<Record<string, string>> = {
  'catalog.json': 'src/hypotheses/catalog.json',
  'api.json': 'src/adapters/http/openapi.json',
  'glyphs.json': 'src/render/glyphs.json',
}

const dense = (path: string): string => JSON.stringify(JSON.parse(readFileSync(join(root, path), 'utf8')))

/** Told to no compiler: a script for other machines. */
const RECORDER = ['recorder.json', JSON.stringify(recorder())] as const

const TABLES = 'tables.json'

const SCRIPTS = ['page.js', 'core.js', 'rules.js']
/** Served as they are, to every page. */
export const LOOKS = ['style.css', 'icon.svg']

/** Of these files only the one that is never told anything may talk to anyone, and that is to fetch the rules. */
const policyOf = (file: string): string => `/${file}
  Content-Security-Policy: default-src 'none'${file === 'rules.js' ? "; connect-src 'self'" : ''}
`

const HEADERS = `/*
  X-Content-Type-Options: nosniff
  Cross-Origin-Resource-Policy: same-origin
${[...SCRIPTS, ...Object.keys(DATA), RECORDER[0], TABLES].map(policyOf).join('')}`

/** Writes the scripts, the catalog and their headers. */
export async function bundlePage(outdir: string): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: SCRIPTS.map((name) => `src/adapters/page/${name.replace('.js', '.ts')}`),
    outdir,
    write: false,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: ['es2022', 'chrome111', 'firefox114', 'safari16.4'],
    legalComments: 'inline',
  })
  renew(outdir, [
    ...(await smaller(outputFiles.map(({ path, text }) => [basename(path), text] as const))),
    ...Object.entries(DATA).map(([name, path]) => [name, dense(path)] as const),
    RECORDER,
    ...LOOKS.map((name) => [name, readFileSync(join(root, 'src/adapters/page', name), 'utf8')] as const),
    [TABLES, await writtenTables()],
    ['_headers', HEADERS],
  ])
}

/**
 * Bolt names receivers of its own; ours needs none of them, nor what they load. What they would have of Node itself,
 * every start of the Worker would load, whether or not Slack calls. Nothing here uploads files or writes word by word.
 */
const UNUSED = [
  /^(?:node:)?(?:crypto|fs|https?|stream|url|zlib)$/,
  /^(?:express|path-to-regexp|raw-body|undici|@slack\/oauth|@slack\/socket-mode)$/,
  /^\.\/receivers\/(?:AwsLambda|Express|HTTP|SocketMode)Receiver$/,
  /^\.\/(?:file-upload|chat-stream)$/,
]

const withoutUnused: Plugin = {
  name: 'without what is not used',
  setup({ onResolve }) {
    const slack = join(root, 'src/adapters/slack')
    for (const filter of UNUSED) onResolve({ filter }, () => ({ path: join(slack, 'empty.cjs') }))
    onResolve({ filter: /^(?:p-queue|p-retry|[.]\/methods)$/ }, ({ path, importer }) =>
      importer.includes('/@slack/web-api/') ? { path: join(slack, `web-api/${basename(path)}.ts`) } : null,
    )
  },
}

/** What Bolt requires of Node, a module of a Worker can only import. */
const ofNode: Plugin = {
  name: 'what is required of Node',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[\w:/]+$/ }, ({ path, kind }) =>
      kind === 'require-call' && isBuiltin(path)
        ? { path: path.replace(/^(?:node:)?/, 'node:'), namespace: 'node' }
        : null,
    )
    onLoad({ filter: /./, namespace: 'node' }, ({ path }) => ({
      contents: `import its from '${path}'\nmodule.exports = its`,
    }))
  },
}

/** Packages ask for their own description to say their name and version. */
const inShort: Plugin = {
  name: 'packages in short',
  setup({ onLoad }) {
    onLoad({ filter: /[/]package[.]json$/ }, ({ path }) => {
      const { name, version, description } = JSON.parse(readFileSync(path, 'utf8'))
      return { contents: JSON.stringify({ name, version, description }), loader: 'json' }
    })
  },
}

/** Writes worker.js and what it loads when a route needs it: the core, the chats, and Bolt. */
export async function bundleWorker(outdir: string): Promise<Metafile> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/adapters/worker.ts'],
    outdir,
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: 'linked',
    platform: 'neutral',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    format: 'esm',
    target: 'es2024',
    chunkNames: 'chunks/[name]-[hash]',
    external: ['cloudflare:*', 'node:*'],
    plugins: [tablesApart, withoutUnused, ofNode, inShort],
    legalComments: 'none',
  })
  renew(outdir, await smaller(outputFiles.map(({ path, text }) => [relative(outdir, path), text] as const)))
  return metafile
}

const SMALLEST: JsMinifyOptions = { module: true, ecma: 2022, compress: { ecma: 2022, passes: 3 }, mangle: true }

/** What esbuild made, in fewer bytes still, with its source maps. */
async function smaller(files: readonly NamedFile[]): Promise<NamedFile[]> {
  const texts = new Map(files)
  const made = await Promise.all(
    [...texts].map(async ([name, text]): Promise<NamedFile[]> => {
      if (!name.endsWith('.js')) return texts.has(name.replace(/\.map$/, '')) ? [] : [[name, text]]
      const content = texts.get(`${name}.map`)
      // Of a map that was made before, swc takes the content, though its types do not say so.
      const sourceMap = content === undefined ? {} : ({ sourceMap: { content } } as object)
      const { code, map } = await minify(text, { ...SMALLEST, ...sourceMap })
      return map === undefined
        ? [[name, code]]
        : [
            [name, `${code}//# sourceMappingURL=${basename(name)}.map\n`],
            [`${name}.map`, map],
          ]
    }),
  )
  return made.flat()
}

/** A file that is what it should be is left alone: someone may read it. What was made before and is no more, goes. */
function renew(folder: string, files: readonly NamedFile[]): void {
  for (const [name, text] of files) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text)
  }
  const names = new Set(files.map(([name]) => name))
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !names.has(relative(folder, path))) rmSync(path)
  }
}
