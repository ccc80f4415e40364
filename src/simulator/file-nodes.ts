/** What lies in a file system, by full path. What every system has is shared until it is asked for. */

import type { FileKind, FileWatch } from './files.ts'

export interface Node {
  readonly kind: FileKind
  size: number
  readonly executable: boolean
  readonly children: Set<string>
  readonly watches: Set<FileWatch>
}

/** Only directories have any. */
const NO_CHILDREN = new Set<string>()

const copyOf = ({ kind, size, executable, children }: Node): Node => ({
  kind,
  size,
  executable,
  children: kind === 'directory' ? new Set(children) : NO_CHILDREN,
  watches: new Set(),
})

export class FileNodes {
  readonly #shared: ReadonlyMap<string, Node>
  /** Copies and what is new; null where something shared is gone. */
  readonly #own = new Map<string, Node | null>()

  constructor(shared: ReadonlyMap<string, Node>) {
    this.#shared = shared
  }

  /** Only to be looked at. */
  peek(path: string): Readonly<Node> | undefined {
    const own = this.#own.get(path)
    return own === undefined ? this.#shared.get(path) : (own ?? undefined)
  }

  /** To be changed. */
  get(path: string): Node | undefined {
    const own = this.#own.get(path)
    if (own !== undefined) return own ?? undefined
    const shared = this.#shared.get(path)
    if (shared === undefined) return undefined
    const copy = copyOf(shared)
    this.#own.set(path, copy)
    return copy
  }

  set(path: string, node: Node): void {
    this.#own.set(path, node)
  }

  delete(path: string): void {
    this.#own.set(path, null)
  }

  /** Everything, for others to share. */
  all(): Map<string, Node> {
    const nodes = new Map<string, Node>()
    for (const path of new Set([...this.#shared.keys(), ...this.#own.keys()])) {
      const node = this.get(path)
      if (node) nodes.set(path, node)
    }
    return nodes
  }
}
