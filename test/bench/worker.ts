/** Plays the small story as often as it is asked to: a Worker's clock stands still meanwhile, so the asker measures. */

import { simulate } from '../../src/simulator/simulate.ts'
import { smallStory } from './worlds.ts'

const story = smallStory()

export default {
  fetch(request: Request): Response {
    const times = Number(new URL(request.url).searchParams.get('times'))
    let happenings = 0
    for (let i = 0; i < times; i++) happenings += simulate(story, { version: 252 }).trace.length
    return new Response(String(happenings))
  },
}
