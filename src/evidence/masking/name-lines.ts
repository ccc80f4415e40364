/** Names that another line tells of: the head of a table, the command above, a row of dashes below. */

import type { TextLine } from '../page.ts'
import { isNobody } from './nobody.ts'
import type { BlockHit } from './secret-blocks.ts'
import { isSecret, UNIT_END } from './secret-keys.ts'
import { QUESTIONS } from './secret-words.table.ts'
import { nameJudge, toldNames } from './told-names.ts'

const ROWS = 200
const HEAD_LENGTH = 200
/** The head of a table: words in capitals, one of which is for a user or a host. */
const HEAD = /^ *[A-Z%][A-Z\d@%:_/#+-]*(?: +[A-Z%][A-Z\d@%:_/#+-]*)+ *$/
const COLUMN = /(?<!NOMINATED )\b(USER|OWNER|LOGIN|HOST|HOSTNAME|NODE|MACHINE|FROM|NAME)(?=\s|$)/g
const OF_USERS = new Set(['USER', 'OWNER', 'LOGIN'])
/** A log's line: the table is over. */
const STAMPED = /^[A-Z][a-z]{2} [ \d]\d \d\d:/
const NAME = /^[A-Za-z][\w.-]{0,100}\+?$/

/** What was typed to be told who or where, or a secret; the answer is the line below. */
const ASKS_USER =
  /[$#>] +(?:whoami|logname|id -u?n|id -nu|echo \$USER|echo \$LOGNAME|ls \/var\/lib\/systemd\/linger\/?|ls \/home\/?)$/
const ASKS_HOST =
  /[$#>] +(?:hostname(?: --?\w{1,6})?|uname -n|hostnamectl hostname|cat \/etc\/hostname|echo \$HOST(?:NAME)?)$/
/** A file's name above what is in it. */
const HOSTNAME_FILE = /^(?:\W{0,6}|\W{0,6}cat )\/etc\/hostname\W{0,6}$/
const ASKS_SECRET = new RegExp(QUESTIONS)
const IDENTITIES = 'can be used for authentication:'
const IDENTITY = /^(\s{0,4}(?:\d{1,2}\.\s{1,4})?)(?:([^\s()][^()]{0,60}?)(,{0,4} \())?([A-Za-z_][\w.-]{0,31})\)?$/

const ANSWER = /^\S{4,256}$/

const FAREWELL =
  /^(?:(?:\w{2,9} ){0,2}[Rr]egards|Thanks(?: \w{2,8}){0,3}(?=,)|Thanks|Cheers|Best|Yours|MfG|(?:\w{2,12} ){0,2}Gr(?:üße|uß|üßen)),?$/
const PERSON = /^[A-ZÀ-Ž][\wÀ-ž'.-]{1,30}(?: [A-ZÀ-Ž][\wÀ-ž'.-]{0,30}){0,3}$/

type Add = (hit: BlockHit) => void

export function namesByLine(
  lines: readonly TextLine[],
  takenFor: readonly string[],
  isElse: (name: string) => boolean,
  add: Add,
): void {
  const isName = nameJudge(isElse)
  for (const [i, line] of lines.entries()) toldNames(line, takenFor[i]!, isName, add)
  for (let i = 0; i + 1 < lines.length; i++) {
    const { text } = lines[i]!
    if (text.length > HEAD_LENGTH) continue
    const last = text.charCodeAt(text.length - 1)
    if (text.charCodeAt(0) === DOT && lines[i + 1]!.text.startsWith('    State: ')) machine(lines[i]!, add)
    else if (takenFor[i] === 'prompt') answers(text, lines[i + 1]!, add)
    else if (text.length < FAREWELL_LENGTH && text.includes('/etc/hostname'))
      named(HOSTNAME_FILE, text, lines[i + 1]!, add)
    else if (last === COLON) text.endsWith(IDENTITIES) ? identities(lines, i, add) : headed(text, lines, i, add)
    else if (text.length < FAREWELL_LENGTH && FAREWELL.test(text)) signed(lines[i + 1]!, add)
    else if (isCapital(last)) columns(text, lines, i, add)
    else if (text.startsWith('Name=')) shownName(text, lines, i, add)
  }
}

/** What `systemctl status` says of the whole machine begins with its name. */
function machine(line: TextLine, add: Add): void {
  const name = line.text.slice(2)
  if (NAME.test(name) && !isNobody(name)) add({ line, from: 2, to: line.text.length, kind: 'host' })
}

const DOT = 0x25cf
const COLON = 58
const FAREWELL_LENGTH = 40
/** A head ends as it begins, or in blanks. */
const isCapital = (code: number) => (code >= 65 && code <= 90) || code === 32 || code === 37

function answers(text: string, line: TextLine, add: Add): void {
  const { text: answer } = line
  const kind = ASKS_USER.test(text) ? 'user' : ASKS_HOST.test(text) ? 'host' : null
  if (kind !== null && NAME.test(answer) && !isNobody(answer)) add({ line, from: 0, to: answer.length, kind })
  if (kind === null && ANSWER.test(answer) && ASKS_SECRET.test(text) && isSecret(answer))
    add({ line, from: 0, to: answer.length })
}

function named(head: RegExp, text: string, line: TextLine, add: Add): void {
  const { text: name } = line
  if (head.test(text) && NAME.test(name) && !isNobody(name)) add({ line, from: 0, to: name.length, kind: 'host' })
}

/** Who wrote it, below what a letter ends with. */
function signed(line: TextLine, add: Add): void {
  if (PERSON.test(line.text)) add({ line, from: 0, to: line.text.length, kind: 'user' })
}

/** Whom polkit's agent lets choose: an account, or a person and theirs. */
function identities(lines: readonly TextLine[], at: number, add: Add): void {
  for (let i = at + 1; i < lines.length && i - at <= ROWS; i++) {
    const line = lines[i]!
    const [row, before = '', person = '', between = '', account = ''] = IDENTITY.exec(line.text) ?? []
    if (row === undefined) return
    const from = before.length + person.length + between.length
    if (person !== '') add({ line, from: before.length, to: before.length + person.length, kind: 'user' })
    if (!isNobody(account)) add({ line, from, to: from + account.length, kind: 'user' })
  }
}

/** Salt's minions stand above their results. */
function headed(text: string, lines: readonly TextLine[], at: number, add: Add): void {
  const name = text.slice(0, -1)
  if (
    !NAME.test(name) ||
    !/^(?:-{10}$|\s{4}(?:Minion did not|Data failed|-{10}$|True$|False$))/.test(lines[at + 1]!.text)
  )
    return
  if (!isNobody(name)) add({ line: lines[at]!, from: 0, to: name.length, kind: 'host' })
}

/** A session's user, of whom `loginctl show-session` shows the number first. */
function shownName(text: string, lines: readonly TextLine[], at: number, add: Add): void {
  const name = text.slice(5)
  if (/^(?:User|UID)=\d+$/.test(lines[at - 1]?.text ?? '') && NAME.test(name) && !isNobody(name))
    add({ line: lines[at]!, from: 5, to: text.length, kind: 'user' })
}

function columns(text: string, lines: readonly TextLine[], at: number, add: Add): void {
  if (!HEAD.test(text)) return
  for (const match of text.matchAll(COLUMN)) {
    const head = match[1]!
    if ((head === 'NAME' && !/ ROLES | STATE +FAILED +JOBS/.test(text)) || (head === 'FROM' && !/ LOGIN@ /.test(text)))
      continue
    const kind = OF_USERS.has(head) ? 'user' : 'host'
    for (let row = at + 1; row < lines.length && row - at <= ROWS; row++) {
      const line = lines[row]!
      if (line.text.trim() === '' || HEAD.test(line.text) || STAMPED.test(line.text)) break
      const place = cellOf(line.text, match.index, match.index + head.length)
      if (place !== null) add({ line, from: place[0], to: place[1], kind })
    }
  }
}

/** The name in a row that stands below the head, or reaches below it: columns are aligned at either side. */
function cellOf(text: string, from: number, to: number): readonly [number, number] | null {
  for (const { index, 0: word } of text.matchAll(/\S+/g)) {
    if (index >= to || index + word.length <= from) continue
    return NAME.test(word) && !isNobody(word) && !UNIT_END.test(word) ? [index, index + word.length] : null
  }
  return null
}
