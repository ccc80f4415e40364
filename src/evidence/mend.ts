/** A paste as it came in, lines that can be read out. What was repaired is told, by kind. */

import { LINE_LENGTH, PASTE_LENGTH, PASTE_LINES } from '../limits.ts'
import type { Mending } from './fact.ts'
import { DAMAGED, repair } from './mending/mend-chars.ts'
import { decodeMail } from './mending/mend-mail.ts'
import { stripPrefixes } from './mending/mend-prefix.ts'
import { cutBack, cutFront, type Page, type TextLine } from './page.ts'

export type Tally = (kind: string, line: number) => void

/** What goes beyond PASTE_LENGTH or PASTE_LINES is left out; the page says so, and what was undone. */
export function mend(paste: string): Page {
  const kinds = new Map<string, { count: number; line: number }>()
  const tally: Tally = (kind, line) => {
    const found = kinds.get(kind)
    if (found) found.count++
    else kinds.set(kind, { count: 1, line })
  }
  const read = Math.min(paste.length, PASTE_LENGTH)
  const marked = splitLines(paste, read, tally)
  decodeMail(marked, tally)
  stripPrefixes(marked, tally)
  const lines = marked.map((line) => unfenced(line, tally))
  const mended: Mending[] = [...kinds].map(([kind, { count, line }]) => ({ kind, count, line }))
  return { paste, lines, mended, cut: cutOf(paste, lines) }
}

function cutOf(paste: string, lines: readonly TextLine[]): string | null {
  const end = lines.at(-1)?.end ?? 0
  const rest = paste.length - end
  return rest > 2 ? `the last ${rest} characters` : null
}

/** Lines end in LF or CR LF; in a text that has no LF at all, in CR. */
function splitLines(paste: string, read: number, tally: Tally): TextLine[] {
  const lines: TextLine[] = []
  const mark = paste.indexOf('\n') < 0 && paste.indexOf('\r') >= 0 ? '\r' : '\n'
  let start = 0
  while (start < read && lines.length < PASTE_LINES) {
    const found = paste.indexOf(mark, start)
    const next = found < 0 || found > read ? read : found
    lines.push(lineOf(paste, lines.length + 1, start, next, tally))
    start = next + 1
  }
  return lines
}

function lineOf(paste: string, number: number, start: number, next: number, tally: Tally): TextLine {
  let end = next
  if (end > start && paste.charCodeAt(end - 1) === 13) {
    end--
    tally('carriage returns', number)
  }
  if (start === 0 && BYTE_ORDER_MARK.test(paste.slice(0, 2))) return lineBehindMark(paste, number, next, tally)
  const raw = paste.slice(start, Math.min(end, start + LINE_LENGTH))
  if (!DAMAGED.test(raw)) {
    return { number, start, end, text: trimmed(raw), shift: 0, places: null }
  }
  const { text, places } = repair(raw, start, (kind) => tally(kind, number))
  return { number, start, end, text: trimmed(text), shift: 0, places }
}

/** Of UTF-16, once its bytes were taken for characters. */
const BYTE_ORDER_MARK = /^(?:\u00ff\u00fe|\u00fe\u00ff|\ufffd\ufffd)/

function lineBehindMark(paste: string, number: number, next: number, tally: Tally): TextLine {
  tally('UTF-16', number)
  const line = lineOf(paste, number, 2, next, tally)
  return { ...line, start: 0, shift: line.places ? line.shift : 2 }
}

const trimmed = (text: string) => {
  const last = text.charCodeAt(text.length - 1)
  return last === 32 || last === 9 ? text.trimEnd() : text
}

/** Code marks of Markdown that share a line with what they mark. */
function unfenced(line: TextLine, tally: Tally): TextLine {
  if (line.text.indexOf('`') < 0) return line
  let out = line
  if (out.text.startsWith('```') && !/^```[\w+-]*$/.test(out.text)) out = cutFront(out, 3)
  if (out.text.length > 3 && out.text.endsWith('```')) out = cutBack(out, 3)
  if (out.text.length > 2 && out.text.startsWith('`') && out.text.indexOf('`', 1) === out.text.length - 1) {
    out = cutBack(cutFront(out, 1), 1)
  }
  if (out !== line) tally('code marks', line.number)
  return out
}
