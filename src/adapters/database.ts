/** As much of D1 as is used here. Whoever runs the Worker without one has it without whatever is kept. */

export type Value = string | number | null

export interface Statement {
  bind(...values: readonly Value[]): Statement
  first<Row>(): Promise<Row | null>
  all<Row>(): Promise<{ readonly results: Row[] }>
  run(): Promise<{ readonly meta: { readonly changes: number } }>
}

export interface Database {
  prepare(sql: string): Statement
}

/** Seconds since 1970, as the tables have them. Only entries to the edge ask for it. */
export const now = (): number => Math.floor(Date.now() / 1000)
