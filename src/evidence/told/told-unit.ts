/** Which unit a sentence is about, and which kind of job: by its name, by what a command calls it, by a plain word. */

import { UNIT_IN_TEXT } from '../../systemd/unit.ts'
import { unitOf } from '../command.ts'
import type { JobWord } from '../fact.ts'
import { wordSet } from '../word-set.ts'
import { NO_NAMES } from './told.table.ts'

/** What stands behind a `%` is no beginning of a name. */
const NAMES = new RegExp(String.raw`(?<!%)${UNIT_IN_TEXT}\b`, 'g')
const CALLED = new RegExp(
  String.raw`\bsystemctl (?:--\S{1,40} ){0,3}(?:(?:try-|re)?(?:start|stop|load|isolate)|status|show|cat)\s+` +
    '(?:--\\S{1,40} )?[`\'"]?([\\w:.\\\\@][\\w:.\\\\@-]{1,200})',
)
/** `systemd.services.docker = {`, as NixOS has it: all that is set there is this unit's. */
const NIX = /\bsystemd\.(?:user\.)?(service|socket|target|timer|path|mount)s\.["']?([\w@-]{2,80})["']?[.\w]{0,40} = /
/** `journalctl -b -u docker`, `systemd-run --unit=backup`. */
const LOGGED =
  /\b(?:journalctl|systemd-run) (?:-\S{1,40} ){0,4}(?:-u ?|--unit[= ]|--user-unit[= ])[`'"]?([\w:.\\@-]{2,200})/
/** `service docker restart`, `/etc/init.d/docker restart`. */
const BY_SCRIPT = /(?:\bservice|\/init\.d)[ /]([\w@.-]{2,60}) (?:re)?(?:start|stop|load)\b/
/** "stopping `docker`", and in the same way of other jobs. */
const DONE_TO = /\b(?:re)?(?:start|stop|load)(?:s|p?ed|p?ing)? [`'"]([\w@.-]{2,60})[`'"]/i
/** "systemd started openvpn". */
const BY_SYSTEMD = /\b[Ss]ystemd (?:re)?(?:start|stop)(?:s|p?ed) (?:the )?[`'"]?([a-z][\w@.-]{2,60})/
/** "needrestart restarted redis-server". */
const BY_NEEDRESTART = /\bneedrestart (?:\w{2,12} )?restart(?:s|ed) (?:the )?[`'"]?([\w@.-]{2,60})/i
/** "restarts docker in its postinst". */
const BY_SCRIPTLET =
  /\b(?:re)?(?:start|stop)(?:s|p?ed|p?ing)? (?:the )?[`'"]?([a-z][\w@.-]{2,40})[`'"]? (?:on|in|from|by|during) [^.]{0,30}(?:postinst|postrm|preinst|prerm|scriptlet)/
/** "systemctl status says that docker is running". */
const SHOWN =
  /\bsystemctl(?: [\w-]{2,20}){0,2} (?:shows?|sa(?:ys|id)|reports?|tells?)(?: me)?(?: that)? ([\w@.-]{2,60}) (?:is|was|has)\b/
/** "`docker` didn't start". */
const STAYED_DOWN =
  /[`'"]([\w@.-]{2,60})[`'"] (?:(?:did|does|wo|would|could|can)(?:n['’]t| ?not)|fail(?:s|ed) to) (?:be )?(?:start|come up)/
/** "my `docker` service restarted": to which it happened, in so many words. */
const HAPPENED =
  /[`'"]([\w@.-]{2,60})[`'"] service (?:(?:then|just|always|also|was|is|gets?|got|being|keeps?) ){0,3}(?:re)?(?:stopp?|start)(?:s|ed|ing)\b/
/** "service `docker`", "the `docker` service". */
const QUOTED = /\b[Ss]ervice [`'"]([\w@.-]{2,60})[`'"]|[`'"]([\w@.-]{2,60})[`'"] service\b/
/** "docker service was stopped". */
const PLAIN =
  /(?:^|[^\w=./-])([a-z][\w-]{1,40}) service(?! (?:module|resource|provider|manager|file)\b)(?=[ ,:;]|\.(?!\w)|$)/g

const NO_NAME = wordSet(NO_NAMES)

export const isName = (word: string | undefined): word is string => word !== undefined && !NO_NAME.has(word)

/** "the `docker` start job", "docker's start job": whose job is spoken of, in so many words. */
const OWN_JOB = new RegExp(
  String.raw`(?:[\x60'"]([\w:.\\@-]{2,200})[\x60'"](?:'s)?|(?<![\w.-])([\w:.\\@-]{2,200})'s|` +
    String.raw`(?<![\w:.\\@-])(${UNIT_IN_TEXT}))` +
    String.raw` (?:pending |queued |own )?(?:(?:re)?start|stop|reload) job\b`,
)

/** `Failed to enqueue OnFailure=alarm.service job`: what could not be asked for. */
const NOT_QUEUED = /\benqueue (?:On(?:Failure|Success)=)?([\w:.\\@-]{1,200}\.[a-z]{4,9}) job\b/

/** What is called waits for its caller, and it is the one that hangs. */
export const unitCalled = (text: string): string | null => unitOf(CALLED.exec(text)?.[1] ?? '')

/**
 * A service before the words or behind them; else any unit; else what a command or a sentence calls one. `holder`: what
 * the value of a setting names is not meant, as far as another is named.
 */
export function unitNear(text: string, from: number, to: number, holder = false): string | null {
  const [, quotedJob, ownJob, namedJob] = OWN_JOB.exec(text) ?? []
  const whose = [namedJob, quotedJob, ownJob, NOT_QUEUED.exec(text)?.[1]].find(isName)
  if (whose !== undefined) return unitOf(whose)
  const [, kind, named] = NIX.exec(text) ?? []
  // What it conflicts with is the one that goes.
  if (named !== undefined && !text.includes('conflicts = [')) return unitOf(`${named}.${kind}`)
  const spokenOf = [...text.matchAll(NAMES)].filter((m) => isSpokenOf(text, m))
  const values = new Set(
    holder
      ? spokenOf.filter((m) => SET_TO.test(text.slice(Math.max(0, m.index - 10), m.index))).map(([name]) => name)
      : [],
  )
  const holders = spokenOf.filter(([name]) => !values.has(name))
  const names = holders.length > 0 ? holders : spokenOf
  const found = names.map((m) => ({
    name: m[0],
    away: awayFrom(m.index, m[0].length, from, to) + (/[=/]/.test(text[m.index - 1] ?? '') ? VALUE : 0),
  }))
  found.sort((a, b) => a.away - b.away)
  const job = JOB_NAMED.exec(text)?.[1] ?? HAPPENED.exec(text)?.[1]
  const service = job ?? found.find(({ name }) => name.endsWith('.service'))?.name
  const called = [CALLED, LOGGED, BY_SCRIPT, DONE_TO, BY_SYSTEMD, BY_NEEDRESTART, BY_SCRIPTLET, SHOWN, STAYED_DOWN]
    .map((words) => words.exec(text)?.[1])
    .find(isName)
  const name = service ?? called ?? found[0]?.name ?? quoted(text) ?? plain(text) ?? MOUNTED.exec(text)?.[1]
  return unitOf((name ?? '').replace(/^[.:]+|[.:\\]+$/g, ''))
}

/** `foo.service/start`: a job by systemd's own name for it. */
const JOB_NAMED = new RegExp(String.raw`(?<![\w:.\\@-]|starting with )(${UNIT_IN_TEXT})/((?:re)?(?:start|stop|load))\b`)

const SET_TO = /(?:BindsTo|PartOf|Requires|Requisite)=$/

/** An option of fstab is none, nor is a field of an object or a page's address; where the check of the order began is told of every loop. */
const isSpokenOf = (text: string, { 0: name, index }: RegExpExecArray): boolean =>
  unitOf(name) !== null &&
  !name.startsWith('x-systemd.') &&
  !FIELD.test(name) &&
  !ADDRESS.test(text.slice(Math.max(0, index - ADDRESS_LENGTH), index)) &&
  !text.slice(Math.max(0, index - 14), index).endsWith('starting with ')

const FIELD = /^(?:self|this|cls|config|options)\./
const ADDRESS = /https?:\/\/\S*$/
const ADDRESS_LENGTH = 200

/** "Stopping a.service also stops b.socket", "b.socket is stopped as well": the one that goes along. */
export function unitTakenAlong(text: string): string | null {
  const match = ALONG.exec(text)
  return match ? unitOf(match[1] ?? match[2]!) : null
}

const ANY_NAME = String.raw`[\x60'"]?(${UNIT_IN_TEXT})[\x60'"]?`
const ALONG = new RegExp(
  String.raw`\balso (?:re)?(?:start|stop)s? (?:the )?${ANY_NAME}|` +
    String.raw`(?<![\w:.\\@-])${ANY_NAME} (?:is|gets?|was|got|will be) (?:also (?:re)?(?:start|stop)\w{2,3}|` +
    String.raw`(?:re)?(?:start|stop)\w{2,3} (?:too|as well|along))\b`,
)

/** What a setting names is the other unit, not the one that has the setting; behind a slash a name may be half. */
const VALUE = 200

const awayFrom = (at: number, length: number, from: number, to: number): number =>
  at + length <= from ? from - at - length : at >= to ? at - to : 0

/** `mount /dev/sdb1 /mnt`, `umount /boot`, and what systemd says of a mount. */
const MOUNTED = /\b(?:Dependency failed for|u?mount) (?:-\w \S{1,80} ){0,3}(?:\S{1,120} )?(\/[\w./-]{1,120})/

function quoted(text: string): string | undefined {
  const match = QUOTED.exec(text)
  const name = match?.[1] ?? match?.[2]
  return isName(name) ? name : undefined
}

function plain(text: string): string | undefined {
  for (const [, word = ''] of text.matchAll(PLAIN)) if (!NO_NAME.has(word)) return word
  return undefined
}

const VERB =
  /\bsystemctl (?:--\S{1,40} ){0,3}(?:try-)?(start|stop|restart|reload)\b|\bservice \S{1,60} (restart|stop)\b/g
const DOWN = new RegExp(
  String.raw`\bstop job\b|\bState 'stop-|\bTimeoutStopSec\b|\b(?:does|did|will|would)(?: ?n[o']t| never) stop\b|\bto stop\b|` +
    String.raw`\bstopping (?:timed out|[^ ]{1,80} (?:takes|took|hangs|needs|fails)\b)`,
  'i',
)

const RESTARTED = new RegExp(
  String.raw`\b(?:(?:tr(?:y|ied|ies|ying)|fail\w{0,3}|attempt\w{0,3}|unable|able|want\w{0,3}|need\w{0,3}|used?|how|` +
    String.raw`ask\w{0,3}|have|had) to|cannot|can't|don't|could not|when|by|after) restart(?:ing)?\b(?!=)`,
  'i',
)

/** What stands before a command that mends the trouble: it is not the request that the trouble is about. */
const CURE = new RegExp(
  [
    String.raw`(?:\b(?:ha(?:ve|s|d)|need(?:s|ed)?|forced) to (?:\w{2,10} ){0,2}(?:do|run|issue|execute|use|type|call)`,
    String.raw`\b(?:until|unless) (?:some(?:one|body)|I|you|we|one)\b[^.]{0,40}`,
    String.raw`\bmanually (?:do|run|execut|issu|call)\w{0,4}`,
    String.raw`\b(?:works?|worked|comes? up|starts?)(?: \w{1,12}){0,2} (?:after|once|when|if)(?: (?:I|you|we|a|one|run|do|running|doing|manual\w{0,2})){0,3}`,
    String.raw`\b(?:fix(?:es|ed)?|solv(?:es|ed)|restor(?:es|ed)) (?:it|this|that|them)(?: \w{1,12}){0,2}`,
    String.raw`\bwork-?around\S{0,3}(?: \w{1,12}){0,3})\W{0,4}$`,
  ].join('|'),
  'i',
)
const CURE_LENGTH = 80

/** Whether the command that begins here is told of as the cure. */
export const isCure = (text: string, at: number): boolean => CURE.test(text.slice(Math.max(0, at - CURE_LENGTH), at))

/** The job that the words speak of, where a command or the words themselves say which. */
export function typeNear(text: string): JobWord | null {
  const job = JOB_NAMED.exec(text)
  if (job) return job[2] as JobWord
  const verb = [...text.matchAll(VERB)].find(({ index }) => !isCure(text, index))
  if (verb) return (verb[1] ?? verb[2]) as JobWord
  if (DOWN.test(text)) return 'stop'
  if (RESTARTED.test(text) || BY_NEEDRESTART.test(text)) return 'restart'
  return (TASK_FAILED.exec(text)?.[1]?.toLowerCase() as JobWord | undefined) ?? null
}

/** `- Stop snap "x" services (…) failed`: a task by its name, and that it failed. */
const TASK_FAILED = /(?:^|[-*] )(Start|Stop|Restart|Reload)\b.{0,300}\b(?:fail(?:s|ed)?|error|cannot|unable)\b/
