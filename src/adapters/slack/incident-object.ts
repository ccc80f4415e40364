/** A thread's incident as a Durable Object: one call at a time, wherever the pastes come from. */

import { DurableObject } from 'cloudflare:workers'
import type { Added, Answered, Evidence, Incident, Message, Paste, Work } from './incident.ts'
import { IncidentState, type Rest, type Saved } from './incident-state.ts'

type Sql = IncidentObject['ctx']['storage']['sql']

export class IncidentObject extends DurableObject implements Incident {
  #state: IncidentState | null = null

  async add(pastes: readonly Paste[], keepSeconds: number): Promise<Added> {
    makeTables(this.ctx.storage.sql)
    const added = this.#loaded().add(pastes)
    await this.ctx.storage.setAlarm(Date.now() + keepSeconds * 1000)
    return added
  }

  async claim(): Promise<Work | null> {
    return this.#loaded().claim(Date.now())
  }

  async answered(lease: string, answered: Answered): Promise<void> {
    this.#loaded().answered(lease, answered)
  }

  async adopt(message: Message): Promise<void> {
    this.#loaded().adopt(message)
  }

  async release(lease: string): Promise<void> {
    this.#loaded().release(lease)
  }

  async read(): Promise<Evidence | null> {
    return this.#loaded().read()
  }

  async picture(key: string, revision: number): Promise<readonly string[] | null> {
    return this.#loaded().picture(key, revision)
  }

  async unlock(key: string): Promise<Evidence | null> {
    return this.#loaded().unlock(key)
  }

  async forget(): Promise<void> {
    this.#state = null
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
  }

  async alarm(): Promise<void> {
    await this.forget()
  }

  /** Whoever asks for an incident that there is none of leaves nothing behind. */
  #loaded(): IncidentState {
    const { sql } = this.ctx.storage
    this.#state ??= new IncidentState(saved(sql), storeIn(sql), this.ctx.id.toString())
    return this.#state
  }
}

function makeTables(sql: Sql): void {
  sql.exec('CREATE TABLE IF NOT EXISTS pastes (id TEXT PRIMARY KEY, at TEXT, author TEXT, text TEXT, redacted TEXT)')
  sql.exec('CREATE TABLE IF NOT EXISTS rest (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT)')
}

const hasTables = (sql: Sql): boolean =>
  sql.exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'rest'").toArray().length > 0

function saved(sql: Sql): Saved | null {
  if (!hasTables(sql)) return null
  const [rest] = sql.exec<{ json: string }>('SELECT json FROM rest').toArray()
  if (rest === undefined) return null
  const rows = sql.exec<Record<keyof Paste, string>>('SELECT id, at, author, text, redacted FROM pastes').toArray()
  return {
    pastes: rows.map((row) => ({ ...row, redacted: JSON.parse(row.redacted) as Paste['redacted'] })),
    rest: JSON.parse(rest.json) as Rest,
  }
}

const storeIn = (sql: Sql) => ({
  keepPaste({ id, at, author, text, redacted }: Paste): void {
    const insert = 'INSERT OR REPLACE INTO pastes (id, at, author, text, redacted) VALUES (?, ?, ?, ?, ?)'
    sql.exec(insert, id, at, author, text, JSON.stringify(redacted))
  },
  /** Of an incident that was forgotten meanwhile nothing is kept again. */
  keepRest(rest: Rest): void {
    if (hasTables(sql)) sql.exec('INSERT OR REPLACE INTO rest (one, json) VALUES (1, ?)', JSON.stringify(rest))
  },
})
