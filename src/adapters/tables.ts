/** The core's tables where they are data beside the program: read before the modules that are made of them are loaded. */

/** By the table's module, what it exports. */
export type Tables = Readonly<Record<string, Readonly<Record<string, unknown>>>>

let tables: Tables = {}

/** For all modules that are loaded from now on. */
export function useTables(some: Tables): void {
  tables = some
}

export function tableOf(module: string): Tables[string] {
  const table = tables[module]
  if (table === undefined) throw new Error(`The table ${module} was not read yet.`)
  return table
}
