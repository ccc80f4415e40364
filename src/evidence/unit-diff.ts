/** A diff of unit files: what the file says afterwards. */

import { PASSAGE_LINES } from '../limits.ts'
import { knownKeys } from '../systemd/known-keys.ts'
import { NEWEST } from '../systemd/versions.ts'
import { type Desk, type Parser, take } from './desk.ts'
import { noteUnitText, SECTIONS, unitOfPath } from './unit-text.ts'

const SOURCE = 'unit file'
const OLD = /^\s*--- (\S+)/
const NEW = /^\s*\+\+\+ (\S+)/
const BODY = /^(?:[-+ ]|@@|\\ No newline)/

export const unitDiff: Parser = {
  source: SOURCE,
  begins: '-+d',
  recognizes: (desk, at) => pathsAt(desk, at) !== null,
  parse: (desk, at) => {
    const found = pathsAt(desk, at)!
    const kept: string[] = []
    let next = found.next
    for (; next < desk.lines.length && next - at < PASSAGE_LINES; next++) {
      const { text } = desk.lines[next]!
      if (text === '' ? !BODY.test(desk.lines[next + 1]?.text ?? '') : !BODY.test(text) || OLD.test(text)) break
      // Lines that were there before keep the file's numbering, as comments.
      kept.push(/^[+ ]/.test(text) ? text.slice(1) : '#')
    }
    const text = withSections(kept)
    const origin = 'diff' as const
    if (!noteUnitText(desk, found.next, next, { path: found.path, unit: null, origin, whole: false, text })) return at
    return take(desk, SOURCE, at, next)
  },
}

/** `--- a/x.service`, `+++ b/x.service`, perhaps behind `diff --git`. */
function pathsAt(desk: Desk, at: number): { path: string; next: number } | null {
  let i = at
  while (i < at + 4 && /^\s*(?:diff |index |new file|old mode|new mode)/.test(desk.lines[i]?.text ?? '')) i++
  if (!OLD.test(desk.lines[i]?.text ?? '')) return null
  const path = NEW.exec(desk.lines[i + 1]?.text ?? '')?.[1]
  const plain = path?.replace(/^b\//, '/')
  return plain && unitOfPath(plain).unit ? { path: plain, next: i + 2 } : null
}

/** A hunk may begin within a section: its name is put before the first setting that is known to be in one. */
function withSections(lines: readonly string[]): string {
  const first = lines.findIndex((line) => /^\s*(?:\[|\w+\s*=)/.test(line))
  const key = /^\s*(\w+)\s*=/.exec(lines[first] ?? '')?.[1]
  const section = key ? SECTIONS.find((name) => knownKeys(name, NEWEST).has(key)) : undefined
  const all = section && first > 0 ? [...lines.slice(0, first - 1), `[${section}]`, ...lines.slice(first)] : [...lines]
  return `${section && first === 0 ? `[${section}]\n` : ''}${all.join('\n')}\n`
}
