/**
 * Who asked, as sentences: what a line of the paste says, or what the flight recorder saw: as what of which unit or
 * session, and who had started it.
 */

import type { Asker, Request } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import type { Situation } from '../graph/assemble.ts'
import type { Ranked } from '../ranking/rank.ts'
import type { ReplacedBy } from './answer.ts'

const NONE =
  'The flight recorder met no client that asked for another job of the unit: a trigger or a dependency did, within ' +
  'the manager, or a client that was gone at once.'
const CLIENTS_SHOWN = 3
const ANCESTORS_SHOWN = 3
const COMMAND_LENGTH = 160

/** The request of a recorded client that the story rests on, other than for the job asked about. */
export function recordedRequest(s: Situation, one: Ranked): Request | null {
  return requestsBehind(s, one).findLast((request) => request.asker !== undefined) ?? null
}

/** What the story rests on of requests, but for the one for the job asked about: that one was asked for, too. */
function requestsBehind(s: Situation, one: Ranked): Request[] {
  const facts = one.trial.hypothesis.facts.map((id) => s.byId.get(id))
  return facts.filter((fact): fact is Request => fact?.kind === 'request' && !isOwn(s, fact))
}

const isOwn = ({ focus }: Situation, { unit, type }: Request) => focus?.unit === unit && focus?.type === type

/**
 * The request that the story rests on, where a line of the paste has it: typed, or logged by whoever sent it; else as a
 * script or a crontab has it. Of the unit itself it has to ask for what took the slot; of another one, or of none, it
 * led to that.
 */
export function shownRequest(s: Situation, one: Ranked, replacedBy: ReplacedBy | null): Request | null {
  const behind = requestsBehind(s, one)
  const isSent = ({ unit, type, tense, by }: Request) =>
    tense === 'done' && !TOOLS.has(by) && (unit !== s.focus?.unit || brings(type, replacedBy?.type))
  const isWritten = ({ unit, type, tense, by }: Request) =>
    tense === 'written' && WRITTEN.has(by) && unit === s.focus?.unit && brings(type, replacedBy?.type)
  return behind.findLast(isSent) ?? behind.findLast(isWritten) ?? null
}

const WRITTEN: ReadonlySet<Request['by']> = new Set(['script', 'cron'])

/** A restart of what is down, or on its way there, is a start. */
const brings = (asked: Request['type'], job: string | undefined) =>
  asked === job || (job !== undefined && STARTING.has(asked ?? '') && STARTING.has(job))

const STARTING: ReadonlySet<string> = new Set(['start', 'restart', 'try-restart', 'reload-or-restart'])

/** What a task of theirs is called is no command; rules about them have words of their own. */
const TOOLS: ReadonlySet<Request['by']> = new Set(['ansible', 'puppet', 'chef', 'salt', 'ci'])

/** As a name for it: `monit`, or what was typed. */
export const clientOf = ({ requester, command }: Request): string => requester ?? short(command)

export function shownWords({ line, command, requester, by, tense }: Request): string {
  if (tense === 'written') {
    const where = requester === null ? (by === 'cron' ? 'a crontab' : 'a script') : short(requester)
    return `Line ${line} would ask for it: \`${short(command)}\`, in ${where}.`
  }
  const who = requester === null ? BY_WORDS[by] : `by ${short(requester)}`
  // A name on the bus is nobody's for long.
  const which =
    by === 'bus' && requester?.startsWith(':')
      ? ` \`busctl status ${requester}\` tells who that is, while it is connected.`
      : ''
  return `Line ${line} has the request: \`${short(command)}\`${who === undefined ? '' : `, ${who}`}.${which}`
}

/** A package manager, where a job was displaced and the story leaves open who asked for what displaced it. */
export function atWork(s: Situation, { trial: { hypothesis } }: Ranked): string {
  const { trigger, cause } = hypothesis.rule
  const isOpen = trigger?.kind === 'client' || trigger?.kind === 'dependency'
  if (s.focus?.result !== 'canceled' || !isOpen || cause === 'package-manager') return ''
  const found = factsOf(s.facts, 'tool-task').find(({ source }) => source === 'package manager')
  if (!found) return ''
  const what = found.name === null ? found.tool : `\`${short(found.name)}\``
  return `Line ${found.line} has ${what} at work: packages' scripts stop, start and restart services.`
}

const BY_WORDS: Readonly<Partial<Record<Request['by'], string>>> = {
  shell: 'typed in a shell',
  sudo: 'typed with sudo',
  cron: 'by cron',
}

/** Nothing where the recorder was not running. */
export function recordedWords(s: Situation, first: Ranked | undefined): string {
  const [recording] = factsOf(s.facts, 'recording')
  if (!recording) return ''
  const one = first ? recordedRequest(s, first) : null
  if (one?.asker) return `The flight recorder met who asked: ${clientWords(one, one.asker)}.`
  const met = factsOf(s.facts, 'request').filter((request) => request.asker !== undefined && !isOwn(s, request))
  const others = s.focus ? met.filter(({ unit }) => unit === s.focus?.unit) : met
  if (others.length === 0) return NONE
  const words = others.slice(-CLIENTS_SHOWN).map((request) => clientWords(request, request.asker as Asker))
  return `The flight recorder met ${words.join('; and ')}.`
}

function clientWords({ command }: Request, { pid, unit, startedBy }: Asker): string {
  const own = `\`${short(command)}\`, process ${pid} of ${unit ?? 'no unit'}`
  const chain = startedBy
    .slice(0, ANCESTORS_SHOWN)
    .map((one) => `\`${short(one.command)}\` of ${one.unit ?? 'no unit'}`)
  return chain.length === 0 ? own : `${own}, started by ${chain.join(', started by ')}`
}

const short = (command: string): string => {
  const plain = command.replaceAll('`', "'")
  return plain.length > COMMAND_LENGTH ? `${plain.slice(0, COMMAND_LENGTH - 1)}…` : plain
}
