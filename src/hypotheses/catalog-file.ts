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

/** A line for each value, so that a change is seen where it was made. */
export function catalogText({ rules, glossary }: Catalog): string {
  return `{\n"rules": ${columnsText(rules)},\n"glossary": ${columnsText(glossary)}\n}\n`
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

function columnsText(rows: readonly object[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map((key) => {
    const values = rows.map((row) => JSON.stringify(new Map(Object.entries(row)).get(key) ?? null))
    return `"${key}": [\n${values.join(',\n')}\n]`
  })
  return `{\n${columns.join(',\n')}\n}`
}
