/** Modals and the home. */

import type { Answer } from '../../render/answer.ts'
import { CAUSE_WORDS } from '../../render/causes.table.ts'
import { partsOf } from '../../render/report.ts'
import { cut, plain, SLACK, type SlackBlock } from '../../render/slack-blocks.ts'
import { richParts } from '../../render/slack-parts.ts'
import { visible } from '../../render/words.ts'
import type { Target } from './buttons.ts'
import { homeBlocks } from './words.ts'

export const VIEWS = { paste: 'paste', wrong: 'wrong' } as const

/** What a modal is about, while it is open. */
export interface About {
  readonly channel?: string
  readonly thread?: string
}

export function aboutOf(metadata: string): About {
  try {
    const value: unknown = JSON.parse(metadata)
    if (typeof value !== 'object' || value === null) return {}
    const { channel, thread } = value as Record<string, unknown>
    return {
      ...(typeof channel === 'string' && { channel }),
      ...(typeof thread === 'string' && { thread }),
    }
  } catch {
    return {}
  }
}

const MAX_BOX = 3000
const MAX_FILES = 10

interface Box {
  readonly id: string
  readonly label: string
  readonly example: string
}

export const BOXES: readonly Box[] = [
  { id: 'status', label: 'What systemctl said', example: 'Job for nginx.service canceled.' },
  { id: 'journal', label: 'The journal around it', example: 'journalctl -b -u nginx -n 50 -o short-precise' },
  { id: 'units', label: 'Unit files', example: 'systemctl cat nginx' },
]
export const FILES = 'files'

const modal = (title: string, blocks: readonly unknown[], more: object = {}) => ({
  type: 'modal' as const,
  title: plain(title, 24),
  close: plain('Close', 24),
  blocks: blocks as never[],
  ...more,
})

export function pasteView(about: About) {
  const boxes = BOXES.map(({ id, label, example }) => ({
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label, 2000),
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: true,
      max_length: MAX_BOX,
      placeholder: plain(example, 150),
    },
  }))
  const files = {
    type: 'input',
    block_id: FILES,
    optional: true,
    label: plain('Files', 2000),
    hint: plain('For whatever is longer than 3,000 characters.', 2000),
    element: { type: 'file_input', action_id: FILES, max_files: MAX_FILES },
  }
  return modal('Why was it canceled?', [...boxes, files], {
    callback_id: VIEWS.paste,
    private_metadata: JSON.stringify(about),
    submit: plain('Explain', 24),
  })
}

/** Blocks of an answer, or of anything else that is only to be read. */
export const readView = (title: string, blocks: readonly SlackBlock[]) =>
  modal(title, blocks.slice(0, SLACK.viewBlocks))

const rich = (elements: ReturnType<typeof richParts>): SlackBlock[] =>
  elements.length === 0 ? [] : [{ type: 'rich_text', elements }]

/** The played story, what each remedy changes in it, and the whole of it to play again. */
export function proofView(answer: Answer) {
  const parts = partsOf(answer)
  const played = parts.filter(({ is }) => is === 'played').flatMap(({ blocks }) => blocks)
  const assumed = parts.filter(({ is }) => is === 'assumed').flatMap(({ blocks }) => blocks)
  const remedies = answer.remedies.flatMap(({ title, proof }) =>
    proof === null ? [] : [`${title}: without it, \`${proof.before.trim()}\`; with it, \`${proof.after.trim()}\`.`],
  )
  const proven = remedies.length === 0 ? [] : richParts({ kind: 'list', items: remedies })
  const stories = parts.filter(({ is }) => is === 'proof').flatMap(({ blocks }) => blocks)
  return readView('The proof', [
    ...[...played, ...assumed].flatMap((block) => rich(richParts(block))),
    ...rich(proven),
    // A block for each piece of a long story: one block has no room for all of it.
    ...stories.flatMap((block) =>
      richParts(block)
        .slice(0, MAX_PIECES)
        .flatMap((part) => rich([part])),
    ),
  ])
}

const MAX_PIECES = 30

const MAX_LINES = 100

/** What is known of it in order: the picture, then the lines that the answer knows, as they were pasted. */
export function timelineView(answer: Answer, picture: { readonly url: string; readonly alt: string } | null) {
  const quoted = answer.evidence.flatMap(({ line, quote }) =>
    quote.split('\n').map((text, i) => [line + i, text] as const),
  )
  const lines = [...new Map(quoted)].filter(([, text]) => text.trim() !== '').sort(([a], [b]) => a - b)
  const digits = String(lines.at(-1)?.[0] ?? '').length
  const rows = lines
    .slice(0, MAX_LINES)
    .map(([line, text]) => `${String(line).padStart(digits)}| ${cut(text.trim(), 160)}`)
  const image: SlackBlock[] =
    picture === null
      ? []
      : [{ type: 'image', image_url: picture.url, alt_text: plain(picture.alt, SLACK.altText).text }]
  return readView('Timeline', [
    ...image,
    ...rich(richParts({ kind: 'text', text: 'The lines that the stories were compared with:' })),
    ...rich(richParts({ kind: 'fold', caption: 'Yours', text: visible(rows.join('\n')) })),
  ])
}

export function wrongView(target: Target) {
  const options = Object.entries(CAUSE_WORDS).map(([cause, words]) => ({
    text: plain(cause, 75),
    value: cause,
    description: plain(words.replaceAll('`', ''), 75),
  }))
  return modal(
    'What was it?',
    [
      {
        type: 'input',
        block_id: 'cause',
        label: plain('The cause', 2000),
        element: { type: 'static_select', action_id: 'cause', options },
      },
      {
        type: 'input',
        block_id: 'note',
        optional: true,
        label: plain('How do you know?', 2000),
        hint: plain('This and the masked paste are kept for half a year, to make answers better.', 2000),
        element: { type: 'plain_text_input', action_id: 'note', multiline: true, max_length: MAX_BOX },
      },
    ],
    { callback_id: VIEWS.wrong, private_metadata: JSON.stringify(target), submit: plain('Send', 24) },
  )
}

export const homeView = () => ({ type: 'home' as const, blocks: homeBlocks() as unknown as never[] })
