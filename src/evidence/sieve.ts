/**
 * What of a log too long to be read whole may tell something. It comes piece by piece, and little of it is kept: not
 * what other programs say in the ordinary course of things, and of the rest of the log no more than its end.
 */

import { LINE_LENGTH, SIEVED_LENGTH } from '../limits.ts'
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
const LINE_END = 10
const worthOrLineEnd = new WordFinder([[...WORTH, '\n']])

/** How an entry of a log begins: `Nov 20 03:00`, `2026-11-20T03:00`, `[  12.5] `, `1763607600.5 `, `{"…`. */
const ENTRY = /(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:|\d{4}-\d\d-\d\d[T ]\d\d:|\[ *\d+\.\d+\] |\d{10}\.\d+ |\{ ?")/y

export class Sieve {
  readonly #log: Kept[] = []
  readonly #other: Kept[] = []
  #logLength = 0
  #otherLength = 0
  /** The beginning of a line whose end is still to come, and how much of its middle was left out. */
  #rest = ''
  #leftOut = 0
  #line = 1
  #offset = 0

  push(piece: string): void {
    const first = piece.indexOf('\n') + 1
    const last = piece.lastIndexOf('\n') + 1
    const log = new Lines()
    const other = new Lines()
    if (first > 0) {
      this.#read(this.#rest + piece.slice(0, first), 0, first + this.#rest.length, log, other)
      this.#rest = ''
    }
    // The piece itself: a string that is put together from others is read at half the speed.
    this.#read(piece, first, last, log, other)
    this.#keep(log.kept(), other.kept())
    const rest = this.#rest + piece.slice(last)
    this.#leftOut += Math.max(0, rest.length - LINE_LENGTH)
    this.#rest = rest.slice(0, LINE_LENGTH)
  }

  /** What was kept, in its order. */
  end(): Sieved {
    if (this.#rest !== '') this.push('\n')
    const all = [...this.#log, ...this.#other].flatMap(linesOf).sort((a, b) => a.number - b.number)
    return {
      text: all.map(({ text }) => text).join('\n'),
      numbers: all.map(({ number }) => number),
      starts: all.map(({ start }) => start),
    }
  }

  /** Whole lines from one place to another: those that are worth something, and what is no entry of a log. */
  #read(text: string, from: number, to: number, log: Lines, other: Lines): void {
    for (let at = from; at < to; ) {
      const found = worthOrLineEnd.find(text, at, to)
      const worth = found >= 0 && text.charCodeAt(found) !== LINE_END
      const ends = worth ? text.indexOf('\n', found) : found
      const end = ends < 0 ? to : ends
      ENTRY.lastIndex = at
      const isEntry = ENTRY.test(text)
      if (worth || !isEntry) (isEntry ? log : other).add(text.slice(at, end), this.#line, this.#offset)
      this.#line++
      this.#offset += end + 1 - at + this.#leftOut
      this.#leftOut = 0
      at = end + 1
    }
  }

  #keep(log: Kept, other: Kept): void {
    if (log.numbers.length > 0) this.#log.push(log)
    this.#logLength += log.text.length
    while (this.#logLength - (this.#log[0]?.text.length ?? 0) >= SIEVED_LENGTH) {
      this.#logLength -= this.#log.shift()?.text.length ?? 0
    }
    if (other.numbers.length === 0 || this.#otherLength >= SIEVED_LENGTH) return
    this.#other.push(other)
    this.#otherLength += other.text.length
  }
}

class Lines {
  readonly #texts: string[] = []
  readonly #numbers: number[] = []
  readonly #starts: number[] = []

  add(text: string, number: number, start: number): void {
    this.#texts.push(text)
    this.#numbers.push(number)
    this.#starts.push(start)
  }

  kept(): Kept {
    return { text: this.#texts.join('\n'), numbers: this.#numbers, starts: this.#starts }
  }
}

function linesOf({ text, numbers, starts }: Kept): { text: string; number: number; start: number }[] {
  return text.split('\n').map((line, i) => ({ text: line, number: numbers[i] ?? 0, start: starts[i] ?? 0 }))
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
