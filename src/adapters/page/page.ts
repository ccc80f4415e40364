/** What the pages do with a script. Without it, or where it cannot run, their forms are sent as they are. */

import { addCopyButtons, playHere, statusLine } from './elements.ts'
import { home } from './home.ts'
import { play } from './play.ts'

const askForm = document.querySelector<HTMLFormElement>('form#ask')
const playForm = document.querySelector<HTMLFormElement>('form#play')
const able = 'Worker' in window && 'CompressionStream' in window

if (able && askForm) home(askForm)
else if (able && playForm) play(playForm)
else {
  const main = document.querySelector('main')
  const status = statusLine()
  main?.append(status)
  if (main) addCopyButtons(main, status)
}
if (able) playHere(document)
