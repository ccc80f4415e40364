/** What each parser took of all the pastes and recordings that there are: passages to begin mutations with. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gather } from '../../src/evidence/gather.ts'

const PASTES = join(import.meta.dirname, '../pastes')
const LAB = join(import.meta.dirname, '../lab/cases')
const PASSAGE_LINES = 60

/** Source → passages that were read as that, of any length up to a bound. */
export type Passages = ReadonlyMap<string, readonly string[]>

export function passages(): Passages {
  const found = new Map<string, string[]>()
  for (const text of texts()) {
    for (const { source, passage } of passagesOf(text)) {
      const same = found.get(source)
      if (same) same.push(passage)
      else found.set(source, [passage])
    }
  }
  return found
}

function* texts(): Generator<string> {
  for (const name of readdirSync(PASTES, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(?:txt|paste)$/.test(name)) yield readFileSync(join(PASTES, name), 'utf8')
  }
  for (const name of readdirSync(LAB).sort()) {
    const { paste } = JSON.parse(readFileSync(join(LAB, name), 'utf8')) as { readonly paste: string }
    yield paste
  }
}

function* passagesOf(text: string): Generator<{ readonly source: string; readonly passage: string }> {
  const { lines } = gather(text, { mask: false })
  let at = 0
  while (at < lines.length) {
    const source = lines[at]!.takenFor
    let next = at + 1
    while (next < lines.length && next - at < PASSAGE_LINES && lines[next]!.takenFor === source) next++
    if (source !== 'blank') yield { source, passage: text.slice(lines[at]!.start, lines[next - 1]!.end) }
    at = next
  }
}
