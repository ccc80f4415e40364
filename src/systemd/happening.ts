/**
 * One thing that happened at one moment: the atom of a trace. A trace is what a scenario is expected to do, what the
 * simulator says and what a recording of a real manager is turned into, so comparing the three is comparing like with
 * like. The text form is section 2 of the scenario format: `SECONDS WHO EVENT`, a line each.
 */

/** Job types, modes, results and sub-states are systemd's own words, unchecked here: a trace may be of any version. */
export type Event =
  | { readonly kind: 'enqueue'; readonly type: string; readonly mode: string }
  | { readonly kind: 'job-installed'; readonly type: string }
  | { readonly kind: 'job-merged'; readonly type: string; readonly into: string }
  | { readonly kind: 'job-rerun'; readonly type: string }
  | { readonly kind: 'job-converted' }
  | { readonly kind: 'job-finished'; readonly type: string; readonly result: string }
  | { readonly kind: 'state'; readonly sub: string }
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'client'; readonly command: string; readonly status: number; readonly output: string }

export interface Happening {
  /** Since the timeline's zero. */
  readonly atUsec: number
  /** A unit's name, or 'client'. */
  readonly who: string
  readonly event: Event
}

export const CLIENT = 'client'

const USEC_PER_TENTH = 100_000

/** Cuts instead of rounding: a moment just before an action must not be printed as the action's own. */
export function formatSeconds(usec: number): string {
  const tenths = Math.floor(usec / USEC_PER_TENTH)
  return `${Math.floor(tenths / 10)}.${tenths % 10}`
}

/** The event's words, without time and subject. */
export function formatEvent(event: Event): string {
  switch (event.kind) {
    case 'enqueue':
      return `enqueue ${event.type} ${event.mode}`
    case 'job-installed':
      return `job ${event.type} installed`
    case 'job-merged':
      return `job ${event.type} merged ${event.into}`
    case 'job-rerun':
      return `job ${event.type} rerun`
    case 'job-converted':
      return 'job restart converted start'
    case 'job-finished':
      return `job ${event.type} ${event.result}`
    case 'state':
      return `state ${event.sub}`
    case 'log':
      return `log ${escapeNewlines(event.text)}`
    case 'client':
      return `${event.command} => ${event.status} ${escapeNewlines(event.output)}`.trimEnd()
  }
}

export function formatHappening({ atUsec, who, event }: Happening): string {
  return `${formatSeconds(atUsec)} ${who} ${formatEvent(event)}`
}

/** As in a file: two spaces in front of each line, so that no line is mistaken for a section's head. */
export function formatTrace(happenings: readonly Happening[]): string {
  return happenings.map((happening) => `  ${formatHappening(happening)}\n`).join('')
}

/** Lines that are no happenings are left out; parseTraceLine() tells them. */
export function parseTrace(text: string): Happening[] {
  return text.split('\n').flatMap((line) => parseTraceLine(line) ?? [])
}

const TRACE_LINE = /^(\d{1,9})(?:\.(\d{1,6}))? (\S+) ([^\n]+)$/

export function parseTraceLine(line: string): Happening | null {
  const match = TRACE_LINE.exec(line.trimStart())
  if (match === null) return null
  const [, seconds = '', fraction = '', who = '', words = ''] = match
  const event = who === CLIENT ? parseClient(words) : parseUnitEvent(words)
  if (event === null) return null
  return { atUsec: Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0')), who, event }
}

function parseUnitEvent(words: string): Event | null {
  if (words.startsWith('log ')) return { kind: 'log', text: unescapeNewlines(words.slice('log '.length)) }
  const [kind, first, second, third, ...rest] = words.split(' ')
  if (first === undefined || rest.length > 0) return null
  if (kind === 'state') return second === undefined ? { kind: 'state', sub: first } : null
  if (second === undefined) return null
  if (kind === 'enqueue') return third === undefined ? { kind: 'enqueue', type: first, mode: second } : null
  return kind === 'job' ? parseJobEvent(first, second, third) : null
}

function parseJobEvent(type: string, what: string, other: string | undefined): Event | null {
  if (what === 'merged') return other === undefined ? null : { kind: 'job-merged', type, into: other }
  if (what === 'converted') return type === 'restart' && other === 'start' ? { kind: 'job-converted' } : null
  if (other !== undefined) return null
  if (what === 'installed') return { kind: 'job-installed', type }
  if (what === 'rerun') return { kind: 'job-rerun', type }
  return { kind: 'job-finished', type, result: what }
}

const CLIENT_RETURN = /^(\d{1,3})(?: ([^\n]*))?$/

function parseClient(words: string): Event | null {
  const arrow = words.indexOf(' => ')
  if (arrow < 0) return null
  const match = CLIENT_RETURN.exec(words.slice(arrow + ' => '.length))
  if (match === null) return null
  const [, status = '', output = ''] = match
  return { kind: 'client', command: words.slice(0, arrow), status: Number(status), output: unescapeNewlines(output) }
}

/**
 * Backslashes are doubled only where they would be read as part of a `\n`: unit names such as `a\x2db` stay as they
 * are.
 */
function escapeNewlines(text: string): string {
  if (!text.includes('\\') && !text.includes('\n')) return text
  return text.replace(/\\+[n\n]?|\n/g, (run) => {
    const slashes = run.replace(/[n\n]$/, '')
    if (run.endsWith('\n')) return `${slashes}${slashes}\\n`
    return run.endsWith('n') ? `${slashes}${run}` : run
  })
}

function unescapeNewlines(text: string): string {
  return text.replace(/\\+n?/g, (run) => {
    if (!run.endsWith('n')) return run
    const slashes = run.slice(0, -1)
    const kept = slashes.slice(0, Math.floor(slashes.length / 2))
    return slashes.length % 2 === 1 ? `${kept}\n` : `${kept}n`
  })
}

// Agreement.

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
const CHILD_SAYS = /^\S+: (?:Failed to locate executable|Unable to locate executable|Failed at step) /

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
 * takes along: all by the order of a hash map.
 */
const NAMED_BY_CHANCE = [
  /(?<=contains conflicting jobs )'[a-z-]+' and '[a-z-]+' for \S+(?=\. Probably)/g,
  /(?<=is destructive )\(\S+ has '[a-z-]+' job queued, but '[a-z-]+' is included in transaction\)/g,
  /(?<=^Enqueued auxiliary job )\d{1,9}/gm,
  /(?<=\t(?:blocking|waiting for) job )\d{1,9}/g,
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
