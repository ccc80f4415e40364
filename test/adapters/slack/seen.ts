/** What was seen, in this process: the keys of the Durable Objects, in SQLite in memory. */

import { DatabaseSync } from 'node:sqlite'
import { now } from '../../../src/adapters/database.ts'
import { SeenKeys, type SeenObjects } from '../../../src/adapters/slack/seen.ts'

export function seenKeys(): SeenKeys {
  const sqlite = new DatabaseSync(':memory:')
  return new SeenKeys({
    exec(sql, ...values) {
      const rows = sqlite.prepare(sql).all(...values)
      return { toArray: () => rows }
    },
  })
}

/** All keys are in one. */
export function seenObjects(): SeenObjects {
  const keys = seenKeys()
  return {
    idFromName: () => ({}),
    get: () => ({ claim: async (key) => keys.claim(key, now()), has: async (key) => keys.has(key) }),
  }
}
