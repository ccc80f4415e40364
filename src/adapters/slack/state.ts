/** What an installation carries to Slack and back: signed, for ten minutes, and good once. */

import { base64urlOf, bytesOfBase64url } from '../base64url.ts'
import { hmacKey } from './signature.ts'

export const STATE_SECONDS = 600

/** `nonce.expiry.signature`; no character of it needs to be escaped in an address or a cookie. */
export async function newState(secret: string, now: number): Promise<string> {
  const said = `${crypto.randomUUID()}.${now + STATE_SECONDS}`
  const mac = await crypto.subtle.sign('HMAC', await hmacKey(secret), bytesOf(said))
  return `${said}.${base64urlOf(new Uint8Array(mac))}`
}

/** Its nonce, or null if it is not ours or too old. */
export async function nonceOf(secret: string, state: string, now: number): Promise<string | null> {
  const [, said, nonce, expiry, signature] = /^(([0-9a-f-]{36})\.(\d{1,12}))\.([\w-]{43})$/.exec(state) ?? []
  if (said === undefined || nonce === undefined || signature === undefined || Number(expiry) <= now) return null
  const isOurs = await crypto.subtle.verify('HMAC', await hmacKey(secret), bytesOfBase64url(signature), bytesOf(said))
  return isOurs ? nonce : null
}

/** Apart from anything else that is signed with the same secret. */
const bytesOf = (said: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`install:${said}`)
