/** The picture: lanes → SVG. Colours come from the page's style by class; without one it is black on white. */

import { type Bar, type Cited, type Lane, type Lanes, lanesOf } from './lanes.ts'
import { html, type Markup } from './markup.ts'
import { visible } from './words.ts'

/** A pixel is the unit of all of these. */
const NARROWEST = 90
const WIDEST = 300
const STEP = 46
const LANE = 60
const TOP = 26
const BAR = 20
const CHARACTER = 6.6

/** `trace` is a scenario's, as text. Nothing where there is nothing to draw. */
export function timeline(trace: string, cited: readonly Cited[] = []): Markup {
  const picture = lanesOf(trace, cited)
  if (picture.lanes.length === 0) return html``
  const names = roomForNames(picture)
  const lanes = picture.lanes.map((lane) => ({ ...lane, notes: placed(lane, picture.columns) }))
  const width = names + Math.max((picture.columns + 1) * STEP, ...lanes.flatMap(({ notes }) => notes.map(endOf)))
  const height = TOP + lanes.length * LANE
  const parts = [
    ...lanes.map(({ who }, row) => named(who, row, names, width)),
    html`<g transform="translate(${names} 0)">
${picture.ticks.map(({ column, text }) => tick(column, text, height))}${lanes.map(drawn)}${picture.displaced.map(
  ({ who, column }) => displacement(picture, who, column),
)}${linked(picture)}</g>
`,
  ]
  // What is an image has no links in it, for those who hear it.
  const role = picture.links.length > 0 ? 'group' : 'img'
  return html`<svg class="timeline" role="${role}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"
 font-family="ui-monospace, monospace" font-size="11">
<title>${describe(picture)}</title>
${parts}</svg>`
}

function roomForNames({ lanes }: Lanes): number {
  const longest = Math.max(...lanes.map(({ who }) => lengthOf(visible(who))))
  return Math.min(WIDEST, Math.max(NARROWEST, longest + 12))
}

interface Placed {
  readonly left: number
  readonly text: string
}

/** In a picture of a few steps, a client's last words have at least this much. */
const LAST_WORDS = 320

/** What a client was told at the very end ends where the picture ends, if nothing is in its way there. */
function placed({ notes }: Lane, columns: number): Placed[] {
  const row: Placed[] = []
  const end = (columns + 1) * STEP
  for (const [i, { column, text }] of notes.entries()) {
    const left = column * STEP + 3
    const next = notes[i + 1]
    if (next) {
      row.push({ left, text: fitted(text, (next.column - column) * STEP) })
      continue
    }
    const before = row.at(-1)
    const free = before === undefined ? 3 : endOf(before)
    const last = fitted(text, Math.max(LAST_WORDS, end - free))
    row.push({ left: Math.max(free, Math.min(left, end - lengthOf(last))), text: last })
  }
  return row
}

const endOf = ({ left, text }: Placed): number => left + lengthOf(text) + CHARACTER

const lengthOf = (text: string): number => [...text].length * CHARACTER

/** A step's middle, from where the names end. */
const x = (column: number): number => (column + 0.5) * STEP
const y = (row: number): number => TOP + row * LANE

/** For those who do not see it: which jobs, in which order, and how each ended. */
function describe({ lanes, left }: Lanes): string {
  const jobs = lanes.flatMap(({ who, bars }) =>
    bars.map((bar) => `${visible(who)} ${bar.type} ${bar.result ?? 'goes on'}`),
  )
  return `Jobs by unit: ${jobs.join('; ')}.${left > 0 ? ` ${left} later steps are not shown.` : ''}`
}

function tick(column: number, text: string, height: number): Markup {
  const left = x(column) - STEP / 2
  return html`<g class="tick">${rule(left, 14, left, height)}
<text x="${left + 3}" y="12" fill="currentColor">${text} s</text></g>
`
}

function named(who: string, row: number, names: number, width: number): Markup {
  const bottom = y(row) + LANE - 1
  return html`${label('unit', 4, y(row) + 21, shortened(who, names - 8))}${rule(0, bottom, width, bottom)}
`
}

function drawn(
  { bars, notes }: { readonly bars: readonly Bar[]; readonly notes: readonly Placed[] },
  row: number,
): Markup {
  const states = notes.map(({ left, text }) => label('note', left, y(row) + 43, text))
  return html`<g class="lane">${bars.map((bar) => job(bar, row))}${states}</g>
`
}

function job({ type, from, to, result }: Bar, row: number): Markup {
  const left = x(from) - STEP / 2
  const width = x(to) + (result === null ? 0 : STEP / 2) - left
  const text = result === null ? type : `${type} ${result}`
  return html`<g class="job ${result ?? 'unfinished'}"><title>${type}: ${result ?? 'unfinished'}</title>
<rect x="${left + 1}" y="${y(row) + 7}" width="${Math.max(4, width - 2)}" height="${BAR}" rx="3"
 fill="none" stroke="currentColor"/>
${label('type', left + 6, y(row) + 21, fitted(text, width - 8))}</g>`
}

function displacement({ lanes }: Lanes, who: string, column: number): Markup {
  const row = lanes.findIndex((lane) => lane.who === who)
  const at = x(column) + STEP / 2
  return html`<g class="displaced"><title>Displaced here</title>
<line x1="${at}" y1="${y(row) + 1}" x2="${at}" y2="${y(row) + 33}" stroke="currentColor" stroke-width="3"/></g>
`
}

/** Numbers of the paste's own lines, which the table below the answer has; side by side where steps are close. */
function linked({ lanes, links }: Lanes): Markup[] {
  const ends = new Map<string, number>()
  return links.map(({ who, column, line }) => {
    const row = lanes.findIndex((lane) => lane.who === who)
    const left = Math.max(x(column) - STEP / 2 + 3, ends.get(who) ?? 0)
    ends.set(who, left + lengthOf(`${line}|`) + CHARACTER)
    const number = label('line', left, y(row) + 55, `${line}|`)
    return html`<a href="#L${line}" aria-label="line ${line} of the paste">${number}</a>
`
  })
}

const rule = (x1: number, y1: number, x2: number, y2: number): Markup =>
  html`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="currentColor" opacity="0.2"/>`

const label = (name: string, left: number, base: number, text: string): Markup =>
  html`<text class="${name}" x="${left}" y="${base}" fill="currentColor">${text}</text>`

const plain = (text: string): string => visible(text).replace(/\s+/g, ' ')

const fitting = (room: number): number => Math.max(1, Math.floor(room / CHARACTER))

function fitted(text: string, room: number): string {
  const characters = [...plain(text)]
  const fits = fitting(room)
  return characters.length <= fits ? characters.join('') : `${characters.slice(0, fits - 1).join('')}…`
}

/** Units of one program differ at their names' ends, so it is the middle that is left out. */
function shortened(name: string, room: number): string {
  const characters = [...plain(name)]
  const fits = fitting(room)
  if (characters.length <= fits) return characters.join('')
  const head = Math.floor((fits - 1) / 3)
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (fits - 1 - head)).join('')}`
}
