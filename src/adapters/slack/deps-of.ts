/** The listeners' dependencies on Workers, for one request. */

import { diagnose } from '../../diagnose.ts'
import type { Catalog } from '../../hypotheses/rule.ts'
import { type Database, now } from '../database.ts'
import { kept } from '../links.ts'
import type { Deps, Place } from './deps.ts'
import type { Incidents } from './env.ts'
import { readFiles } from './files.ts'
import { forgetChannel, forgetOwner, forgetThread, incidentOf } from './forget.ts'
import { type Addresses, Refused } from './outward.ts'
import { numberOf } from './signature.ts'
import { keepFeedback, noteSighting, noteThread } from './store.ts'
import { calm, inTurn } from './turns.ts'
import type { Workspace } from './workspace.ts'

export interface Request {
  /** Whoever has it can tell what a masked name was, if they guess it. */
  readonly secret: string
  readonly catalog: () => Promise<Catalog>
  readonly database: Database
  readonly incidents: Incidents
  readonly addresses: Addresses
  readonly baseUrl: string
  readonly waitUntil: (work: Promise<unknown>) => void
  /** Known once Bolt has asked for the token, which is before any listener. */
  readonly workspace: () => Workspace
}

export function depsOf(request: Request): Deps {
  const { secret, catalog, database, incidents, addresses, baseUrl, waitUntil, workspace } = request
  /** What a button or a link says it is about was once ours, but comes back from outside. */
  const own = (place: Place): Place => {
    if (!workspace().teams.includes(place.team)) throw new Refused('a thread of another workspace')
    return place
  }
  return {
    catalog,
    async diagnose(paste, options) {
      const { rules } = await catalog()
      return inTurn(() => diagnose(paste, rules, options))
    },
    numberOf: (what) => numberOf(secret, JSON.stringify([workspace().owner, what])),
    baseUrl,
    async thread(place) {
      await calm()
      await noteThread(database, own(place), workspace().owner, now())
      return incidentOf(incidents, place)
    },
    files: (client, ids) => readFiles(client, ids, addresses),
    async forget(what) {
      if ('thread' in what) return forgetThread(database, incidents, own(what))
      const { owner, teams } = workspace()
      if (!teams.includes(what.team)) throw new Refused('another workspace')
      if ('channel' in what) return forgetChannel(database, incidents, what)
      return forgetOwner(database, incidents, owner)
    },
    kept: (id) => kept(database, id, now()),
    sighted: (at, code, unit) => noteSighting(database, at, workspace().owner, `${code} ${unit}`, now()),
    feedback: (given) => keepFeedback(database, given, workspace().owner, now()),
    waitUntil,
  }
}
