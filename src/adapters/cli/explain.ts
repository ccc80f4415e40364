/** `whyjob explain`: a rule by its code or name, or one of systemd's words. */

import { CATALOG } from '../../hypotheses/catalog.ts'
import { TERMS, termReport } from '../../render/glossary.ts'
import { ruleReport } from '../../render/rule.ts'
import { toText } from '../../render/text.ts'
import { ANSWERED, paint, print, Usage, width } from './io.ts'

export async function explain(words: readonly string[]): Promise<number> {
  const wanted = words.join(' ').toLowerCase()
  const rules = CATALOG.filter(({ code, slug, cause }) => [code.toLowerCase(), slug, cause].includes(wanted))
  const term = termReport(wanted)
  const reports = [...(term === null ? [] : [term]), ...rules.map(ruleReport)]
  if (reports.length === 0) throw new Usage(`'${wanted}' is not explained here. ${listed()}`)
  await print(reports.map((one) => toText(one, { width: width(), paint })).join('\n'))
  return ANSWERED
}

const listed = (): string =>
  `Codes: ${CATALOG.map(({ code }) => code).join(', ')}. Words: ${Object.keys(TERMS).join(', ')}; every cause.`
