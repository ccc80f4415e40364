/** What is no longer to be kept, deleted. Every table with an `expires_at` is here; the cron trigger calls it. */

import type { Database } from './database.ts'

const EXPIRING = ['permalinks', 'slack_feedback', 'slack_sightings'] as const

export async function purge(database: Database, now: number): Promise<number> {
  let rows = 0
  for (const table of EXPIRING) {
    const { meta } = await database.prepare(`DELETE FROM ${table} WHERE expires_at <= ?`).bind(now).run()
    rows += meta.changes
  }
  return rows
}
