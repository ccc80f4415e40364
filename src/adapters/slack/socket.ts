/** The same listeners over Slack's socket, for one's own machine: nothing has to reach it from outside. */

import { type App, SocketModeReceiver } from '@slack/bolt'
import bolt from '@slack/bolt/dist/App.js'
import { CATALOG } from '../catalog.ts'
import type { Database } from '../database.ts'
import type { Log } from '../http/log.ts'
import { appOf } from './bolt.ts'
import { depsOf } from './deps-of.ts'
import type { Incidents } from './env.ts'
import { type Incident, memoryIncident } from './incident.ts'
import { boltLogger, failure } from './log.ts'
import { addresses } from './outward.ts'
import { authorized, type Workspace } from './workspace.ts'

export interface Socket {
  readonly appToken: string
  readonly botToken: string
  readonly baseUrl: string
  readonly apiUrl?: string
  readonly database: Database
  readonly log: Log
}

/** To be started. The bot's token is of one workspace, so whatever comes is that one's. */
export function socketApp({ appToken, botToken, baseUrl, apiUrl, database, log }: Socket): App {
  const at = addresses(apiUrl)
  let known: Workspace | undefined
  const workspace = (): Workspace => {
    if (known === undefined) throw new Error('not authorized yet')
    return known
  }
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLogger(log),
    installerOptions: { clientOptions: { slackApiUrl: at.api } },
  })
  const app = appOf(bolt, receiver, {
    addresses: at,
    authorize: async (source) => {
      const { workspace, result } = await authorized({ SLACK_BOT_TOKEN: botToken }, database, at, source)
      known = workspace
      return result
    },
    deps: depsOf({
      secret: appToken,
      catalog: async () => CATALOG,
      database,
      incidents: incidentsInMemory(),
      addresses: at,
      baseUrl,
      waitUntil: (work) => void work,
      workspace,
    }),
    log,
  })
  app.error(async (error) => log(failure(error)))
  return app
}

function incidentsInMemory(): Incidents {
  const known = new Map<string, Incident>()
  return {
    idFromName: (name) => ({ name }),
    idFromString: (name) => ({ name }),
    get({ name = '' }) {
      const incident = known.get(name) ?? memoryIncident()
      known.set(name, incident)
      return incident
    },
  }
}
