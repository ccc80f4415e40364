/** The buttons below an answer. What they are about is in their value; whose it is says the signed click. */

import type { Answer } from '../../render/answer.ts'
import { plain, SLACK, type SlackBlock, type SlackButton } from '../../render/slack-blocks.ts'

export const ACTIONS = {
  share: 'share',
  proof: 'proof',
  timeline: 'timeline',
  ask: 'ask',
  add: 'add',
  right: 'right',
  wrong: 'wrong',
  full: 'full',
} as const

/** An incident by its channel and thread; the team comes with the click. */
export interface Target {
  readonly channel: string
  readonly thread: string
}

/** Threads of Slack's are times; others are answers that one person sees, until they are shared. */
export const isThread = ({ thread }: Target): boolean => /^\d+\.\d+$/.test(thread)

export const valueOfTarget = ({ channel, thread }: Target): string => JSON.stringify([channel, thread])

/** Null for whatever is none of ours. */
export function targetOf(value: string | undefined): Target | null {
  try {
    const parts: unknown = JSON.parse(value ?? '')
    if (!Array.isArray(parts) || parts.length !== 2) return null
    const [channel, thread] = parts as unknown[]
    return typeof channel === 'string' && typeof thread === 'string' ? { channel, thread } : null
  } catch {
    return null
  }
}

export function answerButtons(answer: Answer, target: Target, fullUrl: string | null): SlackBlock[] {
  const value = valueOfTarget(target)
  const about = (action: keyof typeof ACTIONS, text: string, more: Partial<SlackButton> = {}): SlackButton => ({
    type: 'button',
    action_id: ACTIONS[action],
    text: plain(text, SLACK.button),
    value,
    ...more,
  })
  const hasStory = answer.candidates.some(({ story }) => story !== '')
  const first = [
    ...(isThread(target) ? [] : [about('share', 'Share to channel', { style: 'primary' })]),
    ...(hasStory ? [about('proof', 'Show the proof')] : []),
    ...(answer.evidence.length > 0 ? [about('timeline', 'Timeline')] : []),
    ...(isThread(target) && answer.ask.length > 0 ? [about('ask', 'Ask for evidence')] : []),
    about('add', 'Add a paste'),
  ]
  const second = [
    ...(answer.outcome === 'no-evidence' ? [] : [about('right', 'Right', KEEPS), about('wrong', 'Wrong')]),
    ...(fullUrl === null ? [] : [about('full', 'Full answer', { url: fullUrl })]),
  ]
  return [first, second].filter((row) => row.length > 0).map((elements) => ({ type: 'actions', elements }))
}

const KEEPS: Partial<SlackButton> = {
  confirm: {
    title: plain('Was the answer right?', 100),
    text: plain('The masked paste is kept for half a year, with the answer, to make answers better.', 300),
    confirm: plain('Yes, keep it', 30),
    deny: plain('No', 30),
  },
}
