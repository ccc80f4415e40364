/** Descriptions that a terminal cut: which whole ones begin so, found without going through all of them. */

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
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (all[middle]! < begin) low = middle + 1
    else high = middle
  }
  const [first, second] = [all[low], all[low + 1]]
  return first?.startsWith(begin) && !second?.startsWith(begin) ? first : undefined
}
