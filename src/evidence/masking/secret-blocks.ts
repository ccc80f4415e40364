/** Secrets that the line above names: a block of YAML, a list of names and values, what a program tells its reader. */

import type { TextLine } from '../page.ts'
import { isNobody } from './nobody.ts'
import { isOdd, isSecret, isSecretName } from './secret-keys.ts'

export interface BlockHit {
  readonly line: TextLine
  readonly from: number
  readonly to: number
  /** A token, if it is not said. */
  readonly kind?: 'user' | 'host'
}

/** How far a block is read, and how long a line may be that opens one. */
const BLOCK_LINES = 100
const OPENING_LENGTH = 300

const BLOCK =
  /^(\s*)(?:- )?["']?([\w.-]{2,80})["']?\s?[:=]\s?(?:[|>][-+\d]{0,2}|!vault(?: [|>])?|"""|'''|[\w.-]{1,64}: ?\\)$/
const LISTED = /^(\s*)["']?([\w.-]{2,80})["']?:$/
const ITEM = /^(\s*- ["']?)([^\s"']{1,400})["']?$/
const NAMED = /^\s*(?:- )?["']?(?:name|key|Name|Key)["']?\s?[:=]\s?["']?([\w.-]{2,80})["']?,?$/
const VALUE = /^\s*["']?[Vv]alue["']?\s?[:=]\s?(?:"([^"]{1,400})"|'([^']{1,400})'|(\S{1,400}?),?$)/
const ANNOUNCED = /(?:password|passphrase|token|secret|key|code)\b[^:]{0,80}:$/i
const ALONE = /(?:^|\]: |\s{2})(\S{8,256})$/

const ACCOUNT = /^(\s{1,20}(?:- )?["']?)([\w.-]{1,64}):([^\s"']{1,256})["']?$/
const ACCOUNT_NAME = /^(\s*(?:- )?(?:name|username): ["']?)([A-Za-z_][\w.-]{0,31})["']?$/

const FILE_NAMES = [
  'secret',
  'secrets',
  'passwd',
  'password',
  'passwords',
  'userlist.txt',
  'auth.txt',
  'pass.txt',
  '.auth',
  'creds',
  '.pass',
  'auth-user-pass',
]
const FILE = new RegExp(
  String.raw`^(?:#|.{0,80}[$#] .{1,100})\s+(?:/|~/)[\w./-]{0,200}` +
    `(?:${FILE_NAMES.join('|').replaceAll('.', '[.]')})(?<!etc/passwd)$`,
)
/** `name:password`, or pgbouncer's `"name" "password"`. */
const ROW = /^(?:([\w.@[\]-]{1,100}(?::\d{2,5})?:)([^\s:]{1,256})|("[\w.@*-]{1,64}" ")([^"]{1,256})")$/

/** A line that has nothing else. */
const WORD = /^[^\s:[\]#]{4,128}$/

/** A manifest of Kubernetes whose every value is a secret, and an element of its own lines. */
const SECRET_KIND = /^\s{0,8}kind: Secret$/
const DATA = /^(\s{0,8})(?:data|stringData):$/
const ENTRY = /^\s{1,16}[\w.-]{1,80}: ?(?:"([^"]{1,400})"|'([^']{1,400})'|([^\s|>][^\n]{0,4000}))$/
const ELEMENT = /^\s{0,8}<([\w-]{2,40})>$/

/** What else ends a line that opens a block; most end in `:`, `|`, `>` or a backslash. */
const OPENING = /[|>][-+\d]{1,2}$|!vault$|"""$|'''$/

export function blocksIn(lines: readonly TextLine[]): BlockHit[] {
  const hits: BlockHit[] = []
  let manifest = false
  for (let i = 0; i + 1 < lines.length; i++) {
    const { text } = lines[i]!
    const last = text.charCodeAt(text.length - 1)
    const opens = last === 58 || last === 62 || last === 92 || last === 124 || OPENING.test(text.slice(-6))
    if (text.length <= OPENING_LENGTH) {
      if (text.startsWith('kind: Secret', text.length - 12)) manifest = SECRET_KIND.test(text)
      else if (manifest && text.includes('kind:')) manifest = false
      if (opens && manifest && DATA.test(text)) entriesBelow(lines, i, hits)
      if (opens && text.endsWith('chpasswd:')) accountsBelow(lines, i, hits)
      if (opens && text.endsWith('users:')) usersBelow(lines, i, hits)
      if (FILE_NAMES.some((end) => text.endsWith(end))) rowsBelow(lines, i, hits)
      if (opens) i += blockBelow(lines, i, hits)
      const below = lines[i + 1]?.text ?? ''
      if (below.includes('alue')) named(lines, i, hits)
    }
  }
  return hits
}

function entriesBelow(lines: readonly TextLine[], at: number, hits: BlockHit[]): void {
  const lead = DATA.exec(lines[at]!.text)![1]!.length
  for (let next = at + 1; next < lines.length && next - at <= BLOCK_LINES; next++) {
    const { text } = lines[next]!
    if (!isInside(text, lead)) return
    const match = ENTRY.exec(text)
    const value = match?.[1] ?? match?.[2] ?? match?.[3]
    if (value === undefined) continue
    const from = text.lastIndexOf(value)
    hits.push({ line: lines[next]!, from, to: from + value.length })
  }
}

/** How many lines were hidden. */
function blockBelow(lines: readonly TextLine[], at: number, hits: BlockHit[]): number {
  const { text } = lines[at]!
  const [, lead = '', key = ''] = BLOCK.exec(text) ?? []
  const element = text.endsWith('>') ? ELEMENT.exec(text)?.[1] : undefined
  if (element !== undefined && isSecretName(element)) return elementBelow(lines, at, element, hits)
  if (key === '') {
    const items = itemsBelow(lines, at, hits)
    if (items > 0 || !text.endsWith(':') || !ANNOUNCED.test(text)) return items
    let next = at + 1
    while (next < at + 4 && next + 1 < lines.length && /^$|\]:$/.test(lines[next]!.text)) next++
    const below = lines[next]!
    const word = ALONE.exec(below.text)?.[1]
    if (word !== undefined && isOdd(word))
      hits.push({ line: below, from: below.text.length - word.length, to: below.text.length })
    return 0
  }
  if (!isSecretName(key)) return 0
  let next = at + 1
  while (next < lines.length && next - at <= BLOCK_LINES && isInside(lines[next]!.text, lead.length)) {
    const { text: inner } = lines[next]!
    hits.push({ line: lines[next]!, from: inner.search(/\S/), to: inner.length })
    next++
  }
  return next - at - 1
}

/** A list of secrets, or of a key's bytes: how many there are. What stands in it may also be what they are called. */
function itemsBelow(lines: readonly TextLine[], at: number, hits: BlockHit[]): number {
  const [, lead = '', key = ''] = LISTED.exec(lines[at]!.text) ?? []
  if (key === '' || !isSecretName(key)) return 0
  let next = at + 1
  for (; next < lines.length && next - at <= BLOCK_LINES; next++) {
    const line = lines[next]!
    const [, before = '', value = ''] = ITEM.exec(line.text) ?? []
    if (before.length < lead.length + 2) break
    const isPlain = SEVERAL.test(key) && isSecret(value)
    if (/^\d{1,3}$/.test(value) || ((isPlain || isOdd(value)) && !isSecretName(value)))
      hits.push({ line, from: before.length, to: before.length + value.length })
  }
  return next - at - 1
}

/** What is a list of nothing but secrets: others may name where they are. */
const SEVERAL = /(?:password|passwd|passphrase|pass)s$/i

/** Accounts in a list of them, as cloud-init and playbooks have it. */
function usersBelow(lines: readonly TextLine[], at: number, hits: BlockHit[]): void {
  const lead = lines[at]!.text.search(/\S/)
  for (let next = at + 1; next < lines.length && next - at <= BLOCK_LINES; next++) {
    const line = lines[next]!
    if (!isInside(line.text, lead) && !line.text.startsWith('- ', lead)) return
    const [, before = '', name = ''] = ACCOUNT_NAME.exec(line.text) ?? []
    if (name !== '' && !isNobody(name))
      hits.push({ line, from: before.length, to: before.length + name.length, kind: 'user' })
  }
}

/** Accounts and their passwords, as cloud-init is given them. */
function accountsBelow(lines: readonly TextLine[], at: number, hits: BlockHit[]): void {
  const lead = lines[at]!.text.length - lines[at]!.text.trimStart().length
  for (let next = at + 1; next < lines.length && next - at <= BLOCK_LINES; next++) {
    const line = lines[next]!
    if (!isInside(line.text, lead)) return
    const [, before = '', name = '', value = ''] = ACCOUNT.exec(line.text) ?? []
    if (value === '' || !isSecret(value)) continue
    const from = before.length + name.length + 1
    hits.push({ line, from, to: from + value.length })
    if (!isNobody(name)) hits.push({ line, from: before.length, to: from - 1, kind: 'user' })
  }
}

/** A file of names and passwords, under its path: one row for each. */
function rowsBelow(lines: readonly TextLine[], at: number, hits: BlockHit[]): void {
  if (!FILE.test(lines[at]!.text)) return
  for (let next = at + 1; next < lines.length && next - at <= BLOCK_LINES; next++) {
    const line = lines[next]!
    const row = ROW.exec(line.text)
    const [before = '', value = ''] =
      row === null ? ['', WORD.exec(line.text)?.[0]] : [row[1] ?? row[3], row[2] ?? row[4]]
    if (value === '') return
    if (isSecret(value)) hits.push({ line, from: before.length, to: before.length + value.length })
  }
}

function elementBelow(lines: readonly TextLine[], at: number, element: string, hits: BlockHit[]): number {
  let next = at + 1
  while (next < lines.length && next - at <= BLOCK_LINES && lines[next]!.text.trim() !== `</${element}>`) next++
  if (lines[next]?.text.trim() !== `</${element}>`) return 0
  for (let i = at + 1; i < next; i++) hits.push({ line: lines[i]!, from: 0, to: lines[i]!.text.length })
  return next - at
}

const isInside = (text: string, lead: number) =>
  text.length > lead && /^\s/.test(text) && text.slice(0, lead + 1).trim() === ''

function named(lines: readonly TextLine[], at: number, hits: BlockHit[]): void {
  const name = NAMED.exec(lines[at]!.text)?.[1]
  if (name === undefined || !isSecretName(name)) return
  const line = lines[at + 1]!
  const match = VALUE.exec(line.text)
  const value = match?.[1] ?? match?.[2] ?? match?.[3]
  if (!match || value === undefined || !isSecret(value)) return
  const from = line.text.lastIndexOf(value)
  hits.push({ line, from, to: from + value.length })
}
