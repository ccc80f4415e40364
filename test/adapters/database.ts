/** D1 as far as the edge uses it, in this process: SQLite in memory, with every migration applied. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Database, Statement, Value } from '../../src/adapters/database.ts'

const MIGRATIONS = join(import.meta.dirname, '../../migrations')

export interface TestDatabase extends Database {
  /** For what a test wants to see or change behind the edge's back. */
  readonly sqlite: DatabaseSync
}

export function database({ migrated = true } = {}): TestDatabase {
  const sqlite = new DatabaseSync(':memory:')
  const files = migrated ? readdirSync(MIGRATIONS).sort() : []
  for (const file of files) sqlite.exec(readFileSync(join(MIGRATIONS, file), 'utf8'))
  return { sqlite, prepare: (sql) => statement(sqlite, sql, []) }
}

/** Nothing is compiled before it runs, as on D1: a missing table is an error of `run`, not of `prepare`. */
function statement(sqlite: DatabaseSync, sql: string, values: readonly Value[]): Statement {
  return {
    bind: (...bound) => statement(sqlite, sql, bound),
    first: async <Row>() => (sqlite.prepare(sql).get(...values) ?? null) as Row | null,
    all: async <Row>() => ({ results: sqlite.prepare(sql).all(...values) as Row[] }),
    run: async () => ({ meta: { changes: Number(sqlite.prepare(sql).run(...values).changes) } }),
  }
}
