/** Words that are nobody's name: what systemd, its units and who speaks of them are known to say. */

import * as keys from '../../systemd/known-keys.table.ts'
import { MESSAGES } from '../../systemd/messages.ts'
import { BUS_ERRORS } from '../bus-errors.table.ts'
import { STOCK_NAMES } from '../naming/stock-names.table.ts'
import { USUAL_NAMES } from '../naming/usual-names.table.ts'
import { ABOUT_SYSTEMD, NO_NAMES } from '../told/told.table.ts'
import { TOPICS } from '../told/topics.table.ts'
import { isCommon } from './nobody.ts'

/** Their descriptions say `Cluster` and `Printers`, as machines are called. */
const usualUnits = () => USUAL_NAMES.replace(/\|.*$/gm, '')

function collected(): ReadonlySet<string> {
  const told = [MESSAGES, keys, BUS_ERRORS, STOCK_NAMES, usualUnits(), ABOUT_SYSTEMD, NO_NAMES, TOPICS]
  return new Set([...JSON.stringify(told).matchAll(/[A-Z]?[a-z]{2,}/g)].map(([word]) => word.toLowerCase()))
}

/** Collected when the first word is asked about: many a paste has none, and the first answer is waited for. */
let words: ReadonlySet<string> | undefined

function isKnown(word: string): boolean {
  words ??= collected()
  const isOne = words.has(word) || words.has(word.replace(/e?[sd]$|ing$/, '')) || words.has(word.replace(/[ds]$/, ''))
  return isOne || isCommon(word)
}

/** Whether a part of it, between dashes, dots and digits, is none of those words. */
export const isStrange = (name: string): boolean =>
  name
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .some((part) => part.length > 2 && !isKnown(part))
