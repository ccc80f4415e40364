/**
 * Slack signs each request: HMAC-SHA256 over `v0:timestamp:body`, in hexadecimal. Compared over the raw bytes, by
 * WebCrypto's own verify, whose time does not depend on where the two differ.
 */

/** Slack's own advice is 5 minutes back; a time in the future is no better. */
const SKEW_SECONDS = 300

export interface Signed {
  readonly timestamp: string
  readonly signature: string
  readonly body: Uint8Array
}

export async function isSigned(secret: string, { timestamp, signature, body }: Signed, now: number): Promise<boolean> {
  const hex = /^v0=([0-9a-f]{64})$/.exec(signature)?.[1]
  if (secret === '' || hex === undefined || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now / 1000 - Number(timestamp)) > SKEW_SECONDS) return false
  const key = await hmacKey(secret)
  return crypto.subtle.verify('HMAC', key, bytesOf(hex), signedBytes(timestamp, body))
}

/** Nearly always it is the same secret as the last time, and making a key of it takes a while. */
let last: { readonly secret: string; readonly key: Awaited<ReturnType<typeof importedKey>> } | undefined

export async function hmacKey(secret: string) {
  if (last?.secret !== secret) last = { secret, key: await importedKey(secret) }
  return last.key
}

const importedKey = (secret: string) =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ])

function signedBytes(timestamp: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`v0:${timestamp}:`)
  const whole = new Uint8Array(head.length + body.length)
  whole.set(head)
  whole.set(body, head.length)
  return whole
}

/** What `isSigned` takes. */
export async function signatureOf(secret: string, timestamp: string, body: Uint8Array): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', await hmacKey(secret), signedBytes(timestamp, body))
  return `v0=${[...new Uint8Array(mac)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** Four digits, the same for the same words; without the secret they tell nothing of them. */
export async function numberOf(secret: string, words: string): Promise<number> {
  const mac = await crypto.subtle.sign('HMAC', await hmacKey(secret), new TextEncoder().encode(`number:${words}`))
  return 1000 + (new DataView(mac).getUint32(0) % 9000)
}

/** Whether two secrets are the same, in a time that tells nothing of where they differ. */
export async function isSame(one: string, other: string): Promise<boolean> {
  const key = await hmacKey(crypto.randomUUID())
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(one))
  return crypto.subtle.verify('HMAC', key, mac, new TextEncoder().encode(other))
}

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
