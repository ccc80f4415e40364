/** Calls of systemctl and the like, as requests: one fact for each unit named. */

import { type Call, METHODS, unitOf } from './command.ts'
import { type Desk, type Noted, note } from './desk.ts'
import type { JobWord, Moment, Request, RequestedBy } from './fact.ts'
import { onceFor } from './once-for.ts'
import type { TextLine } from './page.ts'
import { transientSetting } from './systemd-run.ts'

export interface About {
  readonly source: string
  readonly certainty: number
  readonly by: RequestedBy
  readonly tense: Request['tense']
  readonly requester: string | null
  /** Where in the line the text begins that the calls were found in; null if it is no part of the line. */
  readonly offset: number | null
  /** Where the quote begins, if before the call. */
  readonly quoteFrom?: number
  readonly at?: Moment
}

/** Notes what the calls ask for; calls that only look are left out. */
export function noteCalls(desk: Desk, line: TextLine, calls: readonly Call[], about: About): Noted[] {
  const { offset } = about
  return calls.flatMap((call) => {
    if (call.query) return []
    const setting = transientSetting(offset === null ? line.text : line.text.slice(offset), call)
    const by =
      setting === null ? about : { ...about, by: 'exec' as const, tense: 'written' as const, requester: setting }
    const units: readonly (string | null)[] =
      call.units.length > 0 ? call.units : [call.type && variableIn(line.text.slice(offset ?? 0), call, desk)]
    return units.flatMap((unit) => {
      // What names no unit is a variable's work, unless the verb needs none; what is in it, nothing may say.
      if (unit === null && call.type !== null) return []
      return noteRequest(desk, line, { ...call, unit }, by)
    })
  })
}

const VARIABLE = /\s["']?\$\{?([A-Za-z_]\w{0,40})\}?["']?(?:[\s;&|)]|$)/
const ASSIGNMENT = /(?:^|[\s="'])([A-Za-z_]\w{0,40})=["']?([\w@.:-]{1,200})(?![\w@.:-]*=)/g

/** What each variable is set to, in the script or by `Environment=` of a unit; null if to more than one thing. */
const valuesIn = onceFor((lines: Desk['lines']): ReadonlyMap<string, string | null> => {
  const values = new Map<string, string | null>()
  for (const line of lines) {
    for (const [, key = '', value = ''] of line.text.matchAll(ASSIGNMENT)) {
      const before = values.get(key)
      values.set(key, before === undefined || before === value ? value : null)
    }
  }
  return values
})

/** A variable that is set once stands for that unit. */
function variableIn(text: string, { from, to }: Call, { lines }: Desk): string | null {
  const name = VARIABLE.exec(text.slice(from, to + 2))?.[1]
  return name === undefined ? null : unitOf(valuesIn(lines).get(name) ?? '')
}

export interface Asked {
  readonly verb: string
  readonly unit: string | null
  readonly type: JobWord | null
  readonly mode: Request['mode']
  readonly noBlock: boolean
  readonly userManager: boolean
  readonly from: number
  readonly to: number
}

function noteRequest(desk: Desk, line: TextLine, asked: Asked, about: About): Noted {
  const { offset } = about
  const from = offset === null ? 0 : offset + asked.from
  const to = offset === null ? line.text.length : offset + asked.to
  return note(
    desk,
    {
      kind: 'request',
      source: about.source,
      certainty: about.certainty,
      unit: asked.unit,
      verb: asked.verb,
      type: asked.type,
      mode: asked.mode,
      by: asked.verb in METHODS && about.by === 'shell' ? 'bus' : about.by,
      noBlock: asked.noBlock,
      userManager: asked.userManager,
      tense: about.tense,
      requester: about.requester,
      command: unlisted(line.text.slice(from, to)),
      ...(about.at ? { at: about.at } : {}),
    },
    line,
    about.quoteFrom ?? from,
    to,
  )
}

/** A command that a program wrote as a list, `systemctl", "stop", "x`, as it would be typed. */
const unlisted = (words: string) => (/^[\w.-]{1,40}\\*["']/.test(words) ? words.replace(BETWEEN, ' ') : words)
const BETWEEN = /\\*["'],?\s{0,3}\\*["']/g

/** A request that is not written as a command: a tool's task or module, which says its state. */
export function noteAsk(
  desk: Desk,
  line: TextLine,
  unit: string,
  type: JobWord,
  about: About & { readonly noBlock?: boolean; readonly userManager?: boolean },
): Noted {
  const { noBlock = false, userManager = false } = about
  const whole = { from: 0, to: line.text.length }
  const asked: Asked = { verb: type, unit, type, mode: 'replace', noBlock, userManager, ...whole }
  return noteRequest(desk, line, asked, { ...about, offset: 0 })
}
