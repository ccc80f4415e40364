/**
 * What Slack accepts of blocks, written from its published limits: docs.slack.dev, reference/block-kit and
 * reference/views. The sum over a message is not published; it is known from refusals. Only tests and the double load
 * this.
 */

import * as z from 'zod'

const text = (most: number) => z.string().min(1).max(most)

const plainText = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(most), emoji: z.boolean().optional() })

const mrkdwn = (most: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(most), verbatim: z.boolean().optional() })

const anyText = (most: number) => z.discriminatedUnion('type', [plainText(most), mrkdwn(most)])

const id = text(255)
const url = text(3000).regex(/^https?:\/\/[^\s<>|]+$/)
const style = z.enum(['primary', 'danger'])

const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: style.optional(),
})

const option = z.strictObject({ text: plainText(75), value: text(150), description: plainText(75).optional() })

const button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  text: plainText(75),
  value: text(2000).optional(),
  url: url.optional(),
  style: style.optional(),
  confirm: confirm.optional(),
  accessibility_label: text(75).optional(),
})

const select = z.strictObject({
  type: z.literal('static_select'),
  action_id: id,
  placeholder: plainText(150).optional(),
  options: z.array(option).min(1).max(100),
  initial_option: option.optional(),
})

const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: id,
  multiline: z.boolean().optional(),
  initial_value: z.string().max(3000).optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
  placeholder: plainText(150).optional(),
  focus_on_load: z.boolean().optional(),
})

const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: id,
  filetypes: z.array(text(20)).optional(),
  max_files: z.int().min(1).max(10).optional(),
})

const spanStyle = z.strictObject({
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  strike: z.boolean().optional(),
  code: z.boolean().optional(),
})

const span = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: text(3000), style: spanStyle.optional() }),
  z.strictObject({ type: z.literal('link'), url, text: text(3000).optional(), style: spanStyle.optional() }),
  z.strictObject({ type: z.literal('user'), user_id: z.string().regex(/^[UW][A-Z0-9]+$/) }),
])
const spans = z.array(span).min(1)
const border = z.union([z.literal(0), z.literal(1)]).optional()

const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: spans })
const richPart = z.discriminatedUnion('type', [
  richSection,
  z.strictObject({ type: z.literal('rich_text_preformatted'), elements: spans, border }),
  z.strictObject({ type: z.literal('rich_text_quote'), elements: spans, border }),
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(richSection).min(1),
    indent: z.int().min(0).max(8).optional(),
    border,
  }),
])

const block_id = id.optional()

const imageFields = { image_url: url, alt_text: text(2000) }

const messageBlocks = [
  z.strictObject({ type: z.literal('header'), block_id, text: plainText(150) }),
  z.strictObject({ type: z.literal('divider'), block_id }),
  z.strictObject({ type: z.literal('rich_text'), block_id, elements: z.array(richPart).min(1) }),
  z.strictObject({ type: z.literal('image'), block_id, ...imageFields, title: plainText(2000).optional() }),
  z.strictObject({
    type: z.literal('actions'),
    block_id,
    elements: z
      .array(z.union([button, select]))
      .min(1)
      .max(25),
  }),
  z.strictObject({
    type: z.literal('context'),
    block_id,
    elements: z
      .array(z.union([anyText(3000), z.strictObject({ type: z.literal('image'), ...imageFields })]))
      .min(1)
      .max(10),
  }),
  z
    .strictObject({
      type: z.literal('section'),
      block_id,
      text: anyText(3000).optional(),
      fields: z.array(anyText(2000)).min(1).max(10).optional(),
      accessory: z.union([button, select]).optional(),
    })
    .refine((section) => section.text !== undefined || section.fields !== undefined, 'neither text nor fields'),
] as const

const input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: plainText(2000),
  element: z.discriminatedUnion('type', [textInput, select, fileInput]),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
})

const MESSAGE_CHARACTERS = 13_200

/** Every string of blocks, by the names that hold text of the reader's or ours. */
export function characters(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const own = 'text' in value && typeof value.text === 'string' ? value.text.length : 0
  return Object.values(value).reduce((sum: number, inner) => sum + characters(inner), own)
}

const unique = (ids: readonly (string | undefined)[]): boolean => {
  const given = ids.filter((one) => one !== undefined)
  return new Set(given).size === given.length
}

const actionsOf = (block: object): string[] => {
  const found: string[] = []
  for (const value of Object.values(block))
    if (typeof value === 'object' && value !== null) found.push(...actionsOf(value))
  return 'action_id' in block && typeof block.action_id === 'string' ? [...found, block.action_id] : found
}

/** The blocks of `chat.postMessage`, `chat.update`, `chat.unfurl` and a response URL. */
export const MessageBlocks = z
  .array(z.union(messageBlocks))
  .min(1)
  .max(50)
  .refine((blocks) => unique(blocks.map((block) => block.block_id)), 'a block_id comes twice')
  .refine((blocks) => blocks.every((block) => unique(actionsOf(block))), 'an action_id comes twice in a block')
  .refine((blocks) => characters(blocks) <= MESSAGE_CHARACTERS, 'msg_blocks_too_long')

const viewBlocks = z
  .array(z.union([...messageBlocks, input]))
  .max(100)
  .refine((blocks) => unique(blocks.map((block) => block.block_id)), 'a block_id comes twice')

export const HomeView = z.strictObject({
  type: z.literal('home'),
  blocks: viewBlocks,
  private_metadata: z.string().max(3000).optional(),
  callback_id: id.optional(),
})

export const ModalView = z
  .strictObject({
    type: z.literal('modal'),
    title: plainText(24),
    blocks: viewBlocks,
    close: plainText(24).optional(),
    submit: plainText(24).optional(),
    private_metadata: z.string().max(3000).optional(),
    callback_id: id.optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  })
  .refine((view) => view.submit !== undefined || view.blocks.every(({ type }) => type !== 'input'), 'input, no submit')
  .refine((view) => JSON.stringify(view).length <= 250_000, 'view_too_large')
