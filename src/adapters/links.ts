/** Pastes that are kept for a while, so that an answer has a short address. Only masked text comes here. */

import { base64urlOf } from './base64url.ts'
import type { Database } from './database.ts'

/** What may be chosen, in seconds. */
export const LIFETIMES = { '1h': 3600, '1d': 86_400, '30d': 2_592_000 } as const
export type Lifetime = keyof typeof LIFETIMES

/** An incident's text; whole journals are not kept. */
export const MAX_KEPT_BYTES = 256 * 1024

export interface Kept {
  readonly text: string
  readonly systemd?: number
  readonly expiresAt: number
}

export interface Receipt {
  readonly id: string
  readonly expiresAt: number
  /** Shown once: only its hash is kept. */
  readonly deleteToken: string
}

/** There is no table: the migrations were never applied. */
export class NoTable extends Error {}

export async function keep(
  database: Database,
  { text, systemd }: { readonly text: string; readonly systemd?: number },
  lifetime: Lifetime,
  now: number,
): Promise<Receipt> {
  const receipt = { id: unguessable(), deleteToken: unguessable(), expiresAt: now + LIFETIMES[lifetime] }
  const hash = await hashOf(receipt.deleteToken)
  const insert = 'INSERT INTO permalinks (id, paste, systemd, expires_at, delete_hash) VALUES (?, ?, ?, ?, ?)'
  const row = database.prepare(insert).bind(receipt.id, text, systemd ?? null, receipt.expiresAt, hash)
  await knowingItsTable(row.run())
  return receipt
}

interface Row {
  readonly paste: string
  readonly systemd: number | null
  readonly expires_at: number
}

/** Null too for what has expired and is not swept yet. */
export async function kept(database: Database, id: string, now: number): Promise<Kept | null> {
  if (!ID.test(id)) return null
  const select = 'SELECT paste, systemd, expires_at FROM permalinks WHERE id = ? AND expires_at > ?'
  const row = await knowingItsTable(database.prepare(select).bind(id, now).first<Row>())
  if (row === null) return null
  return { text: row.paste, expiresAt: row.expires_at, ...(row.systemd !== null && { systemd: row.systemd }) }
}

/** False if the token is not the one that came with the link, or the link is not there. */
export async function forget(database: Database, id: string, deleteToken: string): Promise<boolean> {
  if (!ID.test(id) || !ID.test(deleteToken)) return false
  const remove = 'DELETE FROM permalinks WHERE id = ? AND delete_hash = ?'
  const { meta } = await knowingItsTable(
    database
      .prepare(remove)
      .bind(id, await hashOf(deleteToken))
      .run(),
  )
  return meta.changes > 0
}

async function knowingItsTable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof Error && error.message.includes('no such table') ? new NoTable() : error
  }
}

/** 128 bits, as addresses write them. */
const ID_BYTES = 16
const ID = /^[\w-]{22}$/

const unguessable = (): string => base64urlOf(crypto.getRandomValues(new Uint8Array(ID_BYTES)))

async function hashOf(token: string): Promise<string> {
  return base64urlOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))))
}
