/** Mattermost's slash commands: Slack's form with a token in it, and Markdown as the answer. Only who asked sees it. */

import type { Context } from 'hono'
import { diagnose } from '../diagnose.ts'
import type { Catalog } from '../hypotheses/rule.ts'
import { toMarkdown } from '../render/markdown.ts'
import { type Report, report } from '../render/report.ts'
import { explainable, explainedReports } from './explain.ts'
import type { Variables } from './http/log.ts'
import { Problem } from './http/problem.ts'
import { isSame } from './slack/signature.ts'

export interface MattermostBindings {
  /** What Mattermost shows when the command is made; several, where there are several commands, with spaces between. */
  readonly MATTERMOST_TOKEN?: string
}

/** Mattermost's own limit on a post. */
const MAX_POST = 16_383

type In = Context<{ Bindings: MattermostBindings; Variables: Variables }>

export async function mattermost(c: In): Promise<Response> {
  const tokens = (c.env?.MATTERMOST_TOKEN ?? '').split(/\s+/).filter((token) => token !== '')
  if (tokens.length === 0) {
    throw new Problem('not-set-up', 'This instance is not connected to Mattermost: it has no MATTERMOST_TOKEN.')
  }
  const form = new URLSearchParams(await c.req.text())
  const token = form.get('token') ?? ''
  const same = await Promise.all(tokens.map((one) => isSame(one, token)))
  if (!same.includes(true)) throw new Problem('not-signed', 'The token is not the one of this command.')
  c.header('Cache-Control', 'no-store')
  const text = answered(form.get('text') ?? '', await c.var.files.catalog())
  return c.json({ response_type: 'ephemeral', username: 'whyjob', text })
}

function answered(text: string, catalog: Catalog): string {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? []
  if (first === '' || (first === 'help' && rest === '')) return HELP
  if (first !== 'explain' || rest === '') return post(report(diagnose(text, catalog.rules)))
  const reports = explainedReports(rest, catalog)
  return reports.length === 0 ? `That is not explained here. ${explainable(catalog)}` : reports.map(post).join('\n')
}

const HELP = `\`/whyjob\` and what the terminal or the journal said: which job took the place of yours, and why.
\`/whyjob explain JC101\`: a code, a cause or one of systemd’s words.`

/** Blocks from the end are left out until it is short enough; it begins with what matters. */
function post(words: Report): string {
  const blocks = words.blocks.filter(({ kind }) => kind !== 'fold')
  for (let count = blocks.length; count > 0; count--) {
    const text = withoutComments(toMarkdown({ ...words, blocks: blocks.slice(0, count) }))
    if (text.length <= MAX_POST) return text
  }
  return words.title
}

/** Mattermost shows the comments that split mentions and links elsewhere. A word joiner does it unseen. */
function withoutComments(markdown: string): string {
  let fence: string | undefined
  const lines = markdown.split('\n').map((line) => {
    const ticks = /^`{3,}/.exec(line)?.[0]
    if (ticks !== undefined && (fence === undefined || line === fence)) {
      fence = fence === undefined ? ticks : undefined
      return line
    }
    return fence === undefined ? line.replaceAll('<!-- -->', '\u2060') : line
  })
  return lines.join('\n')
}
