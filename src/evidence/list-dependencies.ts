/** Printed by list_dependencies_one() (v255), and by systemd-analyze critical-chain. */

import { PASSAGE_LINES } from '../limits.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { type Desk, note, type Parser, take } from './desk.ts'
import type { DependencyRow } from './fact.ts'
import { indentOf } from './page.ts'

const SOURCE = 'systemctl list-dependencies'
const CHAIN = 'systemd-analyze critical-chain'

const GLYPHS: Readonly<Record<string, DependencyRow['active']>> = {
  '●': 'active',
  '○': 'inactive',
  '×': 'failed',
  '↻': 'reloading',
}

export const listDependencies: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => {
    if (INTRODUCTION.test(desk.lines[at]!.text) || plainEnd(desk, at) > at) return true
    const row = rowOf(desk.lines[at]!.text)
    if (row) return row.name === '...' || parseUnitName(row.name) !== null
    const root = rootOf(desk.lines[at]!.text)
    const below = desk.lines[at + 1]
    return root !== null && below !== undefined && rowOf(below.text) !== null
  },
  parse: (desk, at) => {
    if (INTRODUCTION.test(desk.lines[at]!.text)) return take(desk, CHAIN, at, at + 1)
    const plain = plainEnd(desk, at)
    if (plain > at) return readPlain(desk, at, plain)
    const root = rootOf(desk.lines[at]!.text)
    const relation = relationOf(desk)
    const path: string[] = root ? [root.name] : []
    // What has been there from the beginning has no time of its own.
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
      const edge = {
        unit: parent,
        other: row.name,
        relation: source === CHAIN ? 'chain' : relation,
        active: row.active,
      }
      note(desk, { kind: 'dependency-row', source, certainty: 1, ...edge }, line, indentOf(line.text))
    }
    return take(desk, source, at, next)
  },
}

const INTRODUCTION =
  /^The time (?:when unit became active or started|the unit took to start) is printed after the "[@+]" character\.$/

/** With --plain: the root, then names that are indented by their depth. */
function plainEnd(desk: Desk, at: number): number {
  const isName = (text: string) => parseUnitName(text.trim()) !== null
  if (!/^\S/.test(desk.lines[at]!.text) || !isName(desk.lines[at]!.text)) return at
  let end = at + 1
  while (end < desk.lines.length && end - at < PASSAGE_LINES) {
    const { text } = desk.lines[end]!
    if (!text.startsWith('  ') || !isName(text)) break
    end++
  }
  return end > at + 1 ? end : at
}

function readPlain(desk: Desk, at: number, end: number): number {
  const path: string[] = []
  const relation = relationOf(desk)
  for (let i = at; i < end; i++) {
    const line = desk.lines[i]!
    const depth = Math.floor(indentOf(line.text) / 2)
    const unit = path[depth - 1]
    path.length = Math.min(path.length, depth)
    path[depth] = line.text.trim()
    if (!unit) continue
    const edge = { unit, other: line.text.trim(), relation, active: null }
    note(desk, { kind: 'dependency-row', source: SOURCE, certainty: 1, ...edge }, line, indentOf(line.text))
  }
  return take(desk, SOURCE, at, end)
}

interface Row {
  readonly name: string
  readonly depth: number
  readonly active: DependencyRow['active']
  readonly time: boolean
}

/** A branch of the tree in either character set; before it stand the dot and the trunks, behind it the name. */
const BRANCH = /[├└]─|[|`]-/
const TRUNK = /^[\s●○×↻*x•│|]*$/
const NAME = /^(\S{3,256})(?: [@+]\S.*)?$/

function rowOf(text: string): Row | null {
  const at = text.length > 600 ? -1 : text.search(BRANCH)
  if (at < 0 || !TRUNK.test(text.slice(0, at))) return null
  const name = NAME.exec(text.slice(at + 2))
  if (!name) return null
  const dot = /[●○×↻*x•]/.exec(text.slice(0, at))
  // The dot has a column and a blank of its own.
  const width = dot ? at - dot.index - 2 : at
  const active = GLYPHS[dot?.[0] ?? ''] ?? null
  return { name: name[1]!, depth: Math.max(0, Math.floor(width / 2)), active, time: name[0] !== name[1] }
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
