/**
 * Tables are modules with nothing but data in them, named *.table.ts. They are part of every program but the Worker,
 * which has them in a file beside it, and reads that file before it loads the core.
 */

import { globSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Plugin } from 'esbuild'
import type { Tables } from '../src/adapters/tables.ts'

const root = join(import.meta.dirname, '..')

const nameOf = (path: string): string => path.replace(/^.*\/src\//, '').replace('.table.ts', '')

async function exportsOf(path: string): Promise<Tables[string]> {
  const table = { ...(await import(path)) }
  if (isDeepStrictEqual(JSON.parse(JSON.stringify(table)), table)) return table
  throw new Error(`${path} has something in it that is no data.`)
}

/** All of them, as the Worker reads them. */
export async function writtenTables(): Promise<string> {
  const paths = globSync(join(root, 'src/**/*.table.ts')).sort()
  const rows = await Promise.all(paths.map(async (path) => [nameOf(path), await exportsOf(path)] as const))
  return JSON.stringify(Object.fromEntries(rows))
}

/** What a table exports is looked up where it was read. */
export const tablesApart: Plugin = {
  name: 'tables as data',
  setup({ onLoad }) {
    onLoad({ filter: /[.]table[.]ts$/ }, async ({ path }) => ({
      contents: `import { tableOf } from '${join(root, 'src/adapters/tables.ts')}'
export const { ${Object.keys(await exportsOf(path)).join(', ')} } = tableOf('${nameOf(path)}')`,
    }))
  },
}
