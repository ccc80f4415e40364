/** Files, streams and exit codes of the command line. Results go to stdout, everything else to stderr. */

import { createReadStream, readFileSync, statSync } from 'node:fs'
import { styleText } from 'node:util'
import type { Paint, Style } from '../../render/text.ts'
import { Decoding, decode, type NamedText, Unreadable } from '../paste.ts'

export const ANSWERED = 0
export const NOT_DETERMINED = 1
export const BAD_INPUT = 2

/** Below what would fill the memory. */
const MAX_FILE_BYTES = 64 * 1024 * 1024

/** Bad usage or input: the message is for whoever typed, and ends the run with status 2. */
export class Usage extends Error {}

/** True if nothing is named and nothing piped in: whoever typed that is looking for help. */
export const isAskedNothing = (names: readonly string[]): boolean => names.length === 0 && process.stdin.isTTY === true

/** `-` and no file at all are standard input, unless that is the keyboard. */
export async function readAll(names: readonly string[]): Promise<NamedText[]> {
  if (isAskedNothing(names)) throw new Usage('Nothing was piped in. Name a file, or see --help.')
  const texts: NamedText[] = []
  for (const name of names.length === 0 ? ['-'] : names) texts.push(await read(name))
  return texts
}

async function read(name: string): Promise<NamedText> {
  try {
    return { name, text: decode(name === '-' ? await standardInput() : bytesOf(name)) }
  } catch (error) {
    if (error instanceof Unreadable) throw new Usage(`${name}: ${error.message}`)
    throw error
  }
}

/** The text of one file, piece by piece; `-` is standard input. */
export async function* pieces(name: string): AsyncGenerator<string> {
  const decoding = new Decoding()
  let size = 0
  try {
    for await (const bytes of name === '-' ? process.stdin : createReadStream(name, { highWaterMark: PIECE_BYTES })) {
      size += bytes.length
      progress(`reading ${name === '-' ? '' : name}`.trimEnd(), size)
      yield decoding.piece(bytes)
    }
    yield decoding.piece(new Uint8Array(), true)
  } catch (error) {
    if (error instanceof Unreadable) throw new Usage(`${name}: ${error.message}`)
    const reason = REASONS[codeOf(error)]
    throw reason === undefined ? error : new Usage(`${name}: ${reason}${isMistyped(name, error) ? HINT : ''}`)
  }
}

/** Whatever is no command is taken for a file. */
const isMistyped = (name: string, error: unknown): boolean => codeOf(error) === 'ENOENT' && /^[a-z]{3,12}$/.test(name)
const HINT = ' If a command was meant, --help lists them.'

const PIECE_BYTES = 1024 * 1024

function bytesOf(name: string): Uint8Array {
  try {
    if (statSync(name).size > MAX_FILE_BYTES) throw new Usage(`${name}: at most ${MAX_FILE_BYTES} bytes.`)
    return readFileSync(name)
  } catch (error) {
    throw error instanceof Usage ? error : new Usage(`${name}: ${REASONS[codeOf(error)] ?? 'cannot be read.'}`)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file.',
  EACCES: 'you may not read it.',
  EISDIR: 'it is a folder.',
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

async function standardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin) {
    size += chunk.length
    if (size > MAX_FILE_BYTES) throw new Usage(`At most ${MAX_FILE_BYTES} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** From this size on one wonders whether it still lives. */
const LARGE_BYTES = 4 * 1024 * 1024
const MEGABYTE = 1024 * 1024
const ERASE_LINE = '\r\u001b[K'
let isTold = ''

/** One line on the terminal, rewritten as it goes on and erased before anything else is said. */
function progress(doing: string, bytes: number): void {
  const told = `${doing}: ${Math.floor(bytes / MEGABYTE)} MB`
  if (!process.stderr.isTTY || bytes < LARGE_BYTES || told === isTold) return
  isTold = told
  process.stderr.write(`${ERASE_LINE}${told}`)
}

function progressDone(): void {
  if (isTold !== '') process.stderr.write(ERASE_LINE)
  isTold = ''
}

/** Waits until it is written, so that whoever stops reading ends the run at once, and not when all is computed. */
export function print(text: string): Promise<void> {
  progressDone()
  return new Promise((resolve) => process.stdout.write(text, () => resolve()))
}

export function complain(text: string): void {
  progressDone()
  process.stderr.write(`${text}\n`)
}

const STYLES: Readonly<Record<Style, Parameters<typeof styleText>[0]>> = {
  title: 'bold',
  heading: 'bold',
  code: 'cyan',
  mark: 'red',
  number: 'dim',
  hint: 'green',
}

/** Colours only on a terminal; NO_COLOR, FORCE_COLOR and a dumb terminal are respected. */
export const paint: Paint = (style, text) => styleText(STYLES[style], text, { stream: process.stdout })

const MAX_WIDTH = 100

export const width = (): number => Math.max(40, Math.min(process.stdout.columns ?? 80, MAX_WIDTH))
