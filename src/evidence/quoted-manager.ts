/** The manager's sentences with something of people's around them: a time of day alone, quote marks in a sentence. */

import { type Desk, type Parser, take } from './desk.ts'
import { type Heard, hear } from './hear.ts'
import { noteManager } from './manager.ts'

const SOURCE = 'quoted'
/** `14:03:07  x.service: …` and `systemd[1] x.service: …`: what else stood before it was cut off, or typed anew. */
const TIMED = /^\s*(?:\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,6})?)?|systemd\[\d{1,7}\]) {1,4}(?=\S)/
/** A sentence that names its unit first, in quote marks. */
const QUOTED = /[`"“‘']([\w:.\\@-]{1,250}\.[a-z]{4,9}: [^`"”’\n]{8,300})[`"”’']?/

interface Found {
  readonly from: number
  readonly heard: Heard
}

export const quotedManager: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    return text.length < 1000 && (TIMED.test(text) || (text.includes(': ') && QUOTED.test(text)))
  },
  parse: (desk, at) => {
    const found = find(desk, desk.lines[at]!.text)
    if (!found) return at
    const around = { source: SOURCE, certainty: 0.8, managerPid: null, quoteFrom: found.from }
    return noteManager(desk, desk.lines[at]!, found.from, around, found.heard) ? take(desk, SOURCE, at, at + 1) : at
  },
}

/** Only what names its unit is sure to be the manager's. */
function find(desk: Desk, text: string): Found | null {
  const timed = TIMED.exec(text)
  const quoted = timed ? null : QUOTED.exec(text)
  const from = timed ? timed[0].length : quoted ? quoted.index + 1 : -1
  if (from < 0) return null
  const heard = hear(desk.memory, quoted ? quoted[1]! : text.slice(from))
  return heard.unit !== null && heard.reading !== null && !heard.reading.cut ? { from, heard } : null
}
