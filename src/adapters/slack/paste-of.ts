/**
 * A message of Slack's → the text that was pasted into it. Slack escapes three characters, makes links of whatever
 * looks like one (`getty@tty1.service` is a mail address to it) and keeps lines only in its blocks: so those are read
 * first, and of a link what could be seen of it.
 */

import * as z from 'zod/mini'

/** Of what Slack sends as much as is read; whatever is of another shape is passed over. */
const Message = z.object({
  text: z.nullish(z.string()),
  blocks: z.nullish(z.array(z.unknown())),
  attachments: z.nullish(z.array(z.unknown())),
  files: z.nullish(z.array(z.unknown())),
})

const WithId = z.object({ id: z.string() })

/** Blocks in blocks, and characters, that are read of one message. */
const MAX_DEPTH = 8
const MAX_CHARACTERS = 200_000

export interface Said {
  readonly text: string
  readonly files: readonly string[]
}

export function saidIn(message: unknown): Said {
  const known = Message.safeParse(message)
  if (!known.success) return { text: '', files: [] }
  const { text, blocks, attachments, files } = known.data
  const own = (blocks ?? []).map((block) => textOfBlock(block, 0)).filter((one) => one !== '')
  const main = own.length > 0 ? own.join('\n') : unescaped(text ?? '')
  const parts = [main, ...(attachments ?? []).map(textOfAttachment)].filter((one) => one.trim() !== '')
  return {
    text: parts.join('\n').slice(0, MAX_CHARACTERS),
    files: (files ?? []).flatMap((file) => {
      const known = WithId.safeParse(file)
      return known.success ? [known.data.id] : []
    }),
  }
}

/** Slack's markup of a message's `text`: the label of a link, else its address; mentions and dates as they look. */
export function unescaped(text: string): string {
  return text
    .replace(/<([^<>|\n]{1,3000})(?:\|([^<>\n]{0,3000}))?>/g, (_whole, target: string, label?: string) =>
      shown(target, label),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function shown(target: string, label?: string): string {
  if (target.startsWith('@')) return ''
  if (target.startsWith('!')) return label ?? (/^!(?:here|channel|everyone)$/.test(target) ? '' : target)
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`
  return label ?? target.replace(/^mailto:/, '')
}

const Node = z.object({
  type: z.nullish(z.string()),
  text: z.nullish(z.unknown()),
  url: z.nullish(z.string()),
  name: z.nullish(z.string()),
  fallback: z.nullish(z.string()),
  elements: z.nullish(z.array(z.unknown())),
  fields: z.nullish(z.array(z.unknown())),
})
type Node = z.output<typeof Node>

function textOfBlock(block: unknown, depth: number): string {
  const known = Node.safeParse(block)
  if (!known.success || depth > MAX_DEPTH) return ''
  const node = known.data
  const inner = () => (node.elements ?? []).map((one) => textOfBlock(one, depth + 1))
  switch (node.type) {
    case 'rich_text':
      return inner().join('\n')
    case 'rich_text_section':
    case 'rich_text_preformatted':
    case 'rich_text_quote':
      return inner().join('').replace(/\n$/, '')
    case 'rich_text_list':
    case 'context':
      return inner().join('\n')
    case 'section':
      return [textOfBlock(node.text, depth + 1), ...(node.fields ?? []).map((one) => textOfBlock(one, depth + 1))]
        .filter((one) => one !== '')
        .join('\n')
    case 'header':
      return textOfBlock(node.text, depth + 1)
    case 'markdown':
    case 'plain_text':
      return typeof node.text === 'string' ? node.text : ''
    case 'mrkdwn':
      return typeof node.text === 'string' ? unescaped(node.text) : ''
    default:
      return textOfElement(node)
  }
}

/** Inside of a line. Whoever is mentioned is none of our business. */
function textOfElement({ type, text, url, name, fallback }: Node): string {
  const words = typeof text === 'string' ? text : ''
  switch (type) {
    case 'text':
      return words
    case 'link':
      return words === '' ? (url ?? '').replace(/^mailto:/, '') : words
    case 'emoji':
      return `:${name ?? ''}:`
    case 'date':
      return fallback ?? ''
    default:
      return ''
  }
}

const Attachment = z.object({
  pretext: z.nullish(z.string()),
  title: z.nullish(z.string()),
  text: z.nullish(z.string()),
  blocks: z.nullish(z.array(z.unknown())),
  fields: z.nullish(z.array(z.object({ title: z.nullish(z.string()), value: z.nullish(z.string()) }))),
})

/** What bots post their alerts in. */
function textOfAttachment(attachment: unknown): string {
  const known = Attachment.safeParse(attachment)
  if (!known.success) return ''
  const { pretext, title, text, blocks, fields } = known.data
  const own = (blocks ?? []).map((block) => textOfBlock(block, 0))
  const rows = (fields ?? []).map((field) => `${field.title ?? ''}: ${field.value ?? ''}`)
  return [...[pretext, title, text, ...rows].map((one) => unescaped(one ?? '')), ...own]
    .filter((one) => one.trim() !== '')
    .join('\n')
}
