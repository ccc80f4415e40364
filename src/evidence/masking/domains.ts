/** Names with their domain: whose they are, nobody else needs to know, unless everybody does. */

import { ENDS, PUBLIC as EVERYBODYS, TENANTS } from './domains.table.ts'
import { isNobody, isWord } from './nobody.ts'
import { type Add, isSecret } from './secret-keys.ts'

const NAME = new RegExp(
  [
    String.raw`(?<![\w.@-])(?!(?:org|com|net|io|de|eu|fr|java|javax)\.)`,
    String.raw`[A-Za-z0-9][\w-]{0,62}(?:\.[A-Za-z0-9][\w-]{0,62}){1,5}`,
    String.raw`\.(?:${ENDS.join('|')})\.?(?![\w@(-]|\.\w)`,
  ].join(''),
  'g',
)

const PUBLIC = new RegExp(EVERYBODYS, 'i')
const OF_TENANTS = new RegExp(TENANTS)

export const WORDS_OF_DOMAINS: readonly string[] = ENDS.map((end) => `.${end}`)

/** Names of three parts and more that stand by themselves. */
export function domains(text: string, add: Add): void {
  for (const { index, 0: name } of text.matchAll(NAME)) {
    if (!text.startsWith('://', index - 3) && !isPublic(name))
      add('host', index, index + name.replace(/\.$/, '').length)
  }
}

/** What a URL says before its path: who, with which password, and where. Some schemes lead to no machine. */
const AUTHORITY = new RegExp(
  [
    String.raw`(?:\b(?!(?:file|unix|docker|oci|s3|gs|puppet|salt|chrome|about|app)://)[a-z][a-z\d+.-]{1,20}://|@//)`,
    String.raw`(?:([^\s/:@'"]{1,128})?(?::([^\s/'"]{0,256}))?@)?`,
    String.raw`(?:([A-Za-z\d][\w.-]{0,200}(?:(?::\d{1,5})?,[A-Za-z\d][\w.,:-]{0,400})?)(:\d)?)?`,
  ].join(''),
  'dg',
)
/** Too long for a user's name. */
const TOKEN_LENGTH = 20
/** What tells that a page to be read comes next, as its own name may. */
const DOCUMENTS = /\b(?:[Dd]oc|[Ss]upport|[Ss]ee\b|[Hh]omepage|[Bb]ug)/
const PAGES = /^(?:www|docs?|wiki|help|support|bugs|forum|blog)\./
const NUMERIC = /^[\d.]+$/
const OWN = /^127\.|^0\./

export function authorities(text: string, add: Add): void {
  const words = text.search(/\w/)
  const documents = text.search(DOCUMENTS)
  const isTold = (at: number) => words >= at || (documents >= 0 && documents < at)
  for (const match of text.matchAll(AUTHORITY)) {
    const [whole, user = '', password = '', host = '', port] = match
    const [, userAt, passwordAt, hostAt] = match.indices!
    if (password !== '') add('password', ...passwordAt!)
    if (user.length >= TOKEN_LENGTH && isSecret(user)) add('token', ...userAt!)
    else if (user !== '' && isSecret(user) && !isNobody(user)) add('user', ...userAt!)
    const isPage =
      whole.startsWith('http') && userAt === undefined && port === undefined && !/^[\w-]{0,62}\d/.test(host)
    if (isPage && (PAGES.test(host) || isTold(match.index))) continue
    if (!isEverybodys(host)) add(NUMERIC.test(host) ? 'IP address' : 'host', ...hostAt!)
  }
}

export const isEverybodys = (host: string): boolean =>
  host === '' || isNobody(host) || (isWord(host) && !/\d/.test(host)) || isPublic(host) || OWN.test(host)

const isPublic = (host: string) => PUBLIC.test(host) && !OF_TENANTS.test(host)
