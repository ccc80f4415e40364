/** Secrets by the name of what they are given to: `KEY=value`, `"key": "value"`, `--key value`, `password is x`. */

import { UNIT_SUFFIX } from '../../systemd/unit.ts'
import { HARMLESS, NO_SECRET, OF_KEY, PASSWORD, STEM, TOKEN } from './secret-keys.table.ts'

export type Add = (kind: string, from: number, to: number) => void

const stem = new RegExp(STEM, 'i')
const password = new RegExp(PASSWORD)
const token = new RegExp(TOKEN)
const ofKey = new RegExp(OF_KEY)
const harmless = new RegExp(HARMLESS)
const noSecret = new RegExp(NO_SECRET, 'i')

const NAME = /[A-Za-z\d][\w.-]{0,80}/g

export function keyed(text: string, add: Add): void {
  NAME.lastIndex = 0
  for (let match = NAME.exec(text); match; match = NAME.exec(text)) {
    const [key] = match
    if (key.length < 2 || !stem.test(key)) continue
    const at = match.index
    // A variable has its value elsewhere.
    if (
      /[$%]$|\$\{$/.test(text.slice(Math.max(0, at - 2), at)) &&
      !ESCAPE.test(key) &&
      !sticky(SET, text, at + key.length)
    )
      continue
    const told = kindOf(key, URL_FIELD.test(text.slice(Math.max(0, at - 1), at)))
    if (told === null) continue
    const kind = told.wary && isOfWords(text, at, key) ? sure('key') : told
    const place = valueFor(text, at, at + key.length, kind.wary)
    if (place === null) continue
    const [from, to] = widened(text, key, place)
    const value = text.slice(from, to)
    // A secret of a container's is named where it is given.
    if (/^secret$/i.test(key) && (isOfContainer(text, at) || OPTIONS.test(text.slice(to, to + 8)))) continue
    const isOfDigits = /p[iu][nk]$/i.test(key) && /^\d{4,12}$/.test(value)
    const isPair = /auth$/i.test(key) && /^[\w.-]{1,64}:[^\s:/]{4,128}$/.test(value)
    if (
      !isSecret(value) ||
      (kind.wary && !isOfDigits && !isPair && (!isOdd(value) || (/^[\w.-]+$/.test(value) && isSecretName(value))))
    )
      continue
    add(kind.kind, from, to)
    // What a plan or a diff changes it to.
    const changed = sticky(/["']? -> ["']?(?=[^\s"'])/y, text, to)
    const end = changed === null ? to : valueAt(text, to + changed.length, '')[1]
    if (end > to) add(kind.kind, to + changed!.length, end)
    NAME.lastIndex = end
  }
}

const isOfContainer = (text: string, at: number): boolean =>
  text.startsWith(' --', at - 3) && CONTAINERS.test(text.slice(Math.max(0, at - COMMAND), at))
const COMMAND = 400
const CONTAINERS = /\b(?:docker|podman|buildah|nerdctl)\b/
const OPTIONS = /^,(?:type|target|mode)=/
const URL_FIELD = /[?&;]/
/** As PHP and Perl give a variable its value. */
const ESCAPE = /^(?:2[267]|3F|5B|7B)/
const SET = /\s{0,24}=\s{0,24}['"]/y

interface Kind {
  readonly kind: string
  /** Whether it may have other values, too, so that this one has to look like a secret. */
  readonly wary: boolean
}

const sure = (kind: string): Kind => ({ kind, wary: false })
const wary = (kind: string): Kind => ({ kind, wary: true })

/** `session key is x`: what kind of key it is, a word before says. */
const isOfWords = (text: string, at: number, key: string): boolean =>
  /^keys?$/i.test(key) &&
  ofKey.test(/(\w{1,15}) $/.exec(text.slice(Math.max(0, at - 16), at))?.[1]?.toLowerCase() ?? '')

const MAYBE = new RegExp(
  [
    String.raw`^(?:auth|\w{4,}auth|authorization|salt|key|sess|session|sessionid|sid|nonce|p[iu][nk]|writekey|signature|`,
    'hook|cookie|seed|hmac)$',
  ].join(''),
)
const IN_URL = /^(?:code|state|sig|signature|auth|key|sid|session|pw|PWD|hash)$/

function kindOf(key: string, inUrl: boolean): Kind | null {
  if (inUrl && IN_URL.test(key)) return sure('token')
  if (harmless.test(key) || UNIT_END.test(key)) return null
  if (key.startsWith('SetCredential')) return sure('token')
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_.-]+/)
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (password.test(word)) return sure('password')
    if (token.test(word)) return sure('token')
    if (word === 'pat' && i > 0 && i === words.length - 1 && key === key.toUpperCase()) return sure('token')
    if (word === 'pin' && words[i + 1] === 'code') return sure('password')
    if (word === 'license' && i > 0 && key === key.toUpperCase()) return wary('token')
    if (/^(?:erlang|magic)$/.test(word) && words[i + 1] === 'cookie') return sure('token')
    if (word === 'cookie' && /^(?:value|password)$/.test(words[i + 1] ?? '')) return sure('token')
    if (word.includes('psk') || (/^keys?\d?$/.test(word) && ofKey.test(words[i - 1] ?? ''))) return sure('key')
    if (
      /^(?:private|preshared|secret|access|master|api|auth|apps?|nwks?|encryption|signing|license|storage)key$/.test(
        word,
      )
    )
      return sure('key')
  }
  const maybe = words.find((word) => MAYBE.test(word))
  return maybe === undefined ? null : wary(maybe === 'key' ? 'key' : 'token')
}

export const isSecretName = (name: string): boolean => kindOf(name, false)?.wary === false

export const UNIT_END = new RegExp(`${UNIT_SUFFIX}$`)

/** What stands between a name and its value, from the end of the name on. */
const ASSIGNS =
  /[ñóőåöé\w]{0,2}\\{0,3}(?:["']?(?:\]|%5D)?\s{0,24}(?:=>|:=|[=:]{1,2}\**)\s{0,24}|\s(?:->|→)\s|\\t|(?:%22)?%3[ADad](?:%22)?)/y
const LISTS =
  /\\?["'](?:,\s{0,24}(?:["']?value["']?: ?)?(?=\\?["'])|>\s?<value>| value=|>(?=[^<\s]))| value=(?=["'])|,<<(?=")/y
/** A row that databases and clients of clouds print: `| password | x |`. */
const isRow = (text: string) => /^\s{0,9}\|/.test(text) || /\|\s{0,9}$/.test(text.slice(-10))
const CELL = /[`*]{0,2}\s{0,40}\|\s{1,40}[`*]{0,2}/y
const CALLS = /\s?\(\s?(?=["'])/y
/** What is long enough may be told in brackets. */
const BLANK = /\s{1,24}(?:\((?=[\w+/=.-]{16}))?/y
/** The end of a word that is no ASCII: contraseña. */
const WORD_END = /[ñóőåöé]\w{0,2}/y
/** Further words that say which or whose: `Secret ID = x`, `password for ann: x`, `la contraseña de ann es x`. */
const SAYS = [
  /(?: [^\s.,:;]{1,20}){0,3}? (?:is|was|to|ist|lautet|est|es) /y,
  /(?: ["'(`]{0,2}[\w.@%$/-]{1,64}["')`]{0,2}){0,10}\s{0,4}[=:]\s{1,4}/y,
]

const IS = / is (?=\S{4,100}$)(?!\S*ed$|empty$|unset$|valid$)/y

/** Letters and digits, and more than a version or a size has. */
const isMixed = (value: string) => /^(?=\S{0,60}[a-zA-Z][-_!#$%&*]?\d|\S{0,60}\d[-_!#$%&*]?[a-zA-Z])\S{8,}$/.test(value)

function sticky(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}

/** From where to where the value goes that is given to the name there; null if none is. */
function valueFor(text: string, at: number, end: number, wary: boolean): readonly [number, number] | null {
  const before = text.slice(Math.max(0, at - 3), at)
  const cell = isRow(text) || (at < 10 && /^[`*\s]*$/.test(text.slice(0, at))) ? sticky(CELL, text, end) : null
  const assigns = sticky(ASSIGNS, text, end) ?? cell
  if (assigns !== null) {
    const place = valueAt(text, end + assigns.length, quoteAround(text, at, end, assigns))
    // Without bars around, it may be a pipe as well.
    if (assigns === cell && !isRow(text) && (place[1] + 2 < text.length || !isOdd(text.slice(...place)))) return null
    // In a sentence, what follows a colon is more often what went wrong.
    const said = assigns.endsWith(' ') && !assigns.includes('=') && /\w $/.test(before)
    return said && !isOdd(text.slice(...place)) ? null : place
  }
  const element = before.endsWith('<') && text.charAt(end) === '>'
  if (element) return [end + 1, lineEnd(text, '<', end + 1)]
  for (const separator of [LISTS, CALLS]) {
    const listed = sticky(separator, text, end)
    if (listed === null) continue
    const place = valueAt(text, end + listed.length, '')
    // What has a value itself is a name: the secret's ended another one's.
    return /^["']\s?:/.test(text.slice(place[1], place[1] + 3)) ? null : place
  }
  const after = end + (sticky(WORD_END, text, end)?.length ?? 0)
  const blank = sticky(BLANK, text, after)
  if (blank === null) return null
  const from = after + blank.length
  const place = valueAt(text, from, '')
  if (/(?:^|[\s"'=])-$|--$/.test(before)) return before.endsWith('--') || end - at > 2 ? place : null
  const value = text.slice(...place)
  // A script's function may be called so: `pass "the reason is told"`.
  if (/["']/.test(text.charAt(from))) return end - at === 4 && /\s/.test(value) && !isOdd(value) ? null : place
  const technical =
    /[_.\d-]\w/.test(text.slice(at, end)) || (at <= 80 && /^\s*$/.test(text.slice(0, at).replace(/setenv|set/, '')))
  const last = place[1] >= text.length
  if (last && /[/_:]$/.test(before) && !/\s|^\w+=/.test(value)) return place
  // One name after another: a list of them.
  if (/^[A-Z]+$|^[A-Za-z]+(?:_[A-Za-z]+)+$/.test(value) && isSecretName(value)) return null
  // A log says of a setting what it is, once and at the end.
  const is = technical ? sticky(IS, text, end) : null
  if (is !== null) return [end + is.length, text.length]
  if ((technical && last && !/\s/.test(value)) || isOdd(value)) return place
  for (const pattern of wary ? [] : SAYS) {
    const says = sticky(pattern, text, after)
    const told = says === null ? null : valueAt(text, after + says.length, '')
    if (told !== null && isOdd(text.slice(...told)) && (told[1] + 2 > text.length || isMixed(text.slice(...told))))
      return told
  }
  return null
}

/** systemd ends an unquoted value at a blank, people who wrote it did not; a credential goes on to the end. */
function widened(text: string, key: string, [from, to]: readonly [number, number]): readonly [number, number] {
  if (key.startsWith('SetCredential')) {
    const colon = text.indexOf(':', from)
    return colon < 0 ? [from, to] : [colon + 1, /^\s*$/.test(text.slice(0, text.indexOf(key))) ? text.length : to]
  }
  const words =
    to - from === 4 ? sticky(FOURS, text, to) : /mnemonic|phrase/i.test(key) ? sticky(WORDS, text, to) : null
  if (words !== null) return [from, to + words.length]
  if (/["']/.test(text.charAt(to))) return [from, to]
  const isWhole = /^\s*Environment=(?!["'])/.test(text) || SETTING.test(text.slice(0, from))
  return [from, to + (isWhole ? (sticky(MORE_WORDS, text, to)?.length ?? 0) : 0)]
}

/** A line that sets one thing in a file, as daemons and YAML have it: blanks are part of the value. */
const SETTING =
  /^\s*(?=\w{0,60}[a-z])[A-Za-z][\w.]{2,60}\s?=\s?$|^(?:\s+(?:- )?[a-z][\w.-]{2,60}|[a-z]+(?:_[a-z]+){1,4}): $/
const MORE_WORDS = new RegExp(
  String.raw`(?: (?![A-Za-z_]\w*=|[-/#;&|>]|\S{1,100}${UNIT_SUFFIX}\b)\S{1,100}){0,12}`,
  'y',
)

/** The rest of what Google gives a program for a password. */
const FOURS = /(?: [a-z]{4}){3}(?![\w-])/y
/** The rest of twelve words, or of twenty-four. */
const WORDS = /(?: [a-z]{3,8}){11,23}/y

/** The quote that was opened before the name and not closed: `"KEY=two words"`. */
function quoteAround(text: string, at: number, end: number, assigns: string): string {
  const before =
    text
      .slice(0, at)
      .replace(/-{1,2}$/, '')
      .at(-1) ?? ''
  const isOpen = (before === '"' || before === "'") && !assigns.includes(before) && text.indexOf(before, end) > 0
  // A message in JSON goes on after the secret.
  return isOpen && !/: ?["']$/.test(text.slice(Math.max(0, at - 3), at)) ? before : ''
}

/** SQL, and postgres after it, doubles a quote that stands inside another. */
const OPENING = /"""|'''|''(?=[^\s'",;)])|\\{0,3}["']/y
/** Words before the secret itself. */
const INTRODUCED = new RegExp(
  [
    String.raw`(?:(?:<%= ?)?(?:\w{1,10}\.)?(?:env|getenv|fetch)[([]['"]\w{1,60}['"](?:, ?|\] \|\| )['"]|echo (?:-n )?|(?:\{\{ ?|<<|(?:string|Some|Sensitive|SecretStr)\(\d{0,4}\)? ?)['\"]|base64:|`,
    String.raw`sha\d{1,3}=|(?:[05789]|encrypted|plain(?:text)?) (?=\S)|`,
    '(?:Basic|Bearer|Token|Digest|ApiKey) )',
  ].join(''),
  'iy',
)
const VALUE_LENGTH = 400
/** The bytes of a key; several secrets, which have no blank inside. */
const LIST =
  /\[(?:\d{1,3}(?:, ?\d{1,3}){7,63}|["'](?![./~$])[^"'[\]\s]{4,100}["'](?:, ?["'](?![./~$])[^"'[\]\s]{4,100}["']){0,30})\]/y

function valueAt(text: string, start: number, around: string): [number, number] {
  const quote = around || (sticky(OPENING, text, start) ?? '')
  const opened = around ? start : start + quote.length
  const from = opened + (sticky(INTRODUCED, text, opened)?.length ?? 0)
  const list = sticky(LIST, text, start)
  if (list !== null) return [start + 1, start + list.length - 1]
  const inner = from > opened && /['"]/.test(text.charAt(from - 1)) ? text.charAt(from - 1) : quote
  if (inner !== '') return [from, endOfQuoted(text, from, lineEnd(text, inner, from), around)]
  let to = from
  while (to < text.length && to - from < VALUE_LENGTH && !isBlank(text.charCodeAt(to))) to++
  const given = text.slice(from, to)
  const cut = NEXT_FIELD.exec(given)
  return [from, from + (cut ? cut.index : given.replace(/[,;)}\]"'`\\]+$/, '').length)]
}

/** Where a quote is around several, the next one begins. */
function endOfQuoted(text: string, from: number, to: number, around: string): number {
  const next = around === '' ? -1 : text.slice(from, to).search(/[\s&][A-Za-z_][\w.-]{0,60}=/)
  return next < 0 ? to : from + next
}

const isBlank = (code: number) => code === 32 || code === 9
/** `a=secret,b=c`, `a=secret&b=c`, `{a: secret}`, `pass=x;User=y`, `a=secret&&b`. */
const NEXT_FIELD =
  /&(?=&|$|[\w.%[\]-]{1,60}=)|%2[26]|<\/|[,;](?=[\w.-]{1,40}[=:]|(?:x-|_)?[a-z][a-z.-]{1,40}(?:,|$))|["')}\]](?=[,;)}\]])/

function lineEnd(text: string, mark: string, from: number): number {
  let at = text.indexOf(mark, from)
  while (at > from && mark.length === 1 && text.charAt(at - 1) === '\\') at = text.indexOf(mark, at + 1)
  return at < 0 || at - from > VALUE_LENGTH ? Math.min(text.length, from + VALUE_LENGTH) : at
}

export const isSecret = (value: string): boolean =>
  value.length > 0 && !noSecret.test(value) && !UNIT_END.test(value) && !/^\[[a-z -]+-\d+\]/.test(value)

/** Not a word of a language: digits or signs inside, or capitals where no sentence has them. No path, no number. */
export function isOdd(value: string): boolean {
  if (
    value.length < 4 ||
    /^[\d.,:TZ+-]+(?:[a-zµ%]{1,3})?$|^\/|^[\w-]+=(?!=|$)|^\(|\w\(|\.{3}$|…$/.test(value) ||
    !isSecret(value)
  )
    return false
  const core = value.replace(/[.,;:!?)]+$/, '')
  return /[\d#$%&!_=+@^*~]/.test(core) || /[a-z][A-Z]/.test(core)
}
