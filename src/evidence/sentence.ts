/**
 * Sentences with places to fill, looked for anywhere in a text: what clients and tools print stands in logs, in
 * quotes, in JSON. `{unit}`, `{type}` and the like are one word, `{text}` and `{reason}` go on to what follows.
 */

export interface Sentence<K extends string> {
  readonly key: K
  readonly pattern: RegExp
  readonly names: readonly string[]
  /** The name of a place that the sentence begins with: the word before what the pattern finds. */
  readonly before: string | null
}

export interface Found<K extends string> {
  readonly key: K
  readonly args: Readonly<Record<string, string>>
  readonly index: number
  readonly end: number
}

const PLACE = /\{(\w+)\}/g
/** A full stop that ends something, or the end itself where it is missing. */
const STOP = '(?:\\.(?=[\\s\'"`*<»”’\\\\):;,]|$)|(?=[\\s\'"`*<»”’\\\\)]|$))'
/** What goes on over several words ends nowhere else. */
const LONG_STOP = '(?:\\.(?=[\\s\'"`*»”’\\\\)]|$)|$)'
const LONG = new Set(['text', 'reason'])

/** A sentence of the table; its own full stop may be missing, and its quotes may be of either kind. */
export function sentence<K extends string>(key: K, template: string): Sentence<K> {
  const names: string[] = []
  const before = /^\{(\w+)\} /.exec(template)
  const rest = before ? template.slice(before[0].length - 1) : template
  const dotted = rest.endsWith('.')
  const body = (dotted ? rest.slice(0, -1) : rest)
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(' \\(', ' ?\\(')
    .replace(/['"]/g, '\\\\?[\'"]')
    .replace(PLACE, (_, name: string) => {
      names.push(name)
      return LONG.has(name) ? '(.{1,2000}?)' : '(\\S{1,256}?)'
    })
  const last = /\{(\w+)\}\.$/.exec(rest)?.[1] ?? ''
  const end = template.endsWith('}') ? (LONG.has(names.at(-1)!) ? '(?=$)' : '(?=[\\s\'",;)]|$)') : ''
  return {
    key,
    pattern: new RegExp(body + (dotted ? (LONG.has(last) ? LONG_STOP : STOP) : end)),
    names,
    before: before?.[1] ?? null,
  }
}

/** The first sentence of the table that is in the text, in the table's order. */
export function findSentence<K extends string>(table: readonly Sentence<K>[], text: string): Found<K> | null {
  for (const { key, pattern, names, before } of table) {
    const match = pattern.exec(text)
    if (!match) continue
    const args: Record<string, string> = {}
    let { index } = match
    if (before) {
      index = wordBefore(text, match.index)
      if (index === match.index) continue
      args[before] = unquoted(text.slice(index, match.index))
    }
    names.forEach((name, i) => {
      args[name] = unquoted(match[i + 1]!)
    })
    return { key, args, index, end: match.index + match[0].length }
  }
  return null
}

const unquoted = (text: string) => text.replace(/^[\\'"`]+|[\\'"`]+$/g, '')

/** Where the word that ends here begins. */
function wordBefore(text: string, end: number): number {
  let at = end
  while (at > 0 && end - at < 256 && !/[\s(]/.test(text.charAt(at - 1))) at--
  return at
}
