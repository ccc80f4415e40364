/** Where in the paste a fact stands, and when it says it happened. */

import type { MessageKey } from '../systemd/messages.ts'

/** Offsets count UTF-16 units of the paste as it came; `quote` is `paste.slice(start, end)` before masking. */
export interface Span {
  /** 1-based; the first one where a fact covers several. */
  readonly line: number
  readonly start: number
  readonly end: number
}

export interface Moment {
  /**
   * Microseconds. 'wall': the clock's digits read as if they were UTC, since 1970 (a date without a year is put into
   * YEARLESS). 'monotonic': since boot.
   */
  readonly usec: number
  readonly clock: 'wall' | 'monotonic'
  /** 1, 1000 or 1000000 by the digits printed. */
  readonly precisionUsec: number
  /** What the wall clock is ahead of UTC; null where the text has no zone, or an ambiguous one. */
  readonly utcOffsetUsec: number | null
  readonly yearKnown: boolean
  readonly text: string
}

/** A leap year, so that 29 February has its place. */
export const YEARLESS = 1972

/** One of the manager's own sentences, as systemd/messages.ts has them. */
export interface Sentence {
  readonly key: MessageKey
  readonly args: Readonly<Record<string, string>>
}

export interface Base extends Span {
  /** 'e1', 'e2', … in the order of the paste. */
  readonly id: string
  readonly quote: string
  /** The format's name: 'systemctl status', 'journal', 'ansible', 'client', 'unit file' … */
  readonly source: string
  /** That the paste says this, from 0 to 1; not that it is true. */
  readonly certainty: number
  readonly at?: Moment
  /** Boot id, or '#1', '#2' … by the separators in the paste. Left out where nothing tells boots apart. */
  readonly boot?: string
  /** Of every fact that was read from a sentence of the manager, whatever its kind. */
  readonly says?: Sentence
}
