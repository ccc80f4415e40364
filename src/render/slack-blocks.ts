/**
 * Block Kit, as far as answers use it, as plain data. Text is only ever `plain_text` or an element of `rich_text`:
 * Slack reads no markup, no mention and no link out of either, so that nothing pasted can come alive.
 */

import { visible } from './words.ts'

export interface PlainText {
  readonly type: 'plain_text'
  readonly text: string
  readonly emoji: false
}

export interface RichSpan {
  readonly type: 'text'
  readonly text: string
  readonly style?: { readonly bold?: true; readonly code?: true }
}

export interface RichLink {
  readonly type: 'link'
  readonly url: string
  readonly text: string
}

export interface RichSection {
  readonly type: 'rich_text_section'
  readonly elements: readonly (RichSpan | RichLink)[]
}

export type RichPart =
  | RichSection
  | { readonly type: 'rich_text_preformatted'; readonly elements: readonly RichSpan[]; readonly border: 0 }
  | { readonly type: 'rich_text_quote'; readonly elements: readonly RichSpan[] }
  | { readonly type: 'rich_text_list'; readonly style: 'bullet'; readonly elements: readonly RichSection[] }

export interface Confirm {
  readonly title: PlainText
  readonly text: PlainText
  readonly confirm: PlainText
  readonly deny: PlainText
}

export interface SlackButton {
  readonly type: 'button'
  readonly action_id: string
  readonly text: PlainText
  readonly value?: string
  readonly url?: string
  readonly style?: 'primary' | 'danger'
  readonly confirm?: Confirm
  readonly accessibility_label?: string
}

export type SlackBlock =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'rich_text'; readonly elements: readonly RichPart[] }
  | { readonly type: 'context'; readonly elements: readonly PlainText[] }
  | {
      readonly type: 'image'
      readonly image_url: string
      readonly alt_text: string
      readonly title?: PlainText
    }
  | { readonly type: 'actions'; readonly elements: readonly SlackButton[] }
  | { readonly type: 'divider' }

/** Slack's own limits, in characters; a text of ours keeps below them all. */
export const SLACK = {
  header: 150,
  text: 3000,
  altText: 2000,
  button: 75,
  value: 2000,
  url: 3000,
  /** Of one message, and of a modal or a home. */
  blocks: 50,
  viewBlocks: 100,
  /** Of all text in one message: more than about 13,200 is refused, which Slack does not document. */
  characters: 12_000,
} as const

/** At most so many UTF-16 units, and never half a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const kept = text.slice(0, most - 1)
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`
}

/** One line: where Slack takes plain text, a newline has no place. Empty text is refused, a dash is not. */
export function plain(text: string, most: number): PlainText {
  const line = cut(visible(text).replace(/\s+/g, ' ').trim(), most)
  return { type: 'plain_text', text: line === '' ? '–' : line, emoji: false }
}

export const header = (text: string): SlackBlock => ({ type: 'header', text: plain(text, SLACK.header) })

export const context = (text: string): SlackBlock => ({ type: 'context', elements: [plain(text, SLACK.text)] })

/** How many characters a block counts against the message's sum. */
export function charactersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + charactersOf(one), 0)
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (typeof inner === 'string' ? (COUNTED.has(key) ? inner.length : 0) : charactersOf(inner)),
    0,
  )
}

const COUNTED = new Set(['text', 'alt_text', 'url', 'image_url', 'value'])
