/** Names with their domain: whose they are, nobody else needs to know, unless everybody does. */

import { ENDS, PUBLIC as EVERYBODYS } from './domains.table.ts'
import type { Add } from './secret-keys.ts'

const NAME = new RegExp(
  [
    String.raw`(?<![\w.@-])(?!(?:org|com|net|io|de|eu|fr|java|javax)\.)`,
    String.raw`[A-Za-z0-9][\w-]{0,62}(?:\.[A-Za-z0-9][\w-]{0,62}){1,5}`,
    String.raw`\.(?:${ENDS.join('|')})\.?(?![\w@(-]|\.\w)`,
  ].join(''),
  'g',
)

const PUBLIC = new RegExp(EVERYBODYS, 'i')

export const WORDS_OF_DOMAINS: readonly string[] = ENDS.map((end) => `.${end}`)

const isPublic = (name: string): boolean => PUBLIC.test(name)
const PORT = /^:\d{2,5}\b/

/** Names of three parts and more. Where a link leads is a page that is there to be read, unless it has a number. */
export function domains(text: string, add: Add): void {
  for (const { index, 0: name } of text.matchAll(NAME)) {
    const isPage =
      text.startsWith('://', index - 3) && !/^[\w-]{0,62}\d/.test(name) && !PORT.test(text.slice(index + name.length))
    if (!isPage && !isPublic(name)) add('host', index, index + name.replace(/\.$/, '').length)
  }
}
