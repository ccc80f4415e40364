/** What random unit files are put together from. */

import fc from 'fast-check'

/** Lines of a section. */
export type Lines = fc.Arbitrary<readonly string[]>

export const nothing: Lines = fc.constant([])

/** With a chance of so many per cent. */
export function maybe(percent: number, lines: Lines): Lines {
  return fc.oneof({ weight: percent, arbitrary: lines }, { weight: 100 - percent, arbitrary: nothing })
}

export function among(...lines: readonly string[]): Lines {
  return fc.constantFrom(...lines).map((line) => [line])
}

export function weighted(...choices: readonly (readonly [number, string])[]): fc.Arbitrary<string> {
  return fc.oneof(...choices.map(([weight, text]) => ({ weight, arbitrary: fc.constant(text) })))
}

export function all(...parts: readonly Lines[]): Lines {
  return fc.tuple(...parts).map((lists) => lists.flat())
}

/** Odd, so that hardly any two things are due at one moment, and none within a tenth of a half second's action. */
export const SPANS = [
  ...[0.17, 0.29, 0.39, 0.63, 0.77, 0.87, 1.13, 1.23, 1.37, 1.61, 1.73, 1.87],
  ...[2.11, 2.27, 2.39, 2.63, 2.77, 2.89, 3.13, 3.23, 3.37, 3.61, 3.73, 3.87],
]

export const span = fc.constantFrom(...SPANS)

/** Each span of time once, as far as they go: the next free one takes the place of one that is there already. */
export function withDifferentSpans(text: string): string {
  const used = new Set<number>()
  return text.replace(/\b\d\.\d\d\b/g, (word) => {
    const from = SPANS.indexOf(Number(word))
    const free = [...SPANS.slice(from), ...SPANS].find((one) => !used.has(one)) ?? Number(word)
    used.add(free)
    return String(free)
  })
}
