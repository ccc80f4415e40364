/** Limits of messages and views as Slack publishes them, looked for anywhere in what is sent, whatever made it. */

const MESSAGE_BLOCKS = 50
const VIEW_BLOCKS = 100
const TEXT = 40_000
/** Not published; found by those who ran into it (slackapi/bolt-js#2509). */
const ALL_BLOCK_TEXT = 13_200

const BLOCKS = new Set([
  ...[
    'actions',
    'alert',
    'call',
    'card',
    'carousel',
    'container',
    'context',
    'context_actions',
    'data_table',
    'divider',
  ],
  ...['file', 'header', 'image', 'input', 'markdown', 'plan', 'rich_text', 'section', 'table', 'task_card', 'video'],
])

/** Longest string of a field, wherever an object of that kind is. */
const STRINGS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  button: { value: 2000, url: 3000, action_id: 255 },
  plain_text_input: { action_id: 255, initial_value: 3000 },
  image: { image_url: 3000, alt_text: 2000 },
  markdown: { text: 12_000 },
}

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

export function problemsOfMessage(message: Json): string[] {
  const { text, blocks, attachments } = message
  const lists = [blocks, ...list(attachments).map((one) => (isObject(one) ? one.blocks : undefined))]
  const problems = lists.flatMap((one) => (one === undefined ? [] : problemsOfBlocks(one, MESSAGE_BLOCKS)))
  if (typeof text !== 'string' && text !== undefined) problems.push('text is no string')
  if ((text === undefined || text === '') && lists.every((one) => one === undefined)) problems.push('no text')
  if (typeof text === 'string' && text.length > TEXT) problems.push('msg_too_long')
  // Screen readers and notifications have nothing else.
  if (blocks !== undefined && (text === undefined || text === '')) problems.push('blocks without a text')
  return problems
}

export function problemsOfView(view: unknown): string[] {
  if (!isObject(view)) return ['no view']
  const problems = problemsOfBlocks(view.blocks, VIEW_BLOCKS)
  const isModal = view.type === 'modal'
  if (!isModal && view.type !== 'home') problems.push('neither modal nor home')
  for (const name of ['title', 'submit', 'close'] as const) {
    const words = view[name]
    if (isModal && name === 'title' && words === undefined) problems.push('no title')
    if (isObject(words) && String(words.text).length > 24) problems.push(`${name} is longer than 24`)
  }
  if (String(view.private_metadata ?? '').length > 3000) problems.push('private_metadata is longer than 3000')
  const hasInput = list(view.blocks).some((one) => isObject(one) && one.type === 'input')
  if (isModal && hasInput && view.submit === undefined) problems.push('inputs without submit')
  if (JSON.stringify(view).length > 250_000) problems.push('view_too_large')
  return problems
}

function problemsOfBlocks(blocks: unknown, most: number): string[] {
  if (!Array.isArray(blocks)) return ['blocks are no list']
  const problems = blocks.length > most ? [`${blocks.length} blocks`] : []
  const ids = new Set<string>()
  let length = 0
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const [i, one] of value.entries()) walk(one, `${path}[${i}]`)
    if (!isObject(value)) return
    problems.push(...problemsOfObject(value, path))
    if (typeof value.text === 'string') length += value.text.length
    for (const name of ['block_id', 'action_id'] as const) {
      const id = value[name]
      if (typeof id !== 'string') continue
      if (name === 'block_id' && ids.has(id)) problems.push(`${path}: block_id ${id} twice`)
      ids.add(id)
    }
    for (const [name, inner] of Object.entries(value)) walk(inner, `${path}.${name}`)
  }
  for (const [i, block] of blocks.entries()) {
    if (!isObject(block) || !BLOCKS.has(String(block.type))) problems.push(`[${i}]: not a block`)
    walk(block, `[${i}]`)
  }
  if (length > ALL_BLOCK_TEXT) problems.push(`msg_blocks_too_long: ${length}`)
  return problems
}

function problemsOfObject(value: Json, path: string): string[] {
  const problems: string[] = []
  const most = (name: string, text: unknown, limit: number) => {
    const long = isObject(text) ? text.text : text
    if (typeof long === 'string' && long.length > limit) problems.push(`${path}.${name}: ${long.length} > ${limit}`)
  }
  const type = String(value.type)
  for (const [name, limit] of Object.entries(STRINGS[type] ?? {})) most(name, value[name], limit)
  switch (type) {
    case 'mrkdwn':
    case 'plain_text':
      if (typeof value.text !== 'string' || value.text.length === 0) problems.push(`${path}: empty text`)
      most('text', value.text, 3000)
      break
    case 'section':
      if (value.text === undefined && value.fields === undefined) problems.push(`${path}: section without text`)
      if (list(value.fields).length > 10) problems.push(`${path}: more than 10 fields`)
      for (const [i, field] of list(value.fields).entries()) most(`fields[${i}]`, field, 2000)
      break
    case 'header':
      most('text', value.text, 150)
      break
    case 'button':
      most('text', value.text, 75)
      break
    case 'context':
      if (list(value.elements).length > 10) problems.push(`${path}: more than 10 elements`)
      break
    case 'actions':
      if (list(value.elements).length > 25) problems.push(`${path}: more than 25 elements`)
      break
    case 'image':
      if (typeof value.alt_text !== 'string' || value.alt_text === '') problems.push(`${path}: no alt text`)
      break
  }
  return problems
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
