/** The Worker's entry: requests, and the hourly broom. */

import { now } from './database.ts'
import type { Bindings } from './http/limit.ts'
import { edge } from './http.ts'
import { purge } from './purge.ts'

const app = edge()

export default {
  fetch: app.fetch,
  async scheduled(_event: unknown, { DB }: Bindings): Promise<void> {
    if (DB === undefined) return
    console.log(JSON.stringify({ at: 'purge', rows: await purge(DB, now()) }))
  },
}
