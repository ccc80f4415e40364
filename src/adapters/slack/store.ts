/** What is kept in the database: installations, which threads have evidence, feedback. */

import type { Database } from '../database.ts'
import type { Feedback, Place } from './deps.ts'

/** A thread without a new paste for this long is over; its incident deletes itself by then. */
export const THREAD_SECONDS = 30 * 24 * 60 * 60
export const FEEDBACK_SECONDS = 180 * 24 * 60 * 60
export const SIGHTING_SECONDS = 7 * 24 * 60 * 60

/** Threads forgotten in one go: each is a call, and a request may make few of them. The rest is for the hourly broom. */
const THREADS_AT_ONCE = 40

export interface Install {
  /** The workspace, or the organization. */
  readonly owner: string
  /** Sealed. */
  readonly token: string
  readonly botUserId: string
}

export async function keepInstall(database: Database, install: Install, now: number): Promise<void> {
  await database
    .prepare(
      `INSERT INTO slack_installs (owner, token, bot_user_id, installed_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (owner) DO UPDATE SET token = excluded.token, bot_user_id = excluded.bot_user_id,
         installed_at = excluded.installed_at`,
    )
    .bind(install.owner, install.token, install.botUserId, now)
    .run()
}

export function installOf(database: Database, owner: string): Promise<Install | null> {
  return database
    .prepare('SELECT owner, token, bot_user_id AS botUserId FROM slack_installs WHERE owner = ?')
    .bind(owner)
    .first<Install>()
}

export async function deleteInstall(database: Database, owner: string): Promise<void> {
  await database.prepare('DELETE FROM slack_installs WHERE owner = ?').bind(owner).run()
}

/** A thread that is marked to be forgotten stays so. */
export async function noteThread(database: Database, place: Place, owner: string, now: number): Promise<void> {
  await database
    .prepare(
      `INSERT INTO slack_threads (team, channel, thread, owner, expires_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET expires_at = excluded.expires_at WHERE expires_at > 0`,
    )
    .bind(place.team, place.channel, place.thread, owner, now + THREAD_SECONDS)
    .run()
}

export async function deleteThread(database: Database, { team, channel, thread }: Place): Promise<void> {
  await database
    .prepare('DELETE FROM slack_threads WHERE team = ? AND channel = ? AND thread = ?')
    .bind(team, channel, thread)
    .run()
  // Slack's ids of channels are of one workspace each, or of all that share the channel.
  await database.prepare('DELETE FROM slack_sightings WHERE channel = ? AND thread = ?').bind(channel, thread).run()
}

/** How many threads of the last week have the subject, with this one. */
export async function noteSighting(
  database: Database,
  { channel, thread }: Omit<Place, 'team'>,
  owner: string,
  subject: string,
  now: number,
): Promise<number> {
  await database
    .prepare(
      `INSERT INTO slack_sightings (channel, thread, owner, subject, expires_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET subject = excluded.subject`,
    )
    .bind(channel, thread, owner, subject, now + SIGHTING_SECONDS)
    .run()
  const row = await database
    .prepare('SELECT count(*) AS threads FROM slack_sightings WHERE owner = ? AND subject = ? AND expires_at > ?')
    .bind(owner, subject, now)
    .first<{ threads: number }>()
  return row?.threads ?? 1
}

/** Whatever there is of an owner is gone or, for threads beyond what one request may forget, due at once. */
export async function deleteOwner(database: Database, owner: string): Promise<void> {
  for (const sql of [
    'DELETE FROM slack_installs WHERE owner = ?',
    'DELETE FROM slack_feedback WHERE owner = ?',
    'DELETE FROM slack_sightings WHERE owner = ?',
    'UPDATE slack_threads SET expires_at = 0 WHERE owner = ?',
  ]) {
    await database.prepare(sql).bind(owner).run()
  }
}

/** Due at once: as many as one request may forget are forgotten by it, the rest within the hour. */
export async function endChannel(database: Database, team: string, channel: string): Promise<void> {
  await database
    .prepare('UPDATE slack_threads SET expires_at = 0 WHERE team = ? AND channel = ?')
    .bind(team, channel)
    .run()
}

/** The next threads that are over. */
export async function dueThreads(database: Database, now: number): Promise<readonly Place[]> {
  const { results } = await database
    .prepare('SELECT team, channel, thread FROM slack_threads WHERE expires_at <= ? ORDER BY expires_at LIMIT ?')
    .bind(now, THREADS_AT_ONCE)
    .all<Place>()
  return results
}

export async function keepFeedback(database: Database, given: Feedback, owner: string, now: number): Promise<void> {
  await database
    .prepare(
      'INSERT INTO slack_feedback (owner, verdict, cause, code, paste, note, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .bind(owner, given.verdict, given.cause, given.code, given.paste, given.note ?? null, now + FEEDBACK_SECONDS)
    .run()
}
