/** Names that are nobody's. */

import { wordSet } from '../word-set.ts'
import { STOCK, SYSTEM, WORDS } from './nobody.table.ts'
import { isToken } from './token.ts'

const stock = wordSet(STOCK)
const system = wordSet(SYSTEM)
const words = wordSet(WORDS)

/** Whether a name says nothing where a log or a prompt has a host or user. */
export const isStock = (name: string): boolean => stock.has(name) || isToken(name)

export const isNobody = (name: string): boolean =>
  isStock(name) || system.has(name.toLowerCase()) || OF_DAEMONS.test(name)

/** Accounts that packages make. */
const OF_DAEMONS = /^(?:_|systemd-|gitlab-(?:runner|www|redis|psql|prometheus|consul|registry|ci-token)$)/

export const isCommon = (name: string): boolean => words.has(name.toLowerCase()) || isNobody(name)

export const isWord = (name: string): boolean => name.length < 4 || isCommon(name)
