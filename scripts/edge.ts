/** What is deployed: the Worker, and the files that are served beside its routes. wrangler runs this before it looks. */

import { join } from 'node:path'
import { bundlePage, bundleWorker } from './bundle.ts'

const dist = join(import.meta.dirname, '../dist')
await Promise.all([bundlePage(join(dist, 'page')), bundleWorker(join(dist, 'edge'))])
