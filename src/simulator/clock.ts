/**
 * Virtual time in microseconds. What processes and clients do happens when it is due. The manager's own timers may wait
 * for each other: mirrors sleep_between(), event_arm_timer() and process_timer(), src/libsystemd/sd-event/sd-event.c
 * (v254).
 */

import { Heap } from './heap.ts'
import { somewhereIn } from './order.ts'

export interface Timer {
  readonly atUsec: number
  /** The manager's own timers: the latest moment that it may get up for them. */
  readonly latestUsec: number
  readonly sequence: number
  canceled: boolean
  fired: boolean
  readonly fire: () => void
}

/** DEFAULT_ACCURACY_USEC of sd-event.c: what timers get that do not say how exact they are. */
const DEFAULT_ACCURACY_USEC = 250_000

export class Clock {
  #now = 0
  #sequence = 0
  /** The manager is up until here, and deals with every timer that is due. */
  #awakeUsec = Number.NEGATIVE_INFINITY
  readonly #events = new Heap<Timer>((a, b) => before(a, b, a.atUsec - b.atUsec))
  readonly #earliest = new Heap<Timer>((a, b) => before(a, b, a.atUsec - b.atUsec))
  readonly #latest = new Heap<Timer>((a, b) => before(a, b, a.latestUsec - b.latestUsec))

  /** Microseconds since the timeline's zero; may be negative while the manager boots. */
  get now(): number {
    return this.#now
  }

  set now(usec: number) {
    this.#now = usec
  }

  /** Calls `fire` at `atUsec`, or as soon as possible if that is past. An infinite time never fires: returns null. */
  arm(atUsec: number, fire: () => void): Timer | null {
    if (!Number.isFinite(atUsec)) return null
    const timer = this.#newTimer(Math.max(atUsec, this.#now), 0, fire)
    this.#events.push(timer)
    return timer
  }

  /** Mirrors sd_event_add_time(): the manager's own timer, which fires when it gets up anyway, or in time. */
  armTimer(atUsec: number, fire: () => void, accuracyUsec = DEFAULT_ACCURACY_USEC): Timer | null {
    if (!Number.isFinite(atUsec)) return null
    const timer = this.#newTimer(atUsec, accuracyUsec === 0 ? DEFAULT_ACCURACY_USEC : accuracyUsec, fire)
    this.#earliest.push(timer)
    this.#latest.push(timer)
    return timer
  }

  #newTimer(atUsec: number, accuracyUsec: number, fire: () => void): Timer {
    const [latestUsec, sequence] = [atUsec + accuracyUsec, this.#sequence++]
    return { atUsec, latestUsec, sequence, canceled: false, fired: false, fire }
  }

  /** The manager's own timers never fire any more. */
  dropTimers(): void {
    for (let timer = firstOf(this.#earliest); timer; timer = firstOf(this.#earliest)) timer.canceled = true
  }

  /** The manager has got something to do, and deals with the timers that are due as well. */
  wake(): void {
    this.#awakeUsec = this.#now
  }

  /** When the next thing happens; undefined if nothing ever will. */
  nextUsec(): number | undefined {
    const eventUsec = firstOf(this.#events)?.atUsec ?? NEVER
    const next = Math.min(eventUsec, this.#wakeUsec(eventUsec))
    return next === NEVER ? undefined : next
  }

  /** Mirrors event_arm_timer(): when the manager gets up for the sake of its timers, if it is before that event. */
  #wakeUsec(eventUsec: number): number {
    const earliest = firstOf(this.#earliest)
    if (earliest === undefined) return NEVER
    if (earliest.atUsec <= this.#awakeUsec) return this.#now
    if (earliest.atUsec > eventUsec) return NEVER
    const latest = firstOf(this.#latest)
    return Math.max(this.#now, sleepBetween(earliest.atUsec, latest?.latestUsec ?? earliest.latestUsec))
  }

  /** Moves to the next moment at which something happens, and does the first thing. */
  advance(): void {
    const eventUsec = firstOf(this.#events)?.atUsec ?? NEVER
    const wake = this.#wakeUsec(eventUsec)
    if (wake !== NEVER && wake <= eventUsec) {
      this.#now = wake
      this.#awakeUsec = wake
      fireFirst(this.#earliest)
    } else if (eventUsec !== NEVER) {
      this.#now = Math.max(this.#now, eventUsec)
      fireFirst(this.#events)
    }
  }
}

const NEVER = Number.POSITIVE_INFINITY

function before(a: Timer, b: Timer, byTime: number): boolean {
  return byTime < 0 || (byTime === 0 && a.sequence < b.sequence)
}

/** Those that are over are dropped on the way. */
function firstOf(heap: Heap<Timer>): Timer | undefined {
  let timer = heap.first
  while (timer && (timer.canceled || timer.fired)) {
    heap.pop()
    timer = heap.first
  }
  return timer
}

function fireFirst(heap: Heap<Timer>): void {
  const timer = heap.first
  if (timer === undefined) return
  heap.pop()
  timer.fired = true
  timer.fire()
}

/** Cancels a timer; nothing happens if there is none. Returns null, to be stored in its place. */
export function disarm(timer: Timer | null): null {
  if (timer) timer.canceled = true
  return null
}

const STEPS_USEC = [60_000_000, 10_000_000, 1_000_000, 250_000] as const
/**
 * Where in each step: a machine's own secret, made of its boot's id. Here whole seconds and halves are nearly over when
 * the moment comes, so that little of what people do at such times comes between.
 */
const PERTURB_USEC = 59_925_000
/** Whole minutes before the story, so that all times are positive. */
const ORIGIN_USEC = 3_600_000_000_000

/** Mirrors sleep_between(): the same spot of every minute, ten seconds, second or quarter of one, if there is one. */
function sleepBetween(fromUsec: number, toUsec: number): number {
  if (toUsec <= fromUsec + 1) return fromUsec
  const perturbUsec = somewhereIn(STEPS_USEC[0], PERTURB_USEC)
  const [from, to] = [fromUsec + ORIGIN_USEC, toUsec + ORIGIN_USEC]
  for (const step of STEPS_USEC) {
    let spot = Math.floor(to / step) * step + (perturbUsec % step)
    if (spot >= to) spot -= step
    if (spot >= from) return spot - ORIGIN_USEC
  }
  return toUsec
}
