/** Questions to the core. It is more than the rest of the page together, so it is loaded by the first of them. */

import type { Answered, Question, Reply } from './messages.ts'

/** What was sent cannot be read as text; the message is for whoever sent it. */
export class Unreadable extends Error {}

let core: Worker | undefined
let asked = 0
const waiting = new Map<number, { resolve(reply: Reply): void; reject(error: Error): void }>()

export function ask(question: Question): Promise<Reply> {
  core ??= started()
  const id = ++asked
  const reply = new Promise<Reply>((resolve, reject) => waiting.set(id, { resolve, reject }))
  core.postMessage({ id, question })
  return reply
}

function started(): Worker {
  const worker = new Worker('/core.js', { type: 'module', name: 'core' })
  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
    const one = waiting.get(data.id)
    waiting.delete(data.id)
    if ('reply' in data) one?.resolve(data.reply)
    else one?.reject(data.unreadable ? new Unreadable(data.error) : new Error(data.error))
  })
  worker.addEventListener('error', () => {
    for (const { reject } of waiting.values()) reject(new Error('The core could not be loaded.'))
    waiting.clear()
    core = undefined
  })
  return worker
}

/** While one is being answered only the newest of those that came meanwhile is kept. */
export function newestOnly(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let again = false
  return async () => {
    again = true
    running ??= (async () => {
      while (again) {
        again = false
        await work()
      }
    })().finally(() => {
      running = undefined
    })
    return running
  }
}

export function afterPause(milliseconds: number, work: () => void): () => void {
  let timer = 0
  return () => {
    clearTimeout(timer)
    timer = setTimeout(work, milliseconds)
  }
}
