/** Which lines of the paste an answer quotes. */

import type { Answer, Evidence } from './answer.ts'
import type { QuotedLine } from './report.ts'

const MAX_LINES = 8
const MAX_LINES_OF_ONE = 3

/** What the first story agrees with, line by line; of a unit file the lines that name what the story is about. */
export function quotedLines(answer: Answer): QuotedLine[] {
  const { evidence, candidates } = answer
  const wanted = candidates[0]?.agrees ?? evidence.map(({ id }) => id)
  const names = namesIn(answer)
  const lines = evidence.filter(({ id }) => wanted.includes(id)).flatMap((one) => linesOf(one, names))
  const unique = [...new Map(lines.map((one) => [one.line, one])).values()].sort((a, b) => a.line - b.line)
  const about = unique.find(({ text }) => /\bcancel/i.test(text)) ?? unique.find(({ text }) => /\bfail/i.test(text))
  const first = about ?? unique[0]
  // What the answer is about stays, however many lines speak for it.
  const kept = unique.filter((one, i) => i < MAX_LINES || one === first).slice(-MAX_LINES)
  return kept.map((one) => ({ ...one, mark: one === first ? markIn(one.text) : null }))
}

const SENTENCE = /\bJob for \S+ (?:canceled|failed)\b\.?/
/** What a line is quoted for, and how far to the right there may be no room for it. */
const WORD = /\b(?:\w{1,20} )?cancell?ed\b/
const FAR = 60

/** systemctl's sentence within whatever a tool put around it, else all of the line. */
function markIn(text: string): readonly [number, number] {
  const sentence = SENTENCE.exec(text) ?? WORD.exec(text)
  if (sentence !== null && (sentence[0].startsWith('Job for ') || sentence.index > FAR))
    return [sentence.index, sentence.index + sentence[0].length]
  return [text.length - text.trimStart().length, text.trimEnd().length]
}

function namesIn({ job, candidates }: Answer): string[] {
  const [first] = candidates
  const named = [first?.replacedBy?.unit, first?.trigger?.unit, first?.trigger?.setting]
  return named.filter((name) => name !== undefined && name !== job?.unit).map(String)
}

/** What a status says first of all. */
const STATE = /^\s*Active: /

function linesOf({ quote, line }: Evidence, names: readonly string[]): Omit<QuotedLine, 'mark'>[] {
  const lines = quote.split(/\r?\n/).map((text, i) => ({ line: line + i, text }))
  if (lines.length === 1) return lines
  const telling = lines.filter(({ text }) => names.some((name) => text.includes(name)) || STATE.test(text))
  const rest = lines.filter(({ text }) => text.trim() !== '')
  return (telling.length > 0 ? telling : rest).slice(0, MAX_LINES_OF_ONE)
}
