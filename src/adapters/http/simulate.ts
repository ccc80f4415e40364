/** Scenario → trace, as text or as JSON. */

import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { formatTrace } from '../../systemd/happening.ts'
import { parseScenario } from '../../systemd/scenario.ts'
import { play, playedData } from '../play.ts'
import { Problem } from './problem.ts'
import { readScenario } from './request.ts'

export async function simulated(c: Context): Promise<Response> {
  const { text, systemd } = await readScenario(c)
  if (text.trim() === '') throw new Problem('empty-paste', 'Send a scenario: unit files and a timeline.')
  const scenario = parseScenario(text)
  if (scenario.problems.length > 0) {
    throw new Problem('bad-scenario', 'Some of its lines cannot be read.', scenario.problems)
  }
  if (scenario.timeline.length === 0) throw new Problem('bad-scenario', 'It has no timeline, so nothing happens.')
  const played = play(scenario, systemd)
  if (played.cut !== null) throw new Problem('bad-scenario', played.cut)
  c.header('Vary', 'Accept, Content-Type', { append: true })
  c.header('Cache-Control', 'no-store')
  const sentJson = c.req.header('Content-Type')?.startsWith('application/json')
  const wanted = accepts(c, {
    header: 'Accept',
    supports: ['application/json', 'text/plain'],
    default: sentJson ? 'application/json' : 'text/plain',
  })
  if (wanted === 'application/json') return c.json(playedData(played))
  return c.text(formatTrace(played.trace))
}
