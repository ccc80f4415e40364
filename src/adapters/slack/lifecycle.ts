/**
 * The end of an installation. Taken care of before Bolt: it acknowledges events ahead of its listeners, and Slack shall
 * try again if the deletion failed.
 */

import type { Database } from '../database.ts'
import type { Delivery } from './delivery.ts'
import type { Incidents } from './env.ts'
import { forgetOwner } from './forget.ts'
import { deleteInstall } from './store.ts'

export type Ending =
  /** Nothing of the owner is kept. */
  | { readonly kind: 'uninstalled'; readonly owner: string }
  /** The token is void; the evidence is still the workspace's own. */
  | { readonly kind: 'revoked'; readonly owner: string }

/** Null where the delivery is about anything else, or about tokens of people, of which none are kept. */
export function endingOf({ body }: Delivery): Ending | null {
  if (body.type !== 'event_callback') return null
  const event = record(body.event)
  const owner = ownerOf(body)
  if (owner === null) return null
  if (event.type === 'app_uninstalled') return { kind: 'uninstalled', owner }
  const { bot } = record(event.tokens)
  const isOfBot = Array.isArray(bot) && bot.length > 0
  return event.type === 'tokens_revoked' && isOfBot ? { kind: 'revoked', owner } : null
}

export function end(database: Database, incidents: Incidents, { kind, owner }: Ending): Promise<void> {
  return kind === 'uninstalled' ? forgetOwner(database, incidents, owner) : deleteInstall(database, owner)
}

function ownerOf(body: Delivery['body']): string | null {
  const authorization = Array.isArray(body.authorizations) ? record(body.authorizations[0]) : {}
  const team = authorization.team_id ?? body.team_id
  const enterprise = authorization.enterprise_id ?? body.enterprise_id
  const owner = authorization.is_enterprise_install === true ? enterprise : (team ?? enterprise)
  return typeof owner === 'string' ? owner : null
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}
