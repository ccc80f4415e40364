/** The units that every manager has without the user writing them. */

import type { LoaderFile } from './unit-file-index.ts'

/** A user's manager as the recordings set one up: these targets, empty, and nothing else. */
const USER_TARGETS = ['basic', 'shutdown', 'sysinit', 'default', 'sockets', 'timers', 'paths']

const user: readonly LoaderFile[] = USER_TARGETS.map((name) => ({
  name: `${name}.target`,
  text: '[Unit]\nDefaultDependencies=no\n',
}))

export function stockUnits(manager: 'system' | 'user', _version: number): readonly LoaderFile[] {
  return manager === 'user' ? user : []
}

const names = { system: new Set<string>(), user: new Set(user.map(({ name }) => name)) }

/** Is this a unit that is there without anyone having written it? */
export function isStockUnit(name: string, manager: 'system' | 'user' = 'system'): boolean {
  return names[manager].has(name)
}
