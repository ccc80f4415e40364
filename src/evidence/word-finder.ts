/**
 * Any of many words in one pass over a text, and whose they are: Aho and Corasick's automaton, as a table. No word has
 * a surrogate.
 */

const CHARACTERS = 0x10000

export class WordFinder {
  /** What a character is to the table; 0: in none of the words. */
  readonly #classes = new Uint8Array(CHARACTERS)
  readonly #width: number
  /** By state and class, the next state, as the index where its row begins. Rows of words' ends come last. */
  readonly #next: Uint32Array
  readonly #firstEnd: number
  /** Of the rows of ends, in their order: which groups have a word that ends there. */
  readonly #groups: readonly (readonly number[])[]

  /** A word may be in several groups. */
  constructor(groups: readonly (readonly string[])[]) {
    const letters = [...new Set(groups.flat().join(''))]
    letters.forEach((letter, i) => {
      this.#classes[letter.charCodeAt(0)] = i + 1
    })
    this.#width = letters.length + 1
    const trie = this.#trieOf(groups)
    const isEnd = (state: number) => Number(trie[state]!.ends.size > 0)
    const order = [...trie.keys()].sort((a, b) => isEnd(a) - isEnd(b) || a - b)
    const rows = new Int32Array(trie.length)
    order.forEach((state, row) => {
      rows[state] = row * this.#width
    })
    this.#next = new Uint32Array(trie.length * this.#width)
    for (const [state, { next }] of trie.entries()) {
      for (let c = 0; c < this.#width; c++) this.#next[rows[state]! + c] = rows[next[c]!]!
    }
    const ends = order.filter(isEnd)
    this.#firstEnd = (trie.length - ends.length) * this.#width
    this.#groups = ends.map((state) => [...trie[state]!.ends])
  }

  /** The numbers of the groups that have a word in a text, each once, in their order. */
  groupsIn(text: string): readonly number[] {
    const [classes, next, firstEnd] = [this.#classes, this.#next, this.#firstEnd]
    let i = 0
    let row = 0
    // Most texts have none: their loop is kept small.
    for (; i < text.length && row < firstEnd; i++) row = next[row + classes[text.charCodeAt(i)]!]!
    if (row < firstEnd) return NONE
    const found = new Set<number>()
    for (; ; i++) {
      if (row >= firstEnd) for (const group of this.#groups[(row - firstEnd) / this.#width]!) found.add(group)
      if (i >= text.length) return [...found].sort((a, b) => a - b)
      row = next[row + classes[text.charCodeAt(i)]!]!
    }
  }

  /** Where the first word that is found ends: the index of its last character. -1 if there is none. */
  find(text: string, from: number, to: number): number {
    const [classes, next, firstEnd] = [this.#classes, this.#next, this.#firstEnd]
    let row = 0
    for (let i = from; i < to; i++) {
      row = next[row + classes[text.charCodeAt(i)]!]!
      if (row >= firstEnd) return i
    }
    return -1
  }

  /** The words' beginnings, the empty one first; from each the longest beginning that every next letter leaves. */
  #trieOf(groups: readonly (readonly string[])[]): State[] {
    const newState = (): State => ({ next: new Int32Array(this.#width).fill(-1), ends: new Set() })
    const trie = [newState()]
    for (const [group, word] of groups.flatMap((words, i) => words.map((word) => [i, word] as const))) {
      let state = 0
      for (let i = 0; i < word.length; i++) {
        const row = trie[state]!.next
        const letter = this.#classes[word.charCodeAt(i)]!
        if (row[letter] === -1) row[letter] = trie.push(newState()) - 1
        state = row[letter]!
      }
      trie[state]!.ends.add(group)
    }
    completed(trie)
    return trie
  }
}

interface State {
  readonly next: Int32Array
  /** The groups of which a word ends here. */
  readonly ends: Set<number>
}

const NONE: readonly never[] = []

/** Breadth first: where a state has no way on, it goes on as its longest proper end does, which is shorter. */
function completed(trie: readonly State[]): void {
  const shorter = new Int32Array(trie.length)
  const queue = [0]
  for (let i = 0; i < queue.length; i++) {
    const state = queue[i]!
    const { next } = trie[state]!
    const fallback = trie[shorter[state]!]!
    for (const group of fallback.ends) trie[state]!.ends.add(group)
    for (let c = 0; c < next.length; c++) {
      const instead = state === 0 ? 0 : fallback.next[c]!
      if (next[c] === -1) next[c] = instead
      else {
        shorter[next[c]!] = instead
        queue.push(next[c]!)
      }
    }
  }
}
