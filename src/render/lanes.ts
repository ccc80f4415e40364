/**
 * A trace as lanes: a unit each, and on it the jobs that were in its slot one after the other. Columns are steps of the
 * trace, not seconds: what decides happens at one moment, and a picture to scale would show it as a point.
 */

import { CLIENT, type Event, formatSeconds, parseTrace } from '../systemd/happening.ts'

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

export interface Lanes {
  readonly lanes: readonly Lane[]
  /** Where a new moment begins, with its seconds. */
  readonly ticks: readonly Note[]
  /** Where a job was displaced from its slot by another. */
  readonly displaced: readonly { readonly who: string; readonly column: number }[]
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

export function lanesOf(trace: string): Lanes {
  const happenings = parseTrace(trace).filter(({ event }) => event.kind !== 'enqueue' && event.kind !== 'log')
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
  const all = [...lanes.values()].map((lane) => ({ ...lane, bars: [...lane.bars, ...unfinished(lane, shown.length)] }))
  const displaced = all.flatMap(({ who, bars }) => displacements(bars).map((column) => ({ who, column })))
  const ordered = [...all.filter(({ who }) => who === CLIENT), ...all.filter(({ who }) => who !== CLIENT)]
  return { lanes: ordered, ticks, displaced, columns: shown.length, left }
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
