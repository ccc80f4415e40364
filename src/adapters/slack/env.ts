/** What wrangler.toml binds and `wrangler secret put` sets for Slack. Nothing of it need be there. */

import type { Database } from '../database.ts'
import type { Incident } from './incident.ts'
import type { SeenObjects } from './seen.ts'

export interface SlackBindings {
  readonly DB?: Database
  readonly INCIDENTS?: Incidents
  readonly SEEN?: SeenObjects
  readonly SLACK_SIGNING_SECRET?: string
  /** One workspace: its bot's token. Without it the tokens of whoever installed the app are in the database. */
  readonly SLACK_BOT_TOKEN?: string
  readonly SLACK_CLIENT_ID?: string
  readonly SLACK_CLIENT_SECRET?: string
  /** Seals the tokens in the database: 32 bytes in base64. */
  readonly SLACK_TOKEN_KEY?: string
  /** For tests only: another Web API than Slack's. Every address that is allowed follows it. */
  readonly SLACK_API_URL?: string
  /** Where this edge is reached from outside; left out, it is the address that Slack called. */
  readonly PUBLIC_URL?: string
}

/** As much of a Durable Object's namespace as is used here. */
export interface Incidents {
  idFromName(name: string): IncidentId
  /** Throws for what is no id of an object here. */
  idFromString(id: string): IncidentId
  get(id: IncidentId): Incident
}

export type IncidentId = object & { readonly name?: string }
