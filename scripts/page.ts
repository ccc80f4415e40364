/** The page's scripts → dist/page, which the Worker serves beside its routes. wrangler runs this before it bundles. */

import { join } from 'node:path'
import { bundlePage } from './bundle.ts'

await bundlePage(join(import.meta.dirname, '../dist/page'))
