/** Lines whose ends were lost, in a comment field or by a page that was copied: what was several lines is one. */

import { knownKeys } from '../../systemd/known-keys.ts'
import { readPrefix } from '../journal-prefix.ts'
import { cutBack, cutFront, indentOf, type TextLine } from '../page.ts'

/** Where an entry of a log may begin, behind a blank or the mark that ended the one before. */
const DATE =
  /(?<=[\s.:)\]>"'…])(?:\p{L}{3,9}\.? {1,2}\d{1,2} |\d{4}-\d\d-\d\d[T ])\d\d:\d\d:\d\d|(?<=\s)\[ {0,6}\d{1,6}\.\d{3,6}\] systemd\[/gu
/** No entry is without it, and it is found faster. */
const TIME = /\d:\d\d:\d\d|\.\d{3,6}\] systemd\[/
/** A line end written as two characters, before what systemd or a client of it says. */
const WRITTEN =
  /\\n(?=(?:Job for|Failed to|A dependency job|Dependency failed for|Warning:|\p{L}{3} {1,2}\d{1,2} \d\d:\d\d:\d\d) |[\w:.\\@-]{1,200}\.[a-z]{4,9}: [A-Z])/u
const OPENED = /(?:^|[\s:=(,[+])["'`]/g
const ANSWERS = /"(?:msg|stderr|stdout|stdout_lines|cmd|rc|MESSAGE|comment|changed)" ?:|=> ?\{/
/** Quoted behind a sentence's colon, without its date. */
const UNDATED = /(?<=: )systemd\[\d{1,7}\]: (?=\S)/
const STATUS =
  /(?<=\s)(?=(?:Loaded|Active|Docs|Drop-In|Process|Main PID|Status|Tasks|Memory|CPU|CGroup|TriggeredBy|Triggers): )/g
const SECTION = /\[(?:Unit|Service|Socket|Timer|Mount|Automount|Path|Install)\] (?=[A-Z][A-Za-z]{3,40}=)/
const SETTING = /(?<=\s)(?=\[(?:Unit|Service|Socket|Timer|Mount|Automount|Path|Install)\])|(?<=\s)([A-Z]\w{2,40})=/g

/** The lines that this one was; itself alone where nothing was lost. */
export function piecesOf(line: TextLine): readonly TextLine[] {
  const { text } = line
  if (text.length < 40 || line.spread) return [line]
  const written = inString(line)
  if (written) return written
  const cuts = [...settings(text), ...fields(text), ...entries(text), ...outcomes(text)]
  if (cuts.length === 0) return [line]
  const sorted = [...new Set(cuts)].sort((a, b) => a - b)
  return [0, ...sorted].flatMap((from, i) => {
    const piece = pieceOf(line, from, sorted[i])
    return piece.text === '' ? [] : [piece]
  })
}

/** A program's string, with the line ends as it writes them; what the tools' own answers hold is read elsewhere. */
function inString(line: TextLine): readonly TextLine[] | null {
  const { text } = line
  const at = text.includes('\\n') ? (WRITTEN.exec(text)?.index ?? -1) : -1
  if (at < 0 || ANSWERS.test(text)) return null
  for (const { 0: mark, index } of text.matchAll(OPENED)) {
    const open = index + mark.length
    const close = closing(text, open, mark.at(-1)!)
    if (open > at || close < at) continue
    const ends = [...text.slice(open, close).matchAll(/\\n/g)].map(({ index: end }) => open + end)
    const starts = [open, ...ends.map((end) => end + 2)]
    const inner = starts.map((from, i) => pieceOf(line, from, ends[i] ?? close))
    return [pieceOf(line, 0, open), ...inner, pieceOf(line, close + 1)].filter((piece) => piece.text !== '')
  }
  return null
}

function closing(text: string, from: number, mark: string): number {
  let at = text.indexOf(mark, from)
  while (at > 0 && text[at - 1] === '\\') at = text.indexOf(mark, at + 1)
  return at < 0 ? text.length : at
}

function pieceOf(line: TextLine, from: number, to = line.text.length): TextLine {
  const piece = cutFront(cutBack(line, line.text.length - to), from)
  return cutFront(piece, indentOf(piece.text))
}

/** Entries of a log, as far as the one before each says anything. */
function entries(text: string): number[] {
  const manager = text.indexOf('systemd')
  if (manager < 0) return []
  const begins = readPrefix(text)
  const one = text.indexOf('systemd[', text.indexOf('systemd[') + 8) < 0
  if (one && manager < 80 && begins?.at) return []
  const found = TIME.test(text) ? [...text.matchAll(DATE)].map((match) => match.index) : []
  const cuts: number[] = []
  let before = 0
  for (const at of found) {
    const prefix = at === 0 ? null : readPrefix(text.slice(at, at + 200))
    if (!prefix?.at || (prefix.pid === null && !/^(?:systemd|kernel)$/.test(prefix.identifier))) continue
    // What a relay puts before an entry is no entry.
    const body = readPrefix(text.slice(before, at))?.body ?? 0
    if (text.slice(before + body, at).trim() === '') continue
    cuts.push(at)
    before = at
  }
  const undated = begins || cuts.length > 0 ? null : UNDATED.exec(text)
  return undated ? [undated.index] : cuts
}

/** `TASK [x] **** failed: [host] => …`: what a playbook's task came to. */
const OUTCOME = /\*{5,400} (?=(?:fatal|failed|changed|ok|skipping): \[)/g
const outcomes = (text: string): number[] =>
  text.includes('*****') ? [...text.matchAll(OUTCOME)].map(({ 0: stars, index }) => index + stars.length) : []

/** The block of `systemctl status`. */
function fields(text: string): number[] {
  if (!text.includes('Loaded: ')) return []
  if (!/\bLoaded: (?:loaded|not-found|masked|bad-setting|error) /.test(text) || !/\bActive: \w/.test(text)) return []
  const found = [...text.matchAll(STATUS)].map((match) => match.index)
  const header = /(?<=\s)[●○×•*] \S{3,250}\.[a-z]{4,9}(?: - |$)/.exec(text.slice(0, found[0]))
  return header ? [header.index, ...found] : found
}

/** A unit file: sections, and settings that systemd knows. */
function settings(text: string): number[] {
  if (!text.includes('=') || !SECTION.test(text)) return []
  return [...text.matchAll(SETTING)].flatMap((match) =>
    match[1] === undefined || isKnown(match[1]) ? [match.index] : [],
  )
}

const NEWEST = 999
const SECTIONS = ['Unit', 'Service', 'Socket', 'Timer', 'Mount', 'Automount', 'Path', 'Install']
const isKnown = (key: string) => SECTIONS.some((section) => knownKeys(section, NEWEST).has(key))
