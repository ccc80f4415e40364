/**
 * What of a log too long to be read whole may tell something. It comes piece by piece, and little of it is kept: not
 * what other programs say in the ordinary course of things, and of the rest of the log no more than its end.
 */

import { LINE_LENGTH, SIEVED_LENGTH, UNSEARCHED_LENGTH } from '../limits.ts'
import { firstThat } from './bisect.ts'
import type { Fact, Facts } from './fact.ts'
import { type GatherOptions, gather } from './gather.ts'
import { WordFinder } from './word-finder.ts'

/** The lines kept of one piece, as one text of their own: a part of the piece would keep all of it in memory. */
interface Kept {
  readonly text: string
  /** Number and offset of each of its lines in the whole. */
  readonly numbers: readonly number[]
  readonly starts: readonly number[]
}

/** What is kept of the whole, with the places where it was. */
export type Sieved = Kept

/**
 * Words of the manager and of its programs, of who asks it for something, of clients, and of what rules know programs
 * to say. A line of a log without any of them tells nothing.
 */
export const WORTH: readonly string[] = [
  ...['systemd', 'init[', 'init: ', 'ystemctl', 'invoke-rc', 'init.d/', '/service ', 'sudo', 'polkit', 'udev', 'dbus'],
  ...['cron', 'CRON', 'ansible', 'puppet', 'chef', 'salt', 'dpkg', 'apt[', 'apt"', 'dnf', 'yum', 'rpm', 'zypper'],
  ...['needrestart', 'unattended-upgr', 'packagekit', 'pacman', 'policy-rc', '.sh[', '.py[', 'ancel', 'Job ', ' unit'],
  ...['ependency job', 'Transaction ', 'cannot reload', 'may be requested', 'is masked', 'isolated', 'not loaded'],
  ...['not found.', 'bad unit', 'is not applicable', 'shutting down', 'garbage coll', 'lready once', 'ordering cycle'],
  ...['start', 'stop', 'restart', 'reload', 'load', 'activate'].map((verb) => `ailed to ${verb}`),
  ...['nable to start', 'nable to restart', 'Terminated', 'Killed', 'signal 15', 'SIGTERM', 'Traceback', '  File "'],
  ...['panic: ', 'Exception', 'goroutine', 'Segmentation', 'terminate called', 'ctivated service', 'activation of'],
  ...['exit code', 'exit-code', 'exit status'],
]
const worthFinder = new WordFinder([WORTH])

/** How an entry of a log begins: `Nov 20 03:00`, `2026-11-20T03:00`, `[  12.5] `, `1763607600.5 `, `{"…`. */
const ENTRY = /(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:|\d{4}-\d\d-\d\d[T ]\d\d:|\[ *\d+\.\d+\] |\d{10}\.\d+ |\{ ?")/y

function isEntry(text: string, at: number): boolean {
  ENTRY.lastIndex = at
  return ENTRY.test(text)
}

/** Whole lines that were not searched yet. */
interface Stretch {
  readonly text: string
  readonly from: number
  /** Where each of its lines ends. */
  readonly ends: readonly number[]
  /** Number and offset of the first of them in the whole. */
  readonly line: number
  readonly offset: number
}

/**
 * Only a log's last entries are kept, so that it is searched from its end, and most of it not at all: entries wait
 * until there are so many of them, and those that are followed by enough of worth are then let go of unread.
 */
export class Sieve {
  readonly #other: Kept[] = []
  readonly #log: Kept[] = []
  #otherLength = 0
  #logLength = 0
  #waiting: Stretch[] = []
  #waitingLength = 0
  /** The beginning of a line whose end is still to come, and how much of its middle was left out. */
  #rest = ''
  #leftOut = 0
  #line = 1
  #offset = 0

  push(piece: string): void {
    const first = piece.indexOf('\n') + 1
    if (first > 0) {
      const head = this.#rest + piece.slice(0, first)
      this.#take(head, 0, head.length)
      this.#offset += this.#leftOut
      this.#leftOut = 0
      this.#rest = ''
    }
    const last = piece.lastIndexOf('\n') + 1
    // The piece itself: a string that is put together from others is read at half the speed.
    if (last > first) this.#take(piece, first, last)
    const rest = this.#rest + piece.slice(last)
    this.#leftOut += Math.max(0, rest.length - LINE_LENGTH)
    this.#rest = rest.slice(0, LINE_LENGTH)
    if (this.#waitingLength >= UNSEARCHED_LENGTH) this.#search()
  }

  /** What was kept, in its order. */
  end(): Sieved {
    if (this.#rest !== '') this.push('\n')
    this.#search()
    const all = [...lastOf(this.#log.flatMap(linesOf)), ...this.#other.flatMap(linesOf)]
    return keptOf(all.sort((a, b) => a.number - b.number))
  }

  /** Whole lines from one place to another: what is no entry of a log is kept, the others wait. */
  #take(text: string, from: number, to: number): void {
    const ends: number[] = []
    const other: Line[] = []
    for (let at = from; at < to; ) {
      const end = text.indexOf('\n', at)
      if (this.#otherLength < SIEVED_LENGTH && !isEntry(text, at)) {
        other.push(lineOf(text, at, end, this.#line + ends.length, this.#offset + at - from))
        this.#otherLength += end + 1 - at
      }
      ends.push(end)
      at = end + 1
    }
    if (other.length > 0) this.#other.push(keptOf(other))
    this.#waiting.push({ text, from, ends, line: this.#line, offset: this.#offset })
    this.#waitingLength += to - from
    this.#line += ends.length
    this.#offset += to - from
  }

  /** Keeps the last entries of worth of those that wait; those before stay where these are too few. */
  #search(): void {
    const found: Line[] = []
    let length = 0
    for (let i = this.#waiting.length - 1; i >= 0 && length < SIEVED_LENGTH; i--) {
      const { text, from, ends, line, offset } = this.#waiting[i]!
      for (let j = ends.length - 1; j >= 0 && length < SIEVED_LENGTH; j--) {
        const at = j === 0 ? from : ends[j - 1]! + 1
        const end = ends[j]!
        if (worthFinder.find(text, at, Math.min(end, at + LINE_LENGTH)) < 0 || !isEntry(text, at)) continue
        const one = lineOf(text, at, end, line + j, offset + at - from)
        found.push(one)
        length += one.text.length + 1
      }
    }
    if (found.length > 0) this.#log.push(keptOf(found.reverse()))
    this.#logLength += length
    while (this.#logLength - lengthOf(this.#log[0]) >= SIEVED_LENGTH) this.#logLength -= lengthOf(this.#log.shift())
    this.#waiting = []
    this.#waitingLength = 0
  }
}

interface Line {
  readonly text: string
  readonly number: number
  readonly start: number
}

const lineOf = (text: string, at: number, end: number, number: number, start: number): Line => ({
  text: text.slice(at, Math.min(end, at + LINE_LENGTH)),
  number,
  start,
})

const keptOf = (lines: readonly Line[]): Kept => ({
  text: lines.map(({ text }) => text).join('\n'),
  numbers: lines.map(({ number }) => number),
  starts: lines.map(({ start }) => start),
})

/** With an end of a line for each. */
const lengthOf = (kept: Kept | undefined): number => (kept ? kept.text.length + 1 : 0)

const linesOf = ({ text, numbers, starts }: Kept): Line[] =>
  text.split('\n').map((line, i) => ({ text: line, number: numbers[i] ?? 0, start: starts[i] ?? 0 }))

/** So many of the last lines that there is no room for one more. */
function lastOf(lines: readonly Line[]): Line[] {
  let length = 0
  let first = lines.length
  while (first > 0 && length < SIEVED_LENGTH) length += lines[--first]!.text.length + 1
  return lines.slice(first)
}

/** The facts of what was kept, with their places in the whole. */
export function gatherSieved(sieved: Sieved, options: GatherOptions = {}): Facts {
  const { lines, facts, mended, ...rest } = gather(sieved.text, options)
  const begins = lines.map(({ start }) => start)
  const numberOf = (line: number) => sieved.numbers[line - 1] ?? line
  const placesOf = ({ start, end }: { readonly start: number; readonly end: number }) => ({
    start: placeOf(sieved, begins, start),
    end: end > start ? placeOf(sieved, begins, end - 1) + 1 : placeOf(sieved, begins, start),
  })
  return {
    ...rest,
    mended: mended.map((one) => ({ ...one, line: numberOf(one.line) })),
    lines: lines.map((line) => ({ ...line, ...placesOf(line), number: numberOf(line.number) })),
    facts: facts.map((fact): Fact => ({ ...fact, ...placesOf(fact), line: numberOf(fact.line) })),
  }
}

function placeOf({ starts }: Sieved, begins: readonly number[], place: number): number {
  const piece = firstThat(begins.length, (i) => (begins[i] ?? 0) > place) - 1
  return (starts[piece] ?? 0) + place - (begins[piece] ?? 0)
}
