/** Who and where, as programs put it: users and hosts in the sentences and tables of sshd, sudo, ps, ls and curl. */

import { HOSTS } from './host-manners.table.ts'
import type { Manner } from './name-manner.ts'
import { isNobody, isStock, isWord } from './nobody.ts'
import { type Add, UNIT_END } from './secret-keys.ts'
import { USERS } from './user-manners.table.ts'

const r = String.raw

const MANNERS = [...USERS, ...HOSTS].map((row) => ({ ...row, pattern: new RegExp(row.pattern, 'g') }))

/** Names with such an end are known in one place only. */
const INSIDE = new RegExp(
  [
    r`(?<![\w./@:\\-])(?!rc\.local|etc\.)[A-Za-z0-9][\w-]{0,62}(?:\.[\w-]{1,63}){0,5}`,
    r`\.(?:lan|corp|intra|intranet|localdomain|internal|localnet|local|LAN|CORP|LOCAL|INTRA|INTERNAL)(?![\w@(-]|\.\w)`,
  ].join(''),
  'g',
)
/** A name and, right after it, its address. */
const ADDRESSED = new RegExp(
  [
    r`(?<![\w./@:-])([A-Za-z0-9][\w-]{0,62}(?:\.[\w-]{1,63}){0,4}\.[a-z][a-z0-9-]{1,62}|`,
    r`[a-z][a-z-]{1,40}\d[\w-]{0,20})`,
    r`(?= ?[[(]\d{1,3}(?:\.\d{1,3}){3}[\])])`,
  ].join(''),
  'g',
)

const INSIDE_ENDS = [
  ...['.lan', '.corp', '.intra', '.local', '.internal'],
  ...['.LAN', '.CORP', '.INTRA', '.LOCAL', '.INTERNAL'],
]

/** What a line has to have, by what is looked for. */
export const WORDS_OF_NAMES: readonly (readonly string[])[] = [...MANNERS.map(({ words }) => words), INSIDE_ENDS]

/** Users and hosts of a line, by the words around them: `which` of the above it has, counted from `first`. */
export function namesAround(text: string, which: readonly number[], first: number, add: Add): void {
  for (const row of which) {
    const manner = MANNERS[row - first]
    if (manner) {
      const { kind, pattern, wary } = manner
      for (const match of text.matchAll(pattern)) if (!wary || !isWord(match[1]!)) named(kind, match, add)
    } else if (row - first === MANNERS.length) {
      for (const { index, 0: name } of text.matchAll(INSIDE)) add('host', index, index + name.length)
    }
  }
}

/** Hosts and users that stand before their address, or after it in a file of hosts. */
export function namesBeforeAddresses(text: string, add: Add): void {
  for (const match of text.matchAll(ADDRESSED)) named('host', match, add)
  for (const match of text.matchAll(PEER)) named('user', match, add)
}

/** As OpenVPN calls who is connected: `name/10.0.0.1:1194`. */
const PEER = /(?<![\w./:-])([A-Za-z][\w.-]{1,60})\/(?=(?:\d{1,3}\.){3}\d{1,3}:\d)/g

export function namesAfterAddress(text: string, add: Add): void {
  const [row = '', address = ''] = HOSTS_ROW.exec(text) ?? []
  // Debian gives a machine's own name this address.
  if (row === '' || !(address.trim() === '127.0.1.1' || /[.\d-]/.test(row.slice(address.length)))) return
  for (const { index, 0: name } of row.slice(address.length).matchAll(/\S+/g)) {
    if (!isNobody(name) && !/^(?:localhost|ip6-)/.test(name))
      add('host', address.length + index, address.length + index + name.length)
  }
}

/** A row of /etc/hosts. */
const HOSTS_ROW = /^(\s{0,9}(?:\d{1,3}\.){3}\d{1,3}\s{1,20})[A-Za-z][\w-]{0,62}(?:[.\s]{1,20}[\w-]{1,63}){0,12}$/

function named(kind: Manner['kind'], match: RegExpExecArray, add: Add): void {
  const name = match[1]!
  if (isNobody(name) || UNIT_END.test(name)) return
  const from = match.index + match[0].lastIndexOf(name)
  if (isStock(match.input.slice(Math.max(0, from - 1), from + name.length + 1))) return
  add(kind, from, from + name.length)
}
