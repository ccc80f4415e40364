/** "explain JC101": a rule's or a word's own page, as a message. */

import { reportToSlack, type SlackMessage } from '../../render/slack.ts'
import { plain, SLACK, type SlackBlock } from '../../render/slack-blocks.ts'
import { entryOf, explainable, explainedReports } from '../explain.ts'
import { ACTIONS } from './buttons.ts'
import type { Deps } from './deps.ts'
import { short } from './words.ts'

/** Several may go by one word; the first is the nearest. */
export async function explained({ baseUrl, catalog }: Deps, word: string): Promise<SlackMessage> {
  const all = await catalog()
  const [report] = explainedReports(word, all)
  if (report === undefined) return short(`That is not explained here. ${explainable(all)}`)
  const page: SlackBlock = {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: ACTIONS.full,
        text: plain('Its page', SLACK.button),
        url: `${baseUrl}${entryOf(report).url}`,
      },
    ],
  }
  return reportToSlack(report, [page])
}
