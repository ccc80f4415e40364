/** Text that a terminal, a mailer or a YAML folder broke into several lines. */

import { WRAPPED_LINES } from '../../limits.ts'
import type { Desk } from '../desk.ts'
import { cutBack, cutFront, indentOf, joinedText, joinLines, type TextLine } from '../page.ts'

export interface Unwrapped {
  readonly line: TextLine
  /** Index of the first line that is not part of it. */
  readonly next: number
}

type Test = (text: string) => boolean

/** The line, or as few of the lines from it on as it takes to make sense; null if they never do. */
export function unwrap(desk: Desk, at: number, makesSense: Test, begins: Test = looksNew): Unwrapped | null {
  const first = desk.lines[at]!
  if (makesSense(first.text)) return { line: first, next: at + 1 }
  const run = [first]
  for (let i = at + 1; i < desk.lines.length && run.length < WRAPPED_LINES; i++) {
    const line = desk.lines[i]!
    if (line.text === '' || looksNew(line.text) || begins(line.text)) break
    const last = run.at(-1)!
    if (areOneLiteral(last.text, line.text)) {
      run.splice(-1, 1, cutBack(last, 1), cutFront(line, indentOf(line.text) + 1))
    } else run.push(line)
    for (const glue of glues(run)) {
      if (makesSense(joinedText(run, glue))) return { line: joinLines(run, glue), next: i + 1 }
    }
  }
  return null
}

/** String literals side by side are one text in many languages. */
const areOneLiteral = (above: string, below: string): boolean =>
  /["']$/.test(above) && below.charAt(indentOf(below)) === above.at(-1)

/** A terminal cuts words, and at its full width; mailers and folders of YAML break between words and indent. */
function glues(run: readonly TextLine[]): readonly string[] {
  const short = run.slice(0, -1).some((line) => line.text.length < 78)
  return short ? [' ', ''] : ['', ' ']
}

/** Dates, prompts, dots, headers and labels begin something; the rest of a sentence does not look like that. */
const NEW = new RegExp(
  String.raw`^(?:[A-Z][a-z]{2} [ \d]\d \d\d:|\d{4}-\d\d-\d\d|\[[^\]]{1,60}\][#$ ]|\[ *\d+\.\d{6}\]|[●○×↻*#$%+-] |` +
    String.raw`\S{1,60}[$#] |[A-Z][\w-]{1,20}=|\[\w+\]$|--|==|\S{1,80}\[\d+\]: )`,
)

const looksNew = (text: string) => NEW.test(text)
