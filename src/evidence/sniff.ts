/** Which format each run of lines is: parsers are asked in turn, those first that are surest of themselves. */

import { TOLD_LENGTH } from '../limits.ts'
import { ansible } from './ansible.ts'
import { amongManager, bareManager, consoleStatus } from './bare.ts'
import { busctlMonitor, dbusMonitor } from './bus-monitor.ts'
import { catalog } from './catalog.ts'
import { chef } from './chef.ts'
import { ci, packages } from './ci.ts'
import { client } from './client-lines.ts'
import { type Desk, noteLines, type Parser } from './desk.ts'
import { dump } from './dump.ts'
import { fstab, fstabHeader } from './fstab.ts'
import { grepLines } from './grep-lines.ts'
import { journal } from './journal.ts'
import { journalExport, journalVerbose } from './journal-export.ts'
import { journalJson } from './journal-json.ts'
import { listDependencies } from './list-dependencies.ts'
import { listJobs } from './list-jobs.ts'
import { listSockets, listTimers } from './list-timers.ts'
import { listUnits } from './list-units.ts'
import { piecesOf } from './mending/lost-line-ends.ts'
import { nixos } from './nixos.ts'
import { playbook } from './playbook.ts'
import { processes } from './processes.ts'
import { prompt } from './prompt.ts'
import { puppet } from './puppet.ts'
import { quotedManager } from './quoted-manager.ts'
import { relay } from './relay.ts'
import { salt } from './salt.ts'
import { script } from './script.ts'
import { fence, journalSeparator } from './separators.ts'
import { isActive, systemctlShow } from './systemctl-show.ts'
import { systemctlStatus } from './systemctl-status.ts'
import { isAboutSystemd, noteTold } from './told/told.ts'
import { toolLines } from './tool-lines.ts'
import { unitDiff } from './unit-diff.ts'
import { unitFile } from './unit-file.ts'
import { unitKeys } from './unit-keys.ts'
import { version } from './version.ts'
import { wall } from './wall.ts'

export const PARSERS: readonly Parser[] = [
  fence,
  journalSeparator,
  catalog,
  journalExport,
  journalVerbose,
  journalJson,
  busctlMonitor,
  dbusMonitor,
  dump,
  consoleStatus,
  journal,
  chef,
  systemctlStatus,
  listUnits,
  listJobs,
  listTimers,
  listSockets,
  listDependencies,
  unitDiff,
  unitFile,
  grepLines,
  playbook,
  ansible,
  puppet,
  salt,
  isActive,
  wall,
  fstabHeader,
  prompt,
  client,
  bareManager,
  quotedManager,
  relay,
  systemctlShow,
  unitKeys,
  fstab,
  version,
  packages,
  ci,
  nixos,
  processes,
  script,
  toolLines,
  amongManager,
]

/** What a line can be taken for, prose and blanks aside. */
export const SOURCES: readonly string[] = [...new Set(PARSERS.flatMap(({ source, also = [] }) => [source, ...also]))]

/** By the first character of a line, blanks aside; the last list is for those that are not ASCII. */
const BY_FIRST: readonly (readonly Parser[])[] = Array.from({ length: 129 }, (_, code) =>
  PARSERS.filter(
    ({ begins }) => begins === undefined || (code < 128 ? begins.includes(String.fromCharCode(code)) : true),
  ),
)

/** Reads every line; those that no parser wants are prose. */
export function sniff(desk: Desk): void {
  readLines(desk)
  noteProse(desk)
}

function readLines(desk: Desk): void {
  let at = 0
  while (at < desk.lines.length) {
    const { text } = desk.lines[at]!
    if (text === '') {
      desk.takenFor[at++] = 'blank'
      continue
    }
    const next = readPieces(desk, at) ? at + 1 : readOne(desk, at, text)
    if (next === at) desk.takenFor[at] = 'prose'
    at = Math.max(next, at + 1)
  }
}

/** A line that was several: read as these, from the same place. True if anything was read from them. */
function readPieces(desk: Desk, at: number): boolean {
  const pieces = piecesOf(desk.lines[at]!)
  if (pieces.length < 2) return false
  // What was typed right above is answered here; what was typed before that is no line of these.
  const typed = desk.typed !== null && at - desk.typed.at === 1 ? { ...desk.typed, at: 0 } : null
  const inner: Desk = { ...desk, lines: pieces, takenFor: pieces.map(() => ''), typed }
  readLines(inner)
  desk.otherLogs = inner.otherLogs
  desk.lookahead = inner.lookahead
  const source = inner.takenFor.find((taken) => taken !== 'prose' && taken !== 'blank')
  if (source !== undefined) desk.takenFor[at] = source
  return source !== undefined
}

function readOne(desk: Desk, at: number, text: string): number {
  let lead = 0
  while (text.charCodeAt(lead) === 32 || text.charCodeAt(lead) === 9) lead++
  for (const parser of BY_FIRST[Math.min(text.charCodeAt(lead), 128)]!) {
    if (!parser.recognizes(desk, at)) continue
    const next = parser.parse(desk, at)
    if (next > at) return next
  }
  return at
}

/** Runs of lines that nothing was read from, one fact each, and what they tell. */
function noteProse(desk: Desk): void {
  const telling = isAboutSystemd(desk)
  const isAsked = newAsked(desk)
  let told = 0
  for (let at = 0; at < desk.lines.length; at++) {
    // A sentence with a command in it tells something around that.
    if (telling && told < TOLD_LENGTH && isAsked(at)) told += noteTold(desk, at, at + 1)
    if (desk.takenFor[at] !== 'prose') continue
    let next = at + 1
    while (next < desk.lines.length && (desk.takenFor[next] === 'prose' || isGap(desk, next))) next++
    while (desk.takenFor[next - 1] === 'blank') next--
    const text = desk.lines
      .slice(at, next)
      .map((line) => line.text)
      .join('\n')
    noteLines(desk, { kind: 'prose', source: 'prose', certainty: 1, text }, at, next - 1)
    if (telling && told < TOLD_LENGTH && !isPrinted(desk, at)) told += noteTold(desk, at, next)
    at = next - 1
  }
}

/** Whether a line is a sentence that quotes a command, and nothing else was read from it. */
function newAsked({ lines, noted, takenFor }: Desk): (at: number) => boolean {
  const saying = new Set<number>()
  let read = 0
  return (at) => {
    if (takenFor[at] !== 'quoted') return false
    for (; read < noted.length; read++) if (noted[read]!.draft.kind !== 'request') saying.add(noted[read]!.line)
    return !saying.has(lines[at]!.number)
  }
}

/** Below a tool's heading for what a command printed: a program's words, not somebody's. */
const isPrinted = (desk: Desk, at: number) =>
  desk.takenFor[at - 1] === 'chef' && /^\s*STD(?:OUT|ERR):/.test(desk.lines[at - 1]!.text)

const isGap = (desk: Desk, at: number) => desk.takenFor[at] === 'blank' && desk.takenFor[at + 1] === 'prose'
