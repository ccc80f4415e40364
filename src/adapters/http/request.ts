/** Request → paste. Text, a form with files, or JSON; nothing is read beyond the cap that the route sets. */

import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { decode, joined, MAX_PASTE_BYTES, type NamedText, Unreadable } from '../paste.ts'
import { Problem } from './problem.ts'
import { AuditRequest, DiagnoseRequest, SimulateRequest, SystemdVersion } from './schemas.ts'

export interface Asked {
  readonly text: string
  readonly systemd?: number
}

export interface AskedAudit {
  readonly files: readonly NamedText[]
  readonly command?: string
  readonly systemd?: number
}

interface ContentType {
  readonly type: string
  readonly charset?: string
}

export async function readPaste(c: Context): Promise<Asked> {
  const asked = await readDiagnose(c)
  if (asked.text.trim() === '') throw new Problem('empty-paste', 'Paste what the terminal or the journal said.')
  if (asked.text.length > MAX_PASTE_BYTES) throw new Problem('paste-too-large', TOO_LARGE)
  return asked
}

export const TOO_LARGE = `At most ${MAX_PASTE_BYTES} bytes. Send the minutes around the incident.`

async function readDiagnose(c: Context): Promise<Asked> {
  const content = contentType(c)
  switch (content.type) {
    case 'application/json': {
      const { paste, files = [], systemd } = parsed(DiagnoseRequest, await readText(c, {}))
      return asked(joined([...(paste === undefined ? [] : [{ name: '', text: paste }]), ...files]), systemd)
    }
    case 'multipart/form-data': {
      const { texts, fields } = await readForm(c)
      return asked(joined(texts), version(fields.systemd))
    }
    case 'application/x-www-form-urlencoded': {
      // curl calls whatever it sends a form. A real one has a field of ours and no character that forms encode.
      const text = await readText(c, {})
      if (!/^[\w.~*+%&=-]*$/.test(text) || !new URLSearchParams(text).has('paste')) return asked(text, fromQuery(c))
      const form = new URLSearchParams(text)
      return asked(form.get('paste') ?? '', version(form.get('systemd')))
    }
    case 'text/plain':
    case '':
      return asked(await readText(c, content), fromQuery(c))
    default:
      throw new Problem('unknown-type', 'Send text/plain, multipart/form-data or application/json.')
  }
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
  const { files, command, systemd } = await readUnitFiles(c)
  if (files.length === 0) throw new Problem('empty-paste', 'Send unit files, each with its name.')
  if (files.reduce((sum, { text }) => sum + text.length, 0) > MAX_PASTE_BYTES) {
    throw new Problem('paste-too-large', TOO_LARGE)
  }
  const most = command === undefined ? MAX_FILES : MAX_FILES_OF_COMMAND
  if (files.length > most) throw new Problem('paste-too-large', `At most ${most} files. ${FEWER}`)
  return { files, ...(command !== undefined && { command }), ...(systemd !== undefined && { systemd }) }
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
  return { files, command: fields.command, systemd: version(fields.systemd) }
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

interface Form {
  readonly texts: readonly NamedText[]
  readonly fields: { readonly systemd?: string; readonly command?: string }
}

const FIELDS: readonly string[] = ['systemd', 'command']

async function readForm(c: Context): Promise<Form> {
  const form = await c.req.formData().catch(() => {
    throw new Problem('bad-request', 'The form cannot be read: is its boundary the one that the header names?')
  })
  const texts: NamedText[] = []
  const fields: Record<string, string> = {}
  for (const [field, value] of form) {
    if (typeof value === 'string') {
      if (FIELDS.includes(field)) fields[field] = value
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

function parsed<T extends z.ZodMiniType>(schema: T, text: string): z.output<T> {
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
