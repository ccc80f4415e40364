/** Whose request it is, and as whom to answer. */

import type { Authorize, AuthorizeResult } from '@slack/bolt'
import type { Database } from '../database.ts'
import type { SlackBindings } from './env.ts'
import type { Addresses } from './outward.ts'
import { outward, Refused } from './outward.ts'
import { unseal } from './seal.ts'
import { installOf } from './store.ts'

/** A request's, known once Bolt has asked for its token. */
export interface Workspace {
  /** Whose installation it came by: the workspace, or the organization. */
  readonly owner: string
  /** The ids that evidence may be kept under. */
  readonly teams: readonly string[]
}

type Source = Parameters<Authorize<boolean>>[0]

export async function authorized(
  env: SlackBindings,
  database: Database,
  at: Addresses,
  source: Source,
): Promise<{ readonly workspace: Workspace; readonly result: AuthorizeResult }> {
  const teams = [source.teamId, source.enterpriseId].filter((id) => id !== undefined)
  if (env.SLACK_BOT_TOKEN !== undefined) {
    const { owner, botUserId } = await ownerOfToken(env.SLACK_BOT_TOKEN, at)
    if (!teams.includes(owner)) throw new Refused('the bot token is of another workspace')
    return { workspace: { owner, teams }, result: { botToken: env.SLACK_BOT_TOKEN, botUserId } }
  }
  // An organization's installation covers its workspaces; a workspace's own comes first where it has one.
  const owners = source.isEnterpriseInstall ? [source.enterpriseId] : [source.teamId, source.enterpriseId]
  for (const owner of owners) {
    const install = owner === undefined ? null : await installOf(database, owner)
    if (install === null) continue
    const botToken = await unseal(env.SLACK_TOKEN_KEY ?? '', install.owner, install.token)
    return { workspace: { owner: install.owner, teams }, result: { botToken, botUserId: install.botUserId } }
  }
  throw new Refused('not installed there')
}

interface TokenOwner {
  readonly owner: string
  readonly botUserId: string
}

/** Asked once by each isolate. Only what came of it is kept, for a promise belongs to the request that made it. */
const known = new Map<string, TokenOwner>()
const KNOWN_TOKENS = 4

async function ownerOfToken(token: string, at: Addresses): Promise<TokenOwner> {
  const before = known.get(token)
  if (before !== undefined) return before
  const response = await outward(at)(`${at.api}auth.test`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  })
  const said = (await response.json()) as Record<string, unknown>
  const { team_id: team, enterprise_id: enterprise, user_id: botUserId, is_enterprise_install: isOrg } = said
  const owner = isOrg === true ? enterprise : team
  if (said.ok !== true || typeof owner !== 'string' || typeof botUserId !== 'string') {
    throw new Refused('the bot token is not valid')
  }
  if (known.size >= KNOWN_TOKENS) known.clear()
  known.set(token, { owner, botUserId })
  return { owner, botUserId }
}
