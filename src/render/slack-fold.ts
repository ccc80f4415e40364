/** Pieces of an answer → blocks that fit a message. What is left out is named, never dropped in silence. */

import { charactersOf, context, type SlackBlock } from './slack-blocks.ts'

export interface Piece {
  /** What it is called where it is left out; null for what is never missed, for a button leads to it. */
  readonly name: string | null
  /** The lowest comes first where room is scarce; 0 is always there, and short by construction. */
  readonly rank: number
  /** Null if it can only be had whole, and is too long for that. */
  readonly blocks: readonly SlackBlock[] | null
}

export interface Room {
  readonly blocks: number
  readonly characters: number
}

export interface Folded {
  readonly blocks: readonly SlackBlock[]
  /** One sentence, or null if everything is there. */
  readonly note: SlackBlock | null
}

/** Room for the sentence that says what is left out. */
const NOTE = 300

/** The blocks in the order of the pieces; those of the lowest ranks, as far as there is room. */
export function fold(pieces: readonly Piece[], room: Room): Folded {
  let blocks = room.blocks - 1
  let characters = room.characters - NOTE
  const kept = new Set<Piece>()
  const byRank = [...pieces.entries()].sort(([i, a], [j, b]) => a.rank - b.rank || i - j)
  for (const [, piece] of byRank) {
    if (piece.blocks === null) continue
    const size = charactersOf(piece.blocks)
    if (piece.rank > 0 && (piece.blocks.length > blocks || size > characters)) continue
    kept.add(piece)
    blocks -= piece.blocks.length
    characters -= size
  }
  const shown = pieces.filter((piece) => kept.has(piece)).flatMap((piece) => piece.blocks ?? [])
  return { blocks: shown, note: noteOn(pieces.filter((piece) => !kept.has(piece))) }
}

function noteOn(left: readonly Piece[]): SlackBlock | null {
  const counts = new Map<string, number>()
  for (const { name } of left) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  if (counts.size === 0) return null
  const names = [...counts].map(([name, n]) => (n === 1 ? name : `${name} (${n})`))
  return context(`Not shown here, to keep it short: ${names.join(', ')}. The full answer has it.`)
}
