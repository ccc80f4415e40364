/** Tokens at rest: AES-GCM, with whose token it is as additional data, so that a row moved to another does not open. */

const IV_BYTES = 12

export class Unsealable extends Error {}

/** The key is 32 bytes in base64, as `openssl rand -base64 32` prints them. */
export async function seal(secret: string, owner: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const sealed = await crypto.subtle.encrypt(parameters(iv, owner), await aesKey(secret), encoded(text))
  return base64Of(new Uint8Array([...iv, ...new Uint8Array(sealed)]))
}

export async function unseal(secret: string, owner: string, sealed: string): Promise<string> {
  const bytes = bytesOf(sealed)
  const iv = bytes.slice(0, IV_BYTES)
  const key = await aesKey(secret)
  try {
    const text = await crypto.subtle.decrypt(parameters(iv, owner), key, bytes.slice(IV_BYTES))
    return new TextDecoder().decode(text)
  } catch {
    throw new Unsealable('not sealed with this key, or for another owner')
  }
}

const parameters = (iv: Uint8Array<ArrayBuffer>, owner: string) =>
  ({ name: 'AES-GCM', iv, additionalData: encoded(owner) }) as const

function aesKey(secret: string) {
  const raw = bytesOf(secret)
  if (raw.length !== 32) throw new Unsealable('SLACK_TOKEN_KEY is not 32 bytes in base64')
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

const encoded = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
  } catch {
    throw new Unsealable('not base64')
  }
}
