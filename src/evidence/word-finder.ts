/** Any of many words in one pass over a text: Aho and Corasick's automaton, as a table. No word has a surrogate. */

const CHARACTERS = 0x10000

export class WordFinder {
  /** What a character is to the table; 0: in none of the words. */
  readonly #classes = new Uint8Array(CHARACTERS)
  readonly #width: number
  /** By state and class, the next state, as the index where its row begins. Rows of words' ends come last. */
  readonly #next: Uint32Array
  readonly #firstEnd: number

  constructor(words: readonly string[]) {
    const letters = [...new Set(words.join(''))]
    letters.forEach((letter, i) => {
      this.#classes[letter.charCodeAt(0)] = i + 1
    })
    this.#width = letters.length + 1
    const trie = this.#trieOf(words)
    const order = [...trie.keys()].sort((a, b) => Number(trie[a]!.ends) - Number(trie[b]!.ends) || a - b)
    const rows = new Int32Array(trie.length)
    order.forEach((state, row) => {
      rows[state] = row * this.#width
    })
    this.#next = new Uint32Array(trie.length * this.#width)
    for (const [state, { next }] of trie.entries()) {
      for (let c = 0; c < this.#width; c++) this.#next[rows[state]! + c] = rows[next[c]!]!
    }
    this.#firstEnd = trie.filter(({ ends }) => !ends).length * this.#width
  }

  isIn(text: string): boolean {
    return this.find(text, 0, text.length) >= 0
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
  #trieOf(words: readonly string[]): { readonly next: Int32Array; ends: boolean }[] {
    const newState = () => ({ next: new Int32Array(this.#width).fill(-1), ends: false })
    const trie = [newState()]
    for (const word of words) {
      let state = 0
      for (let i = 0; i < word.length; i++) {
        const row = trie[state]!.next
        const letter = this.#classes[word.charCodeAt(i)]!
        if (row[letter] === -1) row[letter] = trie.push(newState()) - 1
        state = row[letter]!
      }
      trie[state]!.ends = true
    }
    completed(trie)
    return trie
  }
}

/** Breadth first: where a state has no way on, it goes on as its longest proper end does, which is shorter. */
function completed(trie: { readonly next: Int32Array; ends: boolean }[]): void {
  const shorter = new Int32Array(trie.length)
  const queue = [0]
  for (let i = 0; i < queue.length; i++) {
    const state = queue[i]!
    const { next } = trie[state]!
    const fallback = trie[shorter[state]!]!
    trie[state]!.ends ||= fallback.ends
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
