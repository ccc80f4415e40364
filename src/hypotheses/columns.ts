/**
 * The catalog is written by columns: all codes, all priors, all explanations. Like beside like is packed into a sixth
 * less than rule after rule.
 */

/** Null where a row has nothing of the kind. */
export type Columns<T> = { readonly [K in keyof T]: readonly (Exclude<T[K], undefined> | null)[] }

export function rowsOf<T extends object>(columns: Columns<T>): T[] {
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
