/** What a message, a mention or a box gives → evidence of a thread, and its answer brought up to date. */

import type { WebClient } from '@slack/web-api'
import type { SlackMessage } from '../../../render/slack.ts'
import { joined } from '../../paste.ts'
import { type Given, isShutOut, keep, settle, tell } from '../answer.ts'
import type { Deps, FileText, Place } from '../deps.ts'
import type { Incident } from '../incident.ts'
import { FULL, NOT_INVITED, short } from '../words.ts'

export interface Source {
  /** Known by it when it comes again. */
  readonly id: string
  readonly at: string
  readonly author: string
  readonly text: string
  readonly files: readonly string[]
}

/** Says something to whoever asked, and to nobody else. */
export type Whisper = (message: SlackMessage) => Promise<unknown>

export async function gathered(deps: Deps, client: WebClient, source: Source): Promise<Gathered> {
  const { id, at, author, text, files } = source
  const read = files.length === 0 ? [] : await deps.files(client, files)
  const texts = read.flatMap((file) => ('text' in file ? [{ name: file.name, text: file.text }] : []))
  const given = [
    { id, at, author, text },
    // A file's name says whose unit file it is, so that it goes above it.
    ...texts.map((file, i) => ({ id: `${id}/${i}`, at, author, text: joined([file]) })),
  ].filter((one) => one.text.trim() !== '')
  return { given, refused: read.flatMap((file) => ('refused' in file ? [file] : [])) }
}

export interface Gathered {
  readonly given: readonly Given[]
  readonly refused: readonly Extract<FileText, { refused: string }>[]
}

export const refusals = (refused: Gathered['refused']): string =>
  refused.map(({ name, refused: why }) => `\`${name.replaceAll('`', '').slice(0, 80)}\` is not read: ${why}`).join(' ')

/** In the thread for all to see; where the app may not write, to whoever asked. */
export async function take(
  deps: Deps,
  client: WebClient,
  place: Place,
  { given, refused }: Gathered,
  whisper: Whisper,
): Promise<void> {
  if (refused.length > 0) await whisper(short(refusals(refused)))
  if (given.length === 0) return
  const incident = await deps.thread(place)
  if ((await keep(deps, incident, place, given)) === 'full') {
    await whisper(short(FULL))
    return
  }
  try {
    await settle(deps, client, incident, place)
  } catch (error) {
    if (!isShutOut(error)) throw error
    await answerAside(deps, place, incident, whisper)
  }
}

async function answerAside(deps: Deps, place: Place, incident: Incident, whisper: Whisper): Promise<void> {
  const evidence = await incident.read()
  if (evidence === null) return
  const { blocks, text } = (await tell(deps, evidence, place)).message
  await whisper({ text, blocks: [...blocks, ...short(NOT_INVITED).blocks] })
}
