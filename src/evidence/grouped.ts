/** As Map.groupBy() does, which neither Node 20 nor the browsers of 2023 have. */
export function grouped<K, T>(all: Iterable<T>, keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  let last: K | undefined
  let group: T[] | undefined
  for (const one of all) {
    const key = keyOf(one)
    // Most often the next one is of the same group.
    if (key !== last || group === undefined) {
      group = groups.get(key) ?? []
      if (group.length === 0) groups.set(key, group)
      last = key
    }
    group.push(one)
  }
  return groups
}
