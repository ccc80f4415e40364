/** A line of the manager: whose it is, and which sentence of systemd/messages.ts. */

import { MESSAGES, type ParsedMessage, parseMessage } from '../systemd/messages.ts'
import { parseUnitName } from '../systemd/unit.ts'
import { parseEllipsized } from './ellipsis.ts'

export interface Reading {
  readonly key: ParsedMessage['key']
  readonly args: Readonly<Record<string, string>>
  /** Releases whose wording this can be; null is no bound. */
  readonly since: number | null
  readonly until: number | null
  /** Characters that are systemd's own, none of the places'. */
  readonly weight: number
  /** Read around a cut. */
  readonly cut: boolean
}

export interface Heard {
  /** From the prefix. */
  readonly unit: string | null
  /** From the prefix of what reading a unit file says. */
  readonly file: string | null
  readonly text: string
  /** Where the text begins behind the prefix. */
  readonly from: number
  readonly reading: Reading | null
}

/** Remembers what the same words were, since restart loops repeat them. */
export type Memory = Map<string, Reading | null>

const MEMORY_ROWS = 4000
/** `/path:10: `, and up to v233 `[/path:10] `. */
const FILE_PREFIX = /^(?:(\/\S{1,300}?):\d{1,6}: |\[(\/\S{1,300}?):\d{1,6}\] )/

/** Splits the prefix off and reads the sentence. */
export function hear(memory: Memory, body: string): Heard {
  const unit = unitPrefix(body)
  if (unit !== null) {
    const text = body.slice(unit.length + 2)
    return { unit, file: null, text, from: unit.length + 2, reading: read(memory, text, true) }
  }
  const file = body.charCodeAt(0) === 47 || body.startsWith('[/') ? FILE_PREFIX.exec(body) : null
  const from = file ? file[0].length : 0
  const text = file ? body.slice(from) : body
  return { unit: null, file: file?.[1] ?? file?.[2] ?? null, text, from, reading: read(memory, text, false) }
}

/** Where people quote, a missing prefix tells no release: they may have left it out. */
export function quoted(heard: Heard): Heard {
  const { reading, unit } = heard
  return reading && unit === null ? { ...heard, reading: { ...reading, since: null, until: null } } : heard
}

/** The name in `foo.service: …`; null if there is none. */
export function unitPrefix(body: string): string | null {
  const colon = body.indexOf(': ')
  if (colon < 3 || colon > 256) return null
  const name = body.slice(0, colon)
  return name.indexOf(' ') < 0 && name.indexOf('.') > 0 && parseUnitName(name) ? name : null
}

function read(memory: Memory, text: string, prefixed: boolean): Reading | null {
  const memo = prefixed ? text : `\n${text}`
  const known = memory.get(memo)
  if (known !== undefined) return known
  const found = choose(text, prefixed)
  if (memory.size < MEMORY_ROWS) memory.set(memo, found)
  return found
}

function choose(text: string, prefixed: boolean): Reading | null {
  const found = parseMessage(text)
  // People leave the last full stop out.
  const isCut = /[>…]$/.test(text)
  if (isCut) {
    const reading = parseEllipsized(text, prefixed) ?? parseEllipsized(text, null, ENOUGH_WITHOUT_MARK)
    if (reading) return reading
  }
  const readings = found.length > 0 || isCut || text.endsWith('.') ? found : parseMessage(`${text}.`)
  const neat = readings.filter((r) => !Object.values(r.args).some((value) => /[,(:]$/.test(value)))
  const best =
    neat.find((r) => MESSAGES[r.key].prefixed === prefixed) ??
    readings.find((r) => MESSAGES[r.key].prefixed === prefixed) ??
    readings.find((r) => isTelling(r, text))
  if (!best) return parseEllipsized(text, prefixed) ?? parseEllipsized(`${text}…`, null, ENOUGH_WITHOUT_MARK)
  const same = readings.filter((r) => r.key === best.key)
  return {
    key: best.key,
    args: best.args,
    since: same.some((r) => r.since === null) ? null : Math.min(...same.map((r) => r.since ?? 0)),
    until: same.some((r) => r.until === null) ? null : Math.max(...same.map((r) => r.until ?? 0)),
    weight: weightOf(best, text),
    cut: false,
  }
}

/** Characters that a sentence must share with one of systemd's to be taken for its beginning. */
const ENOUGH_WITHOUT_MARK = 24

/** Enough of systemd's own words that a missing or superfluous prefix does not matter; v219 had none. */
const isTelling = (r: ParsedMessage, text: string) => weightOf(r, text) >= 12

const weightOf = (r: ParsedMessage, text: string) =>
  Object.values(r.args).reduce((rest, value) => rest - value.length, text.length)
