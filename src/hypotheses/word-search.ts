/** A search over a few hundred short texts that forgives typos. No index: it takes less time than loading one. */

const LONGEST = 48

/** One typo in a short name, two or three in a long one: letters left out, added, changed or swapped. */
export function isNear(a: string, b: string): boolean {
  const allowed = Math.floor(Math.min(a.length, b.length) / 4)
  if (allowed === 0 || a.length > LONGEST || b.length > LONGEST || Math.abs(a.length - b.length) > allowed) return false
  return distance(a, b) <= allowed
}

/** Optimal string alignment. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}

export interface Searched {
  /** Counts more than the text. */
  readonly title: string
  readonly text: string
}

/** Says nothing about what is asked. */
const STOP_WORDS = new Set(
  'a an and are as at be been but by can do does for from had has have how i if in is it its my no not of on or our so'
    .concat(' that the their then there this to was we were what when where which who why will with you your systemd')
    .concat(' unit units service services job jobs get got error message mean means')
    .split(' '),
)

const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[a-z][a-z-]*[a-z]=?|\b\d{3}\b/g) ?? []).filter((word) => !STOP_WORDS.has(word))

const TITLE = 3
/** A short word is another one too soon: `world` is no `would`. */
const SHORTEST = 6

/** Those that share the rarer words with what is asked, the best first. At least half of the words have to be there. */
export function searchBy<T extends Searched>(asked: string, documents: readonly T[], leastShare: number): T[] {
  const wanted = [...new Set(wordsOf(asked))]
  if (wanted.length === 0) return []
  const words = documents.map(({ title, text }) => ({ title: new Set(wordsOf(title)), text: new Set(wordsOf(text)) }))
  const hits = wanted.map((word) =>
    words.map(({ title, text }) => (holds(title, word) ? TITLE : holds(text, word) ? 1 : 0)),
  )
  const rarity = hits.map((row) => Math.log(1 + documents.length / (1 + row.filter((hit) => hit > 0).length)))
  const scored = documents.map((document, d) => ({
    document,
    score: hits.reduce((sum, row, w) => sum + (row[d] ?? 0) * (rarity[w] ?? 0), 0),
    found: hits.filter((row) => (row[d] ?? 0) > 0).length,
  }))
  const enough = scored.filter(({ found }) => found * 2 >= wanted.length).sort((a, b) => b.score - a.score)
  const least = (enough[0]?.score ?? 0) * leastShare
  return enough.filter(({ score }) => score > 0 && score >= least).map(({ document }) => document)
}

/** The word itself, or one that is a typo away. */
function holds(words: ReadonlySet<string>, word: string): boolean {
  if (words.has(word)) return true
  if (word.length < SHORTEST) return false
  for (const other of words) if (other.length >= SHORTEST && isNear(word, other)) return true
  return false
}
