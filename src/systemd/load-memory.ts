/** What loading a unit has yielded before: taken over as long as everything it was read from is the same. */

import type { UnitName } from './unit.ts'
import type { UnitConfig } from './unit-config.ts'
import type { Fragment, Located } from './unit-file-index.ts'

/** All that a unit is read from. */
export interface Sources {
  /** The name that was asked for. */
  readonly name: UnitName
  readonly names: readonly string[]
  readonly fragment: Fragment | undefined
  /** The entries of its `.wants/`, `.requires/` and `.upholds/` folders. */
  readonly links: readonly (readonly Located[])[]
  readonly dropIns: readonly Located[]
}

interface Remembered {
  readonly sources: Sources
  readonly config: UnitConfig
}

/** By the release and kind of manager, then by name. To be used for one system's units only, as it keeps the last. */
export type LoadMemory = Map<string, Map<string, Remembered>>

/** Whether a unit loaded from these files comes out alike. */
export function isSame(a: Sources, b: Sources): boolean {
  const [p, q] = [a.fragment, b.fragment]
  if (p?.text !== q?.text || p?.shown !== q?.shown || p?.id !== q?.id || p?.masked !== q?.masked) return false
  if (a.names.length !== b.names.length || a.names.some((name, i) => name !== b.names[i])) return false
  if (!areSame(a.dropIns, b.dropIns)) return false
  return a.links === b.links || a.links.every((links, i) => areSame(links, b.links[i] ?? []))
}

function areSame(a: readonly Located[], b: readonly Located[]): boolean {
  if (a.length === 0 && b.length === 0) return true
  return a.length === b.length && a.every(({ shown, file }, i) => shown === b[i]!.shown && isSameFile(file, b[i]!.file))
}

const isSameFile = (a: Located['file'], b: Located['file']): boolean =>
  a === b || (a.text === b.text && a.link === b.link)
