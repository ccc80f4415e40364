/** Whether two traces agree: a recording of a real manager, and what the simulator says of the same scenario. */

import { CLIENT, type Event, formatEvent, formatHappening, type Happening } from './happening.ts'

export type Level = 'jobs' | 'states' | 'logs'

export interface Timing {
  /** When each action of the timeline is due, `end` included. */
  readonly actionsUsec: readonly number[]
  readonly level: Level
  /** How much later than due an event may have been recorded. */
  readonly lateUsec?: number
}

export interface Disagreement {
  /** A unit or 'client'. */
  readonly who: string
  /** Which event of that one, from zero, at the level compared. */
  readonly index: number
  /** Null where its trace has ended. */
  readonly expected: Happening | null
  readonly actual: Happening | null
  /** A few lines of that one's expected and actual trace around the place, marked '-' and '+'. */
  readonly context: readonly string[]
}

/** A manager's state timers fire up to 250 ms late, and a busy machine adds to it; they never fire early. */
const LATE_USEC = 500_000

/** What is due may be put at any moment of those 250 ms, so a recording may have it as much earlier. */
const EARLY_USEC = 250_000

const LEVELS: Readonly<Record<Event['kind'], readonly Level[]>> = {
  enqueue: ['jobs', 'states', 'logs'],
  'job-installed': ['jobs', 'states', 'logs'],
  'job-merged': ['jobs', 'states', 'logs'],
  'job-rerun': ['jobs', 'states', 'logs'],
  'job-converted': ['jobs', 'states', 'logs'],
  'job-finished': ['jobs', 'states', 'logs'],
  client: ['jobs', 'states', 'logs'],
  state: ['states', 'logs'],
  log: ['logs'],
}

/**
 * Expected is a recording of a real manager (or another such recording), actual what the simulator says. They agree if
 * each unit and each client went through the same events, each between the same two actions. An event that was
 * recorded up to half a second later than it was due may have slipped past an action; so may one that follows from an
 * event that was late already, as lateness adds up from one automatic restart to the next. Events of different units
 * at one moment have no order, nor have clients, each of which is a process of its own.
 */
export function compareTraces(
  expected: readonly Happening[],
  actual: readonly Happening[],
  timing: Timing,
): Disagreement | null {
  const told = actual.filter(isToldIn(expected))
  const [theirs, ours] = [bySubject(expected, timing.level), bySubject(told, timing.level)]
  const lateness = latenessOf(theirs, ours)
  const found: Disagreement[] = []
  for (const subject of [...new Set([...theirs.keys(), ...ours.keys()])].sort()) {
    const disagreement = compareSubject(theirs.get(subject) ?? [], ours.get(subject) ?? [], timing, lateness)
    if (disagreement !== null) found.push(disagreement)
  }
  return found.sort((a, b) => momentOf(a) - momentOf(b))[0] ?? null
}

/**
 * Up to 254, targets, slices and scopes word their changes in a way of their own, which some recorders do not know, and
 * what is mounted where a recording is made is often left out of it.
 */
const SELDOM_TOLD = /\.(?:target|slice|scope)$|^-\.mount$/

function isToldIn(expected: readonly Happening[]): (happening: Happening) => boolean {
  const told = new Set(expected.filter(({ event }) => event.kind === 'state').map(({ who }) => who))
  return ({ who, event }) => event.kind !== 'state' || told.has(who) || !SELDOM_TOLD.test(who)
}

function momentOf({ expected, actual }: Disagreement): number {
  return Math.min(expected?.atUsec ?? Number.POSITIVE_INFINITY, actual?.atUsec ?? Number.POSITIVE_INFINITY)
}

function bySubject(happenings: readonly Happening[], level: Level): Map<string, Happening[]> {
  const subjects = new Map<string, Happening[]>()
  for (const happening of happenings) {
    if (!LEVELS[happening.event.kind].includes(level)) continue
    const subject = subjectOf(happening)
    const events = subjects.get(subject)
    if (events === undefined) subjects.set(subject, [happening])
    else events.push(happening)
  }
  return subjects
}

/** What a unit's process says before it turns into its program arrives in no order with what its manager says. */
const CHILD_SAYS = /^\S+: (?:Failed to locate executable|Unable to locate executable|Executable|Failed at step) /

/** Since 259: what is said of an ordering cycle, by chance of the first of its units that the walk came to. */
const CYCLE_SAYS = /^\S+: (?:Found ordering cycle: |Unable to break cycle starting with |Job \S+ deleted to break )/

/** Each client is one by itself. */
function subjectOf({ who, event }: Happening): string {
  if (event.kind === 'client') return `${who} ${event.command}`
  if (event.kind !== 'log') return who
  if (CYCLE_SAYS.test(event.text)) return '(ordering cycles)'
  return CHILD_SAYS.test(event.text) ? `${who} (its process)` : who
}

function compareSubject(
  expected: readonly Happening[],
  actual: readonly Happening[],
  timing: Timing,
  lateness: Lateness,
): Disagreement | null {
  const endUsec = Math.max(...timing.actionsUsec, 0)
  for (let index = 0; index < Math.max(expected.length, actual.length); index++) {
    const [theirs, ours] = [expected[index] ?? null, actual[index] ?? null]
    if (theirs === null && ours !== null && mayBeCutOff(ours, endUsec, lateness)) return null
    if (theirs !== null && ours !== null && sameEvent(theirs, ours) && sameTime(theirs, ours, timing, lateness))
      continue
    const who = (theirs ?? ours)?.who ?? CLIENT
    return { who, index, expected: theirs, actual: ours, context: contextOf(expected, actual, index) }
  }
  return null
}

/** How late, at most, was what happened in the seconds before a moment. */
type Lateness = (atUsec: number) => number

const CHAIN_USEC = 3_000_000

function latenessOf(theirs: Map<string, Happening[]>, ours: Map<string, Happening[]>): Lateness {
  const pairs = [...ours].flatMap(([subject, events]) => {
    const others = theirs.get(subject) ?? []
    const end = events.findIndex((event, index) => !sameEvent(event, others[index] ?? event) || index >= others.length)
    return events
      .slice(0, end < 0 ? undefined : end)
      .map(({ atUsec }, index) => ({ atUsec, lateUsec: (others[index]?.atUsec ?? atUsec) - atUsec }))
  })
  return (atUsec) => {
    const before = pairs.filter((pair) => pair.atUsec < atUsec && pair.atUsec >= atUsec - CHAIN_USEC)
    return before.reduce((latest, { lateUsec }) => Math.max(latest, lateUsec), 0)
  }
}

/** What was due just before the end may have come after it, where nobody looked. */
function mayBeCutOff({ atUsec }: Happening, endUsec: number, lateness: Lateness): boolean {
  return atUsec >= endUsec - LATE_USEC - lateness(atUsec)
}

function sameEvent(a: Happening, b: Happening): boolean {
  return essence(a.event) === essence(b.event)
}

/**
 * Which of several pairs a refusal names, which job of a request is told first, and which ids those have that a request
 * takes along: all by the order of a hash map. And the line of an assertion, which is each build's own.
 */
const NAMED_BY_CHANCE = [
  /(?<=contains conflicting jobs )'[a-z-]+' and '[a-z-]+' for \S+(?=\. Probably)/g,
  /(?<=is destructive )\(\S+ has '[a-z-]+' job queued, but '[a-z-]+' is included in transaction\)/g,
  /(?<=^Enqueued auxiliary job )\d{1,9}/gm,
  /(?<=\t(?:blocking|waiting for) job )\d{1,9}/g,
  /(?<=failed at \S+\.c:)\d+/,
  /^\d{1,9}(?= +\S+\.[a-z]{4,9} +[a-z-]{3,13} +(?:running|waiting)$)/gm,
]

function essence(event: Event): string {
  if (event.kind === 'log' && CYCLE_SAYS.test(event.text)) return essenceOfCycle(event.text)
  if (event.kind !== 'client') return formatEvent(event)
  const told = NAMED_BY_CHANCE.reduce((output, pattern) => output.replace(pattern, '…'), event.output)
  const lines = told.split('\n').map((line) => (UNITS_IN_A_ROW.test(line) ? line.split(', ').sort().join(', ') : line))
  return formatEvent({ ...event, output: lines.sort().join('\n') })
}

/** What triggers a unit, in the order of a hash map. */
const UNITS_IN_A_ROW = /^[^\s,]+\.[a-z]{4,9}(?:, [^\s,]+\.[a-z]{4,9}){1,999}$/

/** Its jobs, from wherever told; the last is the first once more. */
function essenceOfCycle(text: string): string {
  const told = text.replace(/^\S+: /, '').replace(/(?<= cycle starting with )\S+$/, '…')
  const [head = '', jobs] = told.split(': ')
  if (jobs === undefined) return head
  return `${head}: ${jobs
    .replace(/ - after \S+$/, '')
    .split(' after ')
    .sort()
    .join(' after ')}`
}

function sameTime(expected: Happening, actual: Happening, timing: Timing, lateness: Lateness): boolean {
  const { actionsUsec, lateUsec = LATE_USEC } = timing
  if (actionsBefore(expected, actionsUsec) === actionsBefore(actual, actionsUsec)) return true
  const late = expected.atUsec - actual.atUsec
  if (late >= -Math.min(EARLY_USEC, lateUsec) && late <= lateUsec) return true
  return late > 0 && lateUsec > 0 && late <= lateUsec + lateness(actual.atUsec)
}

function actionsBefore(happening: Happening, actionsUsec: readonly number[]): number {
  return actionsUsec.filter((atUsec) => atUsec <= happening.atUsec).length
}

const CONTEXT_LINES = 3

function contextOf(expected: readonly Happening[], actual: readonly Happening[], index: number): string[] {
  const from = Math.max(0, index - CONTEXT_LINES)
  return [
    ...expected.slice(from, index).map((happening) => `  ${formatHappening(happening)}`),
    ...expected.slice(index, index + CONTEXT_LINES).map((happening) => `- ${formatHappening(happening)}`),
    ...actual.slice(index, index + CONTEXT_LINES).map((happening) => `+ ${formatHappening(happening)}`),
  ]
}
