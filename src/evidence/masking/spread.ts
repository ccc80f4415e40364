/** What is known from where it is certain, wherever else it stands: names, what they are made of, and secrets. */

import { isEverybodys } from './domains.ts'
import { endOfName, isDistinctive, isOfProgram, meansElse, type NameKind, wholeWord } from './known-names.ts'
import { isStrange } from './known-words.ts'
import { isWord } from './nobody.ts'
import { isOdd } from './secret-keys.ts'
import { FAMILY as COUNTED } from './told-names.table.ts'

/** Something to hide, by its place in the paste. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly kind: string
  /** As the mended text has it, to be found in what was read. */
  readonly value: string
  /** Where a log or a prompt has its host or user: no field of a fact is made from that. */
  readonly apart: boolean
}

export const isNameKind = (kind: string): kind is NameKind => kind === 'host' || kind === 'user'

const MAIL = 'e-mail address'
const SECRETS = new Set(['password', 'token', 'key'])
/** Of one paste, so many of each are looked for, and each in so many places. */
const NAMES = 128
const SECRET_WORDS = 96
/** Shorter ones may be words that mean something else elsewhere. */
const LEAST_REPEATED = 8
const LEAST_PART = 4
const PLACES = 10_000

/** A name, and how it is looked for. */
interface Wanted {
  readonly kind: NameKind
  /** Part of another name: nothing else may have it. */
  readonly derived: boolean
}

/** Where names and secrets stand besides; `placed` are those of logs and prompts, in the order of the paste. */
export function otherPlaces(
  paste: string,
  placed: readonly Found[],
  shaped: readonly Found[],
  stems: ReadonlySet<string>,
): Found[] {
  const names = new Map<string, Wanted>()
  const secrets = new Map<string, string>()
  const want = (value: string, kind: NameKind, derived: boolean) => {
    if (!names.has(value) || (names.get(value)!.derived && !derived)) names.set(value, { kind, derived })
  }
  let last: Found | undefined
  for (const one of [...placed, ...shaped]) {
    const { kind, value } = one
    // A log has one host, line by line.
    if (last?.value === value && last.kind === kind) continue
    last = one
    if (isNameKind(kind) && !isWord(value)) want(value, kind, false)
    // A secret that was known by its name may stand somewhere without one.
    if (value.length >= LEAST_REPEATED && SECRETS.has(kind) && isOdd(value)) secrets.set(value, kind)
    for (const [part, of] of partsOf(kind, value)) want(part, of, true)
    // Whoever names one in a sentence names others with it.
    const [, next = ''] = kind === 'host' ? (AND.exec(paste.slice(one.end, one.end + 80)) ?? []) : []
    if (isPart(next) && !isOfProgram(paste, next)) want(next, 'host', true)
  }
  const search = { paste, stems, placed, names }
  const found = [...names].slice(0, NAMES).flatMap(([value, wanted]) => placesOf(search, value, wanted))
  const families = new Map<string, string>()
  for (const [value, { kind, derived }] of [...names].slice(0, NAMES)) {
    const [, family = ''] = kind === 'host' && !derived ? (FAMILY.exec(value) ?? []) : []
    if (family !== '') families.set(family, value)
  }
  const siblings = [...families].flatMap(([family, value]) => siblingsOf(search, family, value))
  const told = [...secrets].slice(0, SECRET_WORDS).flatMap(([value, kind]) => repeats(paste, value, kind))
  return [...found, ...siblings, ...told]
}

/** Whose mail it is and which other hosts there are, a host's name without its domain, and a person's in short. */
function* partsOf(kind: string, value: string): Generator<readonly [string, NameKind]> {
  if (kind !== 'host' && kind !== 'user' && kind !== MAIL) return
  const [, local = '', domain = ''] = kind === MAIL ? (/^(.*)(?:@|%40)(.*)$/.exec(value) ?? []) : []
  if (isPart(local)) yield [local, 'user']
  if (kind === 'user') {
    for (const part of value.split(/[\s\\]+/)) if (part !== value && isPart(part)) yield [part, 'user']
    return
  }
  const [label = ''] = kind === 'host' ? value.split('.', 1) : []
  const rest = kind === 'host' ? value.slice(label.length + 1) : domain
  if (rest.includes('.') && !isEverybodys(rest)) yield [rest, 'host']
  if (rest !== '' && (isDistinctive(label) || (label.includes('-') && isStrange(label)))) yield [label, 'host']
  for (const part of label.split('-')) if (part !== label && isDistinctive(part)) yield [part, 'host']
  const own = OWNER.exec(kind === 'host' ? value : domain)?.[1] ?? ''
  if (isPart(own) && !isEverybodys(value)) yield [own, 'host']
}

const isPart = (part: string) => part.length >= LEAST_PART && (isStrange(part) || isDistinctive(part))
const AND =
  /^["'`]?(?: \([^()\n]{0,40}\))?(?:,| and| or|, and) ["'`]?([a-z][\w-]{2,30})(?=["'`]?(?: \(|[,.;)]|\s*$| and ))/
/** Whose domain it is, by the name below its end. */
const OWNER = /(?:^|\.)([a-z][a-z\d-]{3,40})\.(?:(?:co|com|org|net|ac|gov)\.)?[a-z]{2,12}$/i
const FAMILY = new RegExp(COUNTED, 'i')

interface Search {
  readonly paste: string
  readonly stems: ReadonlySet<string>
  readonly placed: readonly Found[]
  readonly names: ReadonlyMap<string, Wanted>
}

/** Where the name stands, by itself or as a part of a word; nowhere, if a program or a unit has the same. */
function placesOf({ paste, stems, placed, names }: Search, name: string, { kind, derived }: Wanted): Found[] {
  const places: Found[] = []
  // A unit that is called so, too, has its name in commands.
  if (stems.has(name) || (derived && [...stems].some((stem) => stem.includes(name)))) return places
  const isSure = isDistinctive(name)
  const isRare = name.length > LEAST_PART && isStrange(name)
  for (const value of isRare && kind === 'host' ? new Set([name, name.toLowerCase(), name.toUpperCase()]) : [name]) {
    let known = 0
    let at = paste.indexOf(value)
    for (; at >= 0 && places.length < PLACES; at = paste.indexOf(value, at + value.length)) {
      // A log has it in each line, where its place is known.
      while (known < placed.length && placed[known]!.start < at) known++
      if (placed[known]?.start === at) continue
      if (!isSure && meansElse(paste, at, value)) return []
      const end = endOfName(paste, at, value, kind, stems)
      const place = end > 0 ? ([at, end] as const) : isRare ? wholeWord(paste, at, value, stems) : null
      if (place === null) continue
      const word = paste.slice(...place)
      const of = names.get(word)?.kind ?? kind
      places.push({ kind: of, start: place[0], end: place[1], value: word, apart: false })
    }
  }
  return places
}

/** Others with the same name and another number. */
function siblingsOf({ paste, stems }: Search, family: string, known: string): Found[] {
  const places: Found[] = []
  let at = paste.indexOf(family)
  for (; at >= 0 && places.length < PLACES; at = paste.indexOf(family, at + family.length)) {
    const number = NUMBERS.exec(paste.slice(at + family.length, at + family.length + 64))?.[0] ?? ''
    const value = family + number
    if (number === '' || value === known || stems.has(value)) continue
    const end = endOfName(paste, at, value, 'host', stems)
    if (end > 0 && !meansElse(paste, at, value))
      places.push({ kind: 'host', start: at, end, value: paste.slice(at, end), apart: false })
  }
  return places
}
const NUMBERS = /^(?:\d{1,4}|\[\d[\d,-]{0,60}\])/

/** Where a secret stands without the name that told of it. */
function repeats(paste: string, value: string, kind: string): Found[] {
  const places: Found[] = []
  for (let at = paste.indexOf(value); at >= 0 && places.length < PLACES; at = paste.indexOf(value, at + value.length)) {
    const end = at + value.length
    if (/[\w./@-]$/.test(paste.slice(Math.max(0, at - 1), at)) || /^[\w@/-]|^\.\w/.test(paste.slice(end, end + 2)))
      continue
    places.push({ kind, start: at, end, value, apart: false })
  }
  return places
}
