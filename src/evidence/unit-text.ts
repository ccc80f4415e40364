/** Unit files and drop-ins as facts, whatever they were found in. */

import { baseName } from '../systemd/path-util.ts'
import { parseUnitName, templateOf, UNIT_TYPES, unitTypeOf } from '../systemd/unit.ts'
import { readUnitFile } from '../systemd/unit-file.ts'
import { NEWEST } from '../systemd/versions.ts'
import { callsIn } from './command.ts'
import { type Desk, learn, type Noted, noteLines } from './desk.ts'
import type { Assignment, UnitText } from './fact.ts'
import { indentOf, placeOf } from './page.ts'
import { noteCalls } from './request.ts'

export const SECTIONS = ['Unit', 'Install', ...UNIT_TYPES.map((type) => type.charAt(0).toUpperCase() + type.slice(1))]
const KNOWN: ReadonlySet<string> = new Set(SECTIONS)

export interface Found {
  readonly path: string | null
  readonly unit: string | null
  readonly origin: UnitText['origin']
  readonly whole: boolean
  /** The lines' text, where it is not simply what the lines hold (a diff's). */
  readonly text?: string
  /** Which of the lines each line of `text` is, where it has more than they. */
  readonly lineOf?: readonly number[]
}

const DROP_IN = /(?:^|\/)([^/]+\.[a-z]+)\.d\/[^/]+\.conf$/

/** The unit that a path belongs to, and whether it is a drop-in of it. */
export function unitOfPath(path: string): { unit: string | null; dropIn: boolean } {
  const drop = DROP_IN.exec(path)
  if (drop) return { unit: parseUnitName(drop[1]!) ? drop[1]! : null, dropIn: true }
  const name = baseName(path).replace(/\.(?:j2|erb|epp|tmpl|tpl|in|bak|orig|new)$/, '')
  return { unit: parseUnitName(name) ? name : null, dropIn: false }
}

/** Notes the lines from one to before another as a unit file. Null if nothing in them is an assignment. */
export function noteUnitText(desk: Desk, first: number, next: number, found: Found): Noted | null {
  const lines = desk.lines.slice(first, next)
  // Of a block in YAML or Markdown the common indentation is no part.
  const lead = Math.min(...lines.filter((l) => l.text !== '').map((l) => indentOf(l.text)))
  const text = found.text ?? lines.map((l) => `${l.text.slice(Number.isFinite(lead) ? lead : 0)}\n`).join('')
  const assignments = assignmentsOf(desk, text, first, next, found.lineOf)
  if (assignments.length === 0) return null
  const byPath = found.path ? unitOfPath(found.path) : null
  const unit = found.unit ?? byPath?.unit ?? null
  const unitType = typeOf(unit, assignments)
  const asked = unit?.includes('@.') ? desk.typed?.calls.flatMap(({ units }) => units) : undefined
  const other = asked?.find((name) => templateOf(name) === unit)
  const noted = noteLines(
    desk,
    {
      kind: 'unit-text',
      source: 'unit file',
      certainty: found.origin === 'bare' && unit === null ? 0.9 : 1,
      unit,
      unitType,
      path: found.path,
      dropIn: byPath?.dropIn ?? false,
      origin: found.origin,
      whole: found.whole,
      text,
      assignments,
      ...(other === undefined ? {} : { other }),
    },
    first,
    lastFull(desk, first, next),
  )
  if (unit && !byPath?.dropIn) learn(desk, assignments.find((a) => a.key === 'Description')?.value, unit)
  noteExecCalls(desk, assignments, unit, first)
  return noted
}

function lastFull(desk: Desk, first: number, next: number): number {
  let last = next - 1
  while (last > first && desk.lines[last]!.text === '') last--
  return last
}

function typeOf(unit: string | null, assignments: readonly Assignment[]): string | null {
  if (unit) return unitTypeOf(unit)
  const section = assignments.find((a) => a.section !== 'Unit' && a.section !== 'Install')?.section.toLowerCase()
  return section && (UNIT_TYPES as readonly string[]).includes(section) ? section : null
}

function assignmentsOf(
  desk: Desk,
  text: string,
  first: number,
  next: number,
  lineOf: readonly number[] | undefined,
): Assignment[] {
  const found: Assignment[] = []
  readUnitFile(
    text,
    { sections: KNOWN, version: NEWEST, firstLine: 0 },
    {
      assignment: (section, key, value, _line, startLine) => {
        const index = Math.min(first + (lineOf?.[startLine] ?? startLine), next - 1)
        const line = desk.lines[index]!
        const end = placeOf(line, line.text.length)
        found.push({ section, key, value, line: line.number, start: placeOf(line, indentOf(line.text)), end })
        return found.length < 2000 ? 'ok' : 'ENOEXEC'
      },
      problem: () => {},
    },
  )
  return found
}

/** Commands of the unit that ask systemd for something in turn. */
function noteExecCalls(desk: Desk, assignments: readonly Assignment[], unit: string | null, first: number): void {
  for (const { key, value, line } of assignments) {
    if (!key.startsWith('Exec') || !/systemctl|busctl|service |init\.d|dbus-send/.test(value)) continue
    const at = desk.lines[first + line - desk.lines[first]!.number]!
    const offset = at.text.indexOf(value)
    noteCalls(desk, at, callsIn(value), {
      source: 'unit file',
      certainty: 1,
      by: 'exec',
      tense: 'written',
      requester: `${unit ?? ''} ${key}`.trim(),
      offset: offset < 0 ? null : offset,
    })
  }
}
