/**
 * The one door for chance. systemd walks hash sets keyed by unit; here the walk is by name, ascending, or shuffled by a
 * seed when all orders are explored.
 */

let seed = 0

/** 0 sorts by name; any other number shuffles, the same way each time. Set once a simulation, before it begins. */
export function setOrderSeed(value: number): void {
  seed = value >>> 0
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

/** The items of a set whose order systemd leaves open. */
export function inAnyOrder<T extends { readonly id: string }>(items: Iterable<T>): T[] {
  const sorted = [...items]
  sort(sorted)
  if (seed !== 0) shuffle(sorted)
  return sorted
}

/** Fisher and Yates' shuffle with a small linear congruential generator: not random, only different by seed. */
function shuffle(items: unknown[]): void {
  let state = (seed * 2654435761) >>> 0
  for (let i = items.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const j = state % (i + 1)
    const kept = items[i]
    items[i] = items[j]
    items[j] = kept
  }
}
