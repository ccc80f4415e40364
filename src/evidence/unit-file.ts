/** Where unit files begin and end: `systemctl cat`, `head`, captions, diffs, templates, or nothing around them. */

import { PASSAGE_LINES } from '../limits.ts'
import { knownKeys } from '../systemd/known-keys.ts'
import { parseUnitName, UNIT_IN_TEXT, UNIT_SUFFIX, unitTypeOf } from '../systemd/unit.ts'
import { NEWEST } from '../systemd/versions.ts'
import { unitOf } from './command.ts'
import { type Desk, type Parser, take } from './desk.ts'
import type { UnitText } from './fact.ts'
import { readPrefix } from './journal-prefix.ts'
import { prompt } from './prompt.ts'
import { isProperty } from './systemctl-show.ts'
import { isName } from './told/told-unit.ts'
import { noteUnitText, SECTIONS, unitOfPath } from './unit-text.ts'

const SOURCE = 'unit file'

interface Caption {
  readonly path: string | null
  readonly unit: string | null
  readonly origin: UnitText['origin']
}

const SECTION = /^\s*\[([A-Z][a-z]+)\]$/
const ASSIGNMENT = /^\s*[A-Za-z][\w-]{1,60}\s*=/
const PATH =
  String.raw`(?:[/~.$%{][^\s:'"\x60]{0,300}\/)?` +
  String.raw`(?:${UNIT_IN_TEXT}(?:\.d\/[\w.@-]{1,100}\.conf)?|override\.conf)`

/** `# /path`, `# ORIGINAL -> RESOLVED`, `==> path <==`, `-- x.service --`, `x.service:`, `File: path`, `+++ path`. */
const CAPTIONS: readonly (readonly [RegExp, UnitText['origin']])[] = [
  [/^\s*#+ (\/\S{1,300}?)(?: -> \S+)?$/, 'cat'],
  [new RegExp(String.raw`^\s*#+ (${PATH}):?$`), 'cat'],
  [/^==> (\S{1,300}) <==$/, 'file'],
  [new RegExp(`^-{2,} (${PATH}) -{2,}$`), 'file'],
  [new RegExp(String.raw`^(?:.{0,80}[\s'"\x60*(])?(${PATH})['"\x60*)]{0,3}(?:\s.{0,40})?:['"\x60*]{0,2}$`), 'file'],
  [
    new RegExp(String.raw`^\s*(?:(?:path|dest|file|source|name|[Ff]ile ?name|File)\s*[:=]\s*)['"]?(${PATH})['"]?,?$`),
    'template',
  ],
  [new RegExp(String.raw`^\s*['"\x60*]{0,2}(${PATH})['"\x60*]{0,2}$`), 'file'],
]

const NAMES_FILE = new RegExp(String.raw`(?:${UNIT_SUFFIX}|\.conf)\b`)

export function captionOf(text: string): Caption | null {
  if (text.length > 400 || !NAMES_FILE.test(text)) return null
  for (const [pattern, origin] of CAPTIONS) {
    const path = pattern.exec(text)?.[1]
    if (!path) continue
    const { unit } = unitOfPath(path)
    if (unit === null) continue
    return { path: path.includes('/') ? path : null, unit: path.includes('/') ? null : unit, origin }
  }
  return null
}

const isSection = (text: string): boolean => {
  const name = text.charCodeAt(text.length - 1) === 93 ? SECTION.exec(text)?.[1] : undefined
  return name !== undefined && SECTIONS.includes(name)
}

export const unitFile: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    if (isSection(text)) return true
    return captionOf(text) !== null && firstContent(desk, at + 1) !== null
  },
  parse: (desk, at) => {
    const caption = captionOf(desk.lines[at]!.text)
    const first = caption ? sectionFrom(desk, at + 1) : at
    if (first === null) return at
    const next = endOf(desk, first)
    const named = caption ?? namedByCommand(desk, at) ?? suiting(captionAbove(desk, at), desk, first, next)
    const found = named ?? { path: null, unit: null, origin: 'bare' as const }
    // Sections without a setting are looked at once, not from each of them again.
    const isFile = noteUnitText(desk, first, next, { ...found, whole: caption !== null }) !== null
    return take(desk, isFile ? SOURCE : 'prose', at, next)
  },
}

/** A name in a sentence is that of the file only if a unit of its type can have these sections. */
function suiting(named: Caption | null, desk: Desk, first: number, next: number): Caption | null {
  const type = named?.unit && unitTypeOf(named.unit)
  const sections = desk.lines.slice(first, next).flatMap(({ text }) => SECTION.exec(text)?.[1]?.toLowerCase() ?? [])
  return sections.every((section) => section === 'unit' || section === 'install' || section === type) ? named : null
}

/** The first line of the file behind its caption: a section, after comments and empty lines. */
function firstContent(desk: Desk, from: number): number | null {
  for (let i = from; i < desk.lines.length && i < from + 40; i++) {
    const { text } = desk.lines[i]!
    if (isSection(text)) return from
    if (text !== '' && !/^\s*[#;]/.test(text) && !YAML.test(text)) return null
    if (captionOf(text)) return null
  }
  return null
}

/** The same, without what a playbook says of the file. */
function sectionFrom(desk: Desk, from: number): number | null {
  const first = firstContent(desk, from)
  let at = first
  while (at !== null && YAML.test(desk.lines[at]?.text ?? '')) at++
  return at
}

/** What stands between a file's path and its text in a playbook. */
const YAML =
  /^\s*-? ?(?:ansible\.builtin\.)?(?:content|mode|owner|group|copy|force|block|backup|become|permissions|encoding)\s*:/

/** The file goes on as long as lines look like one; blank lines belong to it if more of it follows. */
function endOf(desk: Desk, first: number): number {
  let end = first
  let continued = false
  for (let i = first; i < desk.lines.length && i - first < PASSAGE_LINES; i++) {
    const { text } = desk.lines[i]!
    if (text === '') {
      continued = false
      continue
    }
    if (!continued && i > first && (!belongs(desk, i, text) || startsAnother(desk, i, first, text))) break
    continued = text.endsWith('\\')
    end = i + 1
  }
  return end
}

function belongs(desk: Desk, i: number, text: string): boolean {
  if (isSection(text)) return true
  const c = text.trimStart().charCodeAt(0)
  if (c === 35 || c === 59) return captionOf(text) === null && !prompt.recognizes(desk, i)
  if (!ASSIGNMENT.test(text) || (isProperty(text) && !isUnitKey(text))) return false
  // After a blank line `key = value` of something else could follow.
  return desk.lines[i - 1]!.text !== '' || isUnitKey(text)
}

/** Two bare snippets in a row: a second [Unit] begins the next file. */
function startsAnother(desk: Desk, i: number, first: number, text: string): boolean {
  if (!isSection(text) || text.trim() !== '[Unit]') return false
  for (let j = first; j < i; j++) if (isSection(desk.lines[j]!.text)) return true
  return false
}

let everyKey: Set<string> | undefined

/** Whether a line assigns to a setting that some release knows. */
export function isUnitKey(text: string): boolean {
  everyKey ??= new Set(SECTIONS.flatMap((section) => [...knownKeys(section, NEWEST)]))
  return everyKey.has(text.slice(0, text.indexOf('=')).trim())
}

/** `systemctl cat x`, `cat /etc/…/x.service` or an editor, typed right above; of several files, the one whose turn it is. */
export function namedByCommand(desk: Desk, at: number): Caption | null {
  const { typed } = desk
  if (!typed) return null
  const call = typed.calls.find((c) => c.verb === 'cat' || c.verb === 'edit')
  if (call?.units.length === 1 && at - typed.at <= 3) return { path: null, unit: call.units[0]!, origin: 'cat' }
  const shown = /\b(?:cat|less|more|head|tail|vim?|nano|bat|e?grep)\b.*$/.exec(typed.text)?.[0] ?? ''
  const paths = [...shown.matchAll(new RegExp(String.raw`\s(${PATH})(?=\s|$)`, 'g'))].map(([, path]) => path!)
  const isRightBelow = at - typed.at <= 3
  const goesOn = paths.length > 1 && desk.takenFor[at - 1] === SOURCE
  if (!isRightBelow && !goesOn) return null
  const before = textsSince(desk, typed.at, paths.length)
  if (before === 0 ? !isRightBelow : !goesOn) return null
  const path = paths[before]
  if (path === undefined) return null
  const { unit } = unitOfPath(path)
  return unit
    ? { path: path.includes('/') ? path : null, unit: path.includes('/') ? null : unit, origin: 'file' }
    : null
}

/** How many files the last command has printed so far, if no more than it was asked for. */
function textsSince({ noted, lines }: Desk, at: number, most: number): number {
  let count = 0
  for (let i = noted.length - 1; i >= 0 && noted[i]!.line > lines[at]!.number && count < most; i--) {
    if (noted[i]!.draft.kind === 'unit-text') count++
  }
  return count
}

/** "where `app` has:", "the app service file contains this line:", whatever else the sentence names. */
const OWNER = new RegExp(
  String.raw`(?:[\x60'"]([\w:.\\@-]{1,200})[\x60'"]|(?<![\w.@-])([a-z][\w.@-]{1,60}) (?:service|unit)(?: unit)? file) ` +
    String.raw`(?:has|contains|sets|uses)(?: th(?:e following|is|ese)(?: \w{1,12})?)?:$`,
)

/** Prose above a bare snippet that names one unit and nothing else: `my foo.service looks like this:`. */
export function captionAbove(desk: Desk, at: number): Caption | null {
  for (let i = at - 1; i >= 0 && at - i <= 3; i--) {
    const { text } = desk.lines[i]!
    if (text === '' || /^`{3}/.test(text)) continue
    if (desk.takenFor[i] !== '' && desk.takenFor[i] !== 'prose') return null
    if (readPrefix(text)) return null
    const [, quoted, plain] = OWNER.exec(text) ?? []
    const owner = unitOf(quoted ?? (isName(plain) ? plain : ''))
    if (owner !== null) return { path: null, unit: owner, origin: 'file' }
    const names = [
      ...text.matchAll(new RegExp(String.raw`(?:^|[\s'"\x60*(/])(${UNIT_IN_TEXT})(?=[\s'"\x60*_):,.]|$)`, 'g')),
    ]
    const units = new Set(names.map((m) => m[1]!).filter((name) => parseUnitName(name)))
    return units.size === 1 && text.length < 200 ? { path: null, unit: [...units][0]!, origin: 'file' } : null
  }
  return null
}
