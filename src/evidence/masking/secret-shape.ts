/** How a secret without a name is written down: words that its line must have, and a pattern. */

export interface Shape {
  readonly kind: 'password' | 'token' | 'key' | 'cookie'
  /** A line that has none of them needs not be looked at. */
  readonly words: readonly string[]
  /** The first group that is there is what to hide; all of it, if there is none. `user` is whose it is. */
  readonly pattern: string
}

/** Perhaps quoted, to the end of the word. */
const WORD = String.raw`(?:"([^"]{1,256})"|'([^']{1,256})'|["']?([^\s"']{1,256}))`
/** No option, number, port or path, as `-p` has them of commands that mean no password by it. */
const NO_PORT = String.raw`(?![-/]|\d[\d.:/]*(?:\s|$|udp|tcp))`
/** What asks for a password on its standard input. */
const ASKS = '(?:pass|phrase|stdin|sudo -S|crypt|\\bsu |kinit|gpg|login|base64 -d|secret|token|creds|keyctl|load-key)'

/** W, P and A stand for the above; words are separated by blanks, and `_` in them is one. */
export function shape(kind: Shape['kind'], words: string, ...source: readonly string[]): Shape {
  const text = source.join('').replace(/<([WPA])>/g, (_, which) => ({ W: WORD, P: NO_PORT, A: ASKS })[which as 'W'])
  return { kind, words: words.split(' ').map((word) => word.replaceAll('_', ' ')), pattern: text }
}
