/** The Worker's entry: requests, and the hourly broom. */

import { assetFiles } from './assets.ts'
import { now } from './database.ts'
import type { Bindings } from './http/limit.ts'
import { edge } from './http.ts'
import { purge } from './purge.ts'
import { withPack } from './rule-pack.ts'
import type { SlackBindings } from './slack/env.ts'

export { IncidentObject } from './slack/incident-object.ts'
export { SeenObject } from './slack/seen-object.ts'

const files = assetFiles()
const pack = withPack()
const app = edge({
  files: ({ ASSETS, RULE_PACK }) => {
    const own = files(ASSETS)
    return { ...own, catalog: async () => pack(await own.catalog(), RULE_PACK) }
  },
})

export default {
  fetch: app.fetch,
  async scheduled(_event: unknown, { DB, INCIDENTS }: Bindings & SlackBindings): Promise<void> {
    if (DB === undefined) return
    const rows = await purge(DB, now())
    const { forgetDue } = await import('./slack/forget.ts')
    const threads = INCIDENTS === undefined ? 0 : await forgetDue(DB, INCIDENTS, now())
    console.log(JSON.stringify({ at: 'purge', rows, threads }))
  },
}
