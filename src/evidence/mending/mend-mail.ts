/** Mail as it is sent: `=` at the end of a line that goes on, and `=3D` for a character. RFC 2045, 6.7. */

import type { Tally } from '../mend.ts'
import { placeOf, type TextLine } from '../page.ts'

const SOFT = /[^=]=$/
/** The blank before the end of a line that goes on (RFC 3676), encoded; `RestartSec=20` is a setting. */
const FLOWED = /(?:^|[ \t])[a-z]{0,20}[.,;:]?=20$/
const ESCAPED = /=(?:3D|20|09|C2=A0|E2=80=(?:98|99|9C|9D|93|94|A6)|C3=[89AB][0-9A-F])/

/** In place: marks are taken out where the text is surely encoded so; a setting without a value ends in `=`, too. */
export function decodeMail(lines: TextLine[], tally: Tally): void {
  const soft = lines.filter(({ text }) => text.endsWith('=') && SOFT.test(text))
  const flowed = lines.filter(({ text }) => text.endsWith('=20') && FLOWED.test(text))
  if (flowed.length < 2 && (soft.length < 2 || !lines.some(({ text }) => ESCAPED.test(text)))) return
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    if (!line.text.includes('=')) continue
    const decoded = decode(line)
    if (decoded.text === line.text) continue
    lines[i] = decoded
    tally('mail encoding', line.number)
  }
}

const BYTES = /=((?:[0-9A-F]{2})(?:=[0-9A-F]{2}){0,3})/y

function decode(line: TextLine): TextLine {
  const source = SOFT.test(line.text) ? line.text.slice(0, -1) : line.text
  const out: string[] = []
  const places: number[] = []
  for (let i = 0; i < source.length; ) {
    const [text, length] = source.charCodeAt(i) === 61 ? escapedAt(source, i) : [source.charAt(i), 1]
    for (const unit of text.split('')) {
      out.push(unit)
      places.push(placeOf(line, i))
    }
    i += length
  }
  const text = out.join('').trimEnd()
  return { ...line, text, places: places.slice(0, text.length) }
}

/** As many bytes as make one character; a lone `=` stays. */
function escapedAt(source: string, at: number): readonly [string, number] {
  BYTES.lastIndex = at
  const match = BYTES.exec(source)
  if (!match) return ['=', 1]
  const bytes = match[1]!.split('=').map((hex) => Number.parseInt(hex, 16))
  const size = bytes[0]! < 0x80 ? 1 : bytes[0]! < 0xe0 ? 2 : bytes[0]! < 0xf0 ? 3 : 4
  if (bytes.length < size) return ['=', 1]
  return [new TextDecoder().decode(Uint8Array.from(bytes.slice(0, size))), size * 3]
}
