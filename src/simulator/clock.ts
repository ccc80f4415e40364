/** Virtual time in microseconds: timers fire exactly when due, in the order of their arming. */

export interface Timer {
  readonly atUsec: number
  readonly sequence: number
  canceled: boolean
  readonly fire: () => void
}

export class Clock {
  #now = 0
  #sequence = 0
  /** Binary heap by (atUsec, sequence). */
  readonly #heap: Timer[] = []

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
    const timer: Timer = { atUsec: Math.max(atUsec, this.#now), sequence: this.#sequence++, canceled: false, fire }
    this.#push(timer)
    return timer
  }

  /** The next timer, which it does not take off; canceled ones are dropped on the way. */
  peek(): Timer | undefined {
    while (this.#heap[0]?.canceled) this.#pop()
    return this.#heap[0]
  }

  /** Takes the next timer off and moves the clock to it. */
  advance(): Timer | undefined {
    const timer = this.peek()
    if (!timer) return undefined
    this.#pop()
    if (timer.atUsec > this.#now) this.#now = timer.atUsec
    return timer
  }

  #push(timer: Timer): void {
    const heap = this.#heap
    heap.push(timer)
    let i = heap.length - 1
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!before(timer, heap[parent] as Timer)) break
      heap[i] = heap[parent] as Timer
      i = parent
    }
    heap[i] = timer
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1] as Timer, heap[child] as Timer)) child++
      if (!before(heap[child] as Timer, last)) break
      heap[i] = heap[child] as Timer
      i = child
    }
    heap[i] = last
  }
}

const before = (a: Timer, b: Timer) => a.atUsec < b.atUsec || (a.atUsec === b.atUsec && a.sequence < b.sequence)

/** Cancels a timer; nothing happens if there is none. Returns null, to be stored in its place. */
export function disarm(timer: Timer | null): null {
  if (timer) timer.canceled = true
  return null
}
