/** What an audit reports: a job that the units at hand can cancel, and how. */

import type { Prescription } from './prescribe.ts'

export interface Finding {
  readonly code: string
  readonly cause: string
  readonly unit: string
  readonly type: string
  readonly what: string
  readonly why: string
  /** Where to look: a file as it was named, and a line in it. */
  readonly file: string
  readonly line: number
  /** A scenario that anyone can replay. */
  readonly story: string
  readonly assumes: readonly string[]
  readonly remedies: readonly Prescription[]
}

/** That a finding is not to be reported: by a comment in a file, or by whoever asked. */
export interface Suppression {
  readonly kind: 'inSource' | 'external'
  readonly why: string | null
}

export interface Audit {
  /** The fewest assumptions first. */
  readonly findings: readonly Finding[]
  readonly suppressed: readonly (Finding & { readonly suppression: Suppression })[]
  /** `TYPE UNIT` of each job that was not, or not wholly, looked into: there was more than one audit may do. */
  readonly unexplored: readonly string[]
}
