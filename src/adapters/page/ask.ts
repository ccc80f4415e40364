/**
 * Questions to the core. It is more than the rest of the page together, so it is loaded by the first of them, and the
 * rules beside it.
 */

import type { Answered, Question, Reply } from './messages.ts'

/** What was sent cannot be read as text; the message is for whoever sent it. */
export class Unreadable extends Error {}

let core: Worker | undefined
let rules: Promise<Reply> | undefined
let asked = 0
const waiting = new Map<number, { resolve(reply: Reply): void; reject(error: Error): void }>()

export async function ask(question: Question): Promise<Reply> {
  core ??= started()
  const to = core
  if (question.kind === 'diagnose') {
    rules ??= brought(to)
    await rules
  }
  return sent(to, question)
}

function sent(to: Worker, question: Question): Promise<Reply> {
  if (to !== core) return Promise.reject(new Error(LOST))
  const id = ++asked
  const reply = new Promise<Reply>((resolve, reject) => waiting.set(id, { resolve, reject }))
  to.postMessage({ id, question })
  return reply
}

/** What could not be loaded is tried again by the next question. */
async function brought(to: Worker): Promise<Reply> {
  try {
    return await sent(to, { kind: 'catalog', text: await fetched() })
  } catch (error) {
    rules = undefined
    throw error
  }
}

function fetched(): Promise<string> {
  const worker = new Worker('/rules.js', { type: 'module', name: 'rules' })
  const text = new Promise<string>((resolve, reject) => {
    const lost = () => reject(new Error('The rules could not be loaded.'))
    worker.addEventListener('message', ({ data }: MessageEvent<string | null>) =>
      data === null ? lost() : resolve(data),
    )
    worker.addEventListener('error', lost)
  })
  return text.finally(() => worker.terminate())
}

const LOST = 'The core could not be loaded.'

function started(): Worker {
  const worker = new Worker('/core.js', { type: 'module', name: 'core' })
  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
    const one = waiting.get(data.id)
    waiting.delete(data.id)
    if ('reply' in data) one?.resolve(data.reply)
    else one?.reject(data.unreadable ? new Unreadable(data.error) : new Error(data.error))
  })
  worker.addEventListener('error', () => {
    for (const { reject } of waiting.values()) reject(new Error(LOST))
    waiting.clear()
    core = undefined
    rules = undefined
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
