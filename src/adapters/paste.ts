/** Bytes and files → one paste. What is no text is refused here, with a reason that quotes none of it. */

import { isUnitFile } from '../systemd/scenario.ts'

/** No text, or text that cannot be read. The message is for whoever sent it. */
export class Unreadable extends Error {}

export interface NamedText {
  readonly name: string
  readonly text: string
}

/** UTF-8, or UTF-16 if it says so by a byte order mark, as text saved on Windows does. */
export const decode = (bytes: Uint8Array, charset?: string): string => new Decoding(charset).piece(bytes, true)

/** The same for bytes that come piece by piece. */
export class Decoding {
  readonly #charset: string
  #decoder: InstanceType<typeof TextDecoder> | undefined

  constructor(charset = 'utf-8') {
    this.#charset = charset
  }

  piece(bytes: Uint8Array, last = false): string {
    this.#decoder ??= decoderOf(utf16Of(bytes) ?? this.#charset)
    const text = decoded(this.#decoder, bytes, last)
    if (text.includes('\0')) throw new Unreadable('This is binary data, not text: it has NUL characters.')
    return text
  }
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    throw new Unreadable('The charset is not known here. Send UTF-8.')
  }
}

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, last: boolean): string {
  try {
    return decoder.decode(bytes, { stream: !last })
  } catch {
    throw new Unreadable(`This is not valid ${decoder.encoding.toUpperCase()}. Is it cut in the middle, or binary?`)
  }
}

function utf16Of(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/**
 * All files are one paste. A unit file does not say whose it is; its file name does, so that goes above it the way
 * `systemctl cat` puts it.
 */
export function joined(files: readonly NamedText[]): string {
  return files.map(({ name, text }) => `${caption(name, text)}${text}`).join('\n')
}

function caption(path: string, text: string): string {
  if (/^\s*# \//.test(text)) return ''
  const parts = path.split('/')
  const name = [parts.slice(-2).join('/'), parts.at(-1) ?? ''].find(isUnitFile)
  if (name === undefined) return ''
  return path.startsWith('/') ? `# ${path}\n` : `# /etc/systemd/system/${name}\n`
}
