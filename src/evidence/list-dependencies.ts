/** Printed by list_dependencies_one() (v255), and by systemd-analyze critical-chain. Spec 02, 9.7 and 9.12. */

import { PASSAGE_LINES } from '../limits.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { type Desk, note, type Parser, take } from './desk.ts'
import type { DependencyRow } from './fact.ts'
import { indentOf } from './page.ts'

const SOURCE = 'systemctl list-dependencies'
const CHAIN = 'systemd-analyze critical-chain'

/** Dot, tree, name; the ASCII forms of the branches included. */
const ROW = /^(\s*)([●○×↻*x•]?)(\s*)((?:│ |\| | {2})*)(?:├─|└─|\|-|`-)(\S{3,256}|\.\.\.)(?: (@\S.*|\+\S.*))?$/

const GLYPHS: Readonly<Record<string, DependencyRow['active']>> = {
  '●': 'active',
  '○': 'inactive',
  '×': 'failed',
  '↻': 'reloading',
}

export const listDependencies: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => {
    const row = rowOf(desk.lines[at]!.text)
    if (row) return row.name === '...' || parseUnitName(row.name) !== null
    const root = rootOf(desk.lines[at]!.text)
    const below = desk.lines[at + 1]
    return root !== null && below !== undefined && rowOf(below.text) !== null
  },
  parse: (desk, at) => {
    const root = rootOf(desk.lines[at]!.text)
    const relation = relationOf(desk)
    const path: string[] = root ? [root.name] : []
    let source = root?.time ? CHAIN : SOURCE
    let next = root ? at + 1 : at
    for (; next < desk.lines.length && next - at < PASSAGE_LINES; next++) {
      const line = desk.lines[next]!
      const row = rowOf(line.text)
      if (!row) break
      if (row.time) source = CHAIN
      const parent = path[row.depth]
      path.length = Math.min(path.length, row.depth + 1)
      path[row.depth + 1] = row.name
      if (!parent || !parseUnitName(parent) || !parseUnitName(row.name)) continue
      const edge = { unit: parent, other: row.name, relation: row.time ? 'chain' : relation, active: row.active }
      note(desk, { kind: 'dependency-row', source, certainty: 1, ...edge }, line, indentOf(line.text))
    }
    return take(desk, source, at, next)
  },
}

interface Row {
  readonly name: string
  readonly depth: number
  readonly active: DependencyRow['active']
  readonly time: boolean
}

function rowOf(text: string): Row | null {
  if (text.length > 600 || !/[├└]─|[|`]-/.test(text)) return null
  const match = ROW.exec(text)
  if (!match) return null
  const [, lead = '', dot = '', gap = '', tree = '', name = '', time] = match
  // Blanks before the branches that belong to the tree cannot be told from those of the dot's column.
  const width = (dot === '' ? lead.length : Math.max(0, gap.length - 1)) + tree.length
  return { name, depth: Math.floor(width / 2), active: GLYPHS[dot] ?? null, time: time !== undefined }
}

function rootOf(text: string): { name: string; time: boolean } | null {
  const match = /^\s*(?:[●○×↻*]\s)?(\S{3,256})(?: ([@+]\S.*))?$/.exec(text)
  return match && parseUnitName(match[1]!) ? { name: match[1]!, time: match[2] !== undefined } : null
}

function relationOf(desk: Desk): string {
  const options = desk.typed?.calls.find((call) => call.verb === 'list-dependencies')?.options ?? []
  if (options.includes('--after')) return 'after'
  if (options.includes('--before')) return 'before'
  return options.includes('--reverse') ? 'required-by' : 'requirement'
}
