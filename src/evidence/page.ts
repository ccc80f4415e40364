/** A paste as lines of mended text, each character of which knows its place in the paste as it came. */

import type { Mending, Moment } from './fact.ts'

export interface TextLine {
  /** 1-based. */
  readonly number: number
  /** In the paste, without the line's end. */
  readonly start: number
  readonly end: number
  /** Mended, without blanks at its end. */
  readonly text: string
  /** Characters of the paste cut off at the front; meaningful where `places` is null. */
  readonly shift: number
  /** Offset of each character of `text`, where more than the front was changed. */
  readonly places: readonly number[] | null
  /** The text is no part of the paste as it stands (a JSON string's value): any of it is the whole of the line. */
  readonly spread?: boolean
  /** From a stamp that a pipeline or container runtime put before the line. */
  readonly at?: Moment
  /** Where it had somebody's name. */
  readonly user?: readonly [number, number]
}

export interface Page {
  readonly paste: string
  readonly lines: readonly TextLine[]
  readonly mended: readonly Mending[]
  readonly cut: string | null
}

/** Where in the paste a character of the line stands; behind its last one, where the line ends. */
export function placeOf(line: TextLine, index: number): number {
  if (index >= line.text.length) return index > line.text.length ? line.end : endOfText(line)
  return line.places ? line.places[index]! : line.start + line.shift + index
}

function endOfText(line: TextLine): number {
  if (line.text === '') return line.start + line.shift
  return line.places ? line.places[line.text.length - 1]! + 1 : line.start + line.shift + line.text.length
}

/** The line without its first characters; their place is kept. */
export function cutFront(line: TextLine, count: number): TextLine {
  if (count === 0) return line
  const text = line.text.slice(count)
  if (line.places) return { ...line, text, places: line.places.slice(count) }
  return { ...line, text, shift: line.shift + count }
}

/** The line without its last characters and the blanks before them. */
export function cutBack(line: TextLine, count: number): TextLine {
  const text = line.text.slice(0, line.text.length - count).trimEnd()
  return line.places ? { ...line, text, places: line.places.slice(0, text.length) } : { ...line, text }
}

/** Whether blanks stood at the end of the line. */
const endsInBlank = (line: TextLine): boolean => line.text !== '' && endOfText(line) < line.end

/**
 * Several lines as one, for text that was wrapped. Later ones lose their indentation; what goes between two is `glue`,
 * or a blank where there was one at the end or the beginning.
 */
export function joinLines(lines: readonly TextLine[], glue: string): TextLine {
  const first = lines[0]!
  const places = Array.from({ length: first.text.length }, (_, i) => placeOf(first, i))
  for (const [i, line] of lines.entries()) {
    if (i === 0) continue
    const lead = indentOf(line.text)
    const between = gapBetween(lines[i - 1]!, line, glue)
    for (let k = 0; k < between.length; k++) places.push(placeOf(line, lead))
    for (let k = lead; k < line.text.length; k++) places.push(placeOf(line, k))
  }
  const text = joinedText(lines, glue)
  return { number: first.number, start: first.start, end: lines.at(-1)!.end, text, shift: 0, places }
}

/** The text alone, to see whether joining is worth it. */
export function joinedText(lines: readonly TextLine[], glue: string): string {
  let text = lines[0]!.text
  for (let i = 1; i < lines.length; i++) {
    text += gapBetween(lines[i - 1]!, lines[i]!, glue) + lines[i]!.text.slice(indentOf(lines[i]!.text))
  }
  return text
}

const gapBetween = (before: TextLine, line: TextLine, glue: string) =>
  indentOf(line.text) > 0 || endsInBlank(before) ? ' ' : glue

/** How many blanks a line begins with. */
export function indentOf(text: string): number {
  let i = 0
  while (i < text.length && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i++
  return i
}
