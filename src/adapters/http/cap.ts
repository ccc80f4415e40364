/** Bodies are read up to a cap, whether or not they announce their size. */

import type { MiddlewareHandler } from 'hono'
import { MAX_PASTE_BYTES } from '../../limits.ts'
import { Problem, problemResponse } from './problem.ts'

export const TOO_LARGE = `At most ${MAX_PASTE_BYTES} bytes. Send the minutes around the incident.`

/**
 * How much beyond the cap is taken and thrown away. A server that answers and hangs up while its client is still
 * sending breaks the connection, and the client never sees why. Much beyond this that is what it deserves.
 */
const DRAINED_BYTES = 32 * 1024 * 1024

export function capped(maxBytes: number, explanation: string): MiddlewareHandler {
  return async (c, next) => {
    // There cannot be more in it than its head announces.
    if (announced(c.req.header('Content-Length')) <= maxBytes) return next()
    const { body, method } = c.req.raw
    // What a GET has in it means nothing and nobody reads it; nor can a request be made of it again.
    if (body === null || method === 'GET' || method === 'HEAD') return next()
    const bytes = await readUpTo(maxBytes, body, DRAINED_BYTES)
    if (bytes === null) return problemResponse(c, new Problem('paste-too-large', explanation))
    c.req.raw = new Request(c.req.raw, { body: bytes })
    return next()
  }
}

/** Not known where nothing is said, and where more than a plain number is. */
const announced = (length: string | undefined): number =>
  /^\d{1,15}$/.test(length ?? '') ? Number(length) : Number.POSITIVE_INFINITY

/** Null if there is more. Never holds more than the cap and the piece that went over it. */
export async function readUpTo(
  maxBytes: number,
  body: ReadableStream<Uint8Array>,
  drainedBytes = 0,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = body.getReader()
  let pieces: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size <= maxBytes) pieces.push(value)
    else pieces = []
    if (size > maxBytes + drainedBytes) {
      await reader.cancel()
      break
    }
  }
  return size > maxBytes ? null : concatenated(pieces, size)
}

function concatenated(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
