/**
 * The one door for chance. systemd walks hash sets keyed by unit; here the walk is by name, ascending, or shuffled by a
 * seed when all orders are explored. So are moments that nobody can tell to the millisecond, with odd seeds.
 */

let seed = 0
let moments = 0
let sets = 0

/** 0 sorts by name; any other number shuffles, the same way each time. Set once a simulation, before it begins. */
export function setOrderSeed(value: number): void {
  seed = value >>> 0
  moments = begin()
  sets = 0
}

export const orderSeed = (): number => seed

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

function isSorted(items: readonly { readonly id: string }[]): boolean {
  for (let i = 1; i < items.length; i++) if (byId(items[i - 1]!, items[i]!) > 0) return false
  return true
}

/** Up to so many, insertion is the fastest: most are nearly sorted. */
const FEW = 32

function sort(items: { readonly id: string }[]): void {
  if (items.length > FEW) {
    if (!isSorted(items)) items.sort(byId)
    return
  }
  for (let i = 1; i < items.length; i++) {
    const item = items[i]!
    let at = i
    for (; at > 0 && items[at - 1]!.id > item.id; at--) items[at] = items[at - 1]!
    items[at] = item
  }
}

/** The items of a set whose order systemd leaves open: another one for each set, the same in each walk over it. */
export const inAnyOrder = <T extends { readonly id: string }>(items: Iterable<T>, set = 0): T[] =>
  putInAnyOrder([...items], set)

/** The same for an array that nobody else has. */
export function putInAnyOrder<T extends { readonly id: string }>(items: T[], set: number): T[] {
  if (seed === 0) {
    sort(items)
    return items
  }
  const ranked = items.map((item) => ({ item, rank: rankOf(item.id, set) }))
  return ranked.sort((a, b) => a.rank - b.rank || byId(a.item, b.item)).map(({ item }) => item)
}

/** What has no name to sort by: as it came, or by chance the other way round. */
export const eitherWayRound = <T>(items: Iterable<T>): T[] =>
  seed !== 0 && rankOf('', 0) % 2 === 1 ? [...items].reverse() : [...items]

/** A set of its own, for inAnyOrder(): systemd's hash tables have a secret each. */
export const newSet = (): number => ++sets

function rankOf(id: string, set: number): number {
  let rank = (begin() + Math.imul(set, 0x9e3779b1)) >>> 0
  for (let i = 0; i < id.length; i++) rank = Math.imul(rank ^ id.charCodeAt(i), 0x01000193) >>> 0
  return next(rank ^ (rank >>> 15))
}

// A small linear congruential generator: not random, only different by seed.
const begin = (): number => Math.imul(seed, 2654435761) >>> 0
const next = (state: number): number => (Math.imul(state, 1664525) + 1013904223) >>> 0
const RANGE = 2 ** 32

const variesMoments = (): boolean => (seed & 1) === 1

/** On an idle machine, on others, on one that has too much to do. */
const DELAYS_USEC = [2_000, 20_000, 150_000] as const
/** How often something takes no time worth speaking of. */
const AT_ONCE = 0.25

/** How long something takes that takes no fixed time: what is said, or by chance nothing, or longer. */
export function about(usec: number): number {
  if (!variesMoments()) return usec
  moments = next(moments)
  const part = moments / RANGE
  const delayUsec = DELAYS_USEC[(seed >>> 1) % DELAYS_USEC.length] ?? 0
  return part < AT_ONCE ? 0 : usec + Math.floor(((part - AT_ONCE) / (1 - AT_ONCE)) ** 2 * delayUsec)
}

/** Where in a span something is that is fixed, but secret: where it is said to be, or anywhere by chance. */
export const somewhereIn = (spanUsec: number, saidUsec: number): number =>
  variesMoments() ? next(begin()) % spanUsec : saidUsec
