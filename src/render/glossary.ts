/** systemd's words around jobs as reports. */

import { CAUSES, type Cause } from '../hypotheses/cause.ts'
import type { GlossaryEntry } from '../hypotheses/rule.ts'
import { CAUSE_WORDS } from './causes.table.ts'
import type { Block, Report } from './report.ts'

/** Null for a word that is none of systemd's here, and no cause. */
export function termReport(wanted: string, glossary: readonly GlossaryEntry[]): Report | null {
  const lower = wanted.toLowerCase()
  const entry = glossary.find(({ term }) => term.toLowerCase() === lower)
  const cause = CAUSES.find((one) => one === lower)
  if (entry === undefined && cause === undefined) return null
  const blocks: Block[] = []
  if (entry) blocks.push({ kind: 'text', text: settingsAsCode(entry.text) })
  if (cause) blocks.push({ kind: 'text', text: causeText(cause) })
  if (entry?.page) blocks.push({ kind: 'text', text: `Manual: ${entry.page}.` })
  return { kind: 'term', title: entry?.term ?? lower, codes: [], blocks }
}

const settingsAsCode = (text: string): string => text.replace(/[A-Z][A-Za-z…]{3,40}=/g, '`$&`')

const causeText = (cause: Cause): string => `A job was canceled, refused or failed because ${CAUSE_WORDS[cause]}.`
