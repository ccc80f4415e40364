/** Answer → JSON. It may be printed: what steers a terminal is escaped even where JSON does not ask for it. */

import type { Answer } from './answer.ts'

/** DEL, C1 controls, bidirectional and zero-width characters. The controls below space are escaped in any JSON. */
const RISKY = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu

/** On many lines, with an end of line. */
export function toJson(answer: Answer): string {
  return `${escaped(JSON.stringify(answer, null, 2))}\n`
}

/** One answer on one line, for streams of answers. */
export function toNdjson(answer: Answer): string {
  return `${escaped(JSON.stringify(answer))}\n`
}

/** Inside JSON only strings can hold such characters, so that escaping them changes no value. */
export function escaped(json: string): string {
  return json.replace(RISKY, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}
