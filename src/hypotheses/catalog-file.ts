/**
 * The catalog as it is written: JSON, by columns, all codes, all priors, all explanations. Like beside like is packed
 * into a sixth less than rule after rule. It is data, which an edge reads when it is needed, not part of the program.
 */

import type { Catalog, GlossaryEntry, Rule } from './rule.ts'

/** Null where a row has nothing of the kind. */
type Columns<T> = { readonly [K in keyof T]?: readonly (Exclude<T[K], undefined> | null)[] }

interface Written {
  readonly rules: Columns<Rule>
  readonly glossary: Columns<GlossaryEntry>
}

/** What is no catalog throws: without its rules every paste would be answered, and wrongly. */
export function catalogOf(written: unknown): Catalog {
  const { rules, glossary } = (written ?? {}) as Partial<Written>
  if (!rules?.code?.length || !glossary?.term?.length) throw new Error('That is no catalog.')
  return { rules: rowsOf<Rule>(rules), glossary: rowsOf<GlossaryEntry>(glossary) }
}

/** A rule's columns: short ones, what is played, what is asked for, words. Like near like is packed best. */
const RULE_COLUMNS: readonly (keyof Rule)[] = [
  ...(['code', 'prior', 'since', 'until', 'told', 'certain', 'mirrors', 'references', 'story', 'standIns'] as const),
  ...(['defaults', 'job', 'replacedBy', 'when', 'likelihoods', 'slug', 'trigger', 'what', 'why', 'next'] as const),
  ...(['remedies', 'ask', 'cause'] as const),
]

/** A line for each value, so that a change is seen where it was made. */
export function catalogText({ rules, glossary }: Catalog): string {
  return `{\n"rules": ${columnsText(rules, RULE_COLUMNS)},\n"glossary": ${columnsText(glossary)}\n}\n`
}

function rowsOf<T extends object>(columns: Columns<T>): T[] {
  const rows: Partial<T>[] = []
  for (const name of Object.keys(columns) as (keyof T)[]) {
    for (const [i, value] of (columns[name] ?? []).entries()) {
      const row: Partial<T> = rows[i] ?? {}
      rows[i] = row
      if (value !== null) row[name] = value
    }
  }
  return rows as T[]
}

/** `first` are the names of columns that come in this order; those that no row has are left out. */
function columnsText(rows: readonly object[], first: readonly string[] = []): string {
  const entries = rows.map((row) => new Map(Object.entries(row)))
  const had = new Set(entries.flatMap((row) => [...row.keys()]))
  const columns = [...new Set([...first, ...had])]
    .filter((key) => had.has(key))
    .map((key) => {
      const values = entries.map((row) => JSON.stringify(row.get(key) ?? null))
      return `"${key}": [\n${values.join(',\n')}\n]`
    })
  return `{\n${columns.join(',\n')}\n}`
}
