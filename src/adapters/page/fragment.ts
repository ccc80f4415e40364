/** A text in the part of an address that browsers do not send: compressed, so that it fits into a message. */

import { base64urlOf, bytesOfBase64url } from '../base64url.ts'

/** A fragment of a few hundred bytes can hold gigabytes. */
const MAX_BYTES = 1024 * 1024

export interface Kept {
  readonly text: string
  readonly systemd: string
}

export async function packed({ text, systemd }: Kept): Promise<string> {
  const bytes = new TextEncoder().encode(text)
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const squeezed = new Uint8Array(await new Response(stream).arrayBuffer())
  return `#p=${base64urlOf(squeezed)}${systemd === '' ? '' : `&systemd=${systemd}`}`
}

/** Null if there is none, or none of ours. */
export async function unpacked(fragment: string): Promise<Kept | null> {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''))
  const base64url = parts.get('p')
  if (base64url === null) return null
  try {
    const stream = new Blob([bytesOfBase64url(base64url)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
    return { text: await readUpTo(MAX_BYTES, stream), systemd: parts.get('systemd') ?? '' }
  } catch {
    return null
  }
}

async function readUpTo(maxBytes: number, stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = stream.getReader()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.length
    if (size > maxBytes) {
      await reader.cancel()
      throw new Error('too large')
    }
    text += decoder.decode(value, { stream: true })
  }
}
