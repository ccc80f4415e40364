/** Which keys a section has, for which releases. */

import {
  AUTOMOUNT,
  CGROUP,
  EXEC,
  INSTALL,
  KILL,
  MOUNT,
  PATH,
  REMOVED_SINCE,
  type Releases,
  SCOPE,
  SERVICE,
  SLICE,
  SOCKET,
  SWAP,
  TIMER,
  UNIT,
  UNTIL,
} from './known-keys.table.ts'

const SECTIONS: Readonly<Record<string, readonly Releases[]>> = {
  Unit: [UNIT],
  Install: [INSTALL],
  Service: [SERVICE, EXEC, KILL, CGROUP],
  Socket: [SOCKET, EXEC, KILL, CGROUP],
  Mount: [MOUNT, EXEC, KILL, CGROUP],
  Swap: [SWAP, EXEC, KILL, CGROUP],
  Slice: [SLICE, CGROUP],
  Scope: [SCOPE, KILL, CGROUP],
  Automount: [AUTOMOUNT],
  Timer: [TIMER],
  Path: [PATH],
}

const cache = new Map<string, ReadonlySet<string>>()

/** The keys of a section that a release knows; none for a section without keys. */
export function knownKeys(section: string, version: number): ReadonlySet<string> {
  const name = `${section} ${version}`
  const found = cache.get(name)
  if (found !== undefined) return found
  const keys = (SECTIONS[section] ?? []).flatMap((releases) =>
    Object.entries(releases)
      .filter(([since]) => Number(since) <= version)
      .flatMap(([, list]) => list.trim().split(/\s+/)),
  )
  const known = new Set(keys.filter((key) => version <= (UNTIL[key] ?? Number.POSITIVE_INFINITY)))
  cache.set(name, known)
  return known
}

/** Known, but only to say that it has no effect any more. */
export function isRemovedKey(key: string, version: number): boolean {
  return version >= (REMOVED_SINCE[key] ?? Number.POSITIVE_INFINITY)
}

/** The tables by name: the sections' own, and those that several sections share. */
const CONTEXTS = {
  Unit: UNIT,
  Service: SERVICE,
  Socket: SOCKET,
  Timer: TIMER,
  Path: PATH,
  Mount: MOUNT,
  Automount: AUTOMOUNT,
  Swap: SWAP,
  Slice: SLICE,
  Scope: SCOPE,
  Install: INSTALL,
  kill: KILL,
  exec: EXEC,
  cgroup: CGROUP,
} as const satisfies Readonly<Record<string, Releases>>

export type Context = keyof typeof CONTEXTS

/** A key of one table, and the releases that know it. */
export interface KnownKey {
  readonly key: string
  /** 0: from the start. */
  readonly since: number
  /** The last release that knows it. */
  readonly until?: number
  /** From here on known, but without effect. */
  readonly removedSince?: number
}

/** Every key of a table, whatever the release, in the order of the table. */
export function keysOf(context: Context): KnownKey[] {
  return Object.entries<string>(CONTEXTS[context]).flatMap(([since, list]) =>
    list
      .trim()
      .split(/\s+/)
      .map((key) => ({
        key,
        since: Number(since),
        ...(UNTIL[key] === undefined ? {} : { until: UNTIL[key] }),
        ...(REMOVED_SINCE[key] === undefined ? {} : { removedSince: REMOVED_SINCE[key] }),
      })),
  )
}

export const CONTEXT_NAMES = Object.keys(CONTEXTS) as Context[]

/** The sections that read a table's keys. */
export const sectionsOfContext = (context: Context): string[] =>
  Object.keys(SECTIONS).filter((section) => SECTIONS[section]?.includes(CONTEXTS[context]))
