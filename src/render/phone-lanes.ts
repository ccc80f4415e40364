/**
 * A played story as a picture for a phone: time goes down, a unit has a lane, and in it stand the jobs that held its
 * slot, one below the other. What clients were told runs across. It brings its own background, so that it can be read
 * on light and on dark, and says by words what it says by colour.
 */

import { CLIENT } from '../systemd/happening.ts'
import { Canvas, type Colour, type Font, type Pixels } from './canvas.ts'
import { GLYPH_HEIGHT, GLYPH_WIDTH } from './glyphs.ts'
import { type Bar, type Lane, type Lanes, lanesOf } from './lanes.ts'
import { visible } from './words.ts'

/** Three times what a phone shows it at. */
const WIDTH = 1080
const MARGIN = 20
const TIMES = 6 * GLYPH_WIDTH
const ROW = 54
const INSET = (ROW - GLYPH_HEIGHT) / 2
const HEADING = 2 * GLYPH_HEIGHT + 2 * INSET
/** More would be too narrow for a name. */
const MAX_LANES = 3
const MAX_ROWS = 24

const PAPER = 0xffffff
const INK = 0x1d1c1d
const FAINT = 0x616061
const LINE = 0xd4d4d4
const STRIP = 0xf1f1f1

interface Paint {
  readonly fill: Colour
  readonly edge: Colour
}

/** Every edge has a contrast of at least 4.5 to 1 to the paper, and ink to every filling. */
const DONE: Paint = { fill: 0xe0f2e6, edge: 0x1f7a45 }
const CANCELED: Paint = { fill: 0xfce1e1, edge: 0xc01c28 }
const OTHER: Paint = { fill: 0xfdeecb, edge: 0x8a5a00 }
const UNFINISHED: Paint = { fill: 0xe4eaf7, edge: 0x3a5ba0 }

/** The excerpt of a trace, as a report has it. Null if no job is in it. */
export function phoneLanes(lines: readonly string[], font: Font): Pixels | null {
  const picture = lanesOf(lines.slice(0, MAX_ROWS).join('\n'))
  const units = unitsOf(picture).slice(0, MAX_LANES)
  if (units.length === 0) return null
  const canvas = new Canvas(WIDTH, HEADING + picture.columns * ROW + 2 * MARGIN, PAPER, font)
  const across = Math.floor((WIDTH - TIMES - 2 * MARGIN) / units.length)
  moments(canvas, picture)
  for (const [i, lane] of units.entries()) drawLane(canvas, lane, left(i, across), across)
  for (const lane of picture.lanes.filter(({ who }) => who === CLIENT)) told(canvas, lane)
  border(canvas)
  return canvas
}

const unitsOf = ({ lanes }: Lanes): Lane[] => lanes.filter(({ who, bars }) => who !== CLIENT && bars.length > 0)

/** True if there is anything to draw. */
export const hasLanes = (lines: readonly string[]): boolean => unitsOf(lanesOf(lines.join('\n'))).length > 0

/** For those who do not see it: which jobs, in which order, and how each ended. */
export function lanesInWords(lines: readonly string[]): string {
  const jobs = lanesOf(lines.join('\n')).lanes.flatMap(({ who, bars }) =>
    bars.map((bar) => `${visible(who)} ${bar.type} ${bar.result ?? 'goes on'}`),
  )
  return `Jobs by unit: ${jobs.join('; ')}.`
}

const left = (lane: number, across: number): number => MARGIN + TIMES + lane * across
const top = (row: number): number => MARGIN + HEADING + row * ROW

function moments(canvas: Canvas, { ticks, columns }: Lanes): void {
  for (const { column, text } of ticks.filter((tick) => tick.column < columns)) {
    canvas.fill(MARGIN, top(column), WIDTH - 2 * MARGIN, 2, LINE)
    canvas.text(MARGIN, top(column) + INSET, fitted(`${text}s`, TIMES), FAINT)
  }
}

function drawLane(canvas: Canvas, { who, bars }: Lane, x: number, across: number): void {
  const fits = Math.floor((across - GLYPH_WIDTH) / GLYPH_WIDTH)
  for (const [i, line] of heading(visible(who), fits).entries()) {
    canvas.text(x + INSET, MARGIN + i * GLYPH_HEIGHT, line, INK)
  }
  for (const [i, bar] of bars.entries()) {
    drawBar(canvas, bar, x, across)
    const next = bars[i + 1]
    if (bar.result === 'canceled' && next !== undefined && next.from - bar.to <= 2) {
      // The thick line is where one took the other's place.
      canvas.fill(x, top(bar.to + 1) - 4, across - INSET, 8, CANCELED.edge)
    }
  }
}

function drawBar(canvas: Canvas, { type, from, to, result }: Bar, x: number, across: number): void {
  const rows = result === null ? to - from : to - from + 1
  const paint = paintOf(result)
  canvas.box(x, top(from) + 5, across - INSET, rows * ROW - 10, paint)
  const room = across - INSET - 2 * INSET
  const ended = result ?? 'goes on'
  if (rows === 1) {
    canvas.text(x + INSET, top(from) + INSET, fitted(`${type} ${ended}`, room), INK)
    return
  }
  canvas.text(x + INSET, top(from) + INSET, fitted(type, room), INK)
  canvas.text(x + INSET, top(from + rows - 1) + INSET, fitted(ended, room), paint.edge)
}

function paintOf(result: string | null): Paint {
  if (result === null) return UNFINISHED
  if (result === 'done' || result === 'converted') return DONE
  return result === 'canceled' ? CANCELED : OTHER
}

/** Across all lanes, for it is the client that waited. */
function told(canvas: Canvas, { notes }: Lane): void {
  const width = WIDTH - TIMES - 2 * MARGIN
  for (const { column, text } of notes) {
    canvas.fill(MARGIN + TIMES, top(column) + 3, width, ROW - 6, STRIP)
    canvas.text(MARGIN + TIMES + INSET, top(column) + INSET, fitted(spoken(visible(text)), width - 2 * INSET), INK)
  }
}

/** What it was told; where that was nothing, the command that came back. */
const spoken = (text: string): string => (text.startsWith('systemctl ') ? `$ ${text}` : `→ ${text}`)

function border(canvas: Canvas): void {
  const { width, height } = canvas
  for (const [x, y, w, h] of [
    [0, 0, width, 3],
    [0, height - 3, width, 3],
    [0, 0, 3, height],
    [width - 3, 0, 3, height],
  ] as const) {
    canvas.fill(x, y, w, h, LINE)
  }
}

/** A name in two lines; its end says what kind of unit it is, so that it is the middle that is left out. */
function heading(name: string, fits: number): string[] {
  if (name.length <= fits) return [name]
  const short = name.length <= 2 * fits ? name : `${name.slice(0, fits)}…${name.slice(name.length - fits + 1)}`
  return [short.slice(0, fits), short.slice(fits)]
}

function fitted(text: string, room: number): string {
  const characters = [...text.replace(/\s+/g, ' ')]
  const fits = Math.max(1, Math.floor(room / GLYPH_WIDTH))
  return characters.length <= fits ? characters.join('') : `${characters.slice(0, fits - 1).join('')}…`
}
