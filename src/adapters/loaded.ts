/** Modules that the first who needs one has loaded. Each is kept then: every import() asks the runtime's loader anew. */

import type { Files } from './files.ts'

type Loading<Module, Asked extends readonly unknown[]> = (...asked: Asked) => Promise<Module>

export function loaded<Module, Asked extends readonly unknown[] = []>(
  load: Loading<Module, Asked>,
): Loading<Module, Asked> {
  let module: Module | undefined
  return async (...asked) => {
    module ??= await load(...asked)
    return module
  }
}

/** The same for what has the core in it, and that has tables. */
export const loadedWithCore = <Module>(load: () => Promise<Module>) =>
  loaded(async ({ var: { files } }: Asked) => {
    await files.tables()
    return await load()
  })

interface Asked {
  readonly var: { readonly files: Files }
}
