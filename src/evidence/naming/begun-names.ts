/** Descriptions that a terminal cut: which whole ones begin so, found without going through all of them. */

import { firstThat } from '../bisect.ts'

const sorted = new WeakMap<ReadonlyMap<string, unknown>, readonly string[]>()

function inOrder(names: ReadonlyMap<string, unknown>): readonly string[] {
  const known = sorted.get(names)
  if (known?.length === names.size) return known
  const made = [...names.keys()].sort()
  sorted.set(names, made)
  return made
}

/** The one name that begins so; undefined where there is none, or more than one. */
export function onlyBegunBy(names: ReadonlyMap<string, unknown>, begin: string): string | undefined {
  const all = inOrder(names)
  const at = firstThat(all.length, (i) => all[i]! >= begin)
  const [first, second] = [all[at], all[at + 1]]
  return first?.startsWith(begin) && !second?.startsWith(begin) ? first : undefined
}
