/** A rule by its code, name or cause, or one of systemd's words: what every edge explains alike. */

import { explain } from '../hypotheses/explain.ts'
import type { Catalog } from '../hypotheses/rule.ts'
import { termReport } from '../render/glossary.ts'
import { toMarkdown } from '../render/markdown.ts'
import type { Report } from '../render/report.ts'
import { ruleReport } from '../render/rule.ts'

export interface Explained {
  readonly kind: 'rule' | 'term'
  readonly title: string
  /** Its code, or null for a word. */
  readonly code: string | null
  /** Its page. */
  readonly url: string
  readonly markdown: string
}

/** None if the word is not explained here. */
export function explainedReports(asked: string, { rules: all, glossary }: Catalog): Report[] {
  const { terms, rules } = explain(asked, all, glossary)
  const wanted = asked.trim().replace(/\s+/g, '-').toLowerCase()
  const words = terms.length > 0 ? terms.map(({ term }) => term) : [wanted]
  return [...words.flatMap((word) => termReport(word, glossary) ?? []), ...rules.map(ruleReport)]
}

export function entryOf(report: Report): Explained {
  const [code = null] = report.codes
  return {
    kind: code === null ? 'term' : 'rule',
    title: report.title,
    code,
    url: code === null ? `/glossary/${report.title}` : `/rules/${code}`,
    markdown: toMarkdown(report),
  }
}

/** What could have been asked for. */
export const explainable = ({ rules, glossary }: Catalog): string =>
  [
    `Codes: ${rules[0]?.code} to ${rules.at(-1)?.code}.`,
    `Words: ${glossary.map(({ term }) => term).join(', ')}; every cause.`,
  ].join(' ')
