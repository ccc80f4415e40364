/** Signed bytes → what Slack sent, in one shape for commands, interactions and events. */

export interface Delivery {
  readonly body: Readonly<Record<string, unknown>>
  readonly retry?: { readonly count: number; readonly reason: string }
}

/** Null where the bytes are not what the content type says. */
export function deliveryOf(bytes: Uint8Array, headers: Headers): Delivery | null {
  const body = bodyOf(new TextDecoder().decode(bytes), headers.get('content-type') ?? '')
  if (body === null) return null
  const count = headers.get('x-slack-retry-num')
  if (count === null || !/^\d{1,3}$/.test(count)) return { body }
  return { body, retry: { count: Number(count), reason: headers.get('x-slack-retry-reason') ?? '' } }
}

/** Slack's probe of the certificate may come unsigned. Nothing is done for it, so nothing is given away. */
export function isCertificateProbe(bytes: Uint8Array, headers: Headers): boolean {
  if (isJson(headers.get('content-type') ?? '') || bytes.length > PROBE_BYTES) return false
  return new URLSearchParams(new TextDecoder().decode(bytes)).get('ssl_check') === '1'
}

const PROBE_BYTES = 1024

/** Interactions are a form whose one field is JSON, commands a form, events JSON. */
function bodyOf(text: string, contentType: string): Delivery['body'] | null {
  if (isJson(contentType)) return objectOf(text)
  const form = Object.fromEntries(new URLSearchParams(text))
  return form.payload === undefined ? form : objectOf(form.payload)
}

const isJson = (contentType: string): boolean => /^application\/json\b/i.test(contentType)

function objectOf(text: string): Delivery['body'] | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
