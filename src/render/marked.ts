/** The paste itself, line by line: what each line was taken for, and which evidence it is. */

import type { PasteLine } from '../evidence/fact.ts'
import type { Answer } from './answer.ts'
import { html, type Markup } from './markup.ts'
import { visible } from './words.ts'

/** More than fits on any screen; whoever pastes a journal looks for the lines around the incident. */
const MAX_LINES = 1500
const MAX_CHARACTERS = 400

type Standing = 'for' | 'against' | 'seen'

interface Mark {
  readonly id: string
  readonly standing: Standing
}

export function markedPaste(paste: string, lines: readonly PasteLine[], answer: Answer): Markup {
  const marks = marksOf(answer)
  const shown = lines.slice(0, MAX_LINES)
  const rows = shown.map((line, i) =>
    row(paste, line, shown[i - 1]?.takenFor !== line.takenFor, marks.get(line.number)),
  )
  const left = lines.length - shown.length
  return html`<div class="scroll lines" role="region" aria-label="Your lines" tabindex="0">
<table><thead><tr><th scope="col">Line</th><th scope="col">Taken for</th><th scope="col">Evidence</th>
<th scope="col">Text</th></tr></thead>
<tbody>${rows}</tbody></table></div>${left > 0 && html`<p class="help">${left} more lines are not shown.</p>`}`
}

/** By line; a piece of evidence may cover several. */
function marksOf({ evidence, candidates }: Answer): Map<number, Mark[]> {
  const [first] = candidates
  const marks = new Map<number, Mark[]>()
  for (const { id, line, quote } of evidence) {
    const standing = standingOf(id, first)
    const lines = quote.split('\n').length
    for (let at = line; at < line + lines; at++) marks.set(at, [...(marks.get(at) ?? []), { id, standing }])
  }
  return marks
}

function standingOf(id: string, first: Answer['candidates'][number] | undefined): Standing {
  if (first?.contradicts.includes(id)) return 'against'
  return first?.agrees.includes(id) ? 'for' : 'seen'
}

const STANDING: Readonly<Record<Standing, string>> = { for: 'fits', against: 'speaks against', seen: 'seen' }

function row(paste: string, line: PasteLine, isFirst: boolean, marks: readonly Mark[] = []): Markup {
  const text = paste.slice(line.start, line.end)
  const short = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text
  const taken = isFirst && line.takenFor !== 'blank' ? line.takenFor : ''
  return html`<tr id="L${line.number}" class="${marks[0]?.standing ?? 'none'}"><th scope="row">${line.number}</th>
<td>${taken}</td>
<td>${marks.map(({ id, standing }) => `${id} ${STANDING[standing]}`).join(', ')}</td>
<td><code>${visible(short)}</code></td></tr>
`
}
