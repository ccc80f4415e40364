/** Request → paste. Text, a form with files, or JSON; nothing is read beyond the cap that the route sets. */

import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { MAX_PASTE_BYTES } from '../../limits.ts'
import type { Lifetime as LifetimeName } from '../links.ts'
import { decode, joined, type NamedText, Unreadable } from '../paste.ts'
import { TOO_LARGE } from './cap.ts'
import { Problem } from './problem.ts'
import { AuditRequest, DiagnoseRequest, Lifetime, LinkRequest, SimulateRequest, SystemdVersion } from './schemas.ts'

export interface Asked {
  readonly text: string
  readonly systemd?: number
}

export interface AskedLink extends Asked {
  readonly expires: LifetimeName
}

export interface AskedAudit {
  readonly files: readonly NamedText[]
  readonly command?: string
  readonly ignore?: readonly string[]
  readonly systemd?: number
}

interface ContentType {
  readonly type: string
  readonly charset?: string
}

export async function readPaste(c: Context): Promise<Asked> {
  return checked(await readSent(c, DiagnoseRequest))
}

export async function readLink(c: Context): Promise<AskedLink> {
  const sent = await readSent(c, LinkRequest)
  return { ...checked(sent), expires: lifetime(sent.expires) }
}

/** What deletes a link, of a form. */
export async function readToken(c: Context): Promise<string> {
  const isPlain = contentType(c).type === 'application/x-www-form-urlencoded'
  return (isPlain ? new URLSearchParams(await readText(c, {})).get('token') : (await readForm(c)).fields.token) ?? ''
}

interface Sent extends Asked {
  readonly expires?: string
}

function checked({ text, systemd }: Sent): Asked {
  if (text.trim() === '') throw new Problem('empty-paste', 'Paste what the terminal or the journal said.')
  if (text.length > MAX_PASTE_BYTES) throw new Problem('paste-too-large', TOO_LARGE)
  return asked(text, systemd)
}

async function readSent(c: Context, schema: typeof DiagnoseRequest | typeof LinkRequest): Promise<Sent> {
  const content = contentType(c)
  switch (content.type) {
    case 'application/json': {
      const { paste, files = [], ...options }: z.output<typeof LinkRequest> = parsed(schema, await readText(c, {}))
      return { text: joined([...(paste === undefined ? [] : [{ name: '', text: paste }]), ...files]), ...options }
    }
    case 'multipart/form-data': {
      const { texts, fields } = await readForm(c)
      return { ...asked(joined(texts), version(fields.systemd)), expires: fields.expires }
    }
    case 'application/x-www-form-urlencoded': {
      // curl calls whatever it sends a form. A real one has a field of ours and no character that forms encode.
      const text = await readText(c, {})
      if (!/^[\w.~*+%&=-]*$/.test(text) || !new URLSearchParams(text).has('paste')) return inQuery(c, text)
      const form = new URLSearchParams(text)
      return {
        ...asked(form.get('paste') ?? '', version(form.get('systemd'))),
        expires: form.get('expires') ?? undefined,
      }
    }
    case 'text/plain':
    case '':
      return inQuery(c, await readText(c, content))
    default:
      throw new Problem('unknown-type', 'Send text/plain, multipart/form-data or application/json.')
  }
}

const inQuery = (c: Context, text: string): Sent => ({ ...asked(text, fromQuery(c)), expires: c.req.query('expires') })

function lifetime(text: string | undefined): LifetimeName {
  const read = Lifetime.safeParse(text === undefined || text === '' ? '1d' : text)
  if (!read.success) throw new Problem('bad-request', 'expires is 1h, 1d or 30d.')
  return read.data
}

export async function readScenario(c: Context): Promise<Asked> {
  const content = contentType(c)
  switch (content.type) {
    case 'application/json': {
      const { scenario, systemd } = parsed(SimulateRequest, await readText(c, {}))
      return asked(scenario, systemd)
    }
    case 'multipart/form-data': {
      const { texts, fields } = await readForm(c)
      return asked(joined(texts), version(fields.systemd))
    }
    case 'text/plain':
    case 'application/x-www-form-urlencoded':
    case '':
      return asked(await readText(c, content), fromQuery(c))
    default:
      throw new Problem('unknown-type', 'Send text/plain, multipart/form-data or application/json.')
  }
}

export async function readAudit(c: Context): Promise<AskedAudit> {
  const { files, command, ignore, systemd } = await readUnitFiles(c)
  if (files.length === 0) throw new Problem('empty-paste', 'Send unit files, each with its name.')
  if (files.reduce((sum, { text }) => sum + text.length, 0) > MAX_PASTE_BYTES) {
    throw new Problem('paste-too-large', TOO_LARGE)
  }
  const most = command === undefined ? MAX_FILES : MAX_FILES_OF_COMMAND
  if (files.length > most) throw new Problem('paste-too-large', `At most ${most} files. ${FEWER}`)
  return {
    files,
    ...(command !== undefined && { command }),
    ...(ignore !== undefined && { ignore }),
    ...(systemd !== undefined && { systemd }),
  }
}

/** An audit plays every job of every unit: some hundred milliseconds of computing for each file. */
const MAX_FILES = 25
const MAX_FILES_OF_COMMAND = 200
const FEWER = 'Ask about one command, or let `whyjob audit` take its time.'

async function readUnitFiles(c: Context): Promise<AskedAudit> {
  const { type } = contentType(c)
  if (type === 'application/json') return parsed(AuditRequest, await readText(c, {}))
  if (type !== 'multipart/form-data') {
    throw new Problem('unknown-type', 'Send multipart/form-data with files, or application/json.')
  }
  const { texts, fields } = await readForm(c)
  const files = texts.filter(({ name }) => name !== '')
  return { files, command: fields.command, ignore: fields.ignore?.split(','), systemd: version(fields.systemd) }
}

const asked = (text: string, systemd: number | undefined): Asked =>
  systemd === undefined ? { text } : { text, systemd }

function contentType(c: Context): ContentType {
  if ((c.req.header('Content-Encoding') ?? 'identity') !== 'identity') {
    throw new Problem('unknown-type', 'Send the body as it is, without a Content-Encoding.')
  }
  const header = c.req.header('Content-Type') ?? ''
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim())
  const charset = parameters
    .find((p) => /^charset=/i.test(p))
    ?.slice('charset='.length)
    .replaceAll('"', '')
  return { type: type.toLowerCase(), ...(charset !== undefined && { charset }) }
}

async function readText(c: Context, { charset }: Partial<ContentType>): Promise<string> {
  return asText(new Uint8Array(await c.req.arrayBuffer()), charset)
}

function asText(bytes: Uint8Array, charset?: string): string {
  try {
    return decode(bytes, charset)
  } catch (error) {
    throw error instanceof Unreadable ? new Problem('not-text', error.message) : error
  }
}

const FIELDS = ['systemd', 'command', 'ignore', 'expires', 'token'] as const

interface Form {
  readonly texts: readonly NamedText[]
  readonly fields: { readonly [field in (typeof FIELDS)[number]]?: string }
}

async function readForm(c: Context): Promise<Form> {
  const form = await c.req.formData().catch(() => {
    throw new Problem('bad-request', 'The form cannot be read: is its boundary the one that the header names?')
  })
  const texts: NamedText[] = []
  const fields: Record<string, string> = {}
  for (const [field, value] of form) {
    if (typeof value === 'string') {
      if (FIELDS.some((known) => known === field)) fields[field] = value
      else if (value !== '') texts.push({ name: '', text: value })
    } else if (value.size > 0) {
      texts.push({ name: value.name, text: asText(new Uint8Array(await value.arrayBuffer())) })
    }
  }
  return { texts, fields }
}

function fromQuery(c: Context): number | undefined {
  return version(c.req.query('systemd') ?? null)
}

/** As forms and addresses write it. */
function version(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text === '') return undefined
  const read = SystemdVersion.safeParse(Number(text))
  if (!read.success) throw new Problem('bad-request', 'systemd is the number of a release, such as 252.')
  return read.data
}

/** JSON of that shape; whatever else it is, is a problem of the client's. */
export function parsed<T extends z.ZodMiniType>(schema: T, text: string): z.output<T> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Problem('bad-request', 'The body is not valid JSON.')
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const details = read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
  throw new Problem('bad-request', 'The JSON is not of the shape that is asked for.', details)
}
