/** Settings that sentences ascribe to a unit: "`api.service` has `Requires=db.service`", "api has" where one is known. */

import { parseUnitName, UNIT_IN_TEXT, unitTypeOf } from '../../systemd/unit.ts'
import { type Desk, note } from '../desk.ts'
import type { TextLine } from '../page.ts'

const MARK = '[`\'"*]{0,3}'
const OTHERS = String.raw`(?:${UNIT_IN_TEXT}(?:[ ,]{1,2}(?=[\w@.-]{1,200}\.[a-z]{4,9}\b))?){1,6}`
const UNIT_KEYS =
  '(?:Requires|Requisite|Wants|BindsTo|PartOf|Upholds|Conflicts|Before|After|OnFailure|OnSuccess|PropagatesStopTo|' +
  'StopPropagatedFrom)'
const SWITCHES = '(?:StopWhenUnneeded|RemainAfterExit)=(?:yes|true|no|false)|Restart=(?:always|on-[a-z]{4,8}|no)'
const SETTING = `(?:${UNIT_KEYS}=${OTHERS}|${SWITCHES})`
/** What a file does with a line; a wish, a doubt or a negation is no such thing. */
const HAS = '(?:has|had|sets?|declares?|declared|specif(?:ies|ied)|uses|used|contains?|carries|lists|says|got|with)'
/** Lines that were joined keep their indentation. */
const BLANK = ' {1,12}'
const GAP = String.raw`(?:${BLANK}(?!not?\b|n't|never\b|if\b|instead\b|removed\b)[\w(,:\x60'"*-]{1,20}){0,4}?`
const ASCRIBED = new RegExp(
  String.raw`(?<![\w.@-])(${UNIT_IN_TEXT}|[\w@-]{2,80})${MARK}(?:'s unit(?: file)?)?${BLANK}((?:\w{2,12}${BLANK}){0,2}?)${HAS}:?${GAP}${BLANK}(${MARK}\(?${SETTING})`,
  'g',
)
/** Others of the same unit, directly behind. */
const NEXT = new RegExp(
  String.raw`^${MARK}\)?[,;]? {0,12}(?:\*{0,2}(?:and|plus|\+|&)\*{0,2}(?: also| an?)?${BLANK})?${MARK}(${SETTING})`,
)
/** As many as one sentence names. */
const SETTINGS = 8
const SENTENCES = 16

/** Notes each as a piece of the unit's file; `placeOf` is where in the paste a character of the text stands. */
export function noteToldSettings(desk: Desk, text: string, placeIn: (index: number) => [TextLine, number]): void {
  if (!text.includes('=')) return
  let sentences = 0
  for (const match of text.matchAll(ASCRIBED)) {
    if (sentences++ >= SENTENCES) return
    const unit = spokenOf(desk, [match[1]!, ...match[2]!.split(' ')])
    if (unit === null) continue
    const first = match[3]!.replace(/^[^A-Z]+/, '')
    let from = match.index + match[0].length - first.length
    let setting: string | undefined = first
    for (let i = 0; i < SETTINGS && setting !== undefined; i++) {
      noteSetting(desk, unit, setting, placeIn(from))
      const rest = text.slice(from + setting.length)
      const next = NEXT.exec(rest)
      from += setting.length + (next ? next[0].length - next[1]!.length : 0)
      setting = next?.[1]
    }
  }
}

/** The unit that one of the words is, or that goes by it alone: as `api`, or as `blue` of `api@blue.service`. */
function spokenOf({ noted }: Desk, words: readonly string[]): string | null {
  const whole = words.find((word) => parseUnitName(word))
  if (whole !== undefined) return whole
  const said = new Set(words)
  const fitting = new Set<string>()
  for (const { draft } of noted) {
    const unit = 'unit' in draft ? draft.unit : null
    const name = unit ? parseUnitName(unit) : null
    if (unit && name && [name.prefix, name.instance ?? ''].some((part) => said.has(part))) fitting.add(unit)
  }
  const [only, more] = fitting
  return only !== undefined && more === undefined ? only : null
}

function noteSetting(desk: Desk, unit: string, setting: string, [line, from]: [TextLine, number]): void {
  const [key = '', value = ''] = setting.split(/=(.*)/s)
  const section = key === 'Restart' || key === 'RemainAfterExit' ? 'Service' : 'Unit'
  const to = Math.min(from + setting.length, line.text.length)
  const noted = note(
    desk,
    {
      ...{ kind: 'unit-text', source: 'prose', certainty: 0.6, unit, unitType: unitTypeOf(unit) },
      ...{ path: null, dropIn: true, origin: 'told', whole: false, text: `[${section}]\n${key}=${value}\n` },
      assignments: [],
    },
    line,
    from,
    to,
  )
  const { start, end } = noted
  const assignments = [{ section, key, value, line: line.number, start, end }]
  if (noted.draft.kind === 'unit-text') noted.draft = { ...noted.draft, assignments }
}
