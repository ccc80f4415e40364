/**
 * Units and what ties them → SVG. The unit whose job ended is on the right, its neighbours one column to the left,
 * theirs another: so every edge joins columns that touch, and what was canceled is read from left to right. Colours
 * come from the page's style by class; without one it is black on white.
 */

import { html, type Markup } from './markup.ts'
import { distancesFrom, type Edge, type Node, type Relations } from './relations.ts'
import { count, visible } from './words.ts'

const BOX = 200
const BOX_HEIGHT = 42
const ROW = 74
const MARGIN = 8
/** Between columns at least; labels of edges need more. */
const GAP = 60
const CHARACTER = 6.6
/** How far an edge inside a column bends to the left of it. */
const BEND = 44
/** Between two edges that join the same units, one each way. */
const APART = 16

interface Place {
  readonly x: number
  readonly y: number
  readonly column: number
}

type Places = ReadonlyMap<string, Place>

export function relationsPicture(relations: Relations): Markup {
  const columns = columnsOf(relations)
  const { places, width } = placesOf(columns, relations)
  const rows = Math.max(...columns.map((names) => names.length))
  const height = rows * ROW
  return html`<svg class="relations" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"
 font-family="ui-monospace, monospace" font-size="11">
<title>Units and what ties them</title>
<desc>${relationsInWords(relations).join(' ')}</desc>
${relations.edges.map((edge) => drawnEdge(edge, relations, places))}
${relations.nodes.map((node) => drawnNode(node, places))}</svg>`
}

/** Every edge and the way, in sentences; the picture has nothing that is not here. */
export function relationsInWords({ nodes, edges, way, left }: Relations): string[] {
  const notes = nodes.filter(({ note }) => note !== '').map(({ name, note }) => visible(`${name}: ${note}.`))
  const ties = edges.map(({ from, to, kinds }) => visible(`${from} → ${to}: ${kinds.join(', ')}.`))
  const passed = way.length > 1 ? [`It came this way: ${way.map(visible).join(', ')}.`] : []
  return [
    ...notes,
    ...ties,
    ...passed,
    ...(left > 0 ? [`${count(left, 'more unit is', 'more units are')} not shown.`] : []),
  ]
}

/** Leftmost first; what no edge ties to the others stands at the far left. */
function columnsOf({ nodes, edges }: Relations): string[][] {
  const near = new Map(nodes.map(({ name }) => [name, [] as string[]]))
  for (const { from, to } of edges) {
    near.get(from)?.push(to)
    near.get(to)?.push(from)
  }
  const ended = nodes.find(({ is }) => is === 'ended')?.name ?? nodes[0]?.name ?? ''
  const distances = distancesFrom(ended, near)
  const farthest = Math.max(1, ...distances.values())
  const columns = Array.from({ length: Math.min(farthest, nodes.length - 1) + 1 }, () => [] as string[])
  for (const { name } of nodes) {
    const distance = Math.min(distances.get(name) ?? farthest, columns.length - 1)
    columns[columns.length - 1 - distance]?.push(name)
  }
  return inGoodOrder(columns, near)
}

/** From right to left, each at the mean height of the neighbours that have one; by name where that is the same. */
function inGoodOrder(columns: readonly string[][], near: ReadonlyMap<string, readonly string[]>): string[][] {
  const heights = new Map<string, number>()
  const ordered: string[][] = []
  for (const names of columns.toReversed()) {
    const wanted = (name: string): number => {
      const known = (near.get(name) ?? []).flatMap((other) => heights.get(other) ?? [])
      return known.length === 0 ? 0 : known.reduce((sum, one) => sum + one, 0) / known.length
    }
    const sorted = names.map((name) => ({ name, at: wanted(name) }))
    sorted.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))
    for (const [row, { name }] of sorted.entries()) heights.set(name, row - (sorted.length - 1) / 2)
    ordered.unshift(sorted.map(({ name }) => name))
  }
  return ordered
}

function placesOf(columns: readonly string[][], { edges }: Relations): { places: Places; width: number } {
  const places = new Map<string, Place>()
  const rows = Math.max(...columns.map((names) => names.length))
  const bendsOf = (names: readonly string[]) =>
    Math.max(
      0,
      ...edges
        .filter(({ from, to }) => names.includes(from) && names.includes(to))
        .map((edge) => lengthOf(labelOf(edge)) + BEND),
    )
  let x = MARGIN + bendsOf(columns[0] ?? [])
  for (const [column, names] of columns.entries()) {
    const top = ((rows - names.length) * ROW) / 2 + (ROW - BOX_HEIGHT) / 2
    for (const [row, name] of names.entries()) places.set(name, { x, y: top + row * ROW, column })
    const next = columns[column + 1] ?? []
    const gaps = [
      ...(next.length > 0 ? [GAP, bendsOf(next)] : []),
      ...edges.filter(({ from, to }) => joins(names, next, from, to)).map((edge) => lengthOf(labelOf(edge)) + 36),
    ]
    x += BOX + Math.max(0, ...gaps)
  }
  return { places, width: Math.ceil(x) + MARGIN }
}

const joins = (left: readonly string[], right: readonly string[], a: string, b: string): boolean =>
  (left.includes(a) && right.includes(b)) || (left.includes(b) && right.includes(a))

const labelOf = ({ kinds }: Edge): string => visible(kinds.join(', '))
const lengthOf = (text: string): number => [...text].length * CHARACTER

function drawnNode({ name, note, is }: Node, places: Places): Markup {
  const { x, y } = places.get(name)!
  const lines =
    note === ''
      ? [[name, 25] as const]
      : ([
          [name, 18],
          [note, 33],
        ] as const)
  return html`<g class="node ${is}"><title>${visible(name)}</title>
<rect x="${x}" y="${y}" width="${BOX}" height="${BOX_HEIGHT}" rx="${is === 'outside' ? 20 : 3}"
 fill="none" stroke="currentColor"/>
${lines.map(([text, base]) => html`<text x="${x + 10}" y="${y + base}" fill="currentColor">${fitted(text)}</text>`)}</g>
`
}

interface Point {
  readonly x: number
  readonly y: number
}

function drawnEdge(edge: Edge, { edges }: Relations, places: Places): Markup {
  const [from, to] = [places.get(edge.from)!, places.get(edge.to)!]
  if (from.column === to.column) return bent(edge, from, to)
  return straight(
    edge,
    from,
    to,
    edges.some((other) => other.from === edge.to && other.to === edge.from),
  )
}

/** Of two that join the same units the one to the right is above, its label too. */
function straight(edge: Edge, from: Place, to: Place, isOfTwo: boolean): Markup {
  const isForward = from.column < to.column
  const middle = BOX_HEIGHT / 2 + (isOfTwo ? (isForward ? -APART : APART) / 2 : 0)
  const start = { x: isForward ? from.x + BOX : from.x, y: from.y + middle }
  const end = { x: isForward ? to.x : to.x + BOX, y: to.y + middle }
  const [left, right] = isForward ? [start, end] : [end, start]
  // Labels of edges that cross are kept apart: up has its own nearer to the left, down nearer to the right.
  const share = left.y === right.y ? 0.5 : left.y > right.y ? 0.42 : 0.58
  const below = isOfTwo && !isForward ? 15 : -5
  const label = { x: left.x + (right.x - left.x) * share, y: left.y + (right.y - left.y) * share + below }
  return whole(edge, `M${at(start)} L${at(end)}`, head(start, end), { ...label, anchor: 'middle' })
}

/** Both are in one column: around whatever stands between them. */
function bent(edge: Edge, from: Place, to: Place): Markup {
  const down = from.y < to.y ? 8 : -8
  const start = { x: from.x, y: from.y + BOX_HEIGHT / 2 + down }
  const end = { x: to.x, y: to.y + BOX_HEIGHT / 2 - down }
  const [first, second] = [start, end].map(({ x, y }) => ({ x: x - BEND, y })) as [Point, Point]
  const label = { x: start.x - BEND * 0.75 - 4, y: (start.y + end.y) / 2 + 4, anchor: 'end' }
  return whole(edge, `M${at(start)} C${at(first)} ${at(second)} ${at(end)}`, head(second, end), label)
}

function whole(edge: Edge, path: string, tip: string, label: Point & { readonly anchor: string }): Markup {
  return html`<g class="edge${edge.onTheWay && ' on-the-way'}"><path d="${path}" fill="none" stroke="currentColor"
 stroke-width="${edge.onTheWay ? 3 : 1}"/><path d="${tip}" fill="currentColor"/>
<text x="${rounded(label.x)}" y="${rounded(label.y)}" text-anchor="${label.anchor}"
 fill="currentColor">${labelOf(edge)}</text></g>
`
}

const TIP = 9

/** A triangle at the end. */
function head(start: Point, end: Point): string {
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1
  const [dx, dy] = [(end.x - start.x) / length, (end.y - start.y) / length]
  const base = { x: end.x - dx * TIP, y: end.y - dy * TIP }
  const side = (sign: number): Point => ({ x: base.x - (sign * dy * TIP) / 2, y: base.y + (sign * dx * TIP) / 2 })
  return `M${at(end)} L${at(side(1))} L${at(side(-1))} Z`
}

const rounded = (value: number): number => Math.round(value * 10) / 10
const at = ({ x, y }: Point): string => `${rounded(x)} ${rounded(y)}`

/** What tells units apart is at either end of their names. */
function fitted(text: string): string {
  const characters = [...visible(text)]
  const fits = Math.floor((BOX - 16) / CHARACTER)
  if (characters.length <= fits) return characters.join('')
  return `${characters.slice(0, fits - 12).join('')}…${characters.slice(-11).join('')}`
}
