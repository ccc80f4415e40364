/** A link to one of our pages → what it leads to, in a few blocks. */

import { type SlackMessage, toSlack } from '../../render/slack.ts'
import type { Deps } from './deps.ts'
import { explained } from './explained.ts'

/** Of one message; each may be a diagnosis. */
const MAX_LINKS = 5
/** It stands below somebody else's words. */
const ROOM = { blocks: 8, characters: 1500 }

type Unfurls = Record<string, { blocks: never[] }>

export async function unfurls(deps: Deps, urls: readonly string[]): Promise<Unfurls> {
  const found: Unfurls = {}
  for (const url of urls.slice(0, MAX_LINKS)) {
    const message = await preview(deps, url)
    if (message !== null) found[url] = { blocks: message.blocks as unknown as never[] }
  }
  return found
}

async function preview(deps: Deps, address: string): Promise<SlackMessage | null> {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.host !== new URL(deps.baseUrl).host) return null
  const [, folder, name = '', ...rest] = url.pathname.split('/')
  if (rest.length > 0 || name === '') return null
  switch (folder) {
    case 'rules':
      return /^JC\d{3}$/.test(name) ? explained(deps, name) : null
    case 'glossary':
      return /^[\w.=-]{1,60}$/.test(name) ? explained(deps, name) : null
    case 'l': {
      const kept = await deps.kept(name)
      return kept === null ? null : toSlack(await deps.diagnose(kept.text, kept), { room: ROOM })
    }
    default:
      return null
  }
}
