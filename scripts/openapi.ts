/** The schemas → src/adapters/http/openapi.json. With --check, only says whether the document is up to date. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openapi } from '../src/adapters/http/openapi.ts'

const target = join(import.meta.dirname, '../src/adapters/http/openapi.json')
const text = `${JSON.stringify(openapi(), null, 2)}\n`

if (!process.argv.includes('--check')) writeFileSync(target, text)
else if (readFileSync(target, 'utf8') !== text) {
  console.error('src/adapters/http/openapi.json is not up to date: npm run openapi')
  process.exitCode = 1
}
