/** What tells a name in sentences that nobody has written down beforehand: a place, and the shape of a word. */

import { DEVICE, NUMBERED } from './name-manner.ts'

export interface Telling {
  readonly kind: 'host' | 'user'
  /** What the line has to have, which is quickly told; of what most have, nothing. */
  readonly needs: string
  readonly pattern: string
  /** Whether any word may stand there, so that it has to be one that is not known. */
  readonly wary: boolean
}

const r = String.raw
const telling = (kind: Telling['kind'], wary: boolean, needs: string, ...source: readonly string[]): Telling => ({
  kind,
  needs,
  wary,
  pattern: source.join(''),
})

const MACHINE = '[a-z]{2,20}(?:-[a-z]{1,20}){0,3}'
const AT_END = r`(?![\w@/(=-]|\.\w)`
/** Of several parts, or with a number. */
const COMPOUND = r`([A-Za-z]\w{1,20}(?:-\w{1,20}){1,5}|[A-Za-z]{2,20}\d{1,4}\w{0,9})`
const PERSON = r`(\p{Lu}[\p{Ll}'-]{1,20} (?:\p{Lu}\.? ){0,2}\p{Lu}[\p{L}'-]{1,20})(?![\p{L}\w])`
const ACCOUNT = r`([a-zß-ÿā-ſа-я][a-zß-ÿā-ſа-я\d]{2,20}(?:[._-][a-z\d]{1,20}){0,2})${AT_END}`
/** What such a word has that few lines do. */
const DASH_OR_DIGIT = r`[A-Za-z][-\d]`
const TWO_CAPITALS = r`\p{Ll} (?:\p{Lu}\.? )*\p{Lu}\p{Ll}`

/** What a machine is to another. */
const ROLES = [
  '(?:[Hh]ost|[Ss]erver|[Nn]odes?|[Pp]eer|[Cc]lient|[Mm]ember|[Mm]achine|[Ss]uspect|[Bb]roker|[Rr]eplica|[Ll]eader|',
  '[Pp]rimary|[Ss]tandby|[Ww]orker|[Ii]nstance|[Tt]arget|[Dd]estination|[Dd]aemon|[Aa]gent|[Dd]evice)',
].join('')

/** In what people write. */
export const PROSE: readonly Telling[] = [
  // Machines have numbers behind a dash or a zero.
  telling(
    'host',
    false,
    '0',
    r`(?<![\w./@-]|(?:start|stop|load|able|tus|units?|ices?|timers?|kill|-u) )(${MACHINE}-?0\d)${AT_END}`,
  ),
  telling(
    'host',
    false,
    '-',
    r`(?<![\w-])(?:[Oo]n|[Ff]rom|[Tt]o|[Ii]nto|[Vv]ia|[Hh]ost|[Ss]sh|and|or) ['"\x60]?`,
    r`(${MACHINE}-(?:\d{1,3}|pi|srv|nas|pc|ws|vm|gw|fw|lab|box|laptop|desktop))${AT_END}`,
  ),
  telling(
    'host',
    true,
    DASH_OR_DIGIT,
    r`(?<![\w-])(?:[Ff]rom|[Ii]nto|[Oo]nto|[Vv]ia|[Ss]erver|[Mm]achine) ['"\x60]?${COMPOUND}${AT_END}`,
  ),
  telling(
    'host',
    true,
    '',
    r`\b(?:[Rr]echner|[Mm]aschine|[Kk]iste|[Ss]erveur|[Ss]ervidor|[Mm]áquina) ["'\x60]?`,
    r`(?!(?:nicht|auch|jetzt|dann|noch|schon|hier|dort|einfach|principal|local|distant|remoto|qui|que|web)\b)`,
    r`([a-z][a-z\d-]{3,30})(?=["'\x60]? (?:ist|hat|war|macht|läuft|startet|wird|geht|bootet|`,
    r`hängt|est|a|était|ne|está|se|ha|no)\s)`,
  ),
  telling(
    'user',
    true,
    TWO_CAPITALS,
    r`(?<![\p{L}\w./-])${PERSON}(?= (?:said|says|told|thinks|noticed|reported|asked|sagte?|meinte|dit|dijo)\s)`,
  ),
  // Not times of crontab's, what files include, or groups of system calls.
  telling(
    'user',
    false,
    '@',
    r`(?<![^\s(]|SystemCall\w{3,12}=.{0,400})@(?!(?:reboot|midnight|(?:hour|dai|week|month|year|annual)ly|`,
    r`include|version|define|privileged|resources|[a-z]+-(?:io|system|emulation)|system-service)\b)`,
    r`([A-Za-z][\w-]{2,31})(?![\w@/=([-]|\.\w)`,
  ),
]

/** In anything but the manager's own words. */
export const ANYWHERE: readonly Telling[] = [
  telling(
    'user',
    true,
    TWO_CAPITALS,
    r`(?:\b(?:[Bb]y|[Tt]o|[Ff]rom|[Oo]wner|[Aa]uthor|[Cc]ontact|[Nn]ame|[Ii] am|[Aa]sked|[Tt]old|[Tt]ell|[Dd]ear|`,
    r`[Hh]i|[Hh]ello|[Tt]hanks|[Cc]olleague|[Aa]dmin|[Uu]ser|[Mm]rs?|[Mm]s|[Dd]r|Herrn?|Frau|[Ii]ch bin|[Ii]ci|`,
    r`[Jj]e suis|[Ss]oy|[Kk]ollegin|[Kk]ollegen?)|\bI'm)[:,.]? ${PERSON}`,
  ),
  telling(
    'user',
    true,
    '',
    r`\b(?:[Pp]rincipal|[Oo]wner|[Ll]ogin|[Aa]ccount|[Uu]sername|[Ss]ubmitter) (?:is )?`,
    r`['"\x60]?(?!\w*(?:ed|ing|able|tion|ly|rect|valid)\b)${ACCOUNT}`,
  ),
  telling('user', true, 'by ', r`(?<![\w-])by ['"\x60]?(?!\w*(?:ing|tion|ly)\b)${ACCOUNT}(?= (?:via|on|at|from|\())`),
]

/** In what programs log. */
export const LOGGED: readonly Telling[] = [
  telling(
    'host',
    true,
    DASH_OR_DIGIT,
    r`(?:(?<![\w.-])(?:[Ff]rom|[Tt]o|[Oo]n|[Bb]y|[Aa]t|[Vv]ia|[Ww]ith|[Ff]or|[Nn]amed?|[Cc]alled|`,
    r`${ROLES}|as)[:=]?|\]:|`,
    r`(?:[Ee]rror|[Ee]xception|[Ff]ailed|[Rr]ejected|[Uu]nreachable):) ["'\x60([]?${COMPOUND}${AT_END}`,
  ),
  // What is said to be in a state.
  telling(
    'host',
    true,
    DASH_OR_DIGIT,
    r` (?:is|was|has|not|left|joined|went|became|cannot|did|does|reachable|unreachable|down)\b`,
    r`(?<=(?<![\w./@-])${COMPOUND} \w+)`,
  ),
  // What has a role and a name of any shape.
  telling('host', true, '', r`\b(?:${ROLES}|[Nn]amed?) ["'\x60<]([A-Za-z][\w.-]{2,40})(?=["'\x60>])`),
  telling('user', true, '', r`\b(?:[Uu]ser|[Pp]layer) (?!\w*(?:ed|ing|able|tion|ly|s)\b)["'\x60[<(]?${ACCOUNT}`),
]

/** Whoever has a name as it is told of: first names that mean nothing else, by the line. */
export const FIRST_NAMES = [
  'ahmed alejandro alexander alice ana andrea andreas andrew anna anne antonio arjun ben bernd bob carlos carmen',
  'carol chris christian daniel dave david diana elena emily emma eric fatima felix fernando florian francesco',
  'françois frank gabriel george giulia greg hannah hans ibrahim igor ines ingrid ivan jack jakub james javier jean',
  'jennifer jens jessica jim joe johan john jorge josé juan jürgen karin kate katja kenji kevin klaus lars laura',
  'linda lisa lucas luis lukas marco maria marie marta martin mateo michael miguel mike mohamed monika natalia',
  'nicolas nina nora olga oliver omar paolo patrick paul pavel pedro peter petra pierre piotr priya rahul ralf',
  'robert ryan sabine sandra sara sarah sebastian sergei simon sofia stefan steve susan sven thomas tim tobias tom',
  'tomasz ulrich uwe valentina vladimir wei werner wolfgang yuki yusuf',
]
/** One of those, and what follows it with a capital. */
export const NAMED = [
  r`(?<![\p{L}\w./@<=:+-])(\p{Lu}\p{Ll}{1,20})(?:-\p{Lu}\p{Ll}{1,20})?`,
  r`((?: \p{Lu}\.)? \p{Lu}[\p{L}'-]{1,30})?(?![\p{L}\w/@(=[]|\.\w)`,
].join('')
/** Whose parts no person is called by: products and who stands for a group. */
export const NO_PERSON = [
  r`\b(?:Hat|Pi|Pro|Plus|Studio|Code|Swarm|Teams?|Desk|Chrome|Encrypt|Commander|Mint|Mini|Shell|Assistant|Native|`,
  'Enterprise)$',
].join('')

/** What no machine is called, though it has a number or a dash. */
export const NO_MACHINE = `^(?:${NUMBERED}|${DEVICE}|non-)`
/** What machines are called that are counted. */
export const FAMILY = r`^(?!${NUMBERED})((?=\w*[a-z]{2})[\w-]{3,40}?)\d{1,4}$`
