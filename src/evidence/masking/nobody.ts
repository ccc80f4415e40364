/** Names that are nobody's. */

import { STOCK, SYSTEM, WORDS } from './nobody.table.ts'

const setOf = (words: readonly string[]) => new Set(words.flatMap((some) => some.split(' ')))
const stock = setOf(STOCK)
const system = setOf(SYSTEM)
const words = setOf(WORDS)

/** Whether a name says nothing where a log or a prompt has a host or user. */
export const isStock = (name: string): boolean => stock.has(name) || MASKED.test(name)

export const isNobody = (name: string): boolean =>
  isStock(name) || system.has(name.toLowerCase()) || OF_DAEMONS.test(name)

/** Accounts that packages make. */
const OF_DAEMONS = /^(?:_|systemd-|gitlab-(?:runner|www|redis|psql|prometheus|consul|registry|ci-token)$)/

/** What a masked paste has in its place. */
const MASKED = /^\[[a-z]+-\d{1,5}\]$/

export const isWord = (name: string): boolean => name.length < 4 || words.has(name.toLowerCase()) || isNobody(name)
