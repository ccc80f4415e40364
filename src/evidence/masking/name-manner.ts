/** How a name is known by what stands around it: words that its line must have, and a pattern. */

export interface Manner {
  readonly kind: 'user' | 'host'
  readonly words: readonly string[]
  /** The last group is the name. */
  readonly pattern: string
  /** Whether it may be a word instead, which is left then. */
  readonly wary: boolean
}

const r = String.raw

/** A user's name, perhaps quoted and after a domain; the dot that ends a sentence is none of it. */
const USER = [
  r`["'<[(]?((?:[A-Z][A-Z0-9-]{1,15}\\{1,2}(?!x[0-9a-f]{2}))?[A-Za-z_À-ӿ][\w.À-ӿ-]{0,31}`,
  r`(?<![.-]))(?![\w@=/]|\.\w)`,
].join('')
/** A host's name, perhaps with its domain; no option, path or number. */
const HOST = r`["'<[(]?((?=[\w.-]{0,80}[a-zA-Z])[A-Za-z0-9](?:[\w.-]{0,100}\w)?)(?![\w/@]|\.\w|://)`
/** The same, with a number in it, and no number itself: a word would be anything. */
const ODD = [
  r`["'<[(]?((?!v\d)(?=[\w-]{0,40}[g-zG-Z])(?=[A-Za-z-]{1,40}\d|[a-z]{2,20}-(?:pi|srv|nas|pc|ws|vm|gw|fw|lab|box|`,
  r`laptop)\b)[A-Za-z][\w-]{2,40}(?:\.[\w-]{1,40}){0,5})`,
  r`(?![\w/@(=]|\.\w)`,
].join('')
/** What gives a name its value, as settings, logs, JSON, Ruby, XML and commands write it. */
const IS = [
  r`\\{0,3}["']?(?:\s{0,24}=\s{0,9}|: ?(?=\\{0,3}["'])|:(?=\S)| ?=> ?| {1,2}(?=\\{0,3}["'])|>(?=[^<>\s]{1,100}</)|`,
  r`(?<= --(?:[a-z]{1,20}-){0,3}(?:username|hostname|(?<=[a-z]-)(?:user|login|name)|host|node)) (?!-))\\{0,3}["']?`,
].join('')
/** What a key has before the word that tells. */
const KEY = r`(?<![\w$-])(?:--?)?(?:[A-Za-z\d]{1,20}[_.-]){0,3}`

/** No machine, though it has a number. */
export const DEVICE = [
  r`(?:tty|pts|eth|en[opsx]\d|wl|ww|sd[a-z]\d|nvme|dm-|md\d|loop|x?vd[a-z]|br\d|br-|wg\d|tun|tap|veth|`,
  r`docker\d|virbr|ipv\d|http|utf|sha\d|md5|x86|i\d86|amd64|arm|port\d)`,
].join('')
/** What has a number, and is no machine: threads, disks, steps, dates and releases. */
export const NUMBERED = [
  '(?:thread|pool|queue|shard|cpu|core|step|stage|phase|part|disk|slot|channel|version|release|debian|ubuntu|fedora|',
  'systemd|linux|rhel|centos|sles|gcc|nfs|session|tty|port|runlevel|level|zone|eth|sd[a-z]|nvme|md|boot|attempt|',
  'example|item|option|unit|err|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|',
  r`python|php|java|jdk|postgres\w*|mysql|kernel|openssl|utf|iso|test|job|task|build|line|error)-?\d`,
].join('')

const PLACES = { U: USER, H: HOST, O: ODD, I: IS, K: KEY }

/** U, H, O, I and K stand for the above; words are separated by `|`. */
export function manner(kind: Manner['kind'], words: string, ...source: readonly string[]): Manner {
  const text = source.join('').replace(/<([UHOIK])>/g, (_, which: keyof typeof PLACES) => PLACES[which])
  return { kind, words: words.split('|'), pattern: text, wary: false }
}

export const wary = (some: Manner): Manner => ({ ...some, wary: true })
