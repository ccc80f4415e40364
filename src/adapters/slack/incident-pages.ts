/**
 * What the addresses in an answer lead to: the picture that Slack shows, and the whole answer. Nobody can guess one,
 * nor make one up: it has the object's id, which the platform checks, and a key that only the object and its answers
 * have.
 */

import type { Context } from 'hono'
import { explain } from '../../diagnose.ts'
import { gather } from '../../evidence/gather.ts'
import { html } from '../../render/markup.ts'
import { phoneLanes } from '../../render/phone-lanes.ts'
import type { Variables } from '../http/log.ts'
import { Problem } from '../http/problem.ts'
import { formatFor, reply } from '../http/reply.ts'
import { toPng } from '../png.ts'
import type { Incidents, SlackBindings } from './env.ts'
import type { Incident } from './incident.ts'

type In = Context<{ Bindings: SlackBindings; Variables: Variables }>

export async function incidentPicture(c: In): Promise<Response> {
  const { incident, key } = incidentAt(c)
  const lines = await incident.picture(key, Number.parseInt(c.req.param('file') ?? '', 10))
  const pixels = lines === null ? null : phoneLanes(lines, await c.var.files.font())
  if (pixels === null) throw gone()
  // One address shows one picture for ever, but not for longer than what it shows is kept.
  return c.body(await toPng(pixels), 200, {
    'Content-Type': 'image/png',
    'Cache-Control': 'private, max-age=600',
    'X-Robots-Tag': 'noindex',
  })
}

export async function incidentPage(c: In): Promise<Response> {
  c.header('X-Robots-Tag', 'noindex')
  const { incident, key } = incidentAt(c)
  const evidence = await incident.unlock(key)
  if (evidence === null) throw gone()
  const { rules } = await c.var.files.catalog()
  const facts = gather(evidence.text)
  const answer = { ...explain(facts, rules), redacted: evidence.redacted }
  const note = html`<p class="help">From Slack: everybody’s pastes of one thread, read as one, masked before they were
kept.</p>`
  return reply(c, evidence, { answer, lines: facts.lines }, formatFor(c, 'text/html'), { keeps: false, note })
}

const ADDRESS = /^([0-9a-f]{64})\.([0-9a-f]{32})$/

function incidentAt(c: In): { incident: Incident; key: string } {
  const [, id = '', key = ''] = ADDRESS.exec(c.req.param('address') ?? '') ?? []
  const incidents = c.env?.INCIDENTS
  if (incidents === undefined || id === '') throw gone()
  return { incident: incidentOf(incidents, id), key }
}

function incidentOf(incidents: Incidents, id: string): Incident {
  try {
    return incidents.get(incidents.idFromString(id))
  } catch {
    throw gone()
  }
}

const gone = (): Problem => new Problem('not-found', 'There is no such incident, or it is no longer kept.')
