/** Modules that the first who needs one has loaded. Each is kept then: every import() asks the runtime's loader anew. */

import type { Files } from './files.ts'

export function loaded<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let module: Module | undefined
  return async () => {
    module ??= await load()
    return module
  }
}

/** The same for what has the core in it, and that has tables. */
export function loadedWithCore<Module>(load: () => Promise<Module>): (asked: Asked) => Promise<Module> {
  let module: Module | undefined
  return async ({ var: { files } }) => {
    if (module === undefined) await files.tables()
    module ??= await load()
    return module
  }
}

interface Asked {
  readonly var: { readonly files: Files }
}
