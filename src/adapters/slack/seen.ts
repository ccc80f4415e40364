/** What came and is not to be heeded again: ids of events, signatures of the rest, states of installations. */

/** Slack sends an event again for some minutes, and a signature is good for five. */
export const SEEN_SECONDS = 60 * 60

export interface Seen {
  /** True for whoever comes first, once. */
  claim(key: string): Promise<boolean>
  /** Whether somebody has claimed it. */
  has(key: string): Promise<boolean>
}

/** As much of a Durable Object's namespace as is used here. */
export interface SeenObjects {
  idFromName(name: string): object
  get(id: object): Seen
}

/** Each key has its object, and many share one: all in one would wait for each other. */
export const seenOf = (objects: SeenObjects, key: string): Seen => objects.get(objects.idFromName(key.slice(-1)))

interface Sql {
  exec(sql: string, ...values: readonly (string | number)[]): { toArray(): readonly object[] }
}

/** The keys of one object, in its own tables. Times are seconds since 1970. */
export class SeenKeys {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
    sql.exec('CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, expires_at INTEGER) WITHOUT ROWID')
  }

  /** The primary key decides, so that of many at the same time one wins. */
  claim(key: string, now: number): boolean {
    const insert = 'INSERT INTO seen (key, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING key'
    return this.#sql.exec(insert, key, now + SEEN_SECONDS).toArray().length > 0
  }

  has(key: string): boolean {
    return this.#sql.exec('SELECT key FROM seen WHERE key = ?', key).toArray().length > 0
  }

  /** True if some are left. */
  forgetOld(now: number): boolean {
    this.#sql.exec('DELETE FROM seen WHERE expires_at <= ?', now)
    return this.#sql.exec('SELECT key FROM seen LIMIT 1').toArray().length > 0
  }
}
