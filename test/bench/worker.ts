/**
 * Plays the small story, or answers a paste, as often as it is asked to: a Worker's clock stands still meanwhile, so
 * the asker measures.
 */

import { RULES } from '../../src/adapters/catalog.ts'
import { diagnose } from '../../src/diagnose.ts'
import { simulate } from '../../src/simulator/simulate.ts'
import { longPaste, smallStory } from './worlds.ts'

const story = smallStory()

export default {
  fetch(request: Request): Response {
    const asked = new URL(request.url).searchParams
    const times = Number(asked.get('times'))
    const bytes = Number(asked.get('bytes'))
    const paste = bytes > 0 ? longPaste(bytes) : ''
    let done = 0
    for (let i = 0; i < times; i++) {
      done += bytes > 0 ? diagnose(paste, RULES).candidates.length : simulate(story, { version: 252 }).trace.length
    }
    return new Response(String(done))
  },
}
