/** Requests from so many connections at once, each sending its next when it has been answered. */

import { Agent, request } from 'node:http'

export interface Load {
  readonly perSecond: number
  readonly medianMs: number
  readonly p99Ms: number
  readonly failed: number
}

export interface Asked {
  /** Asked for each request. */
  readonly body: () => string
  readonly connections: number
  readonly requests: number
}

export async function load(url: URL, { body, connections, requests }: Asked): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  let left = requests
  let failed = 0
  const one = async (): Promise<void> => {
    while (left > 0) {
      left--
      const sent = body()
      const began = performance.now()
      if ((await post(url, sent, agent)) !== 200) failed++
      times.push(performance.now() - began)
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: connections }, one))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0
  return { perSecond: requests / seconds, medianMs: at(0.5), p99Ms: at(0.99), failed }
}

function post(url: URL, body: string, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      'Content-Type': 'text/plain',
      'Content-Length': Buffer.byteLength(body),
      Accept: 'application/json',
    }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.on('end', () => resolve(response.statusCode ?? 0)).on('error', () => resolve(0))
      response.resume()
    })
    sent.on('error', () => resolve(0))
    sent.end(body)
  })
}
