/** Files of a message: what Slack says of them, then their text, from Slack's own hosts only. */

import type { WebClient } from '@slack/web-api'
import * as z from 'zod/mini'
import { MAX_PASTE_BYTES } from '../../limits.ts'
import { readUpTo } from '../http/cap.ts'
import { decode, Unreadable } from '../paste.ts'
import type { FileText } from './deps.ts'
import { type Addresses, isAmong } from './outward.ts'

/** Of one message; Slack takes ten at a time. */
const MAX_FILES = 10
/** Slack answers at once, or moves a file to another of its hosts once. */
const MAX_HOPS = 3
const TIMEOUT_MS = 8000

const SlackFile = z.object({
  name: z.nullish(z.string()),
  size: z.nullish(z.number()),
  mimetype: z.nullish(z.string()),
  url_private_download: z.nullish(z.string()),
})

class NoText extends Error {}

export async function readFiles(client: WebClient, ids: readonly string[], at: Addresses): Promise<FileText[]> {
  const texts: FileText[] = []
  // One after the other: together they could be more than the Worker has memory for.
  for (const id of ids.slice(0, MAX_FILES)) texts.push(await readFile(client, id, at))
  return texts
}

async function readFile(client: WebClient, id: string, at: Addresses): Promise<FileText> {
  const file = SlackFile.safeParse((await client.files.info({ file: id }).catch(() => undefined))?.file)
  if (!file.success) return { name: 'file', refused: 'Slack does not give it to this app.' }
  const name = file.data.name ?? 'file'
  try {
    return { name, text: decode(await download(file.data, client.token ?? '', at)) }
  } catch (error) {
    const isTold = error instanceof NoText || error instanceof Unreadable
    return { name, refused: isTold ? error.message : 'It could not be downloaded.' }
  }
}

async function download(file: z.output<typeof SlackFile>, token: string, at: Addresses): Promise<Uint8Array> {
  if (!isTextual(file.mimetype ?? '')) throw new NoText('It is not text.')
  if ((file.size ?? 0) > MAX_PASTE_BYTES) throw new NoText(TOO_LARGE)
  const response = await fetched(file.url_private_download ?? '', token, at)
  if (!response.ok || response.body === null) throw new NoText(`Slack answered ${response.status}.`)
  // Without the scope, or the right to see it, Slack sends a page to log in at, and calls that a success.
  const isPage = /^text\/html\b/i.test(response.headers.get('content-type') ?? '')
  if (isPage && !/html/i.test(file.mimetype ?? ''))
    throw new NoText('Slack asks to log in: the app may not read files.')
  const bytes = await readUpTo(MAX_PASTE_BYTES, response.body)
  if (bytes === null) throw new NoText(TOO_LARGE)
  return bytes
}

/** Where each hop leads is looked at before it is taken, and the token goes with it only to Slack's files. */
async function fetched(first: string, token: string, { files }: Addresses): Promise<Response> {
  let url = first
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    if (!URL.canParse(url) || !isAmong(files, new URL(url))) throw new NoText('It is not on a host of Slack’s.')
    const response = await fetch(url, {
      headers: { Authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) return response
    await response.body?.cancel()
    url = new URL(location, url).href
  }
  throw new NoText('It was moved too often.')
}

/** What Slack calls a snippet or a log; unit files, which have no type that it knows, come as binary. */
const isTextual = (mimetype: string): boolean =>
  mimetype === '' || /^(?:text\/|application\/(?:json|x-ndjson|yaml|x-yaml|x-sh|octet-stream)\b)/i.test(mimetype)

const TOO_LARGE = `It has more than ${MAX_PASTE_BYTES} bytes.`
