/** Chance with a seed: the same seed makes the same incident, name by name. */

export interface Chance {
  /** From 0 up to, but not including, 1. */
  readonly next: () => number
  readonly pick: <T>(items: readonly T[]) => T
  /** A number of seconds with one decimal, odd enough not to fall together with another. */
  readonly seconds: (from: number, to: number) => number
  readonly integer: (from: number, to: number) => number
  readonly happens: (probability: number) => boolean
  readonly shuffle: <T>(items: readonly T[]) => T[]
}

/** mulberry32, with the seed's text hashed by FNV-1a. */
export function chanceFor(seed: string): Chance {
  let state = 0x811c9dc5
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(items: readonly T[]) => items[integer(0, items.length - 1)] as T
  const shuffle = <T>(items: readonly T[]) => {
    const left = [...items]
    return items.map(() => left.splice(integer(0, left.length - 1), 1)[0] as T)
  }
  return {
    next,
    pick,
    integer,
    shuffle,
    seconds: (from, to) => integer(from * 10, to * 10) / 10,
    happens: (probability) => next() < probability,
  }
}
