/**
 * Answer → a message of Slack's. It is read on a phone in the middle of an incident, by people who were not there when
 * it was asked: the verdict first, then what it rests on, what to do, and what to paste next.
 */

import type { Answer } from './answer.ts'
import { type Part, partsOf, type Report, titleOf } from './report.ts'
import { charactersOf, context, cut, header, plain, type RichPart, SLACK, type SlackBlock } from './slack-blocks.ts'
import { fold, type Piece, type Room } from './slack-fold.ts'
import { isWhole, richParts } from './slack-parts.ts'
import { percent, sentenceCase, visible } from './words.ts'

export interface SlackMessage {
  /** For notifications and screen readers. Slack reads markup in it, so nothing of the paste stands in it unescaped. */
  readonly text: string
  readonly blocks: readonly SlackBlock[]
}

export interface SlackOptions {
  /** Where the picture of the lanes is, and what it shows in words. */
  readonly picture?: { readonly url: string; readonly alt: string }
  /** What changed since the last paste, how much evidence there is, how often it was the same. */
  readonly notes?: readonly string[]
  /** Set below everything. */
  readonly actions?: readonly SlackBlock[]
  readonly room?: Room
}

/** Enough for a verdict with its picture, the lines and one remedy; a phone shows about 600 characters at once. */
const ROOM: Room = { blocks: 30, characters: 2800 }

export function toSlack(answer: Answer, options: SlackOptions = {}): SlackMessage {
  const { picture, notes = [], actions = [], room = ROOM } = options
  const pieces: Piece[] = [{ name: null, rank: 0, blocks: [header(verdictLine(answer))] }]
  for (const note of notes) pieces.push({ name: null, rank: 0, blocks: [context(cut(visible(note), NOTE))] })
  const ranks = new Ranks(answer.outcome)
  for (const part of inOrder(answer)) pieces.push(...piecesOf(part, ranks, picture))
  return {
    text: fallback(`${verdictLine(answer)}. ${answer.summary}`),
    blocks: within(pieces, actions, room),
  }
}

/** A rule or one of systemd's words. */
export function reportToSlack({ title, codes, blocks }: Report, actions: readonly SlackBlock[] = []): SlackMessage {
  const line = [sentenceCase(title), ...codes].join(', ')
  const pieces = blocks.map((block, i) => ({ name: NAMES.notes, rank: i + 1, blocks: rich(richParts(block)) }))
  return {
    text: fallback(line),
    blocks: within([{ name: null, rank: 0, blocks: [header(line)] }, ...pieces], actions, ROOM),
  }
}

function within(pieces: readonly Piece[], actions: readonly SlackBlock[], { blocks, characters }: Room): SlackBlock[] {
  const folded = fold(pieces, {
    blocks: Math.min(blocks, SLACK.blocks) - actions.length,
    characters: Math.min(characters, SLACK.characters - charactersOf(actions)),
  })
  return [...folded.blocks, ...(folded.note === null ? [] : [folded.note]), ...actions]
}

/** How sure, and of what kind: the sentence below says what happened. */
function verdictLine(answer: Answer): string {
  const title = sentenceCase(titleOf(answer))
  const sure = answer.outcome === 'no-evidence' ? '' : ` · ${percent(answer.confidence)}`
  return `${title}${sure}${answer.code === null ? '' : ` · ${answer.code}`}`
}

const NOTE = 600
const FALLBACK = 600

/** Slack's three characters, which is all that a mention, a link or a date needs. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const fallback = (text: string): string => escaped(cut(visible(text).replace(/\s+/g, ' ').trim(), FALLBACK))

/** A picture says at once what happened; but not before it is said that it is one of several stories. */
function inOrder(answer: Answer): Part[] {
  const parts = partsOf(answer)
  if (answer.outcome === 'candidates') return parts
  const [verdict, ...rest] = parts
  const played = rest.filter(({ is }) => is === 'played')
  return [...(verdict === undefined ? [] : [verdict]), ...played, ...rest.filter(({ is }) => is !== 'played')]
}

const NAMES: Readonly<Record<Part['is'], string | null>> = {
  verdict: null,
  quote: 'the lines it rests on',
  why: 'more of the reasons',
  others: 'what else could fit',
  played: 'the replay',
  remedy: 'remedies',
  assumed: 'what was assumed',
  ask: 'what else to paste',
  notes: 'what was masked',
  proof: null,
}

/** Only for who looks closer. */
const FOLDED = Number.POSITIVE_INFINITY

/** The first of a kind matters most: one remedy, one question, the first paragraph of the reasons. */
const RANKS: Readonly<Record<Part['is'], readonly [first: number, further: number]>> = {
  verdict: [0, 0],
  quote: [1, 1],
  why: [2, FOLDED],
  played: [3, FOLDED],
  ask: [3, FOLDED],
  remedy: [4, FOLDED],
  others: [5, FOLDED],
  notes: [6, FOLDED],
  assumed: [7, FOLDED],
  proof: [FOLDED, FOLDED],
}

/** Where several stories fit, they are the answer. */
const RANKS_UNDECIDED: typeof RANKS = { ...RANKS, others: [1, FOLDED] }

class Ranks {
  readonly #seen = new Set<Part['is']>()
  readonly #ranks: typeof RANKS

  constructor(outcome: Answer['outcome']) {
    this.#ranks = outcome === 'candidates' ? RANKS_UNDECIDED : RANKS
  }

  of(is: Part['is']): number {
    const [first, further] = this.#ranks[is]
    if (this.#seen.has(is)) return further
    this.#seen.add(is)
    return first
  }
}

function piecesOf({ is, blocks }: Part, ranks: Ranks, picture: SlackOptions['picture']): Piece[] {
  if (is === 'proof') return []
  // A drop-in that is cut in the middle would be pasted as it is; the next one takes its place.
  const rank = blocks.every(isWhole) ? ranks.of(is) : FOLDED
  if (rank === FOLDED) return [{ name: NAMES[is], rank, blocks: null }]
  if (is === 'played' && picture !== undefined) return [{ name: NAMES.played, rank, blocks: [image(picture)] }]
  return [{ name: NAMES[is], rank, blocks: rich(blocks.flatMap(richParts)) }]
}

const rich = (elements: readonly RichPart[]): SlackBlock[] =>
  elements.length === 0 ? [] : [{ type: 'rich_text', elements }]

const image = ({ url, alt }: NonNullable<SlackOptions['picture']>): SlackBlock => ({
  type: 'image',
  image_url: url,
  alt_text: plain(alt, SLACK.altText).text,
})
