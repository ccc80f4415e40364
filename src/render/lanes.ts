/**
 * A trace as lanes: a unit each, and on it the jobs that were in its slot one after the other. Columns are steps of the
 * trace, not seconds: what decides happens at one moment, and a picture to scale would show it as a point.
 */

import { CLIENT, type Event, formatSeconds, type Happening, parseTrace } from '../systemd/happening.ts'

export interface Bar {
  readonly type: string
  readonly from: number
  /** The column after the last. */
  readonly to: number
  /** Null: still there at the end. */
  readonly result: string | null
}

export interface Note {
  readonly column: number
  readonly text: string
}

export interface Lane {
  readonly who: string
  readonly bars: readonly Bar[]
  /** Sub-states as they were entered, and for clients what they were told. */
  readonly notes: readonly Note[]
}

/** A line of the paste that the story's own log, or its client, says too. */
export interface Cited {
  readonly line: number
  readonly text: string
}

export interface Link {
  readonly who: string
  readonly column: number
  readonly line: number
}

export interface Lanes {
  readonly lanes: readonly Lane[]
  /** Where a new moment begins, with its seconds. */
  readonly ticks: readonly Note[]
  /** Where a job was displaced from its slot by another. */
  readonly displaced: readonly { readonly who: string; readonly column: number }[]
  /** The pasted lines, where the story has them. */
  readonly links: readonly Link[]
  readonly columns: number
  /** Steps that are not in the picture, for want of room. */
  readonly left: number
}

const MAX_COLUMNS = 40
const MAX_LANES = 8

interface OpenLane {
  readonly who: string
  readonly bars: Bar[]
  readonly notes: Note[]
  open: { type: string; from: number } | null
}

/** `trace` is a scenario's, as text; `cited` are lines of the paste that show one of its steps. */
export function lanesOf(trace: string, cited: readonly Cited[] = []): Lanes {
  const all = withoutQuietSlices(parseTrace(trace))
  const happenings = all.filter(isDrawn)
  const shown = happenings.slice(0, MAX_COLUMNS)
  const lanes = new Map<string, OpenLane>()
  const ticks: Note[] = []
  let left = happenings.length - shown.length
  for (const [column, { who, atUsec, event }] of shown.entries()) {
    const moment = formatSeconds(atUsec)
    if (ticks.at(-1)?.text !== moment) ticks.push({ column, text: moment })
    if (!lanes.has(who) && lanes.size === MAX_LANES) left++
    else lanes.set(who, step(lanes.get(who) ?? { who, bars: [], notes: [], open: null }, event, column))
  }
  const finished = [...lanes.values()].map((lane) => ({
    ...lane,
    bars: [...lane.bars, ...unfinished(lane, shown.length)],
  }))
  const displaced = finished.flatMap(({ who, bars }) => displacements(bars).map((column) => ({ who, column })))
  const ordered = [...finished.filter(({ who }) => who === CLIENT), ...finished.filter(({ who }) => who !== CLIENT)]
  const links = linksOf(all, cited).filter(({ who, column }) => lanes.has(who) && column < shown.length)
  return { lanes: ordered, ticks, displaced, links, columns: shown.length, left }
}

/** A slice that is made for what is in it, and nothing more, would only take the room of others. */
function withoutQuietSlices(all: readonly Happening[]): readonly Happening[] {
  const slices = new Set(all.map(({ who }) => who).filter((who) => who.endsWith('.slice')))
  if (all.every(({ who }) => who === CLIENT || slices.has(who))) return all
  for (const { who, event } of all) {
    if (event.kind === 'job-installed' && event.type !== 'start') slices.delete(who)
    if (event.kind === 'job-finished' && event.result !== 'done') slices.delete(who)
  }
  return all.filter(({ who }) => !slices.has(who))
}

const isDrawn = ({ event }: Happening): boolean => event.kind !== 'enqueue' && event.kind !== 'log'

/** Each line once, at the step of its unit that it was logged with. */
function linksOf(all: readonly Happening[], cited: readonly Cited[]): Link[] {
  const links: Link[] = []
  const left = new Set(cited)
  const last = new Map<string, { readonly column: number; readonly atUsec: number }>()
  let column = -1
  for (const happening of all) {
    const { who, atUsec, event } = happening
    if (isDrawn(happening)) last.set(who, { column: ++column, atUsec })
    const said = event.kind === 'log' ? event.text : event.kind === 'client' ? event.output : ''
    if (said === '') continue
    const found = [...left].find(({ text }) => text.includes(said))
    if (found === undefined) continue
    left.delete(found)
    const before = last.get(who)
    // What is logged first at a new moment belongs to the step that follows.
    links.push({ who, column: before?.atUsec === atUsec ? before.column : column + 1, line: found.line })
  }
  return links
}

function step(lane: OpenLane, event: Event, column: number): OpenLane {
  switch (event.kind) {
    case 'job-installed':
      lane.open = { type: event.type, from: column }
      break
    case 'job-merged':
      lane.open = { type: event.into, from: lane.open?.from ?? column }
      break
    case 'job-converted':
      lane.bars.push({ type: 'restart', from: lane.open?.from ?? column, to: column, result: 'converted' })
      lane.open = { type: 'start', from: column }
      break
    case 'job-finished':
      lane.bars.push({ type: event.type, from: lane.open?.from ?? column, to: column, result: event.result })
      lane.open = null
      break
    case 'state':
      lane.notes.push({ column, text: event.sub })
      break
    case 'client':
      lane.notes.push({ column, text: event.output === '' ? event.command : event.output })
      break
  }
  return lane
}

function unfinished({ open }: OpenLane, columns: number): Bar[] {
  return open === null ? [] : [{ ...open, to: columns, result: null }]
}

/** A canceled job whose slot another took in the very next steps was displaced; otherwise someone canceled it. */
function displacements(bars: readonly Bar[]): number[] {
  return bars.flatMap((bar, i) => {
    const next = bars[i + 1]
    return bar.result === 'canceled' && next !== undefined && next.from - bar.to <= 2 ? [bar.to] : []
  })
}
