/** What holds for any text whatever, and for each parser at any line. */

import { newDesk } from '../../src/evidence/desk.ts'
import { gather } from '../../src/evidence/gather.ts'
import { mend } from '../../src/evidence/mend.ts'
import { PARSERS } from '../../src/evidence/sniff.ts'

/** Throws where a law is broken. */
export function readLawfully(text: string): void {
  const { facts, lines } = gather(text, { mask: false })
  let number = 1
  let counted = 0
  const mark = text.includes('\n') || !text.includes('\r') ? '\n' : '\r'
  for (const { start, end, quote, line, kind } of facts) {
    must(start >= counted && end >= start && end <= text.length, `${kind} at ${start} to ${end}: places out of order`)
    must(quote === text.slice(start, end), `${kind} at ${start}: not its quote`)
    for (let at = text.indexOf(mark, counted); at >= 0 && at < start; at = text.indexOf(mark, at + 1)) number++
    counted = start
    must(line === number, `${kind} at ${start}: in line ${number}, said to be in ${line}`)
  }
  lines.forEach(({ takenFor, start, end }, i) => {
    must(takenFor !== '', `line ${i + 1}: taken for nothing`)
    must(start <= end && (i === 0 || start > lines[i - 1]!.end), `line ${i + 1}: from ${start} to ${end}`)
  })
  const masked = gather(text)
  must(masked.facts.length === facts.length, 'other facts when masked')
  must(
    masked.facts.every((fact, i) => fact.start === facts[i]!.start),
    'other places when masked',
  )
}

/** Each parser of a format is asked at every line, whether or not another one comes before it. */
export function parseAnywhere(text: string, source: string): void {
  const page = mend(text)
  for (const parser of PARSERS) {
    if (parser.source !== source) continue
    const desk = newDesk(page)
    for (let at = 0; at < desk.lines.length; at++) {
      if (desk.lines[at]!.text === '' || !parser.recognizes(desk, at)) continue
      const next = parser.parse(desk, at)
      must(next >= at && next <= desk.lines.length, `${source} went from line ${at + 1} to ${next + 1}`)
    }
    for (const { start, end, line } of desk.noted) {
      must(start <= end && end <= text.length && line <= page.lines.length, `${source}: a fact at ${start} to ${end}`)
    }
  }
}

function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise)
}
