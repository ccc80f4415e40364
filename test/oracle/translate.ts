/** What a manager wrote to its journal, in the words of a trace: the table of section 2 of the scenario format. */

import type { Event, Happening } from '../../src/systemd/happening.ts'

/** The fields of a message in the journal's native protocol that matter here. */
export interface Message {
  readonly MESSAGE?: string
  readonly PRIORITY?: string
  readonly MESSAGE_ID?: string
  readonly UNIT?: string
  readonly USER_UNIT?: string
}

type Make = (match: RegExpExecArray) => Event

const JOB = '\\S+/([a-z-]+)'

/** At debug level, each begins with the unit's name and a colon. */
const DEBUG_LINES: readonly (readonly [RegExp, Make])[] = [
  [
    /^Trying to enqueue job \S+\/([a-z-]+)\/([a-z-]+)$/,
    ([, type = '', mode = '']) => ({ kind: 'enqueue', type, mode }),
  ],
  [new RegExp(`^Installed new job ${JOB} as \\d+$`), ([, type = '']) => ({ kind: 'job-installed', type })],
  [
    new RegExp(`^Merged ${JOB} into installed job ${JOB} as \\d+$`),
    ([, type = '', into = '']) => ({ kind: 'job-merged', type, into }),
  ],
  [
    new RegExp(`^Merged into running job, re-running: ${JOB} as \\d+$`),
    ([, type = '']) => ({ kind: 'job-rerun', type }),
  ],
  [/^Converting job \S+\/restart (?:->|→) \S+\/start$/, () => ({ kind: 'job-converted' })],
  [
    new RegExp(`^Job \\d+ ${JOB} finished, result=([a-z-]+)$`),
    ([, type = '', result = '']) => ({ kind: 'job-finished', type, result }),
  ],
  [/^Changed ([a-z-]+) (?:->|→) ([a-z-]+)$/, ([, , sub = '']) => ({ kind: 'state', sub })],
]

/** Texts that differ from run to run: what a unit consumed, and where its file lies. */
const VARYING = [
  'ae8f7b866b0347b9af31fe1c80b127c0', // SD_MESSAGE_UNIT_RESOURCES
  'c772d24e9a884cbeb9ea12625c306c01', // SD_MESSAGE_INVALID_CONFIGURATION
]

const INFO = 6

/** Targets, slices and scopes have a wording of their own for it, in older versions. */
const CHANGED = /^(\S+) changed [a-z-]+ (?:->|→) ([a-z-]+)$/

export function translate(message: Message, atUsec: number): Happening | null {
  const text = message.MESSAGE ?? ''
  const colon = text.indexOf(': ')
  if (colon > 0) {
    for (const [pattern, make] of DEBUG_LINES) {
      const match = pattern.exec(text.slice(colon + ': '.length))
      if (match !== null) return { atUsec, who: text.slice(0, colon), event: make(match) }
    }
  }
  const changed = CHANGED.exec(text)
  if (changed !== null) return { atUsec, who: changed[1] ?? '', event: { kind: 'state', sub: changed[2] ?? '' } }
  const who = message.USER_UNIT ?? message.UNIT
  if (who === undefined || message.MESSAGE_ID === undefined || VARYING.includes(message.MESSAGE_ID)) return null
  if (Number(message.PRIORITY ?? '7') > INFO) return null
  return { atUsec, who, event: { kind: 'log', text } }
}
