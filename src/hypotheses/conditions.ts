/** The names that a condition of a rule may have: one with another name would hold nowhere, and nobody would notice. */

import type { FactKind } from '../evidence/fact.ts'
import { OF_GRAPH } from './graph-clauses.ts'

/** Every kind of fact: the compiler asks for those that are missing. */
const FACT_KINDS: Readonly<Record<FactKind, true>> = {
  boundary: true,
  'bus-activation': true,
  'bus-message': true,
  'condition-skip': true,
  cycle: true,
  'dependency-row': true,
  'exit-status': true,
  'fstab-line': true,
  'job-debug': true,
  'job-finished': true,
  'job-line': true,
  'manager-line': true,
  'other-log': true,
  'process-exit': true,
  prose: true,
  'queued-job': true,
  recording: true,
  reload: true,
  request: true,
  'request-refused': true,
  shutdown: true,
  'socket-row': true,
  'start-limit': true,
  'still-triggered': true,
  'timer-row': true,
  told: true,
  'tool-task': true,
  'unit-file-change': true,
  'unit-property': true,
  'unit-state': true,
  'unit-text': true,
  version: true,
}

/** What is made of other conditions, see partMatches(). */
const OF_CONDITIONS: readonly string[] = ['any', 'none', 'several']

const NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(FACT_KINDS),
  ...OF_CONDITIONS,
  ...OF_GRAPH.keys(),
  // See partMatches().
  ...['focus', 'order', 'within'],
])

/** The first name in a condition, or in those that it is made of, that is none; undefined if all are known. */
export function misnamedIn(condition: unknown): string | undefined {
  const [[name, argument] = ['', null]] = Object.entries(condition ?? {})
  if (!NAMES.has(name)) return name
  if (!OF_CONDITIONS.includes(name)) return undefined
  return [argument]
    .flat(2)
    .map(misnamedIn)
    .find((one) => one !== undefined)
}
