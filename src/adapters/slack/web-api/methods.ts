/**
 * Stands in for the client's own list of methods, in the Worker (scripts/bundle.ts): that binds all three hundred of
 * them anew for every client, which is every request, and has the page of each in its comments and its name in the
 * bundle. Here a method is what its path says, when it is called.
 */

type Call = (method: string, options?: unknown) => Promise<unknown>

/** The families of which Bolt or our listeners call any. */
const FAMILIES = ['assistant', 'auth', 'chat', 'conversations', 'files', 'functions', 'views'] as const

export class Methods {
  declare readonly apiCall: Call

  /** The client says that it was told to slow down; nobody listens. */
  emit(): boolean {
    return false
  }
}

for (const family of FAMILIES) {
  Object.defineProperty(Methods.prototype, family, {
    get(this: Methods) {
      return methodAt(this, family)
    },
  })
}

const methodAt = (client: Methods, path: string): unknown =>
  new Proxy((options?: unknown) => client.apiCall(path, options), {
    get: (_, name) => (typeof name === 'string' ? methodAt(client, `${path}.${name}`) : undefined),
  })
