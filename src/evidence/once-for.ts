/** What is made of a thing, made once: asked for again and again, it is only looked up. */
export function onceFor<K extends object, T>(make: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, { readonly value: T }>()
  return (of) => {
    const before = known.get(of)
    if (before) return before.value
    const value = make(of)
    known.set(of, { value })
    return value
  }
}
