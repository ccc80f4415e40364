/** Six incidents as Slack shows them, made the way the app makes them: for docs/slack, and to be looked at. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RULES } from '../../../src/adapters/catalog.ts'
import { EXAMPLES } from '../../../src/adapters/http/examples.ts'
import { masked } from '../../../src/adapters/masked.ts'
import { type Told, tell } from '../../../src/adapters/slack/answer.ts'
import type { Deps } from '../../../src/adapters/slack/deps.ts'
import { IncidentState } from '../../../src/adapters/slack/incident-state.ts'
import { diagnose } from '../../../src/diagnose.ts'

const paste = (name: string): string => readFileSync(join(import.meta.dirname, '../../pastes', `${name}.txt`), 'utf8')
const bound = EXAMPLES['bound-unit-exits']?.paste ?? ''
const [complaint = ''] = bound.split('\n\n')

/** What was pasted into a thread, one after the other. */
export const INCIDENTS: Readonly<Record<string, readonly string[]>> = {
  'explained-with-remedy': [bound],
  'one-line-only': [EXAMPLES['nothing-else']?.paste ?? ''],
  'playbook-stop-replaced': [EXAMPLES['stop-replaced']?.paste ?? ''],
  'stopped-by-conflict': [paste('stopped-by-conflict')],
  'start-limit': [paste('start-limit-after-crashes')],
  'second-paste-decides': [complaint, bound.slice(complaint.length)],
}

const deps = {
  diagnose: async (text: string) => diagnose(text, RULES),
  sighted: async () => 1,
  baseUrl: 'https://whyjob.example',
} as unknown as Deps
const target = { channel: 'C0INCIDENTS', thread: '1763805600.000100' }

/** The answer to the last of the pastes, which knows what the ones before were answered. */
export async function answered(pastes: readonly string[]): Promise<Told> {
  const rest = { key: '0'.repeat(32), revision: 0, answered: null, message: null, lease: null, pictures: [] }
  const incident = new IncidentState({ pastes: [], rest }, undefined, '0'.repeat(64))
  let told: Told | undefined
  for (const [i, text] of pastes.entries()) {
    incident.add([{ id: `${i}`, at: `${i}`, author: `U${i}`, ...masked(text) }])
    const work = incident.claim(0)
    if (work === null) throw new Error('nothing new')
    told = await tell(deps, work, target)
    incident.answered(work.lease, { ...told.answered, message: { channel: target.channel, ts: '1763805601.000100' } })
  }
  if (told === undefined) throw new Error('no paste')
  return told
}
