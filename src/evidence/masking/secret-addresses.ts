/** Mail, IP and MAC addresses, and who logs in where. */

import { UNIT_SUFFIX } from '../../systemd/unit.ts'
import { isNobody } from './nobody.ts'
import { type Add, UNIT_END } from './secret-keys.ts'
import { namesAfterAddress, namesBeforeAddresses } from './secret-names.ts'

const r = String.raw

/** Three of an IPv4 address's four numbers; the middle of a MAC address or of an IPv6 one written out. */
const NUMBERS = new RegExp(
  [
    r`\d\.\d{1,3}\.\d|:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:|`,
    '-[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-|[a-z]:\\d\\d',
  ].join(''),
)

export const hasNumbers = (text: string): boolean => NUMBERS.test(text)

const EMAIL =
  /(?<![\w.+-]|:\/\/[^\s/:@]{1,64}:)[\w.+-]{1,64}\$?(?:@|%40)(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])/g
/** One, or a range of two; a unit's instance may have one behind a dash. */
const IPV4 =
  /(?:(?<![\w.-])|(?<=\s-[a-zA-Z]|\.{3}))(?:\d{1,3}\.){3}\d{1,3}(?:-(?:\d{1,3}\.){3}\d{1,3})?(?![a-z\d_-]|\.\d)/g
const IPV6 = new RegExp(
  [
    r`(?<![\w:.])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|(?:[0-9A-Fa-f]{1,4}:){1,6}(?::`,
    '[0-9A-Fa-f]{1,4}){1,6}|(?:[0-9A-Fa-f]{1,4}:){2,7}:|::(?:[0-9A-Fa-f]{1,4}:){0,6}',
    r`[0-9A-Fa-f]{1,4})(?![\w:])`,
  ].join(''),
  'g',
)
const THREE = /:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:/
/** Of six numbers, of eight, or two and a type, as the kernel logs a frame's; a key's fingerprint looks like it. */
const MAC = /(?<![\w:-])(?:[0-9A-Fa-f]{2}:){5,31}[0-9A-Fa-f]{2}(?![\w:-])/g
const DASHED = /(?<![\w:-])(?:[0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}(?![\w:-])/g

/** What comes after the address that a unit's instance is called by. */
const INSTANCE = new RegExp(String.raw`^[\w:.\\-]{0,40}${UNIT_SUFFIX}\b`)
const ACCOUNT = /(?:(?<![\w./@:-])|(?<=\w\/))([A-Za-z_][\w.-]{0,31})@$/

/** Where somebody logs in: no instance of a unit. */
const LOGIN =
  /(?<![\w./@-]|(?<!sftp|ssh|scp):)([A-Za-z_][\w.-]{0,31})@([\w-]{1,63}(?:\.[\w-]{1,63}){0,8})(?![\w@]|\.\w)/g
const LOGS_IN = new RegExp(
  [
    r`\b(?:ssh|scp|rsync|sftp|sshfs|mosh|ssh-copy-id|autossh|plink)[ :]|ctl\b.{0,60} (?:-H|-M|--host|--machine)[ =]|`,
    "'s password:|: Permission denied|: sudo: |: Job for |essage from |^[╭┌]─| \\d{1,4}\\.\\d{3}s$",
  ].join(''),
)

/** Where something listens: a name of three parts or more and a port, not a file and its line. */
const LISTENER = new RegExp(
  [
    r`(?<![\w./@:-])[A-Za-z0-9][\w-]{0,62}(?:\.[\w-]{1,63}){1,5}\.[a-z]{2,24}(?=:\d{2,5}(?![\w.]))`,
    r`(?<!\.(?:c|h|go|py|rs|js|ts|java|rb|php|pl|sh|lua|cpp|cc|kt|cs|ex|erl|log|conf|yml|yaml|json|service|socket))`,
  ].join(''),
  'g',
)
const PORT = /[a-z]:\d\d/

export function addresses(text: string, numbers: boolean, add: Add): void {
  if (text.includes('@') || text.includes('%40')) people(text, add)
  if (numbers) {
    for (const match of text.matchAll(IPV4)) {
      const to = match.index + match[0].length
      if (!isAddress(match[0]) || isVersion(text, match.index, match[0])) continue
      if (text.charAt(match.index - 1) !== '@') add('IP address', match.index, to)
      else if (!text.includes('ctl ') && !INSTANCE.test(text.slice(to, to + 80))) {
        add('IP address', match.index, to)
        const user = ACCOUNT.exec(text.slice(Math.max(0, match.index - 34), match.index))?.[1] ?? ''
        if (!isNobody(user)) add('user', match.index - 1 - user.length, match.index - 1)
      }
    }
    if (BRACKETED.test(text)) namesBeforeAddresses(text, add)
    namesAfterAddress(text, add)
    for (const match of PORT.test(text) ? text.matchAll(LISTENER) : [])
      add('host', match.index, match.index + match[0].length)
    for (const match of DASHES.test(text) ? text.matchAll(DASHED) : [])
      add('MAC address', match.index, match.index + match[0].length)
  }
  if (!text.includes('::') && !THREE.test(text)) return
  for (const match of text.matchAll(MAC)) add('MAC address', match.index, match.index + match[0].length)
  for (const match of text.matchAll(IPV6)) {
    if (match[0] !== '::1') add('IP address', match.index, match.index + match[0].length)
  }
}

function people(text: string, add: Add): void {
  const logins = new Set<number>()
  for (const match of LOGS_IN.test(text) ? text.matchAll(LOGIN) : []) {
    const [whole, user = '', host = ''] = match
    if (UNIT_END.test(whole)) continue
    logins.add(match.index)
    if (!isNobody(user)) add('user', match.index, match.index + user.length)
    if (!isNobody(host)) add('host', match.index + whole.length - host.length, match.index + whole.length)
  }
  for (const { index, 0: name } of text.matchAll(FULL_NAME)) add('user', index, index + name.length)
  for (const match of text.matchAll(EMAIL)) {
    if (UNIT_END.test(match[0]) || logins.has(match.index)) continue
    add('e-mail address', match.index, match.index + match[0].length)
  }
}

/** Whose address it is, before it. */
const FULL_NAME = /\p{Lu}[\p{L}'.-]{1,30}(?: \p{Lu}[\p{L}'.-]{0,30}){1,3}(?= <[\w.+-]{1,64}@)/gu

/** This machine's own, every machine's and nobody's are known to all. */
function isAddress(word: string): boolean {
  const octets = word.split('-', 1)[0]!.split('.').map(Number)
  // Nobody has an address that begins with 0.
  if (octets[0] === 127 || octets[0] === 0 || /^255(?:\.\d{1,3}){3}$/.test(word)) return false
  return octets.every((n) => n < 256)
}

const BRACKETED = /[[(/]\d{1,3}\.\d/
const DASHES = /-[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-/

/** A release has small numbers; what has a port, a net or a word for an address before it is none. */
const isVersion = (text: string, at: number, word: string) => {
  if (text.includes('ersion') && /\b[Vv]ersion[ :=]{1,2}$/.test(text.slice(Math.max(0, at - 12), at))) return true
  const isSmall = /^\d\.[12]?\d\.[12]?\d\.[12]?\d$/.test(word)
  return isSmall &&
    /[a-z] $/i.test(text.slice(Math.max(0, at - 2), at)) &&
    !/^[:/%]\d/.test(text.slice(at + word.length))
    ? !OF_ADDRESS.test(text.slice(Math.max(0, at - 14), at))
    : false
}
const OF_ADDRESS = /\b(?:from|via|host|server|addr\w*|peer|client|source|gateway|dev|ip|IP|DNS|with|of|by) $/
