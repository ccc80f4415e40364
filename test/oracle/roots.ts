/** Where the root file systems are, one for each version of systemd, and where each comes from. */

import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export interface Suite {
  /** Of systemd. */
  readonly version: number
  readonly suite: string
  /** Debian's further suites that it needs, the last of which is preferred. */
  readonly also: readonly string[]
  readonly packages: readonly string[]
}

const plain = (version: number, suite: string): Suite => ({ version, suite, also: [], packages: [] })

export const SUITES: readonly Suite[] = [
  plain(247, 'bullseye'),
  plain(252, 'bookworm'),
  {
    version: 254,
    suite: 'bookworm',
    also: ['bookworm-backports'],
    packages: ['libsystemd-shared', 'libsystemd0'],
  },
  plain(257, 'trixie'),
  // Until then a part of the package util-linux needs.
  { version: 262, suite: 'forky', also: [], packages: ['mount'] },
]

export const VERSIONS = SUITES.map(({ version }) => version)

export function cacheFolder(...parts: string[]): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'whyjob', ...parts)
}

export function rootOf(version: number): string {
  return cacheFolder('oracle', 'roots', String(version))
}

/** Written last: without it, the folder is left over from a set-up that was interrupted. */
export function stampOf(version: number): string {
  return join(rootOf(version), 'etc', 'whyjob-root')
}

/** Null where a real systemd can be played on, else why it cannot. */
export function whyNoOracle(): string | null {
  if (process.platform !== 'linux') return 'The oracle runs a real systemd, so it needs Linux.'
  if (process.getuid?.() !== 0) return 'The oracle makes namespaces and mounts, so it needs to be run as root.'
  return null
}

/** The same for tests, which make no root file systems by themselves. */
export function whyNoMachines(): string | null {
  const isSetUp = VERSIONS.every((version) => existsSync(stampOf(version)))
  return whyNoOracle() ?? (isSetUp ? null : 'no oracle:setup yet')
}
