/**
 * One thing that happened at one moment: the atom of a trace. A trace is what a scenario is expected to do, what the
 * simulator says and what a recording of a real manager is turned into, so comparing the three is comparing like with
 * like. Its text form is `SECONDS WHO EVENT`, a line each.
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

/** `1.5 a.service job start done`; the inverse of parseTraceLine(). */
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

/** Null if it is no line of a trace. Seconds with at most six decimals become microseconds. */
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
