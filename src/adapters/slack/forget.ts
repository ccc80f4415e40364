/** Evidence that is no longer to be kept: where it is kept, and then the note of it. */

import type { Database } from '../database.ts'
import type { Place } from './deps.ts'
import type { Incidents } from './env.ts'
import type { Incident } from './incident.ts'
import { deleteOwner, deleteThread, dueThreads, endChannel } from './store.ts'

/** The team is part of the name, so no thread of another workspace is ever reached. */
export const incidentOf = (incidents: Incidents, { team, channel, thread }: Place): Incident =>
  incidents.get(incidents.idFromName(JSON.stringify([team, channel, thread])))

export async function forgetThread(database: Database, incidents: Incidents, place: Place): Promise<void> {
  await incidentOf(incidents, place).forget()
  await deleteThread(database, place)
}

/** All of a channel's threads. */
export async function forgetChannel(
  database: Database,
  incidents: Incidents,
  { team, channel }: Omit<Place, 'thread'>,
): Promise<void> {
  await endChannel(database, team, channel)
  await forgetDue(database, incidents, 0)
}

/** Everything of a workspace or an organization, its token first. */
export async function forgetOwner(database: Database, incidents: Incidents, owner: string): Promise<void> {
  await deleteOwner(database, owner)
  await forgetDue(database, incidents, 0)
}

/** As many of the threads that are over as one request may forget; the cron trigger comes again. */
export async function forgetDue(database: Database, incidents: Incidents, now: number): Promise<number> {
  const due = await dueThreads(database, now)
  for (const place of due) await forgetThread(database, incidents, place)
  return due.length
}
