/** What is said by us and not by the core: help, the home, and short messages. */

import { escaped, type SlackMessage } from '../../render/slack.ts'
import { plain, type RichPart, SLACK, type SlackBlock } from '../../render/slack-blocks.ts'
import { richParts } from '../../render/slack-parts.ts'

const rich = (...parts: readonly RichPart[]): SlackBlock => ({ type: 'rich_text', elements: parts })
const paragraph = (text: string): SlackBlock => rich(...richParts({ kind: 'text', text }))
const heading = (text: string): SlackBlock => ({ type: 'header', text: plain(text, SLACK.header) })
const list = (items: readonly string[]): SlackBlock => rich(...richParts({ kind: 'list', items }))

/** One sentence. Code in it is marked by backticks, as everywhere. */
export const short = (text: string): SlackMessage => ({
  text: escaped(text.replaceAll('`', '')),
  blocks: [paragraph(text)],
})

const HOW_TO: readonly SlackBlock[] = [
  paragraph('systemd says “Job for nginx.service canceled.” and nothing else. Give me what you have, and I say why.'),
  list([
    'Right on a message with a log in it: ⋯ (more actions), then “Why was this canceled?”. The answer stands in its thread.',
    'In a thread: mention me, with a paste, a snippet or a file. Everybody’s pastes are read as one, and the one answer is updated.',
    '`/whyjob` and the paste: only you see the answer, until you share it. `/whyjob` alone opens a box with room for more.',
    '`/whyjob explain JC101`, or one of systemd’s words such as `explain isolate`.',
    'Here, in a direct message: paste it.',
  ]),
]

const WHAT_TO_PASTE: readonly SlackBlock[] = [
  heading('What to paste'),
  rich(
    ...richParts({
      kind: 'commands',
      lines: ['systemctl status UNIT', 'journalctl -b -u UNIT -n 50 -o short-precise', 'systemctl cat UNIT'],
    }),
  ),
]

const PRIVACY: readonly SlackBlock[] = [
  heading('What becomes of it'),
  list([
    'Only what you give me is read: the message you choose, the mention, the file, the box. I do not listen to channels.',
    'Passwords, tokens, keys, addresses, host and user names are masked before anything is kept. A secret that looks like none of these is not: look before you paste.',
    'The masked pastes of a thread are kept for 30 days after the last one, so that later ones can be added; what only you saw, for an hour.',
    'Mention me in a thread with `forget`, or use `/whyjob forget` for all threads of a channel, and they are deleted. Removing the app deletes everything.',
    '“Right” and “Wrong” keep the masked paste with the answer for half a year. For a week a thread’s answer is counted by its code and unit, to say how often it came. Nothing else is stored, and nothing is sent on.',
  ]),
]

export const help = (): SlackMessage => ({
  text: 'Give me what systemctl or the journal said: mention me in the thread, or use a message’s “Why was this canceled?”.',
  blocks: [...HOW_TO, ...WHAT_TO_PASTE],
})

export const homeBlocks = (): SlackBlock[] => [
  heading('Why was my systemd job canceled?'),
  ...HOW_TO,
  {
    type: 'actions',
    elements: [{ type: 'button', action_id: 'paste', text: plain('Paste something', SLACK.button), style: 'primary' }],
  },
  ...WHAT_TO_PASTE,
  ...PRIVACY,
]

export const NOTHING_THERE =
  'There is no text of a log in that message. Choose the message with the log, or mention me with a paste or a file.'
export const FULL =
  'This thread holds as much as I read as one. Start another one with the minutes around the incident.'
export const FORGOTTEN = 'Forgotten: what was pasted here is deleted.'
export const NOT_INVITED =
  'I am not in this channel, so only you see this. Invite me, and the answer can stand in its thread.'
export const GONE = 'What this was about is no longer kept. Paste it again.'
