/** Modules that the first who needs one has loaded. Each is kept then: every import() asks the runtime's loader anew. */

export function loaded<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let module: Module | undefined
  return async () => {
    module ??= await load()
    return module
  }
}
