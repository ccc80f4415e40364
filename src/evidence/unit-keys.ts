/** Settings of unit files without any section around them, as people copy out the few lines that matter. */

import { PASSAGE_LINES } from '../limits.ts'
import { knownKeys } from '../systemd/known-keys.ts'
import { NEWEST } from '../systemd/versions.ts'
import { type Desk, type Parser, take } from './desk.ts'
import { captionAbove, captionOf, isUnitKey, namedByCommand } from './unit-file.ts'
import { noteUnitText, SECTIONS } from './unit-text.ts'

const SOURCE = 'unit file'
const KEY_LINE = /^\s*([A-Z][A-Za-z]{2,60})=(?=\S|$| \S{1,250}$)/

/** Keys that other kinds of files have as well: alone they tell nothing. */
const ANYBODYS = new Set(
  'User Group Type Path Environment What Where Options Description Name Exec Icon Alias Also Backlog Mark'.split(' '),
)

export const unitKeys: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    if (isKeyLine(text)) return !wasAsked(desk, at) && tells(desk, at)
    return captionOf(text) !== null && isKeyLine(desk.lines[at + 1]?.text ?? '') && tells(desk, at + 1)
  },
  parse: (desk, at) => {
    const caption = isKeyLine(desk.lines[at]!.text) ? null : captionOf(desk.lines[at]!.text)
    const first = caption ? at + 1 : at
    const next = endOf(desk, first)
    const { text, lineOf } = inSections(desk.lines.slice(first, next).map((line) => line.text.trimStart()))
    const named = caption ?? namedByCommand(desk, at) ?? captionAbove(desk, at)
    const found = named ?? { path: null, unit: null, origin: 'bare' as const }
    return noteUnitText(desk, first, next, { ...found, whole: false, text, lineOf }) ? take(desk, SOURCE, at, next) : at
  },
}

const isKeyLine = (text: string): boolean =>
  KEY_LINE.test(text) && text.length < 2000 && isUnitKey(text.trimStart()) && !GOES_ON.test(text)

/** A sentence that was wrapped in front of a setting goes on behind it; a command or a description may read like one. */
const GOES_ON = new RegExp(
  String.raw`^\s*(?!Exec|Description|Documentation|Environment)[A-Z]\w{2,60}=[^\s.,;:]{1,80}(?:\.[a-z]{4,9})?[\x60'")]{0,3}` +
    String.raw`(?:[,;:] |\. (?=[A-Z][a-z]* )| (?:and|so|but|which|is|are|was|here|there|would|does|in) )[\w'\x60]`,
)

function endOf(desk: Desk, first: number): number {
  let next = first
  while (next - first < PASSAGE_LINES && isKeyLine(desk.lines[next]?.text ?? '')) next++
  return next
}

/** The settings above were asked, these with them, and none told. */
const wasAsked = (desk: Desk, at: number): boolean =>
  at > 0 && desk.takenFor[at - 1] === 'prose' && isKeyLine(desk.lines[at - 1]!.text)

function tells(desk: Desk, first: number): boolean {
  for (let i = first, next = endOf(desk, first); i < next; i++) {
    if (!ANYBODYS.has(KEY_LINE.exec(desk.lines[i]!.text)![1]!)) return true
  }
  return false
}

/** The file that the settings would be in, a section above those it knows, and which setting each line is of. */
export function inSections(settings: readonly string[]): { text: string; lineOf: number[] } {
  const lines: string[] = []
  const lineOf: number[] = []
  let section = ''
  for (const [i, setting] of settings.entries()) {
    const own = sectionOf(setting.slice(0, setting.indexOf('=')), section)
    if (own !== section) {
      lines.push(`[${own}]`)
      lineOf.push(i)
    }
    section = own
    lines.push(setting)
    lineOf.push(i)
  }
  return { text: `${lines.join('\n')}\n`, lineOf }
}

/** The section that we are in, if it knows the key; else the first that does. */
function sectionOf(key: string, current: string): string {
  const knows = (section: string) => knownKeys(section, NEWEST).has(key)
  if (current !== '' && knows(current)) return current
  return USUAL_FIRST.find(knows) ?? 'Unit'
}

const USUAL_FIRST = ['Unit', 'Service', 'Install', ...SECTIONS]
